import { MAX_SHOWN_ENDS, type RemoteEnd } from '../../../../contract/sessions.js';
import { formatAddress, MAPPED_PREFIX } from './addresses.js';
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
  const sorted = [...rows].sort(compareRows);
  const distinct = sorted.filter((row, index) => {
    const before = sorted[index - 1];
    return before === undefined || compareRows(before, row) !== 0;
  });
  return distinct.slice(0, MAX_SHOWN_ENDS).map(({ table, row }) => remoteEndAt(table, row));
}

/** By address as a number (IPv4 first), then by ports. */
export function compareRows({ table: one, row: oneRow }: PlacedRow, { table: other, row: otherRow }: PlacedRow): number {
  const oneAt = oneRow + one.layout.remoteAddress;
  const otherAt = otherRow + other.layout.remoteAddress;
  for (let part = 0; part < ADDRESS_WORDS; part += 1) {
    const order = addressPart(one, oneAt, part) - addressPart(other, otherAt, part);
    if (order !== 0) return order;
  }
  const byPort = portAt(one, oneRow + one.layout.remotePort) - portAt(other, otherRow + other.layout.remotePort);
  return byPort === 0 ? portAt(one, oneRow + one.layout.localPort) - portAt(other, otherRow + other.layout.localPort) : byPort;
}

const ADDRESS_WORDS = 4;
const MAPPED_WORD = 2;

/** One word of an address as a number; of an IPv4 address as `addressAt` gives it. */
function addressPart({ words, layout }: TcpTable, at: number, part: number): number {
  if (layout.isIpv6) return inHostOrder(words[at + part] ?? 0);
  return part < MAPPED_WORD ? 0 : inHostOrder(part === MAPPED_WORD ? MAPPED_PREFIX : (words[at] ?? 0));
}

function portAt({ words }: TcpTable, at: number): number {
  return portOf(words[at] ?? 0);
}

/** The number that four bytes in network order stand for. */
function inHostOrder(word: number): number {
  return (((word & 0xff) << 24) | ((word & 0xff00) << 8) | ((word >>> 8) & 0xff00) | (word >>> 24)) >>> 0;
}
