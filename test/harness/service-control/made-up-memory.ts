import { NativeMemory } from '../../../electron/adapters/windows/koffi/native-memory.js';

/** Where our made-up memory stands: beyond 32 bits, as on Windows. */
export const ADDRESS = 0x1_2345_6000;

/** Writes structures as Windows does: fields at their offsets, texts behind them, pointers to the texts. */
export class StructureWriter {
  readonly bytes: Buffer;
  #end: number;

  /** @param size of the fixed part; texts go behind it */
  constructor(bytes: Buffer, size: number) {
    this.bytes = bytes;
    this.#end = size;
  }

  number(at: number, value: number): this {
    this.bytes.writeUInt32LE(value, at);
    return this;
  }

  text(at: number, text: string): this {
    return this.pointer(at, this.#append(`${text}\0`));
  }

  texts(at: number, texts: readonly string[]): this {
    return this.pointer(at, this.#append([...texts, '', ''].join('\0')));
  }

  pointer(at: number, offset: number): this {
    this.bytes.writeBigUInt64LE(BigInt(ADDRESS + offset), at);
    return this;
  }

  #append(text: string): number {
    const start = this.#end;
    this.#end += this.bytes.write(text, start, 'utf16le');
    return start;
  }
}

/** Memory as the Windows function would have left it. */
export function filledMemory(size: number, write: (writer: StructureWriter) => void): NativeMemory {
  const memory = new NativeMemory('MadeUpFunctionW', 1024, 1024, () => ADDRESS);
  write(new StructureWriter(memory.bytes, size));
  return memory;
}
