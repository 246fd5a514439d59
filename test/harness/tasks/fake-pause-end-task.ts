import { problem, ProblemError, type Problem } from '../../../electron/contract/problem.js';
import type { PauseEndTask } from '../../../electron/ports/pause-end-task.js';

/** A Task Scheduler in memory that knows one task. It passes the suite of the real one (pause-end-task-contract.ts). */
export class FakePauseEndTask implements PauseEndTask {
  readonly name = 'Lync Drain pause end 0123456789abcdef';
  /** False as on a Windows without a Task Scheduler. */
  isAvailable = true;
  obstacle: Problem | null = null;
  /** From now on Windows makes no task. */
  isRefusing = false;
  /** When the task that is there ends the pause; null if none is there. */
  until: string | null = null;
  /** How often a task was made. */
  made = 0;

  async findObstacle(): Promise<Problem | null> {
    return this.obstacle;
  }

  async make(until: string): Promise<boolean> {
    if (!this.isAvailable) return false;
    if (this.obstacle !== null) throw new ProblemError(this.obstacle);
    if (this.isRefusing) throw new ProblemError(problem('pause-task-not-made', { detail: 'schtasks.exe: 1' }));
    this.until = until;
    this.made += 1;
    return true;
  }

  async remove(): Promise<void> {
    if (this.isAvailable) this.until = null;
  }

  async isThere(): Promise<boolean | null> {
    return this.isAvailable ? this.until !== null : null;
  }
}
