import { copyFile, mkdir, mkdtemp } from 'node:fs/promises';
import { basename, dirname, join, resolve } from 'node:path';

import { build } from 'esbuild';

import { provideWindowsParts } from '../../../build/windows-parts.mjs';
import type { WindowsServer } from './windows-server.js';
import { windowsPath } from './wine.js';

const KOFFI = resolve('node_modules/koffi/indirect.cjs');

/** A script of ours, ready to be run by Node for Windows: `server.run(program, [...args, …])`. */
export interface WindowsScript {
  readonly program: string;
  readonly args: readonly string[];
}

/** Bundles a TypeScript file for Node for Windows, with koffi's binary where `koffi/indirect` looks for it. */
export async function bundleForWindows(server: WindowsServer, entry: string): Promise<WindowsScript> {
  const { nodeExe, koffiNode } = await provideWindowsParts();
  const folder = await mkdtemp(join(server.folder, 'script-'));
  const outfile = join(folder, 'src', 'koffi', `${basename(entry, '.ts')}.cjs`);
  const binary = join(folder, 'build', 'koffi', 'win32_x64', 'koffi.node');
  await mkdir(dirname(binary), { recursive: true });
  await copyFile(koffiNode, binary);
  await build({
    entryPoints: [entry],
    outfile,
    bundle: true,
    platform: 'node',
    target: 'node16.17',
    format: 'cjs',
    logLevel: 'warning',
    // The package's ES module reads import.meta, which a CommonJS bundle does not have.
    alias: { 'koffi/indirect': KOFFI },
  });
  return { program: nodeExe, args: [windowsPath(outfile)] };
}
