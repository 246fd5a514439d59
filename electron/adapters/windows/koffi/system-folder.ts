import { declareFunctions, DWORD, POINTER, type Signature } from './declare-functions.js';

const MAX_PATH = 260;

interface FolderFunctions {
  readonly GetSystemDirectoryW: (path: Buffer, characters: number) => number;
}

const SIGNATURES: Readonly<Record<keyof FolderFunctions, Signature>> = {
  GetSystemDirectoryW: ['kernel32.dll', DWORD, POINTER, DWORD],
};

let reading: Promise<string> | undefined;

/**
 * Windows' own folder of programs (`C:\Windows\system32`), by `GetSystemDirectoryW` (kernel32.dll): the environment of an
 * elevated program can be set by others. Asked once: every table of functions needs it.
 * @throws ProblemError native-library-missing
 */
export function readSystemFolder(): Promise<string> {
  return (reading ??= askSystemFolder());
}

async function askSystemFolder(): Promise<string> {
  const { GetSystemDirectoryW } = await declareFunctions<FolderFunctions>(SIGNATURES);
  const path = Buffer.alloc((MAX_PATH + 1) * 2);
  const length = GetSystemDirectoryW(path, MAX_PATH + 1);
  return path.toString('utf16le', 0, length * 2);
}
