import { loadKoffi } from './load-koffi.js';

const MAX_PATH = 260;

/**
 * Windows' own folder of programs (`C:\Windows\system32`), by `GetSystemDirectoryW` (kernel32.dll): the environment of an
 * elevated program can be set by others.
 * @throws ProblemError native-library-missing
 */
export async function readSystemFolder(): Promise<string> {
  const koffi = await loadKoffi();
  const getSystemDirectory = koffi.load('kernel32.dll').func('__stdcall', 'GetSystemDirectoryW', 'uint32', ['void *', 'uint32']);
  const path = Buffer.alloc((MAX_PATH + 1) * 2);
  const length = getSystemDirectory(path, MAX_PATH + 1) as number;
  return path.toString('utf16le', 0, length * 2);
}
