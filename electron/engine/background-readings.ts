import type { Facts } from '../contract/facts.js';
import { ProblemError } from '../contract/problem.js';
import type { Run } from '../contract/run.js';
import type { EngineContext } from './engine-context.js';
import { recordReading, CONFIGURATION_MAX_AGE_MS, observeWithRetry, POLL_MS } from './record-reading.js';
import type { WorkingRun } from './working-run.js';

/** A reading under way, and the run as it was when it began. */
interface ReadingUnderWay {
  readonly run: Run;
  readonly ended: Promise<void>;
  outcome: { readonly facts: Facts } | { readonly failure: unknown } | null;
}

/**
 * Readings of the whole server that go on while services are being paused: what is left on the first ones is seen and
 * recorded before the last one is paused. The loop that pauses calls `attend` now and then; nothing is recorded in between.
 */
export class BackgroundReadings {
  readonly #context: EngineContext;
  readonly #working: WorkingRun;
  #reading: ReadingUnderWay | null = null;
  #facts: Facts;
  /** When the next reading is due, monotonic milliseconds. */
  dueUpMs: number;

  constructor(context: EngineContext, working: WorkingRun, facts: Facts) {
    this.#context = context;
    this.#working = working;
    this.#facts = facts;
    this.dueUpMs = context.parts.host.now().upMs + POLL_MS;
  }

  /** Resolves when a reading has ended; null where none is under way. */
  get news(): Promise<void> | null {
    return this.#reading?.ended ?? null;
  }

  /** Takes in the reading that has ended, or begins the next one. Returns at once. */
  attend(): void {
    const { upMs } = this.#context.parts.host.now();
    if (this.#reading === null && upMs >= this.dueUpMs) this.#reading = this.#begin();
    else if (this.#reading !== null && this.#reading.outcome !== null) this.#takeIn(this.#reading);
  }

  /** Resolves when no reading is under way any more: two at once would disturb each other's counters. */
  async end(): Promise<void> {
    await this.#reading?.ended;
    this.#reading = null;
  }

  #begin(): ReadingUnderWay {
    const working = this.#working;
    const reading: ReadingUnderWay = {
      run: working.run,
      ended: observeWithRetry(this.#context, working, CONFIGURATION_MAX_AGE_MS, this.#facts).then(
        (read) => void (reading.outcome = { facts: read }),
        (failure: unknown) => void (reading.outcome = { failure }),
      ),
      outcome: null,
    };
    return reading;
  }

  #takeIn({ run, outcome }: ReadingUnderWay): void {
    const working = this.#working;
    this.#reading = null;
    this.dueUpMs = this.#context.parts.host.now().upMs + POLL_MS;
    if (outcome === null) return;
    if ('failure' in outcome) {
      // The reading after the changes is tried again, and says what stands in the way.
      if (outcome.failure instanceof ProblemError) return;
      throw outcome.failure;
    }
    this.#facts = outcome.facts;
    // What was recorded since it began is newer than what it shows: a pause that was done meanwhile would look undone.
    if (working.run !== run) return;
    working.announce({ type: 'sessions', checklist: recordReading(this.#context, working, outcome.facts).checklist });
  }
}
