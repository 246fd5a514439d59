/**
 * `npm run package:cli`: the Windows edition of the command line, in a folder that runs from wherever it is copied to. Its source maps
 * are kept in another folder, beside it.
 */
import { copyFile, cp, mkdir, readdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

import { bundleCli, MAPS } from './bundle.mjs';
import { COUNTER_READER, provideCounterReader } from './counter-reader.mjs';
import { provideWindowsParts } from './windows-parts.mjs';

const ROOT = fileURLToPath(new URL('..', import.meta.url));

/**
 * The platform check would refuse Windows Server 2008 R2, on which this Node does run. Options for Node come from a variable
 * that programs without an administrator's rights can set for him, and could load their code into ours.
 */
const COMMAND = [
  '@echo off',
  'setlocal',
  'set NODE_OPTIONS=',
  'set NODE_SKIP_PLATFORM_CHECK=1',
  '"%~dp0node.exe" "%~dp0lync-drain.cjs" %*',
  'exit /b %ERRORLEVEL%',
  '',
].join('\r\n');

/**
 * Writes the Windows edition anew into a folder.
 *
 * @param {string} folder
 * @param {string} maps the folder for its source maps
 */
export async function packageCli(folder = join(ROOT, 'release/cli-win-x64'), maps = `${folder}-maps`) {
  const [parts, counterReader, bundle] = await Promise.all([
    provideWindowsParts(),
    provideCounterReader(),
    bundleCli(undefined, join(MAPS, 'cli')),
  ]);
  await Promise.all([folder, maps].map((old) => rm(old, { recursive: true, force: true })));
  await mkdir(folder, { recursive: true });
  await Promise.all([
    cp(join(MAPS, 'cli'), maps, { recursive: true }),
    ...(await readdir(bundle)).filter((name) => name !== 'walk.cjs').map((name) => copyFile(join(bundle, name), join(folder, name))),
    copyFile(parts.nodeExe, join(folder, 'node.exe')),
    copyFile(parts.koffiNode, join(folder, 'koffi.node')),
    copyFile(counterReader, join(folder, COUNTER_READER)),
    copyFile(join(ROOT, 'LICENSE'), join(folder, 'LICENSE.txt')),
    writeFile(join(folder, 'lync-drain.cmd'), COMMAND),
  ]);
  return folder;
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) console.log(await packageCli());
