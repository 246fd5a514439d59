import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, readdir, readFile, rename } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { promisify } from 'node:util';

import { CACHE, MINGW_GCC } from './wine.js';

const FLAGS = ['-municode', '-O2', '-Wall', '-Wextra', '-Werror'];
const LIBRARIES = ['-ladvapi32', '-lws2_32', '-liphlpapi', '-lpdh'];

const runFile = promisify(execFile);

/**
 * Compiles a C program for Windows, or takes the one compiled from the same text before. Paths count from the project's root.
 * @returns the program's path
 */
export function compileNative(source: string): Promise<string> {
  return compile(source, '.exe', []);
}

/** The same for a library. */
export function compileLibrary(source: string): Promise<string> {
  return compile(source, '.dll', ['-shared']);
}

async function compile(source: string, extension: '.exe' | '.dll', flags: readonly string[]): Promise<string> {
  const digest = await digestOf([source, ...(await headersBeside(source))]);
  const folder = join(CACHE, 'native');
  const program = join(folder, `${basename(source, '.c')}-${digest}${extension}`);
  if (existsSync(program)) return program;
  await mkdir(folder, { recursive: true });
  const unfinished = `${program}.${process.pid}`;
  await runFile(MINGW_GCC, [...FLAGS, ...flags, '-o', unfinished, source, ...LIBRARIES]);
  await rename(unfinished, program);
  return program;
}

async function headersBeside(source: string): Promise<readonly string[]> {
  const names = await readdir(dirname(source));
  return names
    .filter((name) => name.endsWith('.h'))
    .sort()
    .map((name) => join(dirname(source), name));
}

async function digestOf(files: readonly string[]): Promise<string> {
  const hash = createHash('sha256').update(FLAGS.join(' '));
  for (const file of files) hash.update(await readFile(file));
  return hash.digest('hex').slice(0, 16);
}
