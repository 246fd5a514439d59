import { MAX_SHOWN_ENDS, type RemoteEnd } from '../../../../contract/sessions.js';
import { formatAddress } from './addresses.js';
import { addressAt } from './row-addresses.js';
import { portOf, type TcpTable } from './tcp-table.js';

/** One row of a table. */
export interface PlacedRow {
  readonly table: TcpTable;
  readonly row: number;
}

/** The far end of the connection in a row. */
export function remoteEndAt({ words, layout }: TcpTable, row: number): RemoteEnd {
  return {
    address: formatAddress(addressAt(words, row + layout.remoteAddress, layout.isIpv6)),
    port: portOf(words[row + layout.remotePort] ?? 0),
    localPort: portOf(words[row + layout.localPort] ?? 0),
  };
}

/** The far ends of connections: by address as a number (IPv4 first), then by ports; each once, at most `MAX_SHOWN_ENDS`. */
export function listEnds(rows: readonly PlacedRow[]): readonly RemoteEnd[] {
  const sorted = rows
    .map(({ table, row }) => ({ table, row, key: keyAt(table, row) }))
    .sort((one, other) => compareKeys(one.key, other.key));
  const distinct = sorted.filter(({ key }, index) => index === 0 || compareKeys(key, sorted[index - 1]?.key ?? []) !== 0);
  return distinct.slice(0, MAX_SHOWN_ENDS).map(({ table, row }) => remoteEndAt(table, row));
}

function keyAt({ words, layout }: TcpTable, row: number): readonly number[] {
  const address = addressAt(words, row + layout.remoteAddress, layout.isIpv6).map(inHostOrder);
  return [...address, portOf(words[row + layout.remotePort] ?? 0), portOf(words[row + layout.localPort] ?? 0)];
}

/** The number that four bytes in network order stand for. */
function inHostOrder(word: number): number {
  return (((word & 0xff) << 24) | ((word & 0xff00) << 8) | ((word >>> 8) & 0xff00) | (word >>> 24)) >>> 0;
}

function compareKeys(one: readonly number[], other: readonly number[]): number {
  const at = one.findIndex((part, index) => part !== other[index]);
  return at === -1 ? 0 : (one[at] ?? 0) - (other[at] ?? 0);
}
