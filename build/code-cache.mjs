/**
 * Compiles the command line in advance, for one Node: what V8 makes of its files when `status` runs, in one
 * file beside them, with their text. V8 checks
 * that its own version and flags are the same; that the files are, the name of the cache says, which the program has in it. What is
 * compiled differs from one time to the next, so a package with it is not the same bytes each time.
 */
import { createHash } from 'node:crypto';
import { mkdtemp, readFile, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

import { capture } from './run.mjs';

/** What `status` loads on every system, on a real server, where nothing of it runs elsewhere, and on a simulated one. */
const ALWAYS = /^(cli|en|part-status-\w+)\.cjs$/;
const ELSEWHERE = /^part-(posix-folder-protection|simulated-parts)-\w+\.cjs$/;
const ON_WINDOWS = /^(koffi|part-(windows-parts|windows-machine|name-fault|run-elsewhere|console-output|program-data)-\w+)\.cjs$/;

const WARM_UP = fileURLToPath(new URL('warm-up.cjs', import.meta.url));

/**
 * Writes the cache into the folder, in place of one that is there.
 *
 * @param {string} node the program of the Node that will run the command line, or of the same version for this system
 * @param {string} folder where cli.cjs and its parts are
 * @param {{ readonly isForWindows: boolean }} edition what the other one loads is left out
 * @returns {Promise<string>} its name
 */
export async function writeCodeCache(node, folder, { isForWindows }) {
  await removeCodeCache(folder);
  const files = (await readdir(folder)).filter((name) => name.endsWith('.cjs')).sort();
  const hash = createHash('sha256');
  for (const file of files) hash.update(file).update(await readFile(join(folder, file)));
  const name = `compiled-${hash.digest('hex').slice(0, 16)}.bin`;
  const data = await mkdtemp(join(tmpdir(), 'lync-drain-warm-up-'));
  try {
    const compiled = await withNeeded(
      files.filter((file) => ALWAYS.test(file) || (isForWindows ? ON_WINDOWS : ELSEWHERE).test(file)),
      folder,
    );
    const { code, output } = await capture(node, [WARM_UP, join(folder, name), folder, data, ...compiled]);
    if (code !== 0) throw new Error(`the command line could not be compiled in advance:\n${output}`);
  } finally {
    await rm(data, { recursive: true, force: true });
  }
  return name;
}

/** @param {string} folder */
async function removeCodeCache(folder) {
  const old = (await readdir(folder)).filter((name) => /^compiled-\w+\.bin$/.test(name));
  await Promise.all(old.map((name) => rm(join(folder, name))));
}

/**
 * @param {readonly string[]} files
 * @param {string} folder
 * @returns {Promise<readonly string[]>} the files and what each of them loads at once
 */
async function withNeeded(files, folder) {
  const found = new Set(files);
  for (const file of found) {
    const text = await readFile(join(folder, file), 'utf8');
    for (const [, needed = ''] of text.matchAll(/(?<=[=,;])require\("\.\/([\w.-]+\.cjs)"\)/g)) found.add(needed);
  }
  return [...found];
}
