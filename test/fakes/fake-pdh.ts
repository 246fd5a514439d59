import type { PdhHandle, PdhLibrary } from '../../electron/sessions/counters/pdh-library.js';

/** What a counter does: gives a value, is refused when it is added, or goes bad later. */
export type FakeCounter =
  | { readonly value: bigint }
  | { readonly refusedWith: number }
  | { readonly counterStatus: number; readonly value: bigint };

/** pdh.dll as far as it is called: counters by path, and a ledger of what is open. */
export class FakePdh implements PdhLibrary {
  readonly counters = new Map<string, FakeCounter>();
  readonly openQueries = new Set<PdhHandle>();
  /** What `PdhCollectQueryData` answers. */
  collectStatus = 0;
  openStatus = 0;
  /** Every path that was added, with repeats. */
  readonly added: string[] = [];
  /** Resolved when a collection may go on; null lets it run through. */
  collecting: Promise<void> | null = null;
  private readonly paths = new Map<PdhHandle, string>();
  private lastHandle = 0n;

  openQuery(): { status: number; query: PdhHandle } {
    if (this.openStatus !== 0) return { status: this.openStatus, query: 0n };
    this.lastHandle += 1n;
    this.openQueries.add(this.lastHandle);
    return { status: 0, query: this.lastHandle };
  }

  async addEnglishCounter(query: PdhHandle, path: string): Promise<{ status: number; counter: PdhHandle }> {
    this.demandOpen(query);
    this.added.push(path);
    const counter = this.counters.get(path);
    if (counter === undefined) return { status: 0xc0000bb8, counter: 0n };
    if ('refusedWith' in counter) return { status: counter.refusedWith, counter: 0n };
    this.lastHandle += 1n;
    this.paths.set(this.lastHandle, path);
    return { status: 0, counter: this.lastHandle };
  }

  async collect(query: PdhHandle): Promise<number> {
    await this.collecting;
    this.demandOpen(query);
    return this.collectStatus;
  }

  formatValue(handle: PdhHandle): { status: number; counterStatus: number; value: bigint } {
    const counter = this.counters.get(this.paths.get(handle) ?? '');
    if (counter === undefined || 'refusedWith' in counter) throw new Error('a value was asked of a counter that was never added');
    const counterStatus = 'counterStatus' in counter ? counter.counterStatus : 0;
    return { status: counterStatus > 1 ? 0xc0000bc6 : 0, counterStatus, value: counter.value };
  }

  closeQuery(query: PdhHandle): void {
    this.demandOpen(query);
    this.openQueries.delete(query);
  }

  private demandOpen(query: PdhHandle): void {
    if (!this.openQueries.has(query)) throw new Error('a query was used that is not open');
  }
}
