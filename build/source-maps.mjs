/**
 * Source maps of what we bundle: kept beside what is shipped, never in it. They name the sources by their paths from the project's
 * root and do not hold their text, so that the same commit makes the same maps on every machine.
 */
import { mkdir, readdir, rm, writeFile } from 'node:fs/promises';
import { basename, dirname, join, relative, resolve, sep } from 'node:path';
import { fileURLToPath } from 'node:url';

const ROOT = fileURLToPath(new URL('..', import.meta.url));

/**
 * Of a map that stands beside its file: without the text of the sources, and without a comment in the file that would name it. A part's
 * name depends on its map, and that on where esbuild takes it to be: always the same place, so that names are the same in any folder.
 */
export const EXTERNAL_MAPS = /** @satisfies {import('esbuild').BuildOptions} */ ({
  sourcemap: 'external',
  sourcesContent: false,
  write: false,
  outdir: join(ROOT, 'release/bundle'),
});

/**
 * A file that was bundled.
 *
 * @typedef {object} Bundled
 * @property {string} name without a folder
 * @property {string} code
 * @property {string | null} map null for a file that is no program
 */

/**
 * What was bundled, each program with its map.
 *
 * @param {readonly import('esbuild').OutputFile[]} files as bundled with `EXTERNAL_MAPS`
 * @returns {readonly Bundled[]}
 */
export function withTheirMaps(files) {
  const mapOf = new Map(files.filter(({ path }) => path.endsWith('.map')).map((file) => [file.path.slice(0, -'.map'.length), file]));
  return files
    .filter(({ path }) => !path.endsWith('.map'))
    .map(({ path, text }) => {
      const found = mapOf.get(path);
      return { name: basename(path), code: text, map: found === undefined ? null : nameFromRoot(found.text, dirname(path)) };
    });
}

/**
 * Writes what was bundled: the files into their folder, and their maps into another.
 *
 * @param {readonly Bundled[]} files
 * @param {string} folder
 * @param {string | null} maps null for none
 */
export async function writeBundle(files, folder, maps) {
  await Promise.all([mkdir(folder, { recursive: true }), ...(maps === null ? [] : [mkdir(maps, { recursive: true })])]);
  await Promise.all(
    files.flatMap(({ name, code, map }) => [
      writeFile(join(folder, name), code),
      ...(maps === null || map === null ? [] : [writeFile(join(maps, `${name}.map`), map)]),
    ]),
  );
}

/**
 * A part's name changes with what is in it; what an earlier bundling left must not be packed with this one.
 *
 * @param {string} folder
 * @param {readonly string[]} written names without folders
 */
export async function removeOldParts(folder, written) {
  const kept = new Set(written);
  const old = (await readdir(folder)).filter((name) => name.startsWith('part-') && !kept.has(name));
  await Promise.all(old.map((name) => rm(join(folder, name), { force: true })));
}

/**
 * @param {string} map as esbuild writes it: sources relative to the map
 * @param {string} folder where esbuild takes the map to be
 * @returns {string} with sources relative to the project's root
 */
function nameFromRoot(map, folder) {
  /** @type {{ sources: string[] }} */
  const parsed = JSON.parse(map);
  // What a plugin makes up has a name, not a path (`when-used:node:net`).
  const sources = parsed.sources.map((source) =>
    /^[\w-]{2,}:|^</.test(source) ? source : relative(ROOT, resolve(folder, source)).split(sep).join('/'),
  );
  return JSON.stringify({ ...parsed, sources });
}
