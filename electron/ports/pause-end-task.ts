import type { Problem } from '../contract/problem.js';

/**
 * The port to the system's own scheduler for the end of a quick pause: a scheduled task brings the services back at the end although
 * nobody is signed in and no program of ours runs. There is one task for a data folder.
 */
export interface PauseEndTask {
  /** The task's name in the Task Scheduler. */
  readonly name: string;

  /**
   * Why a task must not start our program from where it is: others could change what would run as SYSTEM, or SYSTEM does not see the
   * folder. Null where nothing speaks against it.
   */
  findObstacle(): Promise<Problem | null>;

  /**
   * Makes the task, or moves the one that is there to another end.
   * @param until UTC, ISO 8601
   * @returns false where this system has no scheduler that could do it
   * @throws ProblemError pause-task-unsafe, pause-task-not-made; no task of ours ends at `until` then
   */
  make(until: string): Promise<boolean>;

  /** Idempotent; never rejects: a task that is left over finds nothing to do and removes itself. */
  remove(): Promise<void>;

  /** Null where the system does not say. */
  isThere(): Promise<boolean | null>;
}
