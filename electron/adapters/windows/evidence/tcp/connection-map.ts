const WORDS_PER_SLOT = 4;
const MIN_SLOTS = 64;

/** Above this share of taken slots, looking one up takes noticeably longer. */
const MAX_LOAD = 0.7;

/**
 * A number other than zero for each connection, which is given by both addresses, folded, and both ports (`portPair`). Open
 * addressing in one typed array, because there may be thousands in every reading. Two IPv6 connections may be taken for
 * one when their ports agree and the folds of their addresses meet.
 */
export class ConnectionMap {
  #slots = new Int32Array(MIN_SLOTS * WORDS_PER_SLOT);
  #taken = 0;

  clear(): void {
    if (this.#taken === 0) return;
    this.#slots.fill(0);
    this.#taken = 0;
  }

  /** 0 where the connection is not there. */
  get(local: number, remote: number, ports: number): number {
    const slots = this.#slots;
    return slots[findSlot(slots, local, remote, ports) + 3] ?? 0;
  }

  set(local: number, remote: number, ports: number, value: number): void {
    const slots = this.#slots;
    const slot = findSlot(slots, local, remote, ports);
    if (slots[slot + 3] === 0) this.#taken += 1;
    slots[slot] = local;
    slots[slot + 1] = remote;
    slots[slot + 2] = ports;
    slots[slot + 3] = value;
    if (this.#taken * WORDS_PER_SLOT > slots.length * MAX_LOAD) this.#grow();
  }

  #grow(): void {
    const slots = this.#slots;
    const grown = new Int32Array(slots.length * 4);
    for (let slot = 0; slot < slots.length; slot += WORDS_PER_SLOT) {
      if (slots[slot + 3] === 0) continue;
      const place = findSlot(grown, slots[slot] ?? 0, slots[slot + 1] ?? 0, slots[slot + 2] ?? 0);
      for (let word = 0; word < WORDS_PER_SLOT; word += 1) grown[place + word] = slots[slot + word] ?? 0;
    }
    this.#slots = grown;
  }
}

/** The connection's slot, or the free one where it belongs. */
function findSlot(slots: Int32Array, local: number, remote: number, ports: number): number {
  const mask = slots.length - 1;
  let hash = Math.imul(local, 0x85ebca6b) ^ Math.imul(remote, 0xc2b2ae35) ^ Math.imul(ports, 0x9e3779b1);
  hash = Math.imul(hash ^ (hash >>> 15), 0x2c1b3c6d);
  let slot = ((hash ^ (hash >>> 13)) << 2) & mask;
  while (slots[slot + 3] !== 0 && (slots[slot + 2] !== ports || slots[slot + 1] !== remote || slots[slot] !== local)) {
    slot = (slot + WORDS_PER_SLOT) & mask;
  }
  return slot;
}
