import type { CommandResult, EngineEvent } from '../../engine/engine.js';
import { asksForPlacement, isFrontEndBack, isSettled, waitForFrontEnd } from '../../engine/wait-for-front-end.js';
import type { FrontEndHealth, GroupPlacement } from '../../ports/front-end-health.js';
import type { SessionParts } from './session-parts.js';

/** Tells in the event list how one way back goes on for the Front-End, beside what the engine tells. */
export class FrontEndWayBack {
  readonly #parts: Pick<SessionParts, 'server' | 'store'>;
  readonly #health: FrontEndHealth;
  readonly #begunAt: string;
  #told: number | null = null;

  constructor(parts: Pick<SessionParts, 'server' | 'store'>, health: FrontEndHealth) {
    this.#parts = parts;
    this.#health = health;
    this.#begunAt = parts.server.host.now().at;
  }

  /** Says how many routing groups the pool has not placed yet, if the number is another. */
  async listen(event: EngineEvent): Promise<void> {
    if (!asksForPlacement(event)) return;
    const placement = await this.#health.readPlacement(this.#begunAt);
    if (placement !== null && placement.notPlaced !== this.#told) this.#tell(placement);
  }

  /** Says what was seen of a Front-End that came back. @param signal aborted by the next order: then it is told no more */
  async conclude(result: CommandResult, signal: AbortSignal): Promise<void> {
    if (!isFrontEndBack(result)) return;
    const { store, server } = this.#parts;
    const seen = await waitForFrontEnd(this.#health, server.host, signal, () => undefined);
    if (signal.aborted) return;
    const params = { listens: String(seen.listens), registered: seen.registered ?? 'unknown' };
    const level = isSettled(seen) ? 'info' : 'attention';
    store.addEvent(server.host.now().at, { level, kind: 'front-end-back', params, problem: null });
  }

  #tell({ notPlaced, groups }: GroupPlacement): void {
    this.#told = notPlaced;
    const { store, server } = this.#parts;
    const params = { notPlaced, groups: groups ?? 'unknown' };
    store.addEvent(server.host.now().at, { level: 'info', kind: 'front-end-starting', params, problem: null });
  }
}
