/**
 * Bundles what we ship. `node build/bundle.mjs` writes everything into release/, with source maps in release/maps, and prints the
 * sizes; start, test and package scripts call the functions.
 */
import { readFile, readdir, stat } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

import { build } from 'esbuild';

import { bundlePrograms } from './bundle-programs.mjs';
import { bundleRenderer } from './bundle-renderer.mjs';
import { writeCodeCache } from './code-cache.mjs';
import { drawIcons } from './icons.mjs';
import { EXTERNAL_MAPS, withTheirMaps, writeBundle } from './source-maps.mjs';
import { listFiles } from './zip-folder.mjs';

const ROOT = fileURLToPath(new URL('..', import.meta.url));
const require = createRequire(import.meta.url);
const { version: VERSION } = require('../package.json');

/**
 * Koffi looks for its binary in folders above the bundle. An elevated program must not load a library from wherever
 * it happens to stand, so in our bundles it looks in one place: beside the bundle.
 *
 * @type {import('esbuild').Plugin}
 */
const koffiBesideTheBundle = {
  name: 'koffi-beside-the-bundle',
  setup(build) {
    const source = join(dirname(require.resolve('koffi')), 'src/koffi/indirect.cjs');
    build.onResolve({ filter: /^koffi(\/indirect)?$/ }, () => ({ path: source }));
    build.onLoad({ filter: /[\\/]src[\\/]koffi[\\/]indirect\.cjs$/ }, async ({ path }) => {
      const text = await readFile(path, 'utf8');
      const places = /let names = \[[^\]]*\];/g;
      if (text.match(places)?.length !== 1) throw new Error(`${path} is not the koffi this build knows: look at how it finds its binary`);
      const requiring = 'native2 = require2(name);';
      if (!text.includes(requiring)) throw new Error(`${path} is not the koffi this build knows: look at how it loads its binary`);
      // As `require` does in the end, after it has asked for the file in several ways, and in every folder above for a package.json.
      const loading = 'const loaded = { exports: {} }; process.dlopen(loaded, name); native2 = loaded.exports;';
      return { contents: text.replace(places, 'let names = [__dirname + "/koffi.node"];').replace(requiring, loading) };
    });
  },
};

const OURS = join(ROOT, 'electron/');

/** Node's own modules that are large and needed late or never. */
const LARGE_MODULES = /^node:(child_process|crypto|dns\/promises|module|net|os|v8|vm)$/;

/**
 * Where our sources import such modules, they are loaded when something of theirs is first used: `status` on a server without an open
 * run needs no hash, and no server any address check but one with addresses to leave out.
 *
 * @type {import('esbuild').Plugin}
 */
const largeModulesWhenUsed = {
  name: 'large-modules-when-used',
  setup(build) {
    const namespace = 'when-used';
    /** @type {ReadonlyMap<string, ReadonlySet<string>>} */
    let imported = new Map();
    // For each build: while the sources are watched, one of them may come to import another name.
    build.onStart(async () => {
      imported = await namesImported();
    });
    build.onResolve({ filter: LARGE_MODULES }, ({ path, importer, namespace: from }) =>
      from !== namespace && importer.startsWith(OURS) ? { path, namespace } : { path, external: true },
    );
    build.onLoad({ filter: /.*/, namespace }, async ({ path }) => {
      const names = [...(imported.get(path) ?? [])].sort();
      const getter = `{ enumerable: true, get: () => require('${path}')[name] }`;
      return { contents: `for (const name of '${names.join(' ')}'.split(' ')) Object.defineProperty(exports, name, ${getter});` };
    });
  },
};

/** @returns {Promise<ReadonlyMap<string, ReadonlySet<string>>>} by module of Node: what our sources import of it by name */
async function namesImported() {
  const files = (await listFiles(OURS)).filter((name) => name.endsWith('.ts'));
  /** @type {Map<string, Set<string>>} */
  const found = new Map();
  for (const text of await Promise.all(files.map((file) => readFile(file, 'utf8')))) {
    for (const [, names = '', path = ''] of text.matchAll(/^import \{([^}]+)\} from '(node:[^']+)';/gm)) {
      const known = found.get(path) ?? new Set();
      found.set(path, known);
      for (const [, name = ''] of names.matchAll(/(?:^|,)\s*(?:type\s+)?(\w+)/g)) known.add(name);
    }
  }
  return found;
}

/**
 * What node-powershell traces with writes to our standard output if a variable (DEBUG) says so: other programs of the user
 * could spoil what ours prints.
 *
 * @type {import('esbuild').Plugin}
 */
