import { compareEnds, placeOfKind, type KindFinding, type SessionEnd } from '../../../../contract/session-ends.js';
import { compareRows, remoteEndAt, type PlacedRow } from './remote-ends.js';

/** More milliseconds than any connection is old. */
const LONGEST_AGE_MS = 2 ** 46;

/** A connection that may be shown. */
interface Candidate extends PlacedRow {
  readonly finding: KindFinding;
  readonly kind: KindFinding['kind'];
  readonly ageMs: number;
  readonly isAgeExact: boolean;
  /** Lower comes first: the kind's place, then the age. One number, because there are thousands to compare. */
  readonly key: number;
}

/**
 * The first connections in the order of `compareEnds`. There may be thousands, of which a hundred are shown: it keeps at most twice
 * as many as are wanted, and gives texts to what it lists only.
 */
export class OldestEnds {
  readonly #most: number;
  #kept: Candidate[] = [];
  /** What has no lower key comes behind all that is wanted. */
  #limit = Number.POSITIVE_INFINITY;

  constructor(most: number | null) {
    this.#most = most ?? Number.POSITIVE_INFINITY;
  }

  /** @param age in milliseconds; `-1 - age` where it is at least so much, so that nothing has to be made for what is not kept */
  offer(table: PlacedRow['table'], row: number, finding: KindFinding, age: number): void {
    const isAgeExact = age >= 0;
    const ageMs = isAgeExact ? age : -1 - age;
    const key = placeOfKind(finding.kind) * LONGEST_AGE_MS - ageMs;
    if (key >= this.#limit) return;
    this.#kept.push({ table, row, finding, kind: finding.kind, ageMs, isAgeExact, key });
    if (this.#kept.length >= 2 * this.#most) this.#cut();
  }

  list(): readonly SessionEnd[] {
    return this.#kept
      .sort((one, other) => compareEnds(one, other) || compareRows(one, other))
      .slice(0, this.#most)
      .map(({ table, row, finding, ageMs, isAgeExact }) => ({ ...remoteEndAt(table, row), ...finding, ageMs, isAgeExact }));
  }

  /** Keeps as many as are wanted; of those that are equal at the end, the first ones that came. */
  #cut(): void {
    const keys = Float64Array.from(this.#kept, ({ key }) => key).sort();
    this.#limit = keys[this.#most - 1] ?? Number.NEGATIVE_INFINITY;
    const before = this.#kept.filter(({ key }) => key < this.#limit);
    const equal = this.#kept.filter(({ key }) => key === this.#limit);
    this.#kept = [...before, ...equal.slice(0, this.#most - before.length)];
  }
}
