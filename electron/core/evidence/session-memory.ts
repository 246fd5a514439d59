import type { ServiceState, ServiceStatus } from '../../contract/service.js';
import type { AtLeast } from '../../contract/sessions.js';
import type { SourceReading } from './evidence-rules.js';

/** A number of sessions, and when it was seen. */
interface SeenNumber {
  readonly count: number;
  readonly atMs: number;
}

/** What is remembered of one process of one service. */
interface Remembered {
  readonly processId: number;
  readonly state: ServiceState;
  readonly inStateSinceMs: number;
  readonly lastSeen: Map<SourceReading['source'], SeenNumber>;
}

/**
 * What earlier readings saw: the last number of each source, for the time in which it says nothing, and since when each
 * service is in its state. A process that is gone is forgotten with its numbers.
 */
export class SessionMemory {
  readonly #services = new Map<string, Remembered>();

  /** Begins a reading of a service. @returns how long it is known to be in its present state and process */
  turnTo({ serviceName, processId, state }: ServiceStatus, nowMs: number): number {
    const known = this.#services.get(serviceName);
    if (known?.processId === processId && known.state === state) return nowMs - known.inStateSinceMs;
    const isSameProcess = known?.processId === processId && state !== 'stopped';
    const lastSeen = isSameProcess ? known.lastSeen : new Map<SourceReading['source'], SeenNumber>();
    this.#services.set(serviceName, { processId, state, inStateSinceMs: nowMs, lastSeen });
    return 0;
  }

  /** Keeps the newest number of a source. A newer zero ends what it saw before, also one that is too old to prove anything. */
  keep(serviceName: string, { source, seen, ageMs }: SourceReading, nowMs: number): void {
    const lastSeen = this.#services.get(serviceName)?.lastSeen;
    const atMs = nowMs - ageMs;
    if (lastSeen === undefined || seen === null || atMs < (lastSeen.get(source)?.atMs ?? atMs)) return;
    if (seen > 0) lastSeen.set(source, { count: seen, atMs });
    else lastSeen.delete(source);
  }

  /** What a source saw last in this process; null: nothing, or it was never asked. */
  recall(serviceName: string, source: SourceReading['source'], nowMs: number): AtLeast | null {
    const last = this.#services.get(serviceName)?.lastSeen.get(source);
    return last === undefined ? null : { count: last.count, evidence: source, ageMs: nowMs - last.atMs };
  }
}
