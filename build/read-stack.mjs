/**
 * `npm run stack -- LOGFILE`: a log of ours with every place in a bundle replaced by the place in its source. `-` reads what is piped in.
 * `--maps FOLDER` names the source maps of the package that wrote the log (`docs/packaging.md`); without it they are those of the bundles
 * in release/, as `npm run bundle` made them.
 */
import { readFile } from 'node:fs/promises';
import { SourceMap } from 'node:module';
import { basename, dirname } from 'node:path';
import { text } from 'node:stream/consumers';
import { pathToFileURL } from 'node:url';

import { MAPS } from './bundle.mjs';
import { listFiles } from './zip-folder.mjs';

/**
 * A line of a stack, as V8 writes it: `at name (PLACE)` or `at PLACE`. A path may hold blanks and brackets, as in
 * `C:\Program Files (x86)`.
 */
const FRAMES = [/^(\s*at .*? \()(.*?)([\w.-]+\.c?js):(\d+):(\d+)(\)\s*)$/, /^(\s*at (?:async )?)(.*?)([\w.-]+\.c?js):(\d+):(\d+)(\s*)$/];

/** A part has the digest of what it holds in its name, so a map for it is of the same build. */
const PART = /^part-.*-[0-9A-Z]{8}\.c?js$/;

/**
 * @typedef {object} ReadStack
 * @property {string} text
 * @property {number} mapped how many places were found in a source
 * @property {readonly string[]} unknown the files of ours for which there is no map, each once
 */

/**
 * @param {string} log
 * @param {string} folder with the maps, at any depth
 * @returns {Promise<ReadStack>}
 * @throws {Error} with one sentence if there are no maps
 */
export async function readStack(log, folder) {
  const maps = await findMaps(folder);
  /** @type {Set<string>} */
  const unknown = new Set();
  let mapped = 0;
  const lines = [];
  for (const line of log.replace(/^\uFEFF/, '').split('\n')) {
    const frame = parseFrame(line);
    const place = frame === null ? null : await findPlace(maps, frame);
    if (frame !== null && place === null && PART.test(frame.file)) unknown.add(frame.file);
    if (place !== null) mapped += 1;
    lines.push(frame === null || place === null ? line : `${frame.before}${place}${frame.after}`);
  }
  return { text: lines.join('\n'), mapped, unknown: [...unknown] };
}

/**
 * @typedef {object} Frame
 * @property {string} before
 * @property {string} folder
 * @property {string} file
 * @property {number} line as V8 counts: from 1
 * @property {number} column from 1
 * @property {string} after
 */

/**
 * @param {string} line
 * @returns {Frame | null}
 */
function parseFrame(line) {
  for (const pattern of FRAMES) {
    const [, before, folder = '', file, lineNumber, column, after = ''] = pattern.exec(line) ?? [];
    if (before !== undefined && file !== undefined) {
      return { before, folder, file, line: Number(lineNumber), column: Number(column), after };
    }
  }
  return null;
}

/**
 * @param {string} folder
 * @returns {Promise<ReadonlyMap<string, readonly string[]>>} the paths of the maps by the name of the file they are of
 */
async function findMaps(folder) {
  const paths = (await listFiles(folder).catch(() => [])).filter((path) => path.endsWith('.map'));
  if (paths.length === 0) {
    throw new Error(`There are no source maps in ${folder}. "npm run bundle" makes those of this tree; those of a package are beside it.`);
  }
  /** @type {Map<string, string[]>} */
  const maps = new Map();
  for (const path of paths) {
    const file = basename(path, '.map');
    maps.set(file, [...(maps.get(file) ?? []), path]);
  }
  return maps;
}

/** @type {Map<string, Promise<SourceMap>>} */
const read = new Map();

/**
 * @param {ReadonlyMap<string, readonly string[]>} maps
 * @param {Frame} frame
 * @returns {Promise<string | null>} `electron/engine/record-reading.ts:31:5`, null if there is no map or it does not know
 */
async function findPlace(maps, { folder, file, line, column }) {
  const found = maps.get(file) ?? [];
  // The app and the command line both have a powershell.cjs; which one it is, the folder says.
  const isCli = /[\\/](cli|cli-win-x64)[\\/]$/.test(folder);
  const path = found.find((one) => (basename(dirname(one)) === 'cli') === isCli) ?? found[0];
  if (path === undefined) return null;
  const opened = read.get(path) ?? readFile(path, 'utf8').then((content) => new SourceMap(JSON.parse(content)));
  read.set(path, opened);
  const entry = (await opened).findEntry(line - 1, column - 1);
  return 'originalSource' in entry && entry.originalSource !== undefined
    ? `${entry.originalSource}:${entry.originalLine + 1}:${entry.originalColumn + 1}`
    : null;
}

/**
 * @param {readonly string[]} args
 * @returns {Promise<number>} the exit code
 */
async function main(args) {
  const rest = [...args];
  const flag = rest.indexOf('--maps');
  const [, named] = flag >= 0 ? rest.splice(flag, 2) : [];
  const [file] = rest;
  if (file === undefined || rest.length > 1 || (flag >= 0 && named === undefined)) {
    console.error('Usage: npm run stack -- LOGFILE [--maps FOLDER]   (- instead of LOGFILE reads what is piped in)');
    return 2;
  }
  const log = file === '-' ? await text(process.stdin) : await readFile(file, 'utf8').catch(() => null);
  if (log === null) {
    console.error(`${file} cannot be read.`);
    return 2;
  }
  const { text: readable, mapped, unknown } = await readStack(log, named ?? MAPS);
  process.stdout.write(readable);
  if (unknown.length > 0) {
    console.error(
      `No map for ${unknown.join(', ')}: these maps are of another build than the program that wrote this. Do not trust the places above.`,
    );
  } else if (mapped === 0) console.error('Nothing in this text is a place in a program of ours.');
  return unknown.length === 0 ? 0 : 1;
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  process.exitCode = await main(process.argv.slice(2)).catch((/** @type {unknown} */ error) => {
    console.error(error instanceof Error ? error.message : String(error));
    return 2;
  });
}
