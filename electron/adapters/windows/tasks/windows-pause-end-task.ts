import { createHash } from 'node:crypto';
import { access, rm, writeFile } from 'node:fs/promises';
import { join, win32 } from 'node:path';

import { problem, ProblemError, type Problem } from '../../../contract/problem.js';
import type { PauseEndTask } from '../../../ports/pause-end-task.js';
import { pauseEndXml } from './pause-end-xml.js';
import { isTaskThere, schtasks } from './schtasks.js';

/** What the task needs of this computer. */
export interface PauseEndPlace {
  /** Where schtasks.exe is, as Windows says it. */
  readonly systemFolder: string;
  /** Full path of the launcher that the task starts. */
  readonly program: string;
  /** Absolute. Only administrators may write it, so the task's description is safe there. */
  readonly dataFolder: string;
  /** What speaks against starting the program as SYSTEM; null if nothing does. */
  readonly findObstacle: () => Promise<Problem | null>;
}

const DESCRIPTION = 'pause-end.xml';

/** The task of Windows' Task Scheduler that ends a quick pause. Whether one is there, Windows says. */
export class WindowsPauseEndTask implements PauseEndTask {
  readonly name: string;
  readonly #place: PauseEndPlace;

  constructor(place: PauseEndPlace) {
    this.#place = place;
    this.name = pauseEndTaskName(place.dataFolder);
  }

  findObstacle(): Promise<Problem | null> {
    return this.#place.findObstacle();
  }

  async make(until: string): Promise<boolean> {
    const { program, dataFolder } = this.#place;
    if (!(await isFile(program)) || (await this.isThere()) === null) return false;
    const obstacle = await this.findObstacle();
    if (obstacle !== null) throw new ProblemError(obstacle);
    const description = join(dataFolder, DESCRIPTION);
    try {
      await writeFile(description, pauseEndXml({ program, args: ['resume', '--if-pause-over', '--quiet', '--data', dataFolder], until }));
      await schtasks(this.#place.systemFolder, '/Create', '/TN', this.name, '/XML', description, '/F');
    } catch (error) {
      throw notMade(error);
    } finally {
      await rm(description, { force: true });
    }
    if ((await this.isThere()) !== true) throw notMade(null);
    return true;
  }

  async remove(): Promise<void> {
    // It ends with 1 if there is none. The program that the task runs, which may be this one, goes on (Microsoft, "schtasks delete").
    await schtasks(this.#place.systemFolder, '/Delete', '/TN', this.name, '/F').catch(() => undefined);
  }

  isThere(): Promise<boolean | null> {
    return isTaskThere(this.#place.systemFolder, this.name);
  }
}

/** One for each data folder, however its path is written; a hash, since a path may be longer than a name and holds backslashes. */
export function pauseEndTaskName(dataFolder: string): string {
  const path = win32.resolve(dataFolder.replace(/^\\\\\?\\(?!UNC\\)/i, '')).toUpperCase();
  return `Lync Drain pause end ${createHash('sha256').update(path).digest('hex').slice(0, 16)}`;
}

/** What schtasks says is in the language and the code page of this Windows: its exit code is enough. */
function notMade(reason: unknown): ProblemError {
  const code = reason instanceof Error && 'code' in reason ? `: ${String(reason.code)}` : '';
  return new ProblemError(problem('pause-task-not-made', { detail: `schtasks.exe${code}` }), { cause: reason });
}

function isFile(path: string): Promise<boolean> {
  return access(path).then(
    () => true,
    () => false,
  );
}
