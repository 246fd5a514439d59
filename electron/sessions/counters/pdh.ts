import { callAsync, loadKoffi } from '../../service-control/win32/load-koffi.js';
import type { PdhLibrary } from './pdh-library.js';

const PDH_FMT_LARGE = 0x0400;
/** Without it Windows multiplies by the counter's display scale. */
const PDH_FMT_NOSCALE = 0x1000;

/** `PDH_FMT_COUNTERVALUE` (pdh.h): the status, and behind padding the value. */
const COUNTER_VALUE = { bytes: 16, statusAt: 0, valueAt: 8 } as const;
const HANDLE_BYTES = 8;

/**
 * pdh.dll. Counters are asked by their English names, because names are translated with Windows. Instantaneous values
 * need one sample only.
 * @throws ProblemError native-library-missing
 */
export async function loadPdh(): Promise<PdhLibrary> {
  const koffi = await loadKoffi();
  const pdh = koffi.load('pdh.dll');
  const pdhOpenQuery = pdh.func('uint32_t __stdcall PdhOpenQueryW(void *source, uintptr_t user, void *query)');
  const pdhAddEnglishCounter = pdh.func('uint32_t __stdcall PdhAddEnglishCounterW(uintptr_t query, str16 path, uintptr_t user, void *counter)');
  const pdhCollectQueryData = pdh.func('uint32_t __stdcall PdhCollectQueryData(uintptr_t query)');
  const pdhGetFormattedCounterValue = pdh.func('uint32_t __stdcall PdhGetFormattedCounterValue(uintptr_t counter, uint32_t format, void *type, void *value)');
  const pdhCloseQuery = pdh.func('uint32_t __stdcall PdhCloseQuery(uintptr_t query)');

  return {
    openQuery() {
      const handle = Buffer.alloc(HANDLE_BYTES);
      const status = pdhOpenQuery(null, 0, handle) as number;
      return { status, query: handle.readBigUInt64LE() };
    },
    async addEnglishCounter(query, path) {
      const handle = Buffer.alloc(HANDLE_BYTES);
      const status = await callAsync<number>(pdhAddEnglishCounter, query, path, 0, handle);
      return { status, counter: handle.readBigUInt64LE() };
    },
    collect: (query) => callAsync<number>(pdhCollectQueryData, query),
    formatValue(counter) {
      const value = Buffer.alloc(COUNTER_VALUE.bytes);
      const status = pdhGetFormattedCounterValue(counter, PDH_FMT_LARGE | PDH_FMT_NOSCALE, null, value) as number;
      return { status, counterStatus: value.readUInt32LE(COUNTER_VALUE.statusAt), value: value.readBigInt64LE(COUNTER_VALUE.valueAt) };
    },
    closeQuery(query) {
      pdhCloseQuery(query);
    },
  };
}
