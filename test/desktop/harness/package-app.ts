import { execFile } from 'node:child_process';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';

import type { TestProject } from 'vitest/node';

import { missingDesktopTools } from './describe-on-desktop.js';

const FOLDER = resolve('release/test/app-win-x64');
const runFile = promisify(execFile);

/**
 * Before all suites, packages the app once as it is shipped but for one fuse, without which playwright cannot speak to it:
 * it obeys `--inspect`. In a process of its own: the packager reads its paths from there.
 */
export async function setup(project: TestProject): Promise<void> {
  if (missingDesktopTools().length > 0) return;
  const script = `import { packageApp } from './build/package-app.mjs'; await packageApp({ folder: ${JSON.stringify(FOLDER)}, isInspectable: true });`;
  await runFile(process.execPath, ['--input-type=module', '--eval', script]);
  project.provide('appProgram', join(FOLDER, 'win-unpacked', 'Lync Drain.exe'));
}

declare module 'vitest' {
  interface ProvidedContext {
    /** The packaged app, by its path on our side. */
    readonly appProgram: string;
  }
}
