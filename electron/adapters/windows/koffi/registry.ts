import { declareFunctions, DWORD, LONG, POINTER, SHANDLE, TEXT, type Signature } from './declare-functions.js';
import { callAsync, type NativeFunction } from './load-koffi.js';

/** Keys of winreg.h, with their sign. */
const HKEY_LOCAL_MACHINE = -0x7fff_fffe;
const HKEY_CURRENT_USER = -0x7fff_ffff;
/** `RRF_RT_REG_SZ` (winreg.h): text only, always with its end. */
const RRF_RT_REG_SZ = 0x2;
/** `RRF_RT_REG_DWORD` (winreg.h): numbers only. */
const RRF_RT_REG_DWORD = 0x10;

const ERROR_SUCCESS = 0;
const ERROR_FILE_NOT_FOUND = 2;

/** More than any text that we read. */
const TEXT_BYTES = 2_048;

interface RegistryFunctions {
  readonly RegGetValueW: NativeFunction;
}

const SIGNATURES: Readonly<Record<keyof RegistryFunctions, Signature>> = {
  RegGetValueW: ['advapi32.dll', LONG, SHANDLE, TEXT, TEXT, DWORD, POINTER, POINTER, POINTER],
};

let declaring: Promise<RegistryFunctions> | undefined;

/**
 * Reads a text from a key of this machine, by `RegGetValueW` (advapi32.dll).
 * @param key below HKEY_LOCAL_MACHINE
 * @returns null if there is no such key or value. Rejects for any other failure, also when the value is no text
 * @throws ProblemError native-library-missing
 */
export async function readMachineText(key: string, value: string): Promise<string | null> {
  declaring ??= declareFunctions<RegistryFunctions>(SIGNATURES);
  const { RegGetValueW } = await declaring;
  const text = Buffer.alloc(TEXT_BYTES);
  const size = Buffer.alloc(4);
  size.writeUInt32LE(text.length);
  const status = await callAsync<number>(RegGetValueW, HKEY_LOCAL_MACHINE, key, value, RRF_RT_REG_SZ, null, text, size);
  if (status === ERROR_FILE_NOT_FOUND) return null;
  if (status !== ERROR_SUCCESS) throw new Error(`RegGetValueW: error ${status}`);
  return text.toString('utf16le', 0, size.readUInt32LE()).split('\0', 1)[0] ?? '';
}

/** Reads a number from a key of the signed-in user, at once; null if there is no such value. */
export type ReadUserNumber = (key: string, value: string) => number | null;

/** @throws ProblemError native-library-missing */
export async function openUserNumbers(): Promise<ReadUserNumber> {
  declaring ??= declareFunctions<RegistryFunctions>(SIGNATURES);
  const { RegGetValueW } = await declaring;
  return (key, value) => {
    const [number, size] = [Buffer.alloc(4), Buffer.from([4, 0, 0, 0])];
    const status = RegGetValueW(HKEY_CURRENT_USER, key, value, RRF_RT_REG_DWORD, null, number, size) as number;
    return status === ERROR_SUCCESS ? number.readUInt32LE() : null;
  };
}
