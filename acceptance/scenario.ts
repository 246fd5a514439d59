import type { CheckBook, Claims } from './checks.js';
import type { LabService } from './lab-services.js';
import type { Abilities, Lab } from './lab.js';

/** One story with its checks. Services are installed before it and removed after it, whatever comes of it. */
export interface Scenario {
  readonly id: string;
  /** What is tried, for the report. */
  readonly title: string;
  /** Calls of the product that can be left out; names without the scenario's. */
  readonly calls: readonly string[];
  readonly claims: Claims<string>;
  readonly services: readonly LabService[];
  /** Why it is not possible on this Windows; null if it is. All of its checks are then not possible. */
  readonly lacks?: ((abilities: Abilities) => string | null) | undefined;
  /** True of a call that is not made on this Windows. */
  readonly callsLacking?: ((call: string, abilities: Abilities) => boolean) | undefined;
  readonly play: (lab: Lab, book: CheckBook) => Promise<void>;
}

export interface Story<Name extends string> {
  readonly id: string;
  readonly title: string;
  readonly calls: readonly string[];
  readonly claims: Claims<Name>;
  readonly services: readonly LabService[];
  readonly lacks?: Scenario['lacks'];
  readonly callsLacking?: Scenario['callsLacking'];
  readonly play: (lab: Lab, book: CheckBook<Name>) => Promise<void>;
}

/** Ties a story to the names of its own checks. */
export function scenario<Name extends string>(story: Story<Name>): Scenario {
  return { ...story, play: (lab, book) => story.play(lab, book as unknown as CheckBook<Name>) };
}
