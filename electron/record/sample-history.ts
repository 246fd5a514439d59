import type { RecordedSample } from '../contract/run.js';

/** Newest samples that are never thinned: a hold time is measured through an unbroken row of them. */
const WHOLE = 600;
/** Older samples that are kept at most. */
const MAX_OLDER = 800;

/**
 * The samples of a run, thinned so that a drain of days stays small: at least the newest 600 are whole, of the older ones every
 * n-th is kept, beginning with the first; n doubles whenever there would be more than 800. The result depends on
 * the row of samples alone, not on when it was asked for.
 */
export class SampleHistory {
  /** Every `#stride`-th of the samples that are no longer among the newest, from the very first on. */
  #older: RecordedSample[] = [];
  readonly #newest: RecordedSample[] = [];
  #leftNewest = 0;
  #stride = 1;

  add(sample: RecordedSample): void {
    this.#newest.push(sample);
    // Moved over in blocks, because taking one at a time from the front of an array is slow.
    if (this.#newest.length < WHOLE * 2) return;
    for (const leaving of this.#newest.splice(0, WHOLE)) this.#keepOlder(leaving);
  }

  /** The same samples; what is added to one is not in the other. */
  copy(): SampleHistory {
    const copy = new SampleHistory();
    copy.#older = [...this.#older];
    copy.#newest.push(...this.#newest);
    copy.#leftNewest = this.#leftNewest;
    copy.#stride = this.#stride;
    return copy;
  }

  /** Oldest first. */
  toArray(): readonly RecordedSample[] {
    return [...this.#older, ...this.#newest];
  }

  #keepOlder(sample: RecordedSample): void {
    if (this.#leftNewest % this.#stride === 0) this.#older.push(sample);
    this.#leftNewest += 1;
    if (this.#older.length <= MAX_OLDER) return;
    this.#older = this.#older.filter((_, index) => index % 2 === 0);
    this.#stride *= 2;
  }
}
