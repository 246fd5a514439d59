/**
 * Compiles native/counter-reader.c for Windows with mingw-w64. Packaging and tests call the function; `node
 * build/counter-reader.mjs` prints where the program is.
 */
import { createHash } from 'node:crypto';
import { access, mkdir, readFile, readdir, rename } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';

import { capture } from './run.mjs';

/** From the project's root, like the parts of build/windows-parts.mjs. */
const SOURCES = 'native';
const CACHE = resolve('node_modules/.cache/lync-drain/counter-reader');

/** Its name in what we ship. */
export const COUNTER_READER = 'lync-drain-counters.exe';

const COMPILER = 'x86_64-w64-mingw32-gcc';

/** No window of its own, no symbols, and the same bytes from the same text: without the time at which it was linked. */
const FLAGS = ['-O2', '-Wall', '-Wextra', '-Werror', '-mwindows', '-s', '-Wl,--no-insert-timestamp'];

/**
 * Compiles it, or takes what was compiled from the same text before.
 *
 * @returns {Promise<string>} the program's absolute path
 */
export async function provideCounterReader() {
  const folder = join(CACHE, await digestOfSources());
  const program = join(folder, COUNTER_READER);
  if (await exists(program)) return program;
  await mkdir(folder, { recursive: true });
  const unfinished = `${program}.${process.pid}`;
  const { code, output } = await capture(COMPILER, [...FLAGS, '-o', unfinished, join(SOURCES, 'counter-reader.c'), '-ladvapi32']);
  if (code !== 0) throw new Error(`the counter reader could not be compiled (Debian: gcc-mingw-w64-x86-64):\n${output}`);
  await rename(unfinished, program);
  return program;
}

async function digestOfSources() {
  const hash = createHash('sha256').update(FLAGS.join(' '));
  for (const name of (await readdir(SOURCES)).sort()) hash.update(name).update(await readFile(join(SOURCES, name)));
  return hash.digest('hex').slice(0, 16);
}

/** @param {string} path */
function exists(path) {
  return access(path).then(
    () => true,
    () => false,
  );
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) console.log(await provideCounterReader());
