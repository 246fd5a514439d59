/** The bundles of `npm run dev`: readable, with source maps inside, made again whenever a source changes. */
import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

import { context } from 'esbuild';

import { FOR_WINDOW } from './bundle-renderer.mjs';
import { FOR_NODE } from './bundle.mjs';

const ROOT = fileURLToPath(new URL('..', import.meta.url));

const READABLE = /** @satisfies {import('esbuild').BuildOptions} */ ({ minify: false, sourcemap: 'inline', write: false });

/**
 * What has to happen for a change to be seen: the app starts again for its main process, the window reads its page and its preload
 * script again.
 *
 * @typedef {'app' | 'window'} Part
 */

/**
 * @param {string} folder
 * @returns {readonly { readonly part: Part, readonly options: import('esbuild').BuildOptions }[]}
 */
function describeBundles(folder) {
  const node = { ...FOR_NODE, ...READABLE, outdir: folder, outExtension: { '.js': '.cjs' }, external: ['electron'] };
  return [
    {
      part: 'app',
      // Stacks in the log and in the terminal name sources at once.
      options: {
        ...node,
        entryPoints: [join(ROOT, 'electron/main.ts')],
        banner: { js: 'process.setSourceMapsEnabled(true);require("./dev-app.cjs");' },
      },
    },
    { part: 'app', options: { ...node, entryPoints: [join(ROOT, 'build/dev-app.mjs')] } },
    { part: 'window', options: { ...node, entryPoints: [join(ROOT, 'electron/preload.ts')] } },
    {
      part: 'window',
      options: {
        ...FOR_WINDOW,
        ...READABLE,
        entryPoints: [...FOR_WINDOW.entryPoints, join(ROOT, 'renderer/index.html')],
        loader: { '.html': 'copy' },
        define: { 'process.env.NODE_ENV': '"development"' },
        outdir: join(folder, 'renderer'),
      },
    },
  ];
}

/**
 * Bundles everything once, and again whenever a source changes. esbuild says itself what does not compile; the files stay as they were.
 *
 * @param {string} folder
 * @param {(part: Part) => void} onChange called after the first time, if a file of the part is another one now, or if it compiles again
 * @param {(part: Part) => void} onFailure called if a part does not compile
 * @returns {Promise<{ readonly isWhole: boolean, readonly stop: () => Promise<void> }>} once everything was tried; whole if
 * all of it compiled
 */
export async function watchBundles(folder, onChange, onFailure) {
  let isFirst = true;
  let isWhole = true;
  const watched = await Promise.all(
    describeBundles(folder).map(async ({ part, options }) => {
      /** @type {(value: unknown) => void} */
      let setTried = () => undefined;
      const tried = new Promise((resolve) => (setTried = resolve));
      let isBroken = false;
      const plugin = whenBundled(async (result) => {
        if (result.errors.length > 0) {
          if (isFirst) isWhole = false;
          isBroken = true;
          onFailure(part);
        } else {
          const isChanged = await writeChanged(result.outputFiles ?? []);
          if (!isFirst && (isChanged || isBroken)) onChange(part);
          isBroken = false;
        }
        setTried(null);
      });
      const bundle = await context({ ...options, plugins: [...(options.plugins ?? []), plugin] });
      await bundle.watch();
      await tried;
      return bundle;
    }),
  );
  isFirst = false;
  return { isWhole, stop: async () => void (await Promise.all(watched.map((bundle) => bundle.dispose()))) };
}

/**
 * @param {(result: import('esbuild').BuildResult) => Promise<void>} act
 * @returns {import('esbuild').Plugin}
 */
function whenBundled(act) {
  return { name: 'when-bundled', setup: (build) => build.onEnd(act) };
}

/** @type {Map<string, string>} */
const written = new Map();

/**
 * A comment or a type changes a source and no program.
 *
 * @param {readonly import('esbuild').OutputFile[]} files
 * @returns {Promise<boolean>} true if one was another than last time
 */
async function writeChanged(files) {
  const changed = files.filter(({ path, hash }) => written.get(path) !== hash);
  for (const { path, hash, contents } of changed) {
    await mkdir(dirname(path), { recursive: true });
    await writeFile(path, contents);
    written.set(path, hash);
  }
  return changed.length > 0;
}
