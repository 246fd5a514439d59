import { readdirSync, readFileSync } from 'node:fs';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';

import type { PackagedCli } from './packaged-cli.js';
import type { Running } from './windows-server.js';
import { windowsPath } from './wine.js';

/** How often the record is looked at: between two of its lines stands at least one flush to disk. */
const LOOK_EVERY_MS = 1;

/** Longer than Wine takes to load a program. */
const LOOK_AGAIN_MS = 50;

/**
 * Ends a command as a power cut would, as soon as what it left in its data folder fits.
 * @throws Error when it ended by itself before that: then the test says nothing
 */
export async function killWhen(running: Running, fits: () => boolean): Promise<void> {
  await waitUntil(running, fits);
  running.kill();
  await running.ended;
}

/** Waits for what a command leaves in its data folder. @throws Error when it ended before that */
export async function waitUntil(running: Running, fits: () => boolean): Promise<void> {
  while (!fits()) {
    if (running.hasEnded()) throw new Error(`it ended too early: ${await running.stdout()}${await running.stderr()}`);
    await new Promise((done) => setTimeout(done, LOOK_EVERY_MS));
  }
}

/** The only run's record; empty while there is none. */
export function readRecordText({ dataFolder }: PackagedCli): string {
  const [name] = listOrNothing(join(dataFolder, 'runs')).filter((one) => one.endsWith('.jsonl'));
  return name === undefined ? '' : readFileSync(join(dataFolder, 'runs', name), 'utf8');
}

export function countRecordLines(cli: PackagedCli): number {
  return readRecordText(cli).split('\n').length - 1;
}

export function holdsLock({ dataFolder }: PackagedCli): boolean {
  return listOrNothing(join(dataFolder, 'lock')).some((name) => name.endsWith('.json'));
}

function listOrNothing(folder: string): readonly string[] {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
}

/** Processes, by our system's count, that were started on this data folder and still run. A killed process leaves none. */
export async function findProcessesOn({ dataFolder }: PackagedCli): Promise<readonly number[]> {
  const mark = `LYNC_DRAIN_DATA=${windowsPath(dataFolder)}\0`;
  const found: number[] = [];
  for (const name of (await readdir('/proc')).filter((one) => /^\d+$/.test(one))) {
    // It may end while it is looked at.
    const surroundings = await readFile(`/proc/${name}/environ`, 'utf8').catch(() => '');
    if (surroundings.includes(mark)) found.push(Number(name));
  }
  return found;
}

/**
 * Ends every process on this data folder from one instruction to the next. One that another was just starting is not seen at first,
 * and nobody else would end it: Wine leaves it suspended, with the handles that it was to inherit. While a program is loaded into a
 * process its environment cannot be read, so only two looks that find nothing count.
 */
export async function cutPower(cli: PackagedCli): Promise<void> {
  for (let emptyLooks = 0; emptyLooks < 2;) {
    const left = await findProcessesOn(cli);
    left.forEach(killNow);
    emptyLooks = left.length === 0 ? emptyLooks + 1 : 0;
    await new Promise((done) => setTimeout(done, LOOK_AGAIN_MS));
  }
}

function killNow(processId: number): void {
  try {
    process.kill(processId, 'SIGKILL');
  } catch (error) {
    // It ended since it was found.
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
  }
}
