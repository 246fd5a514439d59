import { callAsync, loadKoffi, type NativeFunction } from '../../koffi/load-koffi.js';
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
  let declaring: Promise<NativeFunction> | undefined;
  const sizes = { ipv4: { words: firstWords }, ipv6: { words: firstWords } };
  return async () => {
    declaring ??= declareTableFunction('GetExtendedTcpTable');
    const getExtendedTcpTable = await declaring;
    return Promise.all([
      readTable(getExtendedTcpTable, AF_INET, IPV4_ROW, sizes.ipv4),
      readTable(getExtendedTcpTable, AF_INET6, IPV6_ROW, sizes.ipv6),
    ]);
  };
}

/**
 * The function of iphlpapi.dll that fills tables of TCP or of UDP; both take the same parameters.
 * @throws ProblemError native-library-missing
 */
export async function declareTableFunction(name: 'GetExtendedTcpTable' | 'GetExtendedUdpTable'): Promise<NativeFunction> {
  const koffi = await loadKoffi();
  return koffi
    .load('iphlpapi.dll')
    .func(`uint32_t __stdcall ${name}(void *table, void *size, int order, uint32_t family, int tableClass, uint32_t reserved)`);
}

async function readTable(getExtendedTcpTable: NativeFunction, family: number, layout: RowLayout, size: TableSize): Promise<TcpTable> {
  const words = await readNativeTable(
    'GetExtendedTcpTable',
    (table, bytes) => callAsync<number>(getExtendedTcpTable, table, bytes, 0, family, TCP_TABLE_OWNER_PID_ALL, 0),
    size,
  );
  return openTcpTable(words, layout);
}
