/** A folder as a zip file whose bytes depend on nothing but names and contents. */
import { createWriteStream } from 'node:fs';
import { readdir, rename, rm } from 'node:fs/promises';
import { join, relative, sep } from 'node:path';
import { pipeline } from 'node:stream/promises';

import { ZipFile } from 'yazl';

/** The earliest time that a zip file can hold. Made of local parts and written as such, so the zone does not matter. */
const TIME = new Date(1980, 0, 1);

/** What Windows and Linux make of an ordinary file. */
const MODE = 0o100644;

/**
 * Writes whole or not at all.
 *
 * @param {string} folder
 * @param {string} target the zip file
 * @param {string} root the one folder that unpacking makes
 */
export async function zipFolder(folder, target, root) {
  const zip = new ZipFile();
  for (const path of await listFiles(folder)) {
    const name = [root, ...relative(folder, path).split(sep)].join('/');
    zip.addFile(path, name, { mtime: TIME, forceDosTimestamp: true, mode: MODE });
  }
  zip.end();
  const unfinished = `${target}.unfinished`;
  try {
    await pipeline(zip.outputStream, createWriteStream(unfinished));
    await rename(unfinished, target);
  } finally {
    await rm(unfinished, { force: true });
  }
}

/**
 * @param {string} folder
 * @returns {Promise<string[]>} every file in it at any depth, in an order that no locale and no file system changes
 */
export async function listFiles(folder) {
  const entries = await readdir(folder, { withFileTypes: true });
  const nested = entries.map((entry) => (entry.isDirectory() ? listFiles(join(folder, entry.name)) : [join(folder, entry.name)]));
  return (await Promise.all(nested)).flat().sort();
}
