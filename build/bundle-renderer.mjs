/**
 * Bundles the window: index.html, window.js and window.css, and one part a language, for the Chromium of our Electron line.
 * No inline script or
 * style, so that the content security policy can forbid both; `__STYLE_NONCE__` in index.html is filled at every load.
 */
import { copyFile, mkdir, stat } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

import { build } from 'esbuild';

import { EXTERNAL_MAPS, removeOldParts, withTheirMaps, writeBundle } from './source-maps.mjs';

const ROOT = fileURLToPath(new URL('..', import.meta.url));

/** What the window is made of, for the Chromium of our Electron line. */
export const FOR_WINDOW = /** @satisfies {import('esbuild').BuildOptions} */ ({
  entryPoints: [join(ROOT, 'renderer/window.tsx'), join(ROOT, 'renderer/window.css')],
  bundle: true,
  platform: 'browser',
  target: 'chrome108',
  format: 'esm',
  jsx: 'automatic',
  legalComments: 'none',
  // Chinese as it is: escaped, every character would take twice the room.
  charset: 'utf8',
  logLevel: 'warning',
});

/**
 * @param {string} folder
 * @param {string | null} maps the folder for source maps
 * @returns {Promise<string>} the folder
 */
export async function bundleRenderer(folder = join(ROOT, 'release/app/renderer'), maps = null) {
  await mkdir(folder, { recursive: true });
  const { outputFiles } = await build({
    ...FOR_WINDOW,
    ...EXTERNAL_MAPS,
    splitting: true,
    chunkNames: 'part-[name]-[hash]',
    minify: true,
    define: { 'process.env.NODE_ENV': '"production"' },
  });
  await Promise.all([writeBundle(withTheirMaps(outputFiles), folder, maps), copyPage(folder)]);
  const written = outputFiles.map(({ path }) => basename(path));
  await Promise.all([removeOldParts(folder, written), ...(maps === null ? [] : [removeOldParts(maps, written)])]);
  return folder;
}

/** @param {string} folder */
export async function copyPage(folder) {
  await copyFile(join(ROOT, 'renderer/index.html'), join(folder, 'index.html'));
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  const folder = await bundleRenderer();
  for (const name of ['window.js', 'window.css']) {
    const { size } = await stat(join(folder, name));
    console.log(`${name}: ${(size / 1024).toFixed(1)} KB`);
  }
}
