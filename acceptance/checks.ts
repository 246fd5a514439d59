/** What came of a check. `not-possible` is said of what this Windows lacks, by a witness of its own; it is never a pass. */
export type CheckOutcome = 'passed' | 'failed' | 'not-possible';

export interface CheckResult {
  /** Scenario and name: `maintenance/paused`. */
  readonly id: string;
  /** What holds if it passed. */
  readonly claim: string;
  readonly outcome: CheckOutcome;
  /** What was seen, or why it is not possible. */
  readonly seen: string;
}

/** A scenario's checks: each name with what holds if it passed. */
export type Claims<Name extends string> = Readonly<Record<Name, string>>;

/** Ends a scenario that was played only to see a check fail. */
class FirstFailure extends Error {}

/** The outcomes of one scenario's checks. A check that failed once stays failed, and one that was never reached has failed. */
export class CheckBook<Name extends string = string> {
  readonly #scenario: string;
  readonly #claims: Claims<Name>;
  readonly #endsAtFailure: boolean;
  readonly #results = new Map<Name, { readonly outcome: CheckOutcome; readonly seen: string }>();

  /** @param endsAtFailure nothing is played after the first check that fails */
  constructor(scenario: string, claims: Claims<Name>, endsAtFailure = false) {
    this.#scenario = scenario;
    this.#claims = claims;
    this.#endsAtFailure = endsAtFailure;
  }

  /** The checks that failed, but not those that were not reached. */
  get failed(): readonly string[] {
    const names = this.#names().filter((name) => this.#results.get(name)?.outcome === 'failed');
    return names.map((name) => `${this.#scenario}/${name}`);
  }

  /** @param seen shown in the report, whatever the outcome @throws FirstFailure */
  check(name: Name, holds: boolean, seen: unknown): void {
    const before = this.#results.get(name);
    if (before !== undefined && before.outcome !== 'passed') return;
    const words = typeof seen === 'string' ? seen : JSON.stringify(seen);
    this.#results.set(name, {
      outcome: holds ? 'passed' : 'failed',
      seen: before === undefined || !holds ? words : `${before.seen}; ${words}`,
    });
    if (!holds && this.#endsAtFailure) throw new FirstFailure();
  }

  notPossible(name: Name, why: string): void {
    if (!this.#results.has(name)) this.#results.set(name, { outcome: 'not-possible', seen: why });
  }

  /** Every check that has no outcome yet. */
  restNotPossible(why: string): void {
    for (const name of this.#names()) this.notPossible(name, why);
  }

  /** @param unreached why checks without an outcome have none */
  results(unreached: string): readonly CheckResult[] {
    return this.#names().map((name) => {
      const { outcome, seen } = this.#results.get(name) ?? { outcome: 'failed' as const, seen: unreached };
      return { id: `${this.#scenario}/${name}`, claim: this.#claims[name], outcome, seen };
    });
  }

  #names(): readonly Name[] {
    return Object.keys(this.#claims) as Name[];
  }
}
