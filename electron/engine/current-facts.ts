import type { Facts } from '../contract/facts.js';
import { ProblemError, type Problem } from '../contract/problem.js';
import type { ServiceStatus } from '../contract/service.js';
import type { Observer } from './observer.js';
import type { EngineParts } from './parts.js';

/** What reading takes. */
interface Reading {
  readonly parts: Pick<EngineParts, 'serviceControl'>;
  readonly observer: Observer;
}

/** The facts that decisions rest on, kept right by reading single services again. */
export class CurrentFacts {
  readonly #reading: Reading;
  #facts: Facts;

  constructor(reading: Reading, facts: Facts) {
    this.#reading = reading;
    this.#facts = facts;
  }

  get current(): Facts {
    return this.#facts;
  }

  /** Reads one service again. @returns why it cannot be read; null if it was, or if Windows has it no more */
  async refresh(serviceName: string): Promise<Problem | null> {
    const fresh = await asked(this.#reading.observer.refresh(this.#facts, serviceName));
    if ('failure' in fresh) return fresh.failure;
    this.#facts = fresh.answer;
    return null;
  }

  /** The state of one service. The facts do not learn of it. */
  readStatus(serviceName: string): Promise<Asked<ServiceStatus>> {
    return asked(this.#reading.parts.serviceControl.readStatus(serviceName));
  }
}

/** An answer, or why there is none. */
type Asked<T> = { readonly answer: T } | { readonly failure: Problem };

async function asked<T>(question: Promise<T>): Promise<Asked<T>> {
  try {
    return { answer: await question };
  } catch (error) {
    if (error instanceof ProblemError) return { failure: error.problem };
    throw error;
  }
}
