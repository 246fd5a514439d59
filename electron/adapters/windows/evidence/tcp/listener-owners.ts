import { LISTEN, portOf, type TcpTable } from './tcp-table.js';

const SEVERAL = -1;

/**
 * Which process listens on which port: the next best owner of a connection whose row names none. Windows names one in
 * nearly every row, so the tables are searched only on request.
 */
export class ListenerOwners {
  readonly #byPort = new Int32Array(65_536);
  /** Not yet looked through; null when they are. */
  #tables: readonly TcpTable[] | null = null;

  /** Turns to the tables of another reading. */
  turnTo(tables: readonly TcpTable[]): void {
    this.#tables = tables;
  }

  /** 0 if no process listens on the port, or more than one does. */
  ownerOf(port: number): number {
    if (this.#tables !== null) this.#survey(this.#tables);
    const owner = this.#byPort[port] ?? 0;
    return owner === SEVERAL ? 0 : owner;
  }

  #survey(tables: readonly TcpTable[]): void {
    this.#tables = null;
    this.#byPort.fill(0);
    for (const { words, rowCount, layout } of tables) {
      const { headerWords, rowWords, state, owner, localPort } = layout;
      const end = headerWords + rowCount * rowWords;
      for (let row = headerWords; row < end; row += rowWords) {
        const named = words[row + owner] ?? 0;
        if (words[row + state] === LISTEN && named !== 0) this.#note(portOf(words[row + localPort] ?? 0), named);
      }
    }
  }

  #note(port: number, owner: number): void {
    const noted = this.#byPort[port] ?? 0;
    this.#byPort[port] = noted === 0 || noted === owner ? owner : SEVERAL;
  }
}

/** False where this system names no owner in any row. */
export function namesOwners(tables: readonly TcpTable[]): boolean {
  return tables.some(({ words, rowCount, layout }) => {
    for (let row = 0; row < rowCount; row += 1) {
      if (words[layout.headerWords + row * layout.rowWords + layout.owner] !== 0) return true;
    }
    return false;
  });
}