const debugSaysNothing = {
  name: 'debug-says-nothing',
  setup(build) {
    build.onResolve({ filter: /^debug$/ }, ({ path }) => ({ path, namespace: 'silent' }));
    build.onLoad({ filter: /.*/, namespace: 'silent' }, () => ({
      contents: 'const silent = () => undefined; silent.extend = () => silent; module.exports = () => silent;',
    }));
  },
};

export const FOR_NODE = /** @satisfies {import('esbuild').BuildOptions} */ ({
  bundle: true,
  platform: 'node',
  target: 'node16.17',
  format: 'cjs',
  minify: true,
  legalComments: 'none',
  // With one character above Latin-1 in a file, V8 keeps and reads every character of it in two bytes. A language's file has its own.
  charset: 'ascii',
  logLevel: 'warning',
  define: { 'process.env.NODE_ENV': '"production"', PRODUCT_VERSION: JSON.stringify(VERSION) },
  plugins: [koffiBesideTheBundle, largeModulesWhenUsed, debugSaysNothing],
});

/** Where the maps of the bundles in release/ are. */
export const MAPS = join(ROOT, 'release/maps');

/**
 * Writes lync-drain.cjs and walk.cjs into a folder, and beside them the parts of which a command loads what it uses. lync-drain.cjs
 * is only where the program begins; the name of cli.cjs and its parts do not change with it.
 *
 * @param {string} folder
 * @param {string | null} maps the folder for their source maps
 */
export async function bundleCli(folder = join(ROOT, 'release/cli'), maps = null) {
  const programs = { cli: join(ROOT, 'electron/cli.ts'), walk: join(ROOT, 'electron/walk.ts') };
  await bundlePrograms(ROOT, folder, FOR_NODE, { programs, quick: ['electron/cli.ts', 'electron/apps/cli/commands/status.ts'], maps });
  await bundleStart(folder, maps, '');
  return folder;
}

/**
 * Compiles a bundled command line in advance, and has it use that.
 *
 * @param {string} folder
 * @param {string} node as `writeCodeCache` takes it
 * @param {{ readonly isForWindows: boolean, readonly maps?: string | null }} [edition] `maps`: the folder for source maps
 */
export async function compileCli(folder, node, edition = { isForWindows: process.platform === 'win32' }) {
  await bundleStart(folder, edition.maps ?? null, await writeCodeCache(node, folder, edition));
}

/**
 * @param {string} folder
 * @param {string | null} maps
 * @param {string} codeCache the name of the file with the compiled code; empty for none
 */
async function bundleStart(folder, maps, codeCache) {
  const { outputFiles } = await build({
    ...FOR_NODE,
    ...EXTERNAL_MAPS,
    entryPoints: { 'lync-drain': join(ROOT, 'electron/quick-start.ts') },
    outExtension: { '.js': '.cjs' },
    external: ['./cli.cjs'],
    define: { ...FOR_NODE.define, CODE_CACHE: JSON.stringify(codeCache) },
  });
  await writeBundle(withTheirMaps(outputFiles), folder, maps);
}

/**
 * Writes the tray app: main process, preload script, the window with its page, and the icons.
 *
 * @param {string} folder
 * @param {string | null} maps the folder for their source maps
 */
export async function bundleApp(folder = join(ROOT, 'release/app'), maps = null) {
  await Promise.all([
    bundlePrograms(ROOT, folder, FOR_NODE, { programs: { main: join(ROOT, 'electron/main.ts') }, quick: ['electron/main.ts'], maps }),
    bundlePreload(folder, maps),
    bundleRenderer(join(folder, 'renderer'), maps === null ? null : join(maps, 'renderer')),
    drawIcons(join(folder, 'icons')),
  ]);
  return folder;
}

/**
 * In one file: a page's preload script in the sandbox can load no other.
 *
 * @param {string} folder
 * @param {string | null} maps
 */
async function bundlePreload(folder, maps) {
  const outExtension = { '.js': '.cjs' };
  const { outputFiles } = await build({
    ...FOR_NODE,
    ...EXTERNAL_MAPS,
    entryPoints: [join(ROOT, 'electron/preload.ts')],
    external: ['electron'],
    outExtension,
  });
  await writeBundle(withTheirMaps(outputFiles), folder, maps);
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  const folders = [await bundleCli(undefined, join(MAPS, 'cli')), await bundleApp(undefined, join(MAPS, 'app'))];
  for (const folder of folders) await printSizes(folder);
}

/** @param {string} folder */
async function printSizes(folder) {
  for (const entry of await readdir(folder, { withFileTypes: true })) {
    if (!entry.isFile()) continue;
    const { size } = await stat(join(folder, entry.name));
    console.log(`${entry.name}: ${(size / 1024).toFixed(1)} KB`);
  }
}
