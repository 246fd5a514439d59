import { IPV4_ROW, IPV6_ROW, openTcpTable, type TcpTable } from '../../../electron/adapters/windows/evidence/tcp/tcp-table.js';

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
}

/** What Windows leaves in the upper half of a port: anything. */
const RUBBISH = 0xbeef;

/** The bytes of a `MIB_TCPTABLE_OWNER_PID`. */
export function ipv4Words(rows: readonly Row[]): Int32Array {
  const bytes = Buffer.alloc(4 + rows.length * 24);
  bytes.writeUInt32LE(rows.length, 0);
  rows.forEach((row, index) => {
    const at = 4 + index * 24;
    bytes.writeUInt32LE(STATES[row.state], at);
    ipv4Bytes(row.local[0]).copy(bytes, at + 4);
    writePort(bytes, row.local[1], at + 8);
    ipv4Bytes(row.remote[0]).copy(bytes, at + 12);
    writePort(bytes, row.remote[1], at + 16);
    bytes.writeUInt32LE(row.owner, at + 20);
  });
  return toWords(bytes);
}

/** The bytes of a `MIB_TCP6TABLE_OWNER_PID`. */
function ipv6Words(rows: readonly Row[]): Int32Array {
  const bytes = Buffer.alloc(4 + rows.length * 56);
  bytes.writeUInt32LE(rows.length, 0);
  rows.forEach((row, index) => {
    const at = 4 + index * 56;
    ipv6Bytes(row.local[0]).copy(bytes, at);
    bytes.writeUInt32BE(7, at + 16);
    writePort(bytes, row.local[1], at + 20);
    ipv6Bytes(row.remote[0]).copy(bytes, at + 24);
    bytes.writeUInt32BE(9, at + 40);
    writePort(bytes, row.remote[1], at + 44);
    bytes.writeUInt32LE(STATES[row.state], at + 48);
    bytes.writeUInt32LE(row.owner, at + 52);
  });
  return toWords(bytes);
}

/** Both tables, as a reading gives them; a row goes where its addresses belong. */
export function tablesOf(rows: readonly Row[]): readonly TcpTable[] {
  const isIpv6 = (row: Row) => row.local[0].includes(':');
  return [openTcpTable(ipv4Words(rows.filter((row) => !isIpv6(row))), IPV4_ROW), openTcpTable(ipv6Words(rows.filter(isIpv6)), IPV6_ROW)];
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
