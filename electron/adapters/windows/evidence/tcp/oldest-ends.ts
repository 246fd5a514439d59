import type { KindFinding, SessionEnd } from '../../../../contract/session-ends.js';
import { compareRows, remoteEndAt, type PlacedRow } from './remote-ends.js';

/** Older connections than this many seconds (four years) count as so old: a key is a small number then, and needs no memory. */
const LONGEST_AGE = 2 ** 27 - 1;

/** More than any key. */
const NO_LIMIT = 2 ** 30 - 1;

/** A connection that may be shown. */
interface Candidate extends PlacedRow {
  readonly finding: KindFinding;
  readonly ageMs: number;
  readonly isAgeExact: boolean;
  /** Lower comes first: the kind's place, then the age. One number, because there are thousands to compare. */
  readonly key: number;
}

/**
 * The first connections in the order of a list. There may be thousands, of which a hundred are shown: it keeps at most three
 * times as many as are wanted, and gives texts to what it lists only.
 */
export class OldestEnds {
  readonly #most: number;
  #kept: Candidate[] = [];
  /** What has no lower key comes behind all that is wanted. */
  #limit = NO_LIMIT;

  constructor(most: number | null) {
    this.#most = most ?? Number.POSITIVE_INFINITY;
  }

  /**
   * @param place of the kind in a list
   * @param seconds its age; `-1 - seconds` where it is at least so old, so that nothing has to be made for what is not kept
   */
  offer({ table, row }: PlacedRow, finding: KindFinding, place: number, seconds: number): void {
    const isAgeExact = seconds >= 0;
    const age = isAgeExact ? seconds : -1 - seconds;
    const key = place * (LONGEST_AGE + 1) - Math.min(age, LONGEST_AGE);
    if (key >= this.#limit) return;
    this.#kept.push({ table, row, finding, ageMs: age * 1_000, isAgeExact, key });
    if (this.#kept.length >= 3 * this.#most) this.#cut();
  }

  list(): readonly SessionEnd[] {
    this.#cut();
    return this.#kept.sort((one, other) => one.key - other.key || compareRows(one, other)).map(toEnd);
  }

  /** Keeps as many as are wanted; of those that are equal at the end, the first ones that came. */
  #cut(): void {
    const kept = this.#kept;
    if (kept.length <= this.#most) return;
    const keys = new Int32Array(kept.length);
    kept.forEach(({ key }, index) => (keys[index] = key));
    keys.sort();
    const limit = keys[this.#most - 1] ?? -NO_LIMIT;
    let room = this.#most - keys.indexOf(limit);
    this.#kept = kept.filter(({ key }) => key < limit || (key === limit && (room -= 1) >= 0));
    this.#limit = limit;
  }
}

/** Field by field: spreading two objects into a third takes longer than all the rest of a listed row. */
function toEnd({ table, row, finding: { kind, sign }, ageMs, isAgeExact }: Candidate): SessionEnd {
  const { address, port, localPort } = remoteEndAt(table, row);
  return { address, port, localPort, kind, sign, ageMs, isAgeExact };
}
