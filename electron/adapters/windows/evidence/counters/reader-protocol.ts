import type { CounterAnswer } from '../../../../contract/evidence-answers.js';
import { toUnreadable } from './pdh-status.js';

/** Limits of native/counter-reader/counter-reader.c. */
const MAX_PATHS = 256;
const MAX_PATH_LENGTH = 1_023;

/** An answer takes at most 32 characters a path; whatever is longer than this is none. */
const MAX_ANSWER_LENGTH = 16_384;

/**
 * One request to the counter reader; native/counter-reader/counter-reader.c describes it.
 * @throws RangeError for paths that the reader does not take: too many, too long, or with a control character
 */
export function formatRequest(id: number, paths: readonly string[]): string {
  const refused = paths.find((path) => path.length > MAX_PATH_LENGTH || CONTROL_CHARACTER.test(path));
  if (refused !== undefined || paths.length > MAX_PATHS) {
    throw new RangeError(`counter paths that cannot be asked for: ${refused ?? paths.length}`);
  }
  return `read ${id} ${paths.length}\n${paths.map((path) => `${path}\n`).join('')}`;
}

const CONTROL_CHARACTER = /[\0-\x1f]/;
const VALUE = /^value (-?\d+)$/;
const STATUS = /^status ([\da-f]{8})$/;

/** Puts the answer to one request together as it comes in. */
export class AnswerReader {
  readonly #id: number;
  readonly #count: number;
  #text = '';

  constructor(id: number, count: number) {
    this.#id = id;
    this.#count = count;
  }

  /**
   * Takes what came in.
   * @returns one answer for each path, in the order of the request; null while some are still to come
   * @throws Error when it is not the answer to this request
   */
  take(text: string): readonly CounterAnswer[] | null {
    this.#text += text;
    if (this.#text.length > MAX_ANSWER_LENGTH) throw new Error(`${this.#text.length} characters instead of an answer`);
    const lines = this.#text.split('\n');
    const begun = lines.pop() ?? '';
    const [head, ...answers] = lines;
    if (head === undefined) return null;
    if (head !== `answer ${this.#id} ${this.#count}`) throw notUnderstood(head);
    if (answers.length < this.#count) return null;
    if (answers.length > this.#count || begun !== '') throw notUnderstood(answers[this.#count] ?? begun);
    return answers.map(toAnswer);
  }
}

function toAnswer(line: string): CounterAnswer {
  const value = VALUE.exec(line)?.[1];
  if (value !== undefined) return { kind: 'value', value: Number(value) };
  const status = STATUS.exec(line)?.[1];
  if (status === undefined) throw notUnderstood(line);
  return toUnreadable(Number.parseInt(status, 16));
}

function notUnderstood(line: string): Error {
  return new Error(`not an answer: ${JSON.stringify(line.slice(0, 80))}`);
}
