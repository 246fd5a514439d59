import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { access, cp, link, mkdir, mkdtemp, readdir, rename, rm, symlink, readlink } from 'node:fs/promises';
import { delimiter, join, resolve } from 'node:path';
import { promisify } from 'node:util';

import type { Capability } from '../describe-where.js';

const WINE = '/usr/lib/wine/wine64';
const WINE_SERVER = '/usr/lib/wine/wineserver64';
const WINE_STARTER = resolve('test/harness/windows/wine64-at-fixed-addresses.sh');
export const MINGW_GCC = 'x86_64-w64-mingw32-gcc';

/**
 * What the suite makes once and keeps: it stands beside npm's own caches and goes with node_modules. Like every path of
 * the harness it counts from the project's root, where tests and benchmarks run: the latter are bundled elsewhere.
 */
export const CACHE = resolve('node_modules/.cache/lync-drain/windows-tests');

/** One folder for each server, named after the process of the test that has it. */
const SERVERS = join(CACHE, 'servers');

const runFile = promisify(execFile);

/** The programs that Windows suites need and this machine lacks. */
export function missingTools(): readonly string[] {
  const folders = (process.env['PATH'] ?? '').split(delimiter);
  const missing = [WINE, WINE_SERVER].filter((path) => !existsSync(path));
  return folders.some((folder) => existsSync(join(folder, MINGW_GCC))) ? missing : [...missing, MINGW_GCC];
}

/** Windows' own service control manager and services: Wine, and a compiler for them. */
export const WINDOWS: Capability = { missing: missingTools() };

/** A path of ours as Windows programs in Wine write it. */
export function windowsPath(path: string): string {
  return `Z:${path.replaceAll('/', '\\')}`;
}

/** The command line that runs a Windows program, and the surroundings it needs: one prefix is one Windows server. */
export interface WineCommand {
  readonly command: string;
  readonly env: Readonly<Record<string, string>>;
}

/** What it takes to run Windows programs on the server of this prefix; only PATH comes from our own surroundings. */
export function wineCommand(prefix: string): WineCommand {
  return {
    command: WINE_STARTER,
    env: { PATH: process.env['PATH'] ?? '', HOME: join(prefix, '..', 'home'), LANG: 'C.UTF-8', WINEPREFIX: prefix, WINEDEBUG: '-all' },
  };
}

/** Ends every Windows process of a prefix and waits until none is left. */
export async function endPrefix(prefix: string): Promise<void> {
  const { env } = wineCommand(prefix);
  // Its exit code says whether something was running; both are fine.
  await runFile(WINE_SERVER, ['-k'], { env }).catch(() => undefined);
  await runFile(WINE_SERVER, ['-w'], { env }).catch(() => undefined);
}

/** Puts a registry file into a prefix in which nothing runs. @throws Error when Wine could not read it */
export async function importRegistry(prefix: string, path: string): Promise<void> {
  const { command, env } = wineCommand(prefix);
  await runFile(command, ['regedit', '/S', windowsPath(path)], { env });
  await endPrefix(prefix);
}

/**
 * A folder with a fresh prefix in `prefix`. Installing Windows takes ten seconds, so it is done once; each server gets the
 * registry as a copy and the files as links, which nothing writes to.
 */
export async function createPrefix(): Promise<string> {
  const template = await provideTemplate();
  await mkdir(SERVERS, { recursive: true });
  await removeAbandoned();
  const folder = await mkdtemp(join(SERVERS, `${process.pid}-`));
  await mkdir(join(folder, 'home'));
  await linkTree(join(template, 'prefix'), join(folder, 'prefix'));
  return folder;
}

/** Ends and removes the servers of test runs that were killed themselves. */
async function removeAbandoned(): Promise<void> {
  for (const name of await readdir(SERVERS)) {
    if (existsSync(`/proc/${name.split('-')[0]}`)) continue;
    await endPrefix(join(SERVERS, name, 'prefix'));
    await rm(join(SERVERS, name), { recursive: true, force: true });
  }
}

async function provideTemplate(): Promise<string> {
  const template = join(CACHE, 'template-1');
  if (
    await access(template).then(
      () => true,
      () => false,
    )
  ) {
    return template;
  }
  await mkdir(CACHE, { recursive: true });
  const unfinished = await mkdtemp(join(CACHE, 'unfinished-'));
  const prefix = join(unfinished, 'prefix');
  await mkdir(join(unfinished, 'home'));
  const { command, env } = wineCommand(prefix);
  await runFile(command, ['wineboot', '-i'], { env });
  // Node refuses to run on the Windows 7 that Wine claims to be in a prefix without 32-bit parts.
  await runFile(command, ['reg', 'add', 'HKCU\\Software\\Wine', '/v', 'Version', '/d', 'win10', '/f'], { env });
  await endPrefix(prefix);
  await rename(unfinished, template).catch(async (error: unknown) => {
    // Another run was quicker: its template is as good as ours.
    await rm(unfinished, { recursive: true, force: true });
    if (!existsSync(template)) throw error;
  });
  return template;
}

async function linkTree(from: string, to: string): Promise<void> {
  await mkdir(to);
  for (const entry of await readdir(from, { withFileTypes: true })) {
    const [source, target] = [join(from, entry.name), join(to, entry.name)];
    if (entry.isDirectory()) await linkTree(source, target);
    else if (entry.isSymbolicLink()) await symlink(await readlink(source), target);
    else if (entry.name.endsWith('.reg')) await cp(source, target);
    else await link(source, target);
  }
}
