import { execFile } from 'node:child_process';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';

import type { TestProject } from 'vitest/node';

import { findElectron } from '../../../build/find-electron.mjs';
import { missingDesktopTools } from './desktop-tools.js';

const FOLDER = resolve('release/test/app-win-x64');

const runFile = promisify(execFile);

declare module 'vitest' {
  interface ProvidedContext {
    /** The packaged app, by its path on our side; not there where something is missing. */
    readonly appProgram: string;
    /** What desktop suites need and this machine lacks. */
    readonly missingForDesktop: readonly string[];
  }
}

/**
 * Before all suites, packages the app once as it is shipped but for one fuse, without which playwright cannot speak to it:
 * it obeys `--inspect`.
 */
export async function setup(project: TestProject): Promise<void> {
  const missing = await findMissing();
  project.provide('missingForDesktop', missing);
  if (missing.length === 0) project.provide('appProgram', await packageInspectable());
}

async function findMissing(): Promise<readonly string[]> {
  const tools = missingDesktopTools();
  if (tools.length > 0) return tools;
  const electron = await findElectron(process.env['ELECTRON_WINDOWS_DIST_PATH'], { platform: 'win32' });
  return 'reason' in electron ? [`an Electron for Windows: ${electron.reason}`] : [];
}

/** In a process of its own: the packager says what it does. */
async function packageInspectable(): Promise<string> {
  const script = `import { packageApp } from './build/package-app.mjs'; await packageApp({ folder: ${JSON.stringify(FOLDER)}, isInspectable: true, isForTests: true });`;
  await runFile(process.execPath, ['--input-type=module', '--eval', script]);
  return join(FOLDER, 'win-unpacked', 'Lync Drain.exe');
}
