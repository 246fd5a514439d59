/** koffi's binary for the system that this runs on: our bundles look for it beside themselves, and nowhere else. */
import { copyFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';

/**
 * Only Windows needs it: everywhere else the server is simulated.
 *
 * @param {string} folder where the bundle is
 * @param {{ readonly platform: string, readonly arch: string }} [system]
 */
export async function putKoffiBeside(folder, { platform, arch } = process) {
  if (platform !== 'win32') return;
  // npm installs the one for its own system, beside koffi.
  const manifest = createRequire(import.meta.url).resolve(`@koromix/koffi-${platform}-${arch}/package.json`);
  await copyFile(join(dirname(manifest), `${platform}_${arch}`, 'koffi.node'), join(folder, 'koffi.node'));
}
