import { declareFunctions, DWORD, POINTER, type Signature } from './declare-functions.js';

interface ConsoleFunctions {
  readonly GetConsoleOutputCP: () => number;
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
  WideCharToMultiByte: ['kernel32.dll', 'int', DWORD, DWORD, POINTER, 'int', POINTER, 'int', POINTER, POINTER],
};

const UTF_8 = 65_001;
/** GB18030, the longest there is: four bytes for a character. */
const MOST_BYTES = 4;

/** Text as the program reads it to which we write. */
export type Encode = (text: string) => Buffer;

/**
 * How what we print reaches a program that is no console: Windows PowerShell and `cmd` take it for text in the code page of the
 * console that they share with us. Null where that is UTF-8 or where there is no console: then our text stays UTF-8.
 * @throws ProblemError native-library-missing
 */
export async function openConsoleEncoder(): Promise<Encode | null> {
  const functions = await declareFunctions<ConsoleFunctions>(SIGNATURES);
  const codePage = functions.GetConsoleOutputCP();
  return codePage === 0 || codePage === UTF_8 ? null : encoderOf(functions, codePage);
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
