import { describe, expect, it } from 'vitest';

import { problem, ProblemError, type ProblemId } from '../../../electron/contract/problem.js';
import type { PauseEndTask } from '../../../electron/ports/pause-end-task.js';

const UNTIL = '2026-11-29T12:00:00.000Z';
const LATER = '2026-11-29T13:00:00.000Z';

/** What a system can be like. */
export type SchedulerKind = 'usual' | 'none' | 'refusing' | 'unsafe';

export const UNSAFE = problem('pause-task-unsafe', { path: 'C:\\Tools', because: 'writable', writableBy: 'BUILTIN\\Users' });

const isProblem = (id: ProblemId) => (error: unknown) => error instanceof ProblemError && error.problem.id === id;

/** What every scheduler of the end of a pause must do, the real one and the one in memory. */
export function describePauseEndTask(name: string, open: (kind: SchedulerKind) => PauseEndTask): void {
  describe(`the task that ends a pause, ${name}`, () => {
    it('is not there before it is made, is there once it is, and is one however often it is made', async () => {
      const task = open('usual');
      expect(await task.isThere()).toBe(false);
      expect(await task.make(UNTIL)).toBe(true);
      expect(await task.make(LATER)).toBe(true);
      expect(await task.isThere()).toBe(true);
      await task.remove();
      expect(await task.isThere()).toBe(false);
    });

    it('is removed twice without a failure', async () => {
      const task = open('usual');
      await task.make(UNTIL);
      await task.remove();
      await task.remove();
      expect(await task.isThere()).toBe(false);
    });

    it('is not made, and not said to be there, where there is no scheduler', async () => {
      const task = open('none');
      expect(await task.make(UNTIL)).toBe(false);
      expect(await task.isThere()).toBeNull();
      await task.remove();
    });

    it('says that Windows refused', async () => {
      const task = open('refusing');
      await expect(task.make(UNTIL)).rejects.toSatisfy(isProblem('pause-task-not-made'));
      expect(await task.isThere()).toBe(false);
    });

    it('is not made to start a program that others may change', async () => {
      const task = open('unsafe');
      expect(await task.findObstacle()).toEqual(UNSAFE);
      await expect(task.make(UNTIL)).rejects.toSatisfy(isProblem('pause-task-unsafe'));
      expect(await task.isThere()).toBe(false);
    });
  });
}
