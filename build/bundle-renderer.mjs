/**
 * Bundles the window: index.html, window.js and window.css, and one part a language, for the Chromium of our Electron line. No inline script or
 * style, so that the content security policy can forbid both; `__STYLE_NONCE__` in index.html is filled at every load.
 */
import { copyFile, mkdir, readdir, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

import { build } from 'esbuild';

const ROOT = fileURLToPath(new URL('..', import.meta.url));

/**
 * @param {string} folder
 * @returns {Promise<string>} the folder
 */
export async function bundleRenderer(folder = join(ROOT, 'release/app/renderer')) {
  await mkdir(folder, { recursive: true });
  // A part's name changes with what is in it; what an earlier bundling left must not be packed with this one.
  const old = (await readdir(folder)).filter((name) => name.startsWith('part-'));
  await Promise.all(old.map((name) => rm(join(folder, name), { force: true })));
  await build({
    entryPoints: [join(ROOT, 'renderer/window.tsx'), join(ROOT, 'renderer/window.css')],
    outdir: folder,
    bundle: true,
    splitting: true,
    chunkNames: 'part-[name]-[hash]',
    platform: 'browser',
    target: 'chrome108',
    format: 'esm',
    jsx: 'automatic',
    minify: true,
    legalComments: 'none',
    // Chinese as it is: escaped, every character would take twice the room.
    charset: 'utf8',
    logLevel: 'warning',
    define: { 'process.env.NODE_ENV': '"production"' },
  });
  await copyFile(join(ROOT, 'renderer/index.html'), join(folder, 'index.html'));
  return folder;
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  const folder = await bundleRenderer();
  for (const name of ['window.js', 'window.css']) {
    const { size } = await stat(join(folder, name));
    console.log(`${name}: ${(size / 1024).toFixed(1)} KB`);
  }
}
