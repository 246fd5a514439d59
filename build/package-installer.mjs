/**
 * `npm run package:installer`: the setup program for Windows, compiled on Linux by NSIS from installer.nsi. It installs the
 * application in the folder named by `--application FOLDER`, for example after it was signed; else one that is packaged
 * now, as `npm run package:app` does and with the same options.
 */
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

import { build } from 'esbuild';

import { drawIcons } from './icons.mjs';
import { optionValue } from './option-value.mjs';
import { packageApp, zipMaps } from './package-app.mjs';
import { capture } from './run.mjs';

const ROOT = fileURLToPath(new URL('..', import.meta.url));
/** @type {Readonly<Record<'name' | 'productName' | 'version' | 'author', string>>} */
const manifest = createRequire(import.meta.url)('../package.json');

/**
 * @param {string} application the folder of the packaged application
 * @param {string} output
 * @returns {Promise<string>} the setup program
 */
export async function packageInstaller(application, output = join(ROOT, `release/${manifest.name}-${manifest.version}-setup.exe`)) {
  await mkdir(dirname(output), { recursive: true });
  const work = await mkdtemp(`${output}-`);
  try {
    await Promise.all([drawIcons(work), writeFile(join(work, 'task.nsh'), writeTask(await describeTask()))]);
    const values = {
      APPLICATION: application,
      TASK: join(work, 'task.nsh'),
      ICON: join(work, 'app.ico'),
      LICENSE: join(ROOT, 'LICENSE'),
      VERSION: manifest.version,
      PUBLISHER: manifest.author,
      OUTPUT: output,
    };
    const definitions = Object.entries(values).map(([name, value]) => `-D${name}=${value}`);
    // A warning is a text that lacks its translation, or worse.
    const args = ['-V2', '-WX', '-INPUTCHARSET', 'UTF8', ...definitions, join(ROOT, 'build/installer.nsi')];
    const { code, output: said } = await capture('makensis', args);
    if (code === 127) throw new Error('There is no makensis; it comes with NSIS (Debian: apt-get install nsis).');
    if (code !== 0) throw new Error(said);
    return output;
  } finally {
    await rm(work, { recursive: true, force: true });
  }
}

/**
 * The task that the app itself makes, with the installer's word for the folder where the app's path would be. That is
 * known when it is installed, and must not be left to a variable of the environment: users can set those.
 */
async function describeTask() {
  const { outputFiles } = await build({
    entryPoints: [join(ROOT, 'electron/adapters/windows/desktop/autostart-task.ts')],
    bundle: true,
    write: false,
    format: 'esm',
    platform: 'node',
  });
  const code = Buffer.from(outputFiles[0]?.contents ?? []).toString('base64');
  /** @type {{ autostartXml(task: { readonly program: string, readonly args: readonly string[] }): Buffer }} */
  const { autostartXml } = await import(`data:text/javascript;base64,${code}`);
  return autostartXml({ program: `$INSTDIR\\${manifest.productName}.exe`, args: [] })
    .toString('utf16le')
    .replace('\uFEFF', '');
}

/**
 * A text as commands that write it, in UTF-16 with a byte order mark, into the file that is open as $0.
 *
 * @param {string} text
 */
function writeTask(text) {
  const lines = text.split('\r\n').slice(0, -1);
  return lines.map((line, index) => `FileWriteUTF16LE ${index === 0 ? '/BOM ' : ''}$0 \`${line}$\\r$\\n\`\n`).join('');
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  const named = optionValue('application');
  const application =
    named === undefined
      ? await packageApp({ electron: optionValue('electron'), isForTests: process.argv.includes('--for-tests') })
      : resolve(named);
  const maps = await zipMaps(application);
  console.log(
    `${await packageInstaller(application)}\n${maps ?? `There are no source maps beside ${application}: keep those that were made with it.`}`,
  );
}
