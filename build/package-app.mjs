/**
 * `npm run package:app`: the tray app for Windows with the command line edition beside it, built on Linux. Its Electron comes from an
 * archive of Electron's makers, known by the digest they published: the one named by `--electron ARCHIVE.zip`, else fetched. With
 * `--for-tests`, any that there is will do, also a folder named by `--electron FOLDER` or ELECTRON_WINDOWS_DIST_PATH.
 */
import { existsSync } from 'node:fs';
import { copyFile, mkdtemp, mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

import { Arch, build, Platform } from 'electron-builder';

import { bundleApp } from './bundle.mjs';
import { findElectron } from './find-electron.mjs';
import {
  COUNTER_READER,
  EVENT_REPORTER,
  MACHINE_PATH,
  provideCounterReader,
  provideEventReporter,
  provideMachinePath,
  provideRemoteServices,
  REMOTE_SERVICES,
} from './native-programs.mjs';
import { optionValue } from './option-value.mjs';
import { packageCli } from './package-cli.mjs';
import { provideWindowsParts } from './windows-parts.mjs';
import { zipFolder } from './zip-folder.mjs';

const ROOT = fileURLToPath(new URL('..', import.meta.url));
/**
 * @typedef {Readonly<Record<'name' | 'productName' | 'version' | 'description' | 'author', string>>} Names
 * @type {Names & { readonly devDependencies: { readonly electron: string } }}
 */
const manifest = createRequire(import.meta.url)('../package.json');

/**
 * What Electron's program can still be talked into once it is packaged. Electron 22 checks an archive's integrity on
 * macOS only, so that fuse stays as it is; its cookies would be encrypted, but the window's session keeps none.
 */
const FUSES = /** @satisfies {import('electron-builder').Configuration['electronFuses']} */ ({
  runAsNode: false,
  enableCookieEncryption: true,
  enableNodeOptionsEnvironmentVariable: false,
  enableNodeCliInspectArguments: false,
  onlyLoadAppFromAsar: true,
});

/**
 * Writes the application into a folder, in place of an earlier one, and beside it the source maps of its programs, in `maps`.
 *
 * @param {object} [options]
 * @param {string} [options.folder] where `win-unpacked` goes
 * @param {boolean} [options.isInspectable] for tests only: obeys `--inspect`, the one thing that differs from what we ship
 * @param {string | undefined} [options.electron] an archive of Electron's makers; for tests also the folder of an Electron for Windows
 * @param {boolean} [options.isForTests] takes any Electron for Windows of our line
 * @returns {Promise<string>} the folder of the application: `win-unpacked`
 */
export async function packageApp({ folder = join(ROOT, 'release/app-win-x64'), isInspectable = false, electron, isForTests = false } = {}) {
  const dist = await provideElectron(electron ?? (isForTests ? process.env['ELECTRON_WINDOWS_DIST_PATH'] : undefined), isForTests);
  if (isForTests) console.log('This package is for tests: nobody has checked whose Electron is in it.');
  await mkdir(folder, { recursive: true });
  const work = await mkdtemp(join(folder, 'unfinished-'));
  try {
    const [counterReader, eventReporter, machinePath, remoteServices] = await Promise.all([
      provideCounterReader(),
      provideEventReporter(),
      provideMachinePath(),
      provideRemoteServices(),
      stageApp(work),
      packageCli(join(work, 'cli'), join(work, 'maps/cli')),
    ]);
    await build({
      targets: Platform.WINDOWS.createTarget('dir', Arch.x64),
      projectDir: join(work, 'app'),
      config: describePackage({ work, counterReader, eventReporter, machinePath, remoteServices, electron: dist, isInspectable }),
    });
    const application = join(folder, 'win-unpacked');
    const maps = mapsBeside(application);
    await Promise.all([application, maps].map((old) => rm(old, { recursive: true, force: true })));
    await rename(join(work, 'out/win-unpacked'), application);
    await rename(join(work, 'maps'), maps);
    return application;
  } finally {
    await rm(work, { recursive: true, force: true });
  }
}

/**
 * The application for those who may not run installers. The same application makes the same bytes.
 *
 * @param {string} application its folder
 * @param {string} file
 */
export async function zipApp(application, file = join(ROOT, `release/${manifest.name}-${manifest.version}-win-x64.zip`)) {
  await zipFolder(application, file, manifest.productName);
  return file;
}

/** @param {string} application its folder */
function mapsBeside(application) {
  return join(dirname(application), 'maps');
}

/**
 * The source maps of an application in a zip file of their own, to be kept with every copy that is handed out.
 *
 * @param {string} application its folder
 * @param {string} folder where the zip goes: beside what is handed out
 * @returns {Promise<string | null>} null if there are none beside the application
 */
export async function zipMaps(application, folder = join(ROOT, 'release')) {
  const maps = mapsBeside(application);
  if (!existsSync(maps)) return null;
  const name = `${manifest.name}-${manifest.version}-maps`;
  const file = join(folder, `${name}.zip`);
  await zipFolder(maps, file, name);
  return file;
}

/**
 * The application as it goes into the archive: our bundles, and a manifest of what Electron reads. In `app`, and its source maps in
 * `maps/app`.
 *
 * @param {string} work
 */
async function stageApp(work) {
  const { name, productName, version, description, author } = manifest;
  const folder = join(work, 'app');
  const [parts] = await Promise.all([provideWindowsParts(), bundleApp(folder, join(work, 'maps/app'))]);
  await copyFile(parts.koffiNode, join(folder, 'koffi.node'));
  await writeFile(join(folder, 'package.json'), JSON.stringify({ name, productName, version, description, author, main: 'main.cjs' }));
}

/**
 * An Electron of the line we are made for: a later one does not start on Windows Server 2012.
 *
 * @param {string | undefined} named
 * @param {boolean} isForTests
 */
async function provideElectron(named, isForTests) {
  const found = await findElectron(named, { platform: 'win32', isForRelease: !isForTests });
  if (!('program' in found)) throw new Error(found.reason);
  const folder = dirname(found.program);
  const version = (await readFile(join(folder, 'version'), 'utf8').catch(() => '')).trim().replace(/^v/, '');
  const line = manifest.devDependencies.electron.split('.')[0];
  if (version.split('.')[0] === line) return { folder, version };
  throw new Error(`${folder} has ${version === '' ? 'no file that says its version' : `Electron ${version}`}; Electron ${line} is needed.`);
}

/**
 * @typedef {object} Ingredients
 * @property {string} work
 * @property {string} counterReader the program's path
 * @property {string} eventReporter the program's path
 * @property {string} remoteServices the program's path
 * @property {string} machinePath the program's path
 * @property {{ readonly folder: string, readonly version: string }} electron
 * @property {boolean} isInspectable
 */

/**
 * @param {Ingredients} ingredients
 * @returns {import('electron-builder').Configuration}
 */
function describePackage({ work, counterReader, eventReporter, machinePath, remoteServices, electron, isInspectable }) {
  return {
    appId: manifest.name,
    copyright: `© ${manifest.author}`,
    buildVersion: manifest.version,
    directories: { output: join(work, 'out') },
    electronDist: electron.folder,
    electronVersion: electron.version,
    electronFuses: { ...FUSES, enableNodeCliInspectArguments: isInspectable },
    electronLanguages: ['en-US', 'zh-CN'],
    disableAsarIntegrity: true,
    // What Windows itself reads, Electron would copy out of the archive into the temporary folder, where others may write.
    asarUnpack: ['koffi.node', 'icons/*.ico'],
    extraFiles: [
      { from: join(work, 'cli'), to: 'cli' },
      // Beside the program, where it is looked for.
      { from: counterReader, to: COUNTER_READER },
      { from: eventReporter, to: EVENT_REPORTER },
      { from: remoteServices, to: REMOTE_SERVICES },
      // For setup programs.
      { from: machinePath, to: MACHINE_PATH },
      { from: join(ROOT, 'LICENSE'), to: 'LICENSE.txt' },
    ],
    // Everything is in our bundles.
    beforeBuild: () => Promise.resolve(false),
    afterExtract: ({ appOutDir }) => removeLauncher(appOutDir),
    win: { icon: join(work, 'app/icons/app.ico'), requestedExecutionLevel: 'requireAdministrator', signExecutable: false },
  };
}

/**
 * What a bare Electron has to run other applications with, and a packaged one must not have.
 *
 * @param {string} folder
 */
async function removeLauncher(folder) {
  for (const name of ['resources/app', 'resources/default_app.asar', 'version']) {
    await rm(join(folder, name), { recursive: true, force: true });
  }
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  const application = await packageApp({ electron: optionValue('electron'), isForTests: process.argv.includes('--for-tests') });
  console.log([application, await zipApp(application), await zipMaps(application)].join('\n'));
}
