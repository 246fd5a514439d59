import type { CommandResult, EngineListener } from '../../engine/engine.js';
import { findReturned, isSettled, waitForFrontEnd, watchPlacement } from '../../engine/wait-for-front-end.js';
import type { FrontEndHealth, GroupPlacement } from '../../ports/front-end-health.js';
import type { SessionParts } from './session-parts.js';

/** Tells in the event list how one way back goes on for the Front-End, beside what the engine tells. */
export class FrontEndWayBack {
  readonly #parts: Pick<SessionParts, 'server' | 'store'>;
  readonly #health: FrontEndHealth;
  /** Told of all that the engine tells. */
  readonly listen: EngineListener;

  constructor(parts: Pick<SessionParts, 'server' | 'store'>, health: FrontEndHealth) {
    this.#parts = parts;
    this.#health = health;
    this.listen = watchPlacement(health, parts.server.host.now().at, (placement) => this.#tell(placement));
  }

  /** Says what was seen of a Front-End that came back. @param signal aborted by the next order: then it is told no more */
  async conclude(result: CommandResult, signal: AbortSignal): Promise<void> {
    const returned = findReturned(result);
    if (returned === null) return;
    const { store, server } = this.#parts;
    const seen = await waitForFrontEnd(this.#health, returned, { host: server.host, signal });
    if (signal.aborted) return;
    const params = { listens: String(seen.listens), registered: seen.registered ?? 'unknown' };
    const level = isSettled(seen) ? 'info' : 'attention';
    store.addEvent(server.host.now().at, { level, kind: 'front-end-back', params, problem: null });
  }

  /** Says how many routing groups the pool has not placed yet. */
  #tell({ notPlaced, groups }: GroupPlacement): void {
    const { store, server } = this.#parts;
    const params = { notPlaced, groups: groups ?? 'unknown' };
    store.addEvent(server.host.now().at, { level: 'info', kind: 'front-end-starting', params, problem: null });
  }
}
