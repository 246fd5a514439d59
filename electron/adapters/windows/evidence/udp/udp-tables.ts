import { callAsync, type NativeFunction } from '../../koffi/load-koffi.js';
import { AF_INET, AF_INET6, loadTableFunctions } from '../tcp/iphlpapi.js';
import { readNativeTable, type TableSize } from '../tcp/native-table.js';
import { IPV4_UDP_ROW, IPV6_UDP_ROW, openUdpTable, type ReadUdpTables, type UdpRowLayout, type UdpTable } from './udp-table.js';

/** `UDP_TABLE_OWNER_PID` (iprtrmib.h). */
const UDP_TABLE_OWNER_PID = 1;

/**
 * The UDP tables of IPv4 and IPv6, by `GetExtendedUdpTable` (iphlpapi.dll), loaded at the first reading.
 * @param firstWords size of the first buffers, in 32-bit words; they grow with the tables
 */
export function createUdpTableReader(firstWords = 4_096): ReadUdpTables {
  let declaring: ReturnType<typeof loadTableFunctions> | undefined;
  const sizes = { ipv4: { words: firstWords }, ipv6: { words: firstWords } };
  return async () => {
    declaring ??= loadTableFunctions();
    const { GetExtendedUdpTable } = await declaring;
    return Promise.all([
      readTable(GetExtendedUdpTable, AF_INET, IPV4_UDP_ROW, sizes.ipv4),
      readTable(GetExtendedUdpTable, AF_INET6, IPV6_UDP_ROW, sizes.ipv6),
    ]);
  };
}

async function readTable(getExtendedUdpTable: NativeFunction, family: number, layout: UdpRowLayout, size: TableSize): Promise<UdpTable> {
  const words = await readNativeTable(
    'GetExtendedUdpTable',
    (table, bytes) => callAsync<number>(getExtendedUdpTable, table, bytes, 0, family, UDP_TABLE_OWNER_PID, 0),
    size,
  );
  return openUdpTable(words, layout);
}
