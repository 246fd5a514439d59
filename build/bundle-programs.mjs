/**
 * Bundles programs for Node in parts, so that the tray and the command line start with what they need at once: one file each, and beside
 * it what is loaded later or elsewhere only (a real server's adapters, the simulated server, PowerShell, one file a language).
 * esbuild splits ES modules only, and Electron 22 loads only CommonJS from the archive the app is packed into; so the
 * parts are made as the one and turned into the other.
 */
import { mkdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';

import { build } from 'esbuild';

import { packParts } from './pack-parts.mjs';
import { EXTERNAL_MAPS, removeOldParts, withTheirMaps, writeBundle } from './source-maps.mjs';

const LANGUAGES = ['en', 'zh-cn'];

/**
 * What loads node-powershell is a file of its own, read when a cmdlet is first asked. So is koffi: it is CommonJS, of which
 * an ES module would see the default export only.
 *
 * @type {import('esbuild').Plugin}
 */
const nativeWhenNeeded = {
  name: 'native-when-needed',
  setup(building) {
    building.onResolve({ filter: /\/open-powershell\.js$/ }, () => ({ path: './powershell.cjs', external: true }));
    building.onResolve({ filter: /^koffi\/indirect$/ }, () => ({ path: './koffi.cjs', external: true }));
  },
};

/**
 * A language's texts are read when it is first spoken. Its file holds nothing but texts, so it does not matter that it
 * shares no code with the rest.
 *
 * @param {string} folder where electron/core/language is
 * @param {Set<string>} used collects the topics that these programs talk about
 * @returns {import('esbuild').Plugin}
 */
function languagesWhenSpoken(folder, used) {
  return {
    name: 'languages-when-spoken',
    setup(building) {
      building.onResolve({ filter: /\.cjs$/, namespace: 'language' }, ({ path }) => ({ path, external: true }));
      const place = new RegExp(`^\\./(${LANGUAGES.join('|')})/([a-z-]+)\\.js$`);
      building.onResolve({ filter: place }, ({ path }) => ({ path, namespace: 'language' }));
      building.onLoad({ filter: place, namespace: 'language' }, async ({ path }) => {
        const [, language = '', topic = ''] = place.exec(path) ?? [];
        used.add(topic);
        const getters = (await exportsOf(join(folder, language, `${topic}.ts`))).map(
          (name) => `get ${name}() { return require('./${language}.cjs').${name}; },`,
        );
        return { contents: `module.exports = { ${getters.join(' ')} };` };
      });
    },
  };
}

/**
 * @param {string} file
 * @returns {Promise<string[]>} the names of the values it exports
 */
async function exportsOf(file) {
  return [...(await readFile(file, 'utf8')).matchAll(/^export const (\w+)/gm)].map(([, name = '']) => name);
}

/**
 * Writes the programs, powershell.cjs, koffi.cjs, the languages, and the parts they share.
 *
 * @param {string} root the project's
 * @param {string} folder
 * @param {import('esbuild').BuildOptions} options those of everything that runs on Node
 * @param {{ readonly programs: Readonly<Record<string, string>>, readonly quick: readonly string[], readonly maps: string | null }} what
 *   the source of each program, by the name of its file; what must start quickly, as `packParts` has it; and the folder for source maps
 */
export async function bundlePrograms(root, folder, options, { programs, quick, maps }) {
  const texts = join(root, 'electron/core/language');
  await mkdir(folder, { recursive: true });
  const [topics] = await Promise.all([
    bundleParts(root, folder, options, { texts, programs, quick, maps }),
    // Not our code, so nothing in it is looked for in a source.
    build({
      ...options,
      stdin: { contents: "module.exports = require('koffi/indirect');", resolveDir: root },
      outfile: join(folder, 'koffi.cjs'),
    }),
  ]);
  await Promise.all(LANGUAGES.map((language) => bundleLanguage(texts, { language, topics }, folder, options)));
}

/**
 * @param {string} root
 * @param {string} folder
 * @param {import('esbuild').BuildOptions} options
 * @param {{ readonly texts: string, readonly programs: Readonly<Record<string, string>>,
 *   readonly quick: readonly string[], readonly maps: string | null }} sources
 * @returns {Promise<ReadonlySet<string>>} the topics of a language that the programs talk about
 */
async function bundleParts(root, folder, options, { texts, programs, quick, maps }) {
  /** @type {Set<string>} */
  const topics = new Set();
  const { outputFiles, metafile } = await build({
    ...options,
    ...EXTERNAL_MAPS,
    entryPoints: { ...programs, powershell: join(root, 'electron/adapters/powershell/open-powershell.ts') },
    outExtension: { '.js': '.cjs' },
    format: 'esm',
    splitting: true,
    metafile: true,
    chunkNames: 'part-[name]-[hash]',
    // A pattern for our own parts would also swallow what a package calls "./index.cjs"; the plugins name each of them.
    external: ['electron'],
    plugins: [nativeWhenNeeded, ...(options.plugins ?? []), languagesWhenSpoken(texts, topics)],
  });
  const parts = withTheirMaps(outputFiles).map(({ name, code, map }) => [name, { code, map: map ?? '' }]);
  const files = await packParts(Object.fromEntries(parts), metafile, quick, options);
  await writeBundle(files, folder, maps);
  const written = files.map(({ name }) => name);
  await Promise.all([
    removeOldParts(folder, written),
    ...(maps === null
      ? []
      : [
          removeOldParts(
            maps,
            written.map((name) => `${name}.map`),
          ),
        ]),
  ]);
  return topics;
}

/**
 * @param {string} texts
 * @param {{ readonly language: string, readonly topics: ReadonlySet<string> }} spoken
 * @param {string} folder
 * @param {import('esbuild').BuildOptions} options
 */
async function bundleLanguage(texts, { language, topics }, folder, options) {
  await build({
    ...options,
    // Chinese as it is: escaped, every character would take twice the room.
    charset: language === 'en' ? 'ascii' : 'utf8',
    stdin: {
      contents: [...topics]
        .sort()
        .map((topic) => `export * from './${language}/${topic}.js';`)
        .join('\n'),
      resolveDir: texts,
    },
    outfile: join(folder, `${language}.cjs`),
  });
}
