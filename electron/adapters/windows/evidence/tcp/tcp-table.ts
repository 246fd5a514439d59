/** Where the fields of a row stand, in 32-bit words from the row's start. */
export interface RowLayout {
  /** Words before the first row: the number of rows, and what aligns the first one. */
  readonly headerWords: number;
  readonly rowWords: number;
  readonly isIpv6: boolean;
  readonly state: number;
  readonly localAddress: number;
  readonly localPort: number;
  readonly remoteAddress: number;
  readonly remotePort: number;
  readonly owner: number;
}

/** A layout whose rows say when their connection began, in two words. */
export interface DatedRowLayout extends RowLayout {
  readonly created: number;
}

/** `MIB_TCPROW_OWNER_PID` (tcpmib.h). */
export const IPV4_ROW: RowLayout = {
  headerWords: 1,
  rowWords: 6,
  isIpv6: false,
  state: 0,
  localAddress: 1,
  localPort: 2,
  remoteAddress: 3,
  remotePort: 4,
  owner: 5,
};

/** `MIB_TCP6ROW_OWNER_PID` (tcpmib.h); the scope ids after each address are not used. */
export const IPV6_ROW: RowLayout = {
  headerWords: 1,
  rowWords: 14,
  isIpv6: true,
  localAddress: 0,
  localPort: 5,
  remoteAddress: 6,
  remotePort: 11,
  state: 12,
  owner: 13,
};

/**
 * `MIB_TCPROW_OWNER_MODULE` (tcpmib.h): the fields of `MIB_TCPROW_OWNER_PID`, `liCreateTimestamp`, and 16 numbers of 8 bytes. The
 * table aligns its rows to 8 bytes.
 */
export const DATED_IPV4_ROW: DatedRowLayout = { ...IPV4_ROW, headerWords: 2, rowWords: 40, created: 6 };

/** `MIB_TCP6ROW_OWNER_MODULE` (tcpmib.h), likewise. */
export const DATED_IPV6_ROW: DatedRowLayout = { ...IPV6_ROW, headerWords: 2, rowWords: 48, created: 14 };

/** `MIB_TCP_STATE_LISTEN` (tcpmib.h). */
export const LISTEN = 2;

/**
 * `MIB_TCP_STATE_ESTAB` (tcpmib.h): the one state that carries a session. Before it, no call is connected yet; after it,
 * one end has hung up (also in CLOSE_WAIT, where a service that forgets to close would keep a drain waiting for no call).
 */
export const ESTABLISHED = 5;

/** One table as `GetExtendedTcpTable` wrote it, checked to hold the rows it claims. */
export interface TcpTable<Layout extends RowLayout = RowLayout> {
  readonly words: Int32Array;
  readonly rowCount: number;
  readonly layout: Layout;
}

export type DatedTcpTable = TcpTable<DatedRowLayout>;

/** Reads the computer's TCP tables, each time into memory of their own. Rejects when one of them cannot be read. */
export type ReadTcpTables<Layout extends RowLayout = RowLayout> = () => Promise<readonly TcpTable<Layout>[]>;

/**
 * Takes a table as Windows wrote it, without copying.
 * @throws RangeError when it is shorter than the number of rows at its beginning needs
 */
export function openTcpTable<Layout extends RowLayout>(words: Int32Array, layout: Layout): TcpTable<Layout> {
  const rowCount = words[0] ?? -1;
  const needed = rowCount === 0 ? 1 : layout.headerWords + rowCount * layout.rowWords;
  if (rowCount < 0 || needed > words.length) throw new RangeError(`TCP table cut off: ${rowCount} rows in ${words.length * 4} bytes`);
  return { words, rowCount, layout };
}

/** Ports stand in network order in the lower 16 bits; Windows leaves the upper ones undefined. */
export function portOf(word: number): number {
  return ((word & 0xff) << 8) | ((word >>> 8) & 0xff);
}

/** A FILETIME counts 100 ns from 1601 on. */
const SECONDS_PER_FILETIME = 1e-7;
const FILETIME_EPOCH_SECONDS = 11_644_473_600;
const TWO_TO_32 = 4_294_967_296;

/** Seconds since 1970 of a FILETIME that stands in two words, the lower one first; below zero where there is none. */
export function secondsAt(words: Int32Array, at: number): number {
  return (((words[at + 1] ?? 0) >>> 0) * TWO_TO_32 + ((words[at] ?? 0) >>> 0)) * SECONDS_PER_FILETIME - FILETIME_EPOCH_SECONDS;
}

/** Both ports of a connection in one number, as they stand in a table: to compare connections by, not to be read. */
export function portPair(near: number, far: number): number {
  return (near << 16) | (far & 0xffff);
}

/** Whether a process listens on the port, at any address. */
export function isListening({ words, rowCount, layout }: TcpTable, port: number): boolean {
  for (let row = 0; row < rowCount; row += 1) {
    const at = layout.headerWords + row * layout.rowWords;
    if (words[at + layout.state] === LISTEN && portOf(words[at + layout.localPort] ?? 0) === port) return true;
  }
  return false;
}
