import { compareEnds, type KindFinding, type SessionEnd } from '../../../../contract/session-ends.js';
import { compareRows, remoteEndAt, type PlacedRow } from './remote-ends.js';

/** A connection that may be shown. */
interface Candidate extends PlacedRow {
  readonly kind: KindFinding['kind'];
  readonly finding: KindFinding;
  readonly ageMs: number;
  readonly isAgeExact: boolean;
}

/**
 * The first connections in the order of `compareEnds`. There may be thousands, of which a hundred are shown: it keeps at most twice
 * as many as are wanted, and gives texts to these only.
 */
export class OldestEnds {
  readonly #most: number;
  readonly #kept: Candidate[] = [];
  /** What no longer comes before this one is not kept; null: there is room. */
  #last: Candidate | null = null;

  constructor(most: number | null) {
    this.#most = most ?? Number.POSITIVE_INFINITY;
  }

  offer(at: PlacedRow['table'], row: number, finding: KindFinding, age: Pick<SessionEnd, 'ageMs' | 'isAgeExact'>): void {
    const candidate = { table: at, row, kind: finding.kind, finding, ageMs: age.ageMs, isAgeExact: age.isAgeExact };
    if (this.#last !== null && compareEnds(candidate, this.#last) >= 0) return;
    this.#kept.push(candidate);
    if (this.#kept.length >= 2 * this.#most) this.#cut();
  }

  list(): readonly SessionEnd[] {
    this.#cut();
    return this.#kept.map(({ table, row, finding, ageMs, isAgeExact }) => ({ ...remoteEndAt(table, row), ...finding, ageMs, isAgeExact }));
  }

  #cut(): void {
    this.#kept.sort((one, other) => compareEnds(one, other) || compareRows(one, other));
    this.#kept.splice(this.#most);
    if (this.#kept.length === this.#most) this.#last = this.#kept.at(-1) ?? null;
  }
}
