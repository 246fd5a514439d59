import type { ListenerOwners } from './listener-owners.js';
import type { OwnAddresses } from './own-addresses.js';
import type { PortClaims } from './port-claims.js';
import { ESTABLISHED, portOf, type TcpTable } from './tcp-table.js';

/** The established connections of one table that have to be looked at, found in one pass. Its memory is used again. */
export class ClaimedRows {
  /** Where each row begins that is in a cell which counts; valid up to `count`. */
  rows = new Int32Array(0);
  /** The cell of each of `rows`. */
  cells = new Int32Array(0);
  /** 1 for each of `rows` whose connection never leaves the computer. */
  isLocal = new Uint8Array(0);
  count = 0;
  /** Where each row begins whose connection never leaves the computer, whosever it is; valid up to `localCount`. */
  localRows = new Int32Array(0);
  localCount = 0;

  /** Looks through a table. @param own the computer's addresses: asked which connections stay on it, and given those of the table */
  find({ words, rowCount, layout }: TcpTable, claims: PortClaims, listeners: ListenerOwners, own: OwnAddresses): void {
    const { headerWords, rowWords, isIpv6, state, owner, localAddress, localPort, remoteAddress, remotePort } = layout;
    const { isClaimed } = claims;
    this.#makeRoom(rowCount);
    const { rows, cells, isLocal, localRows } = this;
    const end = headerWords + rowCount * rowWords;
    let count = 0;
    let localCount = 0;
    for (let row = headerWords; row < end; row += rowWords) {
      own.gather(words, row + localAddress, isIpv6);
      if (words[row + state] !== ESTABLISHED) continue;
      const staysHere = own.hasAt(words, row + remoteAddress, isIpv6);
      if (staysHere) {
        localRows[localCount] = row;
        localCount += 1;
      }
      const port = portOf(words[row + localPort] ?? 0);
      const named = words[row + owner] ?? 0;
      const cell = claims.cellAt(named === 0 ? listeners.ownerOf(port) : named, port, portOf(words[row + remotePort] ?? 0));
      if (isClaimed[cell] === 0) continue;
      rows[count] = row;
      cells[count] = cell;
      isLocal[count] = staysHere ? 1 : 0;
      count += 1;
    }
    this.count = count;
    this.localCount = localCount;
  }

  #makeRoom(rowCount: number): void {
    if (this.rows.length > rowCount) return;
    const room = rowCount * 2 + 1;
    this.rows = new Int32Array(room);
    this.cells = new Int32Array(room);
    this.isLocal = new Uint8Array(room);
    this.localRows = new Int32Array(room);
  }
}
