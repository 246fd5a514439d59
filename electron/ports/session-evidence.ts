import type { ServiceStatus } from '../contract/service.js';
import type { SessionReading } from '../contract/sessions.js';

/** The port to the evidence of how many sessions each service still carries. */
export interface SessionEvidence {
  /**
   * Reads every given service once, now, by what each source is good for (lync/evidence-table.ts). Never rejects for one
   * source's failure, and never waits longer than its deadline: that service's reading is unknown with the reason then. A
   * reader remembers what it saw last, so one reader is to be used for as long as a server is watched.
   * @param allServices every service of the computer, to tell connections among the server's own services from
   *   sessions; without it only the given services are known to be its own
   * @returns one reading for each given service, by service name
   */
  read(services: readonly ServiceStatus[], allServices?: readonly ServiceStatus[]): Promise<ReadonlyMap<string, SessionReading>>;

  /** Closes counter handles: open ones disturb Lync updates. The next reading opens them again. */
  release(): Promise<void>;
}
