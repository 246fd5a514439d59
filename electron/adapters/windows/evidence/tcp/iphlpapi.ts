import { declareFunctions, DWORD, LONG, POINTER, type Signature } from '../../koffi/declare-functions.js';
import { callAsync, type NativeFunction } from '../../koffi/load-koffi.js';
import { readNativeTable, type TableSize } from './native-table.js';
import { IPV4_ROW, IPV6_ROW, openTcpTable, type ReadTcpTables, type RowLayout, type TcpTable } from './tcp-table.js';

/** `TCP_TABLE_OWNER_PID_ALL` (iprtrmib.h): listeners and connections, with their owners. */
const TCP_TABLE_OWNER_PID_ALL = 5;
export const AF_INET = 2;
export const AF_INET6 = 23;

/**
 * The TCP tables of IPv4 and IPv6, by `GetExtendedTcpTable` (iphlpapi.dll), loaded at the first reading.
 * @param firstWords size of the first buffers, in 32-bit words; they grow with the tables
 */
export function createTcpTableReader(firstWords = 4_096): ReadTcpTables {
  let declaring: Promise<TableFunctions> | undefined;
  const sizes = { ipv4: { words: firstWords }, ipv6: { words: firstWords } };
  return async () => {
    declaring ??= loadTableFunctions();
    const { GetExtendedTcpTable } = await declaring;
    return Promise.all([
      readTable(GetExtendedTcpTable, AF_INET, IPV4_ROW, sizes.ipv4),
      readTable(GetExtendedTcpTable, AF_INET6, IPV6_ROW, sizes.ipv6),
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
export function loadTableFunctions(): Promise<TableFunctions> {
  return declareFunctions<TableFunctions>(SIGNATURES);
}

async function readTable(getExtendedTcpTable: NativeFunction, family: number, layout: RowLayout, size: TableSize): Promise<TcpTable> {
  const words = await readNativeTable(
    'GetExtendedTcpTable',
    (table, bytes) => callAsync<number>(getExtendedTcpTable, table, bytes, 0, family, TCP_TABLE_OWNER_PID_ALL, 0),
    size,
  );
  return openTcpTable(words, layout);
}
