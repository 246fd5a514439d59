import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';

/** The first fuses of Electron's wire, in the order they have there (electron/build/fuses/fuses.json5). */
const FUSES = [
  'runAsNode',
  'cookieEncryption',
  'nodeOptions',
  'nodeCliInspect',
  'embeddedAsarIntegrityValidation',
  'onlyLoadAppFromAsar',
  'loadBrowserProcessSpecificV8Snapshot',
] as const;
export type Fuse = (typeof FUSES)[number];

/** Stands in front of the wire, which is the version, the number of fuses, and a digit for each. */
const SENTINEL = 'dL7pKGdnNz796PbbjQWNKmHXBZaB9tsX';
const WIRE_VERSION = 1;

/** Reads from a program of Electron's how its fuses are set. @throws Error when the wire is not as we know it */
export function readFuses(program: Buffer): Readonly<Record<Fuse, boolean>> {
  const at = program.indexOf(SENTINEL, 0, 'latin1') + SENTINEL.length;
  const [version, count] = program.subarray(at, at + 2);
  if (version !== WIRE_VERSION || count !== FUSES.length) throw new Error(`This is another fuse wire: version ${version}, ${count} fuses.`);
  const digits = program.toString('latin1', at + 2, at + 2 + FUSES.length);
  return Object.fromEntries(FUSES.map((fuse, index) => [fuse, digits[index] === '1'])) as Record<Fuse, boolean>;
}

/** An archive's directory, or a file's place in it. */
interface AsarEntry {
  readonly files?: Readonly<Record<string, AsarEntry>>;
  /** The file stands beside the archive, in a folder of its name and `.unpacked`. */
  readonly unpacked?: boolean;
}

/** Lists the files of an asar archive: its directory is JSON, whose length stands in the fourth word. */
export function listAsar(path: string): ReadonlyMap<string, 'packed' | 'unpacked'> {
  const archive = readFileSync(path);
  const directory = JSON.parse(archive.toString('utf8', 16, 16 + archive.readUInt32LE(12))) as AsarEntry;
  return new Map(listEntries(directory, ''));
}

function listEntries({ files, unpacked }: AsarEntry, name: string): readonly (readonly [string, 'packed' | 'unpacked'])[] {
  if (files === undefined) return [[name, unpacked === true ? 'unpacked' : 'packed']];
  return Object.entries(files).flatMap(([child, entry]) => listEntries(entry, name === '' ? child : `${name}/${child}`));
}

/** Every file below a folder by its path in it, each with the digest of what it holds. */
export function digestFiles(folder: string): ReadonlyMap<string, string> {
  const files = readdirSync(folder, { withFileTypes: true }).flatMap((entry) => listFiles(join(folder, entry.name), entry.isDirectory()));
  return new Map(files.map((path) => [relative(folder, path), digestFile(path)]));
}

export function digestFile(path: string): string {
  return createHash('sha256').update(readFileSync(path)).digest('hex');
}

function listFiles(path: string, isFolder: boolean): readonly string[] {
  if (!isFolder) return [path];
  return readdirSync(path, { withFileTypes: true }).flatMap((entry) => listFiles(join(path, entry.name), entry.isDirectory()));
}
