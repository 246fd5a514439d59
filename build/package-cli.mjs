/**
 * `npm run package:cli`: the Windows edition of the command line, in a folder that needs no installation. Its source maps
 * are kept in another folder, beside it.
 */
import { copyFile, cp, mkdir, readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

import { bundleCli, compileCli, MAPS } from './bundle.mjs';
import {
  COUNTER_READER,
  EVENT_REPORTER,
  LAUNCHER,
  provideCounterReader,
  provideEventReporter,
  provideLauncher,
  provideRemoteServices,
  REMOTE_SERVICES,
} from './native-programs.mjs';
import { provideCompilingNode, provideWindowsParts } from './windows-parts.mjs';

const ROOT = fileURLToPath(new URL('..', import.meta.url));

/**
 * Writes the Windows edition into a folder; what was there is replaced.
 *
 * @param {string} folder
 * @param {string} maps the folder for its source maps
 */
export async function packageCli(folder = join(ROOT, 'release/cli-win-x64'), maps = `${folder}-maps`) {
  const bundling = bundleCli(undefined, join(MAPS, 'cli'));
  const [parts, counterReader, eventReporter, remoteServices, launcher, bundle] = await Promise.all([
    provideWindowsParts(),
    provideCounterReader(),
    provideEventReporter(),
    provideRemoteServices(),
    provideLauncher(),
    bundling,
  ]);
  await Promise.all([folder, maps].map((old) => rm(old, { recursive: true, force: true })));
  await mkdir(folder, { recursive: true });
  await Promise.all([
    cp(join(MAPS, 'cli'), maps, { recursive: true }),
    ...(await readdir(bundle)).filter((name) => name !== 'walk.cjs').map((name) => copyFile(join(bundle, name), join(folder, name))),
    copyFile(parts.nodeExe, join(folder, 'node.exe')),
    copyFile(parts.koffiNode, join(folder, 'koffi.node')),
    copyFile(counterReader, join(folder, COUNTER_READER)),
    copyFile(eventReporter, join(folder, EVENT_REPORTER)),
    copyFile(remoteServices, join(folder, REMOTE_SERVICES)),
    copyFile(join(ROOT, 'LICENSE'), join(folder, 'LICENSE.txt')),
    copyFile(launcher, join(folder, LAUNCHER)),
  ]);
  const node = await provideCompilingNode();
  if (node === null) console.error('No Node for this system compiles for the one for Windows: commands of this package start more slowly.');
  else await compileCli(folder, node, { isForWindows: true, maps });
  return folder;
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) console.log(await packageCli());
