import type { ProblemError } from '../../../contract/problem.js';
import { win32Failure } from '../../../contract/win32-problem.js';

const ERROR_INVALID_DATA = 13;

/**
 * Bytes that a Windows function writes its answer into, kept from one question to the next. Answers hold pointers to
 * text behind them in the same bytes; these are followed by counting from the start, so memory that is not ours is
 * never read.
 */
export class NativeMemory {
  /** The function that fills it. */
  readonly operation: string;
  readonly #limit: number;
  readonly #addressOf: (bytes: Buffer) => number;
  #bytes: Buffer;
  #address: number;

  /** @param limit the largest size that the function takes */
  constructor(operation: string, size: number, limit: number, addressOf: (bytes: Buffer) => number) {
    this.operation = operation;
    this.#limit = limit;
    this.#addressOf = addressOf;
    this.#bytes = Buffer.alloc(size);
    this.#address = addressOf(this.#bytes);
  }

  get bytes(): Buffer {
    return this.#bytes;
  }

  get size(): number {
    return this.#bytes.length;
  }

  /** Gets at least so many bytes and at least doubles, up to the limit. @returns false when it is there already */
  grow(needed: number): boolean {
    const size = Math.min(this.#limit, Math.max(needed, this.size * 2));
    if (size <= this.size) return false;
    this.#bytes = Buffer.alloc(size);
    this.#address = this.#addressOf(this.#bytes);
    return true;
  }

  /** The `DWORD` at an offset. */
  number(at: number): number {
    if (at + 4 > this.size) throw this.invalid();
    return this.#bytes.readUInt32LE(at);
  }

  /** Where the pointer at an offset leads, as an offset in these bytes; null for a null pointer. */
  pointer(at: number): number | null {
    const target = this.number(at) + this.number(at + 4) * 0x1_0000_0000;
    if (target === 0) return null;
    const offset = target - this.#address;
    if (offset < 0 || offset >= this.size) throw this.invalid();
    return offset;
  }

  /** The text (`LPWSTR`) that the pointer at an offset leads to; empty for a null pointer. */
  text(at: number): string {
    const start = this.pointer(at);
    return start === null ? '' : this.textFrom(start);
  }

  /** The texts (a `MULTI_SZ`) that the pointer at an offset leads to. */
  texts(at: number): readonly string[] {
    const found: string[] = [];
    for (let start = this.pointer(at); start !== null;) {
      const text = this.textFrom(start);
      if (text === '') break;
      found.push(text);
      start += (text.length + 1) * 2;
    }
    return found;
  }

  /** The text that begins at an offset. */
  textFrom(start: number): string {
    for (let end = start; end + 1 < this.size; end += 2) {
      if (this.#bytes.readUInt16LE(end) === 0) return this.#bytes.toString('utf16le', start, end);
    }
    throw this.invalid();
  }

  /** The answer is not what its documentation says: a failure, never a guess. */
  invalid(): ProblemError {
    return win32Failure(ERROR_INVALID_DATA, this.operation);
  }
}
