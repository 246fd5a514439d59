import { ProblemError } from '../contract/problem.js';
import type { ReadRun } from '../contract/read-run.js';
import { USUAL_ENDS, type EndsList } from '../contract/session-ends.js';
import type { Host } from '../ports/host.js';
import type { Engine } from './engine.js';

/** What the report of a run says of who is connected is read with. */
export interface ConnectedSource {
  readonly engine: Pick<Engine, 'listEnds'>;
  readonly host: Pick<Host, 'now'>;
}

/**
 * Who is connected now, for the report of an open run.
 * @param waitsForServers as `EndsRequest` has it
 * @returns null for a run that is over, and if the server cannot be looked at: its record is told all the same
 */
export async function readConnected(
  { run }: Pick<ReadRun, 'run'>,
  { engine, host }: ConnectedSource,
  waitsForServers: boolean,
): Promise<{ readonly at: string; readonly list: EndsList } | null> {
  if (run?.closed !== null) return null;
  try {
    const list = await engine.listEnds({ services: null, most: USUAL_ENDS, waitsForServers });
    return { at: host.now().at, list };
  } catch (error) {
    if (error instanceof ProblemError) return null;
    throw error;
  }
}
