import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, readFile, rename } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { promisify } from 'node:util';

import { CACHE, MINGW_GCC } from './wine.js';

const FLAGS = ['-municode', '-O2', '-Wall', '-Wextra', '-Werror'];
const LIBRARIES = ['-ladvapi32', '-lws2_32', '-liphlpapi', '-lpdh'];

const runFile = promisify(execFile);

/** Compiles a C program for Windows, or takes the one compiled from the same text before. Paths count from the project's root. @returns the program's path */
export async function compileNative(source: string): Promise<string> {
  const text = await readFile(source);
  const digest = createHash('sha256').update(text).update(FLAGS.join(' ')).digest('hex').slice(0, 16);
  const folder = join(CACHE, 'native');
  const program = join(folder, `${basename(source, '.c')}-${digest}.exe`);
  if (existsSync(program)) return program;
  await mkdir(folder, { recursive: true });
  const unfinished = `${program}.${process.pid}`;
  await runFile(MINGW_GCC, [...FLAGS, '-o', unfinished, source, ...LIBRARIES]);
  await rename(unfinished, program);
  return program;
}
