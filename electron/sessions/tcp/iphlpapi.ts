import { callAsync, loadKoffi, type NativeFunction } from '../../service-control/win32/load-koffi.js';
import { IPV4_ROW, IPV6_ROW, openTcpTable, type ReadTcpTables, type RowLayout, type TcpTable } from './tcp-table.js';

/** `TCP_TABLE_OWNER_PID_ALL` (iprtrmib.h): listeners and connections, with their owners. */
const TCP_TABLE_OWNER_PID_ALL = 5;
const AF_INET = 2;
const AF_INET6 = 23;

const NO_ERROR = 0;
const ERROR_NOT_SUPPORTED = 50;
const ERROR_INSUFFICIENT_BUFFER = 122;

const WORD_BYTES = 4;
/** Room beyond what Windows asks for, because connections come between two calls. */
const HEADROOM = 1.25;
/** A table that outgrows its buffer as often as this is not going to fit. */
const MAX_ATTEMPTS = 10;

/**
 * The TCP tables of IPv4 and IPv6, by `GetExtendedTcpTable` (iphlpapi.dll), loaded at the first reading.
 * @param firstWords size of the first buffers, in 32-bit words; they grow with the tables
 */
export function createTcpTableReader(firstWords = 4_096): ReadTcpTables {
  let declaring: Promise<NativeFunction> | undefined;
  const sizes = { ipv4: { words: firstWords }, ipv6: { words: firstWords } };
  return async () => {
    declaring ??= declareGetExtendedTcpTable();
    const getExtendedTcpTable = await declaring;
    return Promise.all([
      readTable(getExtendedTcpTable, AF_INET, IPV4_ROW, sizes.ipv4),
      readTable(getExtendedTcpTable, AF_INET6, IPV6_ROW, sizes.ipv6),
    ]);
  };
}

async function declareGetExtendedTcpTable(): Promise<NativeFunction> {
  const koffi = await loadKoffi();
  return koffi
    .load('iphlpapi.dll')
    .func('uint32_t __stdcall GetExtendedTcpTable(void *table, void *size, int order, uint32_t family, int tableClass, uint32_t reserved)');
}

/** @param size words to begin with; left at what was enough, for the next reading */
async function readTable(getExtendedTcpTable: NativeFunction, family: number, layout: RowLayout, size: { words: number }): Promise<TcpTable> {
  for (let attempt = 0; attempt < MAX_ATTEMPTS; attempt += 1) {
    const words = new Int32Array(size.words);
    const bytes = new Uint32Array([words.byteLength]);
    const status = await callAsync<number>(getExtendedTcpTable, words, bytes, 0, family, TCP_TABLE_OWNER_PID_ALL, 0);
    if (status === NO_ERROR) return openTcpTable(words, layout);
    // A Windows without this family has no connections of it.
    if (status === ERROR_NOT_SUPPORTED) return openTcpTable(new Int32Array(1), layout);
    if (status !== ERROR_INSUFFICIENT_BUFFER) throw new Error(`GetExtendedTcpTable: error ${status}`);
    const asked = Math.ceil((bytes[0] ?? 0) / WORD_BYTES);
    size.words = Math.ceil(Math.max(asked, words.length) * HEADROOM);
  }
  throw new Error('GetExtendedTcpTable: the table outgrew every buffer');
}
