import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { delimiter, join, resolve } from 'node:path';
import { promisify } from 'node:util';

import { inject } from 'vitest';
import type { TestProject } from 'vitest/node';

import { findElectron } from '../../../build/find-electron.mjs';
import { describeWhere } from '../describe-where.js';

/** Everything the suites package goes in here, each packaging into a folder of its own. */
const FOLDER = resolve('release/test/packages');

/** The installer's compiler, and what unpacks an Electron for Windows. */
const COMMANDS = ['makensis', 'wixl', '7z'];

const runFile = promisify(execFile);

/** What a release consists of, by paths on our side. */
export interface Packages {
  /** The folder of the application. */
  readonly application: string;
  /** The installer. */
  readonly setup: string;
}

declare module 'vitest' {
  interface ProvidedContext {
    readonly packages: Packages | null;
    /** What this machine lacks to make them. */
    readonly missingForPackages: readonly string[];
  }
}

/** Before all suites, packages a release as its maintainer would. */
export async function setup(project: TestProject): Promise<void> {
  const missing = await findMissing();
  project.provide('missingForPackages', missing);
  project.provide('packages', missing.length > 0 ? null : await packageRelease());
}

async function findMissing(): Promise<readonly string[]> {
  const folders = (process.env['PATH'] ?? '').split(delimiter);
  const commands = COMMANDS.filter((command) => !folders.some((folder) => existsSync(join(folder, command))));
  if (commands.length > 0) return commands;
  const electron = await findElectron(process.env['ELECTRON_WINDOWS_DIST_PATH'], { platform: 'win32' });
  return 'reason' in electron ? [`an Electron for Windows: ${electron.reason}`] : [];
}

async function packageRelease(): Promise<Packages> {
  const application = await packageApplication('release');
  const setup = join(FOLDER, 'release', 'lync-drain-setup.exe');
  await runScript(`
    import { packageInstaller } from './build/package-installer.mjs';
    await packageInstaller(${JSON.stringify(application)}, ${JSON.stringify(setup)});`);
  return { application, setup };
}

export interface PackagingOptions {
  /** As tests drive it. */
  readonly isInspectable?: boolean;
  /** The packaging maintainer's. */
  readonly timeZone?: string;
}

/** Packages the application again. @returns its folder */
export async function packageApplication(
  name: string,
  { isInspectable = false, timeZone = 'UTC' }: PackagingOptions = {},
): Promise<string> {
  const folder = join(FOLDER, name);
  const script = `
    import { packageApp } from './build/package-app.mjs';
    await packageApp({ folder: ${JSON.stringify(folder)}, isInspectable: ${isInspectable}, isForTests: true });`;
  await runScript(script, { TZ: timeZone });
  return join(folder, 'win-unpacked');
}

/** @returns the zip file, which stands beside the folder */
export async function zipApplication(application: string, timeZone = 'UTC'): Promise<string> {
  const zip = `${application}.zip`;
  await runScript(
    `import { zipApp } from './build/package-app.mjs'; await zipApp(${JSON.stringify(application)}, ${JSON.stringify(zip)});`,
    { TZ: timeZone },
  );
  return zip;
}

/** @returns the package, made of an application that is packaged already */
export async function packageWindowsInstaller(application: string): Promise<string> {
  const msi = `${application}.msi`;
  await runScript(
    `import { packageMsi } from './build/package-msi.mjs'; await packageMsi(${JSON.stringify(application)}, ${JSON.stringify(msi)});`,
  );
  return msi;
}

/** Packages the application in the Electron of a folder. @throws Error with what the packager says */
export async function packageApplicationWith(electron: string): Promise<void> {
  await runScript(`
    import { packageApp } from './build/package-app.mjs';
    await packageApp({ folder: ${JSON.stringify(join(FOLDER, 'refused'))}, electron: ${JSON.stringify(electron)}, isForTests: true });`);
}

/** In a process of its own: the packager says what it does, and the time zone of a process is fixed. */
async function runScript(script: string, env: Readonly<Record<string, string>> = {}): Promise<void> {
  await runFile(process.execPath, ['--input-type=module', '--eval', script], { env: { ...process.env, ...env } });
}

/** A suite about a release that was packaged. @param missing what else this machine lacks for it */
export function describePackages(name: string, missing: readonly string[], suite: (packages: Packages) => void): void {
  const packages = inject('packages');
  describeWhere({ missing: [...inject('missingForPackages'), ...missing] })(name, () => {
    if (packages !== null) suite(packages);
  });
}
