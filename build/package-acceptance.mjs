/**
 * `npm run package:acceptance`: one zip for a lab Windows without Lync, with the packaged command line and what proves it there
 * (docs/acceptance.md).
 */
import { copyFile, cp, mkdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

import { build } from 'esbuild';

import { FOR_NODE } from './bundle.mjs';
import { provideMachineWitness, provideScmWitness, provideSessionService } from './native-programs.mjs';
import { packageCli } from './package-cli.mjs';
import { zipFolder } from './zip-folder.mjs';

const ROOT = fileURLToPath(new URL('..', import.meta.url));
const NAME = 'lync-drain-acceptance';

/**
 * Writes the kit into a folder, as the zip holds it.
 *
 * @param {string} folder
 */
export async function writeAcceptanceKit(folder) {
  await rm(folder, { recursive: true, force: true });
  await mkdir(join(folder, 'witness'), { recursive: true });
  await packageCli(join(folder, 'lync-drain'), `${folder}-maps`);
  await Promise.all([
    bundleRunner(join(folder, 'acceptance.cjs')),
    provideSessionService().then((program) => copyFile(program, join(folder, 'session-service.exe'))),
    provideScmWitness().then((program) => copyFile(program, join(folder, 'witness', 'scm-witness.exe'))),
    provideMachineWitness().then((program) => copyFile(program, join(folder, 'witness', 'machine-witness.exe'))),
    cp(join(ROOT, 'acceptance/kit'), folder, { recursive: true }),
    copyFile(join(ROOT, 'LICENSE'), join(folder, 'LICENSE.txt')),
  ]);
  return folder;
}

/** @param {string} outfile */
async function bundleRunner(outfile) {
  const { bundle, platform, target, format, charset, define } = FOR_NODE;
  const options = { bundle, platform, target, format, charset, define };
  await build({ ...options, entryPoints: [join(ROOT, 'acceptance/run-kit.ts')], outfile, logLevel: 'warning' });
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  const folder = await writeAcceptanceKit(join(ROOT, 'release', NAME));
  await zipFolder(folder, `${folder}.zip`, NAME);
  console.log(`${folder}.zip`);
}
