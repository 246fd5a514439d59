import { portOf } from '../tcp/tcp-table.js';

/** Where the fields of a row stand, in 32-bit words from the row's start. */
export interface UdpRowLayout {
  readonly rowWords: number;
  readonly localPort: number;
  readonly owner: number;
}

/** `MIB_UDPROW_OWNER_PID` (udpmib.h): address, port, process id. */
export const IPV4_UDP_ROW: UdpRowLayout = { rowWords: 3, localPort: 1, owner: 2 };

/** `MIB_UDP6ROW_OWNER_PID` (udpmib.h): address of 16 bytes, scope id, port, process id. */
export const IPV6_UDP_ROW: UdpRowLayout = { rowWords: 7, localPort: 5, owner: 6 };

/** Words before the first row: the number of rows. */
const HEADER_WORDS = 1;

/** One table as `GetExtendedUdpTable` wrote it, checked to hold the rows it claims. */
export interface UdpTable {
  readonly words: Int32Array;
  readonly rowCount: number;
  readonly layout: UdpRowLayout;
}

/** Reads the computer's UDP tables. Rejects when one of them cannot be read. */
export type ReadUdpTables = () => Promise<readonly UdpTable[]>;

/**
 * Takes a table as Windows wrote it, without copying.
 * @throws RangeError when it is shorter than the number of rows at its beginning needs
 */
export function openUdpTable(words: Int32Array, layout: UdpRowLayout): UdpTable {
  const rowCount = words[0] ?? -1;
  if (rowCount < 0 || HEADER_WORDS + rowCount * layout.rowWords > words.length) {
    throw new RangeError(`UDP table cut off: ${rowCount} rows in ${words.length * 4} bytes`);
  }
  return { words, rowCount, layout };
}

/** Calls back for every endpoint with the process that bound it, as the table has it (0: none given), and its port. */
export function forEachEndpoint({ words, rowCount, layout }: UdpTable, use: (owner: number, port: number) => void): void {
  const end = HEADER_WORDS + rowCount * layout.rowWords;
  for (let row = HEADER_WORDS; row < end; row += layout.rowWords) {
    use(words[row + layout.owner] ?? 0, portOf(words[row + layout.localPort] ?? 0));
  }
}
