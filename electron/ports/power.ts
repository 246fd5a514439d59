import type { SignedInSession } from '../contract/signed-in.js';

/** How this server goes off. */
export type TurnOff = 'restart' | 'shutDown';

/** The port to the power of the machine; a simulated server's is simulated. */
export interface Power {
  /** The other people who are signed in to this Windows, also in disconnected sessions. @throws ProblemError signed-in-unreadable */
  othersSignedIn(): Promise<readonly SignedInSession[]>;

  /**
   * Restarts or shuts down, at once. Forced, everybody is signed out and no program can object; otherwise Windows refuses while others
   * are signed in, and a program that holds unsaved work may object.
   * @throws ProblemError restart-refused, restart-scheduled, others-signed-in, shutdown-in-progress, computer-locked, restart-not-allowed
   */
  turnOff(how: TurnOff, isForced: boolean): Promise<void>;
}
