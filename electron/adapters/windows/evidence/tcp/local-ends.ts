import type { ClaimedRows } from './claimed-rows.js';
import { ConnectionMap } from './connection-map.js';
import type { ListenerOwners } from './listener-owners.js';
import { foldAddress } from './row-addresses.js';
import { portOf, portPair, type TcpTable } from './tcp-table.js';

/**
 * Who is at the far end of a connection that never leaves the computer: the row which has the two ends the other way round
 * names the process there.
 */
export class LocalEnds {
  readonly #listeners: ListenerOwners;
  /** Connections from each of their ends, with the process that owns this end. */
  readonly #owners = new ConnectionMap();

  constructor(listeners: ListenerOwners) {
    this.#listeners = listeners;
  }

  clear(): void {
    this.#owners.clear();
  }

  note({ words, layout }: TcpTable, { localRows, localCount }: ClaimedRows): void {
    const { isIpv6, owner, localAddress, localPort, remoteAddress, remotePort } = layout;
    for (let index = 0; index < localCount; index += 1) {
      const row = localRows[index] ?? 0;
      const named = words[row + owner] ?? 0;
      if (named === 0) continue;
      const ports = portPair(words[row + localPort] ?? 0, words[row + remotePort] ?? 0);
      const local = foldAddress(words, row + localAddress, isIpv6);
      this.#owners.set(local, foldAddress(words, row + remoteAddress, isIpv6), ports, named);
    }
  }

  /** The far end's process; where its row names none, the one that listens on its port; 0 if none is known. */
  farOwner({ words, layout }: TcpTable, row: number, local: number, remote: number): number {
    const farPort = words[row + layout.remotePort] ?? 0;
    const named = this.#owners.get(remote, local, portPair(farPort, words[row + layout.localPort] ?? 0));
    return named === 0 ? this.#listeners.ownerOf(portOf(farPort)) : named;
  }
}
