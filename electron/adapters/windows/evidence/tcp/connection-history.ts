import { ConnectionMap } from './connection-map.js';

const WORDS = 3;

/** So many connections in a row may end between two readings before the order counts as lost. */
const LOOK_AHEAD = 64;

/**
 * Tells which connections of a reading were not in the one before. Windows lists its connections in nearly the same order
 * every time, so two readings are compared side by side, which is several times quicker than looking each one up; only
 * what does not follow in order is looked up among what was passed over. Connections are given as `ConnectionMap` takes them.
 */
export class ConnectionHistory {
  #before = new Int32Array(0);
  #beforeEnd = 0;
  #now = new Int32Array(0);
  #nowEnd = 0;
  /** Where the next connection of the reading before stands. */
  #next = 0;
  readonly #passedOver = new ConnectionMap();

  /** Begins a reading of at most so many connections. */
  begin(most: number): void {
    [this.#before, this.#now] = [this.#now, this.#before];
    this.#beforeEnd = this.#nowEnd;
    if (this.#now.length < most * WORDS) this.#now = new Int32Array(most * WORDS * 2);
    this.#nowEnd = 0;
    this.#next = 0;
    this.#passedOver.clear();
  }

  /** Takes down the reading's next connection. @returns true when it follows in the reading before as well */
  follows(local: number, remote: number, ports: number): boolean {
    const now = this.#now;
    const nowEnd = this.#nowEnd;
    const before = this.#before;
    const next = this.#next;
    now[nowEnd] = local;
    now[nowEnd + 1] = remote;
    now[nowEnd + 2] = ports;
    this.#nowEnd = nowEnd + WORDS;
    if (next < this.#beforeEnd && before[next + 2] === ports && before[next + 1] === remote && before[next] === local) {
      this.#next = next + WORDS;
      return true;
    }
    return this.#followsLater(local, remote, ports);
  }

  /** For a connection that did not follow, when all have been taken down: true when it was in the reading before. */
  wasThere(local: number, remote: number, ports: number): boolean {
    this.#passOver(this.#beforeEnd);
    return this.#passedOver.get(local, remote, ports) !== 0;
  }

  #followsLater(local: number, remote: number, ports: number): boolean {
    const before = this.#before;
    const end = Math.min(this.#beforeEnd, this.#next + LOOK_AHEAD * WORDS);
    for (let at = this.#next; at < end; at += WORDS) {
      if (before[at + 2] !== ports || before[at + 1] !== remote || before[at] !== local) continue;
      this.#passOver(at);
      this.#next = at + WORDS;
      return true;
    }
    return false;
  }

  #passOver(end: number): void {
    for (let at = this.#next; at < end; at += WORDS) {
      this.#passedOver.set(this.#before[at] ?? 0, this.#before[at + 1] ?? 0, this.#before[at + 2] ?? 0, 1);
    }
    this.#next = Math.max(this.#next, end);
  }
}
