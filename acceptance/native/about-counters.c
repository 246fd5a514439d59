/* Performance counters, past the product's own reader. */
#include "machine-witness.h"

#include <pdh.h>

/* One collection: what the kit looks at needs no second one. */
void counter_json(const WCHAR *path)
{
    PDH_HQUERY query;
    PDH_HCOUNTER counter;
    PDH_FMT_COUNTERVALUE value = { 0 };
    DWORD error = (DWORD)PdhOpenQueryW(NULL, 0, &query);
    if (!error) {
        error = (DWORD)PdhAddEnglishCounterW(query, path, 0, &counter);
        if (!error) error = (DWORD)PdhCollectQueryData(query);
        if (!error) error = (DWORD)PdhGetFormattedCounterValue(counter, PDH_FMT_LARGE | PDH_FMT_NOSCALE, NULL, &value);
        PdhCloseQuery(query);
    }
    if (error) fail("PdhAddEnglishCounterW", error);
    else printf("{\"ok\":true,\"value\":%lld}", value.largeValue);
}
