import { type RecordedSample, MAX_SAMPLE_GAP_MS } from '../../contract/run.js';

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
  /** True if a sample behind a gap was left out: the next one that is kept stands behind it then. */
  #hasLeftOutGap = false;

  add(sample: RecordedSample): void {
    const before = this.#newest.at(-1);
    this.#newest.push(before !== undefined && isGap(before, sample) ? { ...sample, isAfterGap: true } : sample);
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
    copy.#hasLeftOutGap = this.#hasLeftOutGap;
    return copy;
  }

  /** Oldest first. */
  toArray(): readonly RecordedSample[] {
    return [...this.#older, ...this.#newest];
  }

  #keepOlder(sample: RecordedSample): void {
    const isKept = this.#leftNewest % this.#stride === 0;
    this.#leftNewest += 1;
    this.#hasLeftOutGap ||= sample.isAfterGap === true;
    if (!isKept) return;
    this.#older.push(this.#hasLeftOutGap ? { ...sample, isAfterGap: true } : sample);
    this.#hasLeftOutGap = false;
    if (this.#older.length <= MAX_OLDER) return;
    this.#older = everyOther(this.#older);
    this.#stride *= 2;
  }
}

/** Both clocks are looked at: one stands still while the computer sleeps, the other jumps when it is set. */
function isGap(before: RecordedSample, sample: RecordedSample): boolean {
  return Math.max(sample.upMs - before.upMs, Math.abs(Date.parse(sample.at) - Date.parse(before.at))) > MAX_SAMPLE_GAP_MS;
}

/** A gap before a sample that is left out is one before the next. */
function everyOther(samples: readonly RecordedSample[]): RecordedSample[] {
  return samples.flatMap((sample, index): RecordedSample[] => {
    if (index % 2 === 1) return [];
    return samples[index - 1]?.isAfterGap === true ? [{ ...sample, isAfterGap: true }] : [sample];
  });
}
