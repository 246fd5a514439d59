import { declareFunctions, DWORD, HANDLE, POINTER, type Signature } from './declare-functions.js';

interface ConsoleFunctions {
  readonly GetConsoleOutputCP: () => number;
  readonly GetStdHandle: (which: number) => number;
  readonly GetFileType: (handle: number) => number;
  readonly WideCharToMultiByte: (
    codePage: number,
    flags: number,
    text: Buffer,
    characters: number,
    bytes: Buffer,
    room: number,
    unknownAs: null,
    isUnknownUsed: null,
  ) => number;
}

const SIGNATURES: Readonly<Record<keyof ConsoleFunctions, Signature>> = {
  GetConsoleOutputCP: ['kernel32.dll', DWORD],
  GetStdHandle: ['kernel32.dll', HANDLE, DWORD],
  GetFileType: ['kernel32.dll', DWORD, HANDLE],
  WideCharToMultiByte: ['kernel32.dll', 'int', DWORD, DWORD, POINTER, 'int', POINTER, 'int', POINTER, POINTER],
};

const UTF_8 = 65_001;
/** GB18030, the longest there is: four bytes for a character. */
const MOST_BYTES = 4;

/** `STD_OUTPUT_HANDLE` and `STD_ERROR_HANDLE` (winbase.h), by the descriptors that C and Node have for them. */
const STANDARD_HANDLES = { 1: 0xffff_fff5, 2: 0xffff_fff4 } as const;
/** `FILE_TYPE_DISK` and `FILE_TYPE_PIPE` (fileapi.h). */
const [DISK, PIPE] = [1, 3] as const;

/** Text as the program reads it to which we write. */
export type Encode = (text: string) => Buffer;

/** Where what we print goes, as Windows says it. */
export interface ConsoleOutput {
  /**
   * How what we print reaches a program that is no console: Windows PowerShell and `cmd` take it for text in the code page of the
   * console that they share with us. Null where that is UTF-8 or where there is no console: then our text stays UTF-8.
   */
  readonly encode: Encode | null;
  /** False for a console, and for what is not known. */
  readonly isFileOrPipe: (descriptor: keyof typeof STANDARD_HANDLES) => boolean;
}

/** @throws ProblemError native-library-missing */
export async function openConsoleOutput(): Promise<ConsoleOutput> {
  const functions = await declareFunctions<ConsoleFunctions>(SIGNATURES);
  const codePage = functions.GetConsoleOutputCP();
  return {
    encode: codePage === 0 || codePage === UTF_8 ? null : encoderOf(functions, codePage),
    isFileOrPipe: (descriptor) => {
      const type = functions.GetFileType(functions.GetStdHandle(STANDARD_HANDLES[descriptor]));
      return type === DISK || type === PIPE;
    },
  };
}

/** @throws ProblemError native-library-missing */
export async function openEncoder(codePage: number): Promise<Encode> {
  return encoderOf(await declareFunctions<ConsoleFunctions>(SIGNATURES), codePage);
}

/** A character that the code page lacks becomes the nearest that it has (a straight quote for a curly one), else a question mark. */
function encoderOf({ WideCharToMultiByte }: ConsoleFunctions, codePage: number): Encode {
  return (text) => {
    const wide = Buffer.from(text, 'utf16le');
    const bytes = Buffer.alloc(text.length * MOST_BYTES);
    if (text === '') return bytes;
    const written = WideCharToMultiByte(codePage, 0, wide, text.length, bytes, bytes.length, null, null);
    // A code page that Windows does not have after all.
    return written > 0 ? bytes.subarray(0, written) : Buffer.from(text, 'utf8');
  };
}
