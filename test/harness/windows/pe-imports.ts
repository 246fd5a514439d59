import { readFileSync } from 'node:fs';

/** Offsets of the PE format (Microsoft Learn, "PE Format"), for programs of 64 bits. */
const PE = { signatureAt: 0x3c, sections: 6, optionalSize: 20, optional: 24, importTable: 24 + 120 };
const SECTION = { size: 40, virtualSize: 8, address: 12, rawAddress: 20 };
const IMPORT = { size: 20, lookup: 0, name: 12 };
const BY_ORDINAL = 1n << 63n;

/** A function that Windows looks for when it starts a program or loads a library. Without a name it is asked for by number. */
export interface ImportedFunction {
  readonly library: string;
  readonly name: string | null;
}

/** The import table of a program or a library, the libraries in lower case. */
export function readImports(path: string): readonly ImportedFunction[] {
  const bytes = readFileSync(path);
  const header = bytes.readUInt32LE(PE.signatureAt);
  const offsetOf = sectionReader(bytes, header);
  const found: ImportedFunction[] = [];
  for (let at = offsetOf(bytes.readUInt32LE(header + PE.importTable)); bytes.readUInt32LE(at + IMPORT.name) !== 0; at += IMPORT.size) {
    const library = textAt(bytes, offsetOf(bytes.readUInt32LE(at + IMPORT.name))).toLowerCase();
    for (let entry = offsetOf(bytes.readUInt32LE(at + IMPORT.lookup)); bytes.readBigUInt64LE(entry) !== 0n; entry += 8) {
      const value = bytes.readBigUInt64LE(entry);
      // A hint of two bytes stands before the name.
      found.push({ library, name: (value & BY_ORDINAL) === 0n ? textAt(bytes, offsetOf(Number(value)) + 2) : null });
    }
  }
  return found;
}

/** Where in the file an address of the loaded program is. */
function sectionReader(bytes: Buffer, header: number): (address: number) => number {
  const first = header + PE.optional + bytes.readUInt16LE(header + PE.optionalSize);
  const sections = Array.from({ length: bytes.readUInt16LE(header + PE.sections) }, (_, index) => first + index * SECTION.size);
  return (address) => {
    const section = sections.find((at) => {
      const start = bytes.readUInt32LE(at + SECTION.address);
      return address >= start && address < start + bytes.readUInt32LE(at + SECTION.virtualSize);
    });
    if (section === undefined) throw new Error(`no section holds ${address}`);
    return address - bytes.readUInt32LE(section + SECTION.address) + bytes.readUInt32LE(section + SECTION.rawAddress);
  };
}

function textAt(bytes: Buffer, at: number): string {
  return bytes.toString('latin1', at, bytes.indexOf(0, at));
}
