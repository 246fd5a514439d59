import type { TcpSource } from '../../../../ports/evidence-sources.js';
import { ConnectionCounter } from './connection-counter.js';
import type { ReadTcpTables } from './tcp-table.js';

/**
 * Counts sessions in the computer's TCP tables.
 * @param addressesToLeaveOut remote addresses that carry no sessions, such as the pool's other members
 * @throws ProblemError invalid-argument when one of the addresses is none
 */
export function createTcpSource(readTables: ReadTcpTables, addressesToLeaveOut: readonly string[]): TcpSource {
  const counter = new ConnectionCounter(addressesToLeaveOut);
  return {
    async count(watches, own, withEnds) {
      return counter.count(await readTables(), watches, own, withEnds);
    },
  };
}
