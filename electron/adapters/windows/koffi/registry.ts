import { callAsync, loadKoffi, type NativeFunction } from './load-koffi.js';

/** `HKEY_LOCAL_MACHINE` (winreg.h), with its sign. */
const HKEY_LOCAL_MACHINE = -0x7fff_fffe;
/** `RRF_RT_REG_SZ` (winreg.h): text only, always with its end. */
const RRF_RT_REG_SZ = 0x2;

const ERROR_SUCCESS = 0;
const ERROR_FILE_NOT_FOUND = 2;

/** More than any text that we read. */
const TEXT_BYTES = 2_048;

let declaring: Promise<NativeFunction> | undefined;

/**
 * Reads a text from a key of this machine, by `RegGetValueW` (advapi32.dll).
 * @param key below HKEY_LOCAL_MACHINE
 * @returns null if there is no such key or value. Rejects for any other failure, also when the value is no text
 * @throws ProblemError native-library-missing
 */
export async function readMachineText(key: string, value: string): Promise<string | null> {
  declaring ??= declareRegGetValue();
  const regGetValue = await declaring;
  const text = Buffer.alloc(TEXT_BYTES);
  const size = Buffer.alloc(4);
  size.writeUInt32LE(text.length);
  const status = await callAsync<number>(regGetValue, HKEY_LOCAL_MACHINE, key, value, RRF_RT_REG_SZ, null, text, size);
  if (status === ERROR_FILE_NOT_FOUND) return null;
  if (status !== ERROR_SUCCESS) throw new Error(`RegGetValueW: error ${status}`);
  return text.toString('utf16le', 0, size.readUInt32LE()).split('\0', 1)[0] ?? '';
}

async function declareRegGetValue(): Promise<NativeFunction> {
  const koffi = await loadKoffi();
  return koffi
    .load('advapi32.dll')
    .func('int32_t __stdcall RegGetValueW(intptr_t key, str16 subKey, str16 value, uint32_t flags, void *type, void *data, void *size)');
}
