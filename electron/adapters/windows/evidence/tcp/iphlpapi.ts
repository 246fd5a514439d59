import { declareFunctions, DWORD, LONG, POINTER, type Signature } from '../../koffi/declare-functions.js';
import { callAsync, type NativeFunction } from '../../koffi/load-koffi.js';
import { readSystemFolder } from '../../koffi/system-folder.js';
import { readNativeTable, type TableSize } from './native-table.js';
import {
  DATED_IPV4_ROW,
  DATED_IPV6_ROW,
  IPV4_ROW,
  IPV6_ROW,
  openTcpTable,
  type DatedRowLayout,
  type ReadTcpTables,
  type RowLayout,
  type TcpTable,
} from './tcp-table.js';

/** A class of table (`TCP_TABLE_CLASS`, iprtrmib.h), and how its rows look. */
interface TableClass<Layout extends RowLayout> {
  readonly number: number;
  readonly ipv4: Layout;
  readonly ipv6: Layout;
}

/** `TCP_TABLE_OWNER_PID_ALL`: listeners and connections, with their owners. */
const WITH_OWNERS: TableClass<RowLayout> = { number: 5, ipv4: IPV4_ROW, ipv6: IPV6_ROW };
/** `TCP_TABLE_OWNER_MODULE_ALL`: also when each began. Its rows are four to seven times as long, so it is read on request only. */
const WITH_TIMES: TableClass<DatedRowLayout> = { number: 8, ipv4: DATED_IPV4_ROW, ipv6: DATED_IPV6_ROW };

export const AF_INET = 2;
export const AF_INET6 = 23;

/**
 * The TCP tables of IPv4 and IPv6, by `GetExtendedTcpTable` (iphlpapi.dll), loaded at the first reading.
 * @param firstWords size of the first buffers, in 32-bit words; they grow with the tables
 */
export function createTcpTableReader(firstWords = 4_096): ReadTcpTables {
  return createReader(WITH_OWNERS, firstWords);
}

/** The same tables, with the time at which each connection began. */
export function createDatedTcpTableReader(firstWords = 4_096): ReadTcpTables<DatedRowLayout> {
  return createReader(WITH_TIMES, firstWords);
}

function createReader<Layout extends RowLayout>(kind: TableClass<Layout>, firstWords: number): ReadTcpTables<Layout> {
  let declaring: Promise<TableFunctions> | undefined;
  const sizes = { ipv4: { words: firstWords }, ipv6: { words: firstWords } };
  return async () => {
    declaring ??= loadTableFunctions();
    const { GetExtendedTcpTable } = await declaring;
    return Promise.all([
      readTable(GetExtendedTcpTable, AF_INET, { kind: kind.number, layout: kind.ipv4, size: sizes.ipv4 }),
      readTable(GetExtendedTcpTable, AF_INET6, { kind: kind.number, layout: kind.ipv6, size: sizes.ipv6 }),
    ]);
  };
}

/** Both fill a table, of TCP or of UDP, and take the same parameters. */
interface TableFunctions {
  readonly GetExtendedTcpTable: NativeFunction;
  readonly GetExtendedUdpTable: NativeFunction;
}

const SIGNATURES: Readonly<Record<keyof TableFunctions, Signature>> = {
  GetExtendedTcpTable: ['iphlpapi.dll', DWORD, POINTER, POINTER, LONG, DWORD, LONG, DWORD],
  GetExtendedUdpTable: ['iphlpapi.dll', DWORD, POINTER, POINTER, LONG, DWORD, LONG, DWORD],
};

/** @throws ProblemError native-library-missing */
export async function loadTableFunctions(): Promise<TableFunctions> {
  return declareFunctions<TableFunctions>(SIGNATURES, await readSystemFolder());
}

async function readTable<Layout extends RowLayout>(
  getExtendedTcpTable: NativeFunction,
  family: number,
  { kind, layout, size }: { readonly kind: number; readonly layout: Layout; readonly size: TableSize },
): Promise<TcpTable<Layout>> {
  const words = await readNativeTable(
    'GetExtendedTcpTable',
    (table, bytes) => callAsync<number>(getExtendedTcpTable, table, bytes, 0, family, kind, 0),
    size,
  );
  return openTcpTable(words, layout);
}
