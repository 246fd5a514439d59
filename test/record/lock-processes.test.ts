import { spawn } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

import { build } from 'esbuild';
import { afterAll, beforeAll, expect, it } from 'vitest';

import { posixFolderProtection } from '../../electron/adapters/storage/posix-folder-protection.js';
import { describeWhere, PROC } from '../harness/describe-where.js';
import { newDataFolder, recordsIn, removeDataFolders } from '../harness/record/data-folder.js';

afterAll(removeDataFolders);

const ROUNDS = 25;
const program = join(dirname(newDataFolder()), 'lock-contender.cjs');

beforeAll(async () => {
  const source = fileURLToPath(new URL('../harness/record/lock-contender.ts', import.meta.url));
  await build({ entryPoints: [source], outfile: program, bundle: true, platform: 'node', format: 'cjs', logLevel: 'error' });
});

interface Contest {
  readonly folder: string;
  readonly journal: string;
}

function newContest(): Contest {
  const folder = newDataFolder();
  recordsIn(folder, { protection: posixFolderProtection(process.geteuid()) }).prepare();
  const journal = join(dirname(folder), 'journal');
  writeFileSync(journal, '');
  return { folder, journal };
}

/** Runs a contender to its end. @returns its process id and exit code, null where it was killed */
function contend(
  { folder, journal }: Contest,
  rounds: number,
  ending: 'release' | 'die',
): Promise<{ processId: number; exitCode: number | null }> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [program, folder, journal, String(rounds), ending], { stdio: ['ignore', 'ignore', 'inherit'] });
    child.on('error', reject);
    child.on('exit', (exitCode) => resolve({ processId: child.pid ?? 0, exitCode }));
  });
}

function linesOf(journal: string): readonly string[] {
  return readFileSync(journal, 'utf8').trim().split('\n');
}

describeWhere(PROC)('processes that want the lock at once', () => {
  it('never hold it together, and all of them get it in the end', async () => {
    const contest = newContest();
    const ends = await Promise.all([1, 2, 3].map(() => contend(contest, ROUNDS, 'release')));
    expect(ends.map(({ exitCode }) => exitCode)).toEqual([0, 0, 0]);

    const inside = linesOf(contest.journal).filter((line) => !line.startsWith('held'));
    expect(inside.length).toBe(3 * ROUNDS * 2);
    for (let index = 0; index < inside.length; index += 2) {
      const holder = inside[index]!.split(' ')[1]!;
      expect(inside[index]).toMatch(/^in /);
      expect(inside[index + 1]).toBe(`out ${holder}`);
    }
  }, 60_000);

  it('take it over from one that was killed with the lock held, and say from whom', async () => {
    const contest = newContest();
    const dead = await contend(contest, 1, 'die');
    expect(dead.exitCode).toBeNull();
    await Promise.all([contend(contest, 2, 'release'), contend(contest, 2, 'release')]);
    const takeovers = linesOf(contest.journal).filter((line) => line.endsWith(` ${dead.processId}`) && line !== `in ${dead.processId}`);
    expect(takeovers.filter((line) => line.startsWith('in ')).length).toBe(1);
  }, 60_000);
});
