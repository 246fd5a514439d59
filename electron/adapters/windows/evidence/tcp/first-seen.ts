import { ConnectionMap } from './connection-map.js';

/**
 * When each connection was first seen: for where Windows does not say when it began. Connections are given as `ConnectionMap` takes
 * them; one that is missing in a reading is forgotten.
 */
export class FirstSeen {
  #before = new ConnectionMap();
  #now = new ConnectionMap();
  /** Milliseconds of the monotonic clock at the first reading; null before it. */
  #startMs: number | null = null;
  /** Of the reading that is going on, since the first one; from 1, because 0 stands for "not there". */
  #mark = 1;

  begin(upMs: number): void {
    this.#startMs ??= upMs;
    [this.#before, this.#now] = [this.#now, this.#before];
    this.#now.clear();
    this.#mark = 1 + Math.max(0, Math.round((upMs - this.#startMs) / 1_000));
  }

  /** @returns for how long it is known, in whole seconds: 0 for one that is new */
  ageSeconds(local: number, remote: number, ports: number): number {
    const known = this.#before.get(local, remote, ports);
    const mark = known === 0 ? this.#mark : known;
    this.#now.set(local, remote, ports, mark);
    return this.#mark - mark;
  }
}
