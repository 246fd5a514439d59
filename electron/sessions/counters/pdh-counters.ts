import type { CounterAnswer, CounterSource } from '../evidence-sources.js';
import type { PdhHandle, PdhLibrary } from './pdh-library.js';
import { isValid, PDH_INVALID_HANDLE, PDH_OK, toUnreadable } from './pdh-status.js';

/** A counter that Windows refused to add is tried again after so many readings: its service may publish it later. */
const READINGS_UNTIL_RETRY = 16;

type AddedCounter =
  | { readonly kind: 'added'; readonly counter: PdhHandle }
  | { readonly kind: 'refused'; readonly status: number; readonly retryAt: number };

/** One query with all its counters. PDH closes them together. */
class CounterQuery {
  private readonly counters = new Map<string, AddedCounter>();
  private readings = 0;

  private constructor(
    private readonly pdh: PdhLibrary,
    private readonly query: PdhHandle,
  ) {}

  /** @throws Error with PDH's status */
  static open(pdh: PdhLibrary): CounterQuery {
    const { status, query } = pdh.openQuery();
    if (status !== PDH_OK) throw new Error(`PdhOpenQueryW: 0x${status.toString(16)}`);
    return new CounterQuery(pdh, query);
  }

  /** Null for the answers when the query itself is no longer good. */
  async read(paths: readonly string[]): Promise<ReadonlyMap<string, CounterAnswer> | null> {
    this.readings += 1;
    for (const path of new Set(paths)) await this.addWhereDue(path);
    const collected = await this.pdh.collect(this.query);
    if (collected === PDH_INVALID_HANDLE) return null;
    return new Map(paths.map((path) => [path, this.answer(path, collected)]));
  }

  close(): void {
    this.pdh.closeQuery(this.query);
  }

  private async addWhereDue(path: string): Promise<void> {
    const known = this.counters.get(path);
    if (known?.kind === 'added' || (known !== undefined && known.retryAt > this.readings)) return;
    const { status, counter } = await this.pdh.addEnglishCounter(this.query, path);
    const retryAt = this.readings + READINGS_UNTIL_RETRY;
    this.counters.set(path, status === PDH_OK ? { kind: 'added', counter } : { kind: 'refused', status, retryAt });
  }

  /** A collection that failed leaves the values of the one before in place, so nothing is read then. */
  private answer(path: string, collected: number): CounterAnswer {
    const known = this.counters.get(path);
    if (known?.kind === 'refused') return toUnreadable(known.status);
    if (known === undefined || collected !== PDH_OK) return toUnreadable(collected);
    const { status, counterStatus, value } = this.pdh.formatValue(known.counter);
    if (!isValid(counterStatus)) return toUnreadable(counterStatus);
    return status === PDH_OK ? { kind: 'value', value: Number(value) } : toUnreadable(status);
  }
}

/**
 * Performance counters through PDH: one query, opened by the first reading, closed by `release`. Readings and releases
 * take their turns, so that a query is never closed under a reading.
 */
export class PdhCounters implements CounterSource {
  private library: Promise<PdhLibrary> | null = null;
  private query: CounterQuery | null = null;
  private lastTurn: Promise<unknown> = Promise.resolve();

  /** @param loadPdh loads pdh.dll; called once, by the first reading */
  constructor(private readonly loadPdh: () => Promise<PdhLibrary>) {}

  read(paths: readonly string[]): Promise<ReadonlyMap<string, CounterAnswer>> {
    return this.takeTurn(() => this.readNow(paths));
  }

  release(): Promise<void> {
    return this.takeTurn(() => {
      this.query?.close();
      this.query = null;
    });
  }

  private async readNow(paths: readonly string[]): Promise<ReadonlyMap<string, CounterAnswer>> {
    if (paths.length === 0) return new Map();
    this.library ??= this.loadPdh();
    const pdh = await this.library;
    this.query ??= CounterQuery.open(pdh);
    const answers = await this.query.read(paths);
    if (answers !== null) return answers;
    this.query = null;
    throw new Error('PDH lost the query');
  }

  private takeTurn<T>(work: () => T | Promise<T>): Promise<T> {
    const turn = this.lastTurn.then(work);
    this.lastTurn = turn.catch(() => undefined);
    return turn;
  }
}
