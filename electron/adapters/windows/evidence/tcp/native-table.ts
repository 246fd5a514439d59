const NO_ERROR = 0;
const ERROR_NOT_SUPPORTED = 50;
const ERROR_INSUFFICIENT_BUFFER = 122;

const WORD_BYTES = 4;
/** Room beyond what Windows asks for, because rows come between two calls. */
const HEADROOM = 1.25;
/** A table that outgrows its buffer as often as this is not going to fit. */
const MAX_ATTEMPTS = 10;

/** Size of a table's buffer in 32-bit words; left at what was enough, for the next reading. */
export interface TableSize {
  words: number;
}

/** A function of iphlpapi.dll that fills a table. @returns its error number; `bytes` holds the size, and then the size it needs */
export type FillTable = (words: Int32Array, bytes: Uint32Array) => Promise<number>;

/**
 * Reads one table into memory of its own. A Windows without this address family has an empty one.
 * @param operation the function's name, for failures
 * @throws Error with the error number
 */
export async function readNativeTable(operation: string, fill: FillTable, size: TableSize): Promise<Int32Array> {
  for (let attempt = 0; attempt < MAX_ATTEMPTS; attempt += 1) {
    const words = new Int32Array(size.words);
    const bytes = new Uint32Array([words.byteLength]);
    const status = await fill(words, bytes);
    if (status === NO_ERROR) return words;
    if (status === ERROR_NOT_SUPPORTED) return new Int32Array(1);
    if (status !== ERROR_INSUFFICIENT_BUFFER) throw new Error(`${operation}: error ${status}`);
    const asked = Math.ceil((bytes[0] ?? 0) / WORD_BYTES);
    size.words = Math.ceil(Math.max(asked, words.length) * HEADROOM);
  }
  throw new Error(`${operation}: the table outgrew every buffer`);
}
