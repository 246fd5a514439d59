import type { Answered } from '../../contract/evidence-answers.js';
import type { UnknownSessionReason } from '../../contract/sessions.js';

const DID_NOT_ANSWER = { kind: 'failed', reason: 'did-not-answer', raw: null } as const;

/**
 * Asks a source that may hang or fail, and waits for it no longer than its deadline. One question at a time: while one is
 * not answered after its deadline, further ones are not put to the source and have their answer at once.
 */
export class DeadlineSource {
  readonly #deadlineMs: number;
  readonly #whenFailed: UnknownSessionReason;
  /** Resolves when the source has answered what it was asked; null: it is free. */
  #pending: Promise<unknown> | null = null;
  #isOverdue = false;

  /**
   * @param deadlineMs in real time
   * @param whenFailed the reason if the source rejects
   */
  constructor(deadlineMs: number, whenFailed: UnknownSessionReason) {
    this.#deadlineMs = deadlineMs;
    this.#whenFailed = whenFailed;
  }

  /** Never rejects, and never takes longer than the deadline. */
  async ask<T>(question: () => Promise<T>): Promise<Answered<T>> {
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise<typeof DID_NOT_ANSWER>((resolve) => {
      timer = setTimeout(() => resolve(DID_NOT_ANSWER), this.#deadlineMs);
    });
    try {
      while (this.#pending !== null) {
        if (this.#isOverdue || (await Promise.race([this.#pending, late])) === DID_NOT_ANSWER) return DID_NOT_ANSWER;
      }
      const answer = await Promise.race([this.#put(question), late]);
      if (answer === DID_NOT_ANSWER) this.#isOverdue = true;
      return answer;
    } finally {
      clearTimeout(timer);
    }
  }

  #put<T>(question: () => Promise<T>): Promise<Answered<T>> {
    const answer = this.#answerOf(question).finally(() => {
      this.#pending = null;
      this.#isOverdue = false;
    });
    this.#pending = answer;
    return answer;
  }

  async #answerOf<T>(question: () => Promise<T>): Promise<Answered<T>> {
    try {
      return { kind: 'answer', value: await question() };
    } catch (error) {
      return { kind: 'failed', reason: this.#whenFailed, raw: error instanceof Error ? error.message : String(error) };
    }
  }
}
