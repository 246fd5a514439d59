import {
  DATED_IPV4_ROW,
  DATED_IPV6_ROW,
  IPV4_ROW,
  IPV6_ROW,
  openTcpTable,
  type DatedTcpTable,
  type TcpTable,
} from '../../../electron/adapters/windows/evidence/tcp/tcp-table.js';

/** `MIB_TCP_STATE` (tcpmib.h). */
export const STATES = {
  closed: 1,
  listen: 2,
  'syn-sent': 3,
  'syn-received': 4,
  established: 5,
  'fin-wait-1': 6,
  'fin-wait-2': 7,
  'close-wait': 8,
  closing: 9,
  'last-ack': 10,
  'time-wait': 11,
  'delete-tcb': 12,
} as const;
export type State = keyof typeof STATES;

/** A row as a person would write it down. Addresses of one row are of one kind. */
export interface Row {
  readonly state: State;
  readonly local: readonly [address: string, port: number];
  readonly remote: readonly [address: string, port: number];
  readonly owner: number;
  /** When it began, UTC; left out: Windows does not say. In tables with times only. */
  readonly createdAt?: string;
}

/** What Windows leaves in the upper half of a port: anything. */
const RUBBISH = 0xbeef;

/** Sizes of a table in bytes: `MIB_TCPTABLE_OWNER_PID`, or `MIB_TCPTABLE_OWNER_MODULE` with times. */
const PLAIN = { header: 4, ipv4: 24, ipv6: 56, areDated: false } as const;
const DATED = { header: 8, ipv4: 160, ipv6: 192, areDated: true } as const;
type Sizes = typeof PLAIN | typeof DATED;

/** The bytes of a table of IPv4. */
export function ipv4Words(rows: readonly Row[], sizes: Sizes = PLAIN): Int32Array {
  const bytes = Buffer.alloc(sizes.header + rows.length * sizes.ipv4);
  bytes.writeUInt32LE(rows.length, 0);
  rows.forEach((row, index) => {
    const at = sizes.header + index * sizes.ipv4;
    bytes.writeUInt32LE(STATES[row.state], at);
    ipv4Bytes(row.local[0]).copy(bytes, at + 4);
    writePort(bytes, row.local[1], at + 8);
    ipv4Bytes(row.remote[0]).copy(bytes, at + 12);
    writePort(bytes, row.remote[1], at + 16);
    bytes.writeUInt32LE(row.owner, at + 20);
    if (sizes.areDated) writeRest(bytes, row, at + 24);
  });
  return toWords(bytes);
}

/** The bytes of a table of IPv6. */
function ipv6Words(rows: readonly Row[], sizes: Sizes = PLAIN): Int32Array {
  const bytes = Buffer.alloc(sizes.header + rows.length * sizes.ipv6);
  bytes.writeUInt32LE(rows.length, 0);
  rows.forEach((row, index) => {
    const at = sizes.header + index * sizes.ipv6;
    ipv6Bytes(row.local[0]).copy(bytes, at);
    bytes.writeUInt32BE(7, at + 16);
    writePort(bytes, row.local[1], at + 20);
    ipv6Bytes(row.remote[0]).copy(bytes, at + 24);
    bytes.writeUInt32BE(9, at + 40);
    writePort(bytes, row.remote[1], at + 44);
    bytes.writeUInt32LE(STATES[row.state], at + 48);
    bytes.writeUInt32LE(row.owner, at + 52);
    if (sizes.areDated) writeRest(bytes, row, at + 56);
  });
  return toWords(bytes);
}

/** A FILETIME counts 100 ns from 1601 on. */
const FILETIME_EPOCH_MS = 11_644_473_600_000n;

/** `liCreateTimestamp`, and 16 numbers of a module that nobody reads. */
function writeRest(bytes: Buffer, { createdAt }: Row, at: number): void {
  bytes.writeBigUInt64LE(createdAt === undefined ? 0n : (BigInt(Date.parse(createdAt)) + FILETIME_EPOCH_MS) * 10_000n, at);
  bytes.fill(0xab, at + 8, at + 8 + 16 * 8);
}

/** Both tables, as a reading gives them; a row goes where its addresses belong. */
export function tablesOf(rows: readonly Row[]): readonly TcpTable[] {
  const isIpv6 = (row: Row) => row.local[0].includes(':');
  return [openTcpTable(ipv4Words(rows.filter((row) => !isIpv6(row))), IPV4_ROW), openTcpTable(ipv6Words(rows.filter(isIpv6)), IPV6_ROW)];
}

/** The same with times. */
export function datedTablesOf(rows: readonly Row[]): readonly DatedTcpTable[] {
  const isIpv6 = (row: Row) => row.local[0].includes(':');
  return [
    openTcpTable(
      ipv4Words(
        rows.filter((row) => !isIpv6(row)),
        DATED,
      ),
      DATED_IPV4_ROW,
    ),
    openTcpTable(ipv6Words(rows.filter(isIpv6), DATED), DATED_IPV6_ROW),
  ];
}

function toWords(bytes: Buffer): Int32Array {
  const words = new Int32Array(bytes.length / 4);
  bytes.copy(new Uint8Array(words.buffer));
  return words;
}

function writePort(bytes: Buffer, port: number, at: number): void {
  bytes.writeUInt16BE(port, at);
  bytes.writeUInt16LE(RUBBISH, at + 2);
}

function ipv4Bytes(address: string): Buffer {
  return Buffer.from(address.split('.').map(Number));
}

function ipv6Bytes(address: string): Buffer {
  const mapped = /^::ffff:(\d+\..*)$/.exec(address);
  if (mapped?.[1] !== undefined) return Buffer.concat([Buffer.alloc(10), Buffer.from([0xff, 0xff]), ipv4Bytes(mapped[1])]);
  const [head = '', tail = ''] = address.split('::');
  const groups = (text: string) => (text === '' ? [] : text.split(':').map((group) => Number.parseInt(group, 16)));
  const before = groups(head);
  const after = groups(tail);
  const all = [...before, ...Array<number>(8 - before.length - after.length).fill(0), ...after];
  return Buffer.from(all.flatMap((group) => [group >> 8, group & 0xff]));
}
