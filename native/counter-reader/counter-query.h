/*
 * The counters of one query, opened when they are first asked for. pdh.dll is loaded from Windows' own folder by its full
 * path: it is none of the libraries that Windows always takes from there.
 */
#include "counter-names.h"
#include <pdh.h>
#include <pdhmsg.h>

#define MAX_PATHS 256
#define MAX_PATH_LENGTH 1024
#define MAX_COUNTERS 64

/* A value, or the status that stands in its place (not 0). */
typedef struct { DWORD status; LONGLONG value; } Answer;

/* A path that was asked for, with its counters: one, or several for a pattern. `refused` says why it has none. */
typedef struct { WCHAR path[MAX_PATH_LENGTH]; DWORD refused, count; PDH_HCOUNTER counters[MAX_COUNTERS]; } Entry;

static struct {
    PDH_STATUS (WINAPI *OpenQuery)(LPCWSTR source, DWORD_PTR user, PDH_HQUERY *query);
    PDH_STATUS (WINAPI *AddEnglishCounter)(PDH_HQUERY query, LPCWSTR path, DWORD_PTR user, PDH_HCOUNTER *counter);
    PDH_STATUS (WINAPI *CollectQueryData)(PDH_HQUERY query);
    PDH_STATUS (WINAPI *GetFormattedCounterValue)(PDH_HCOUNTER counter, DWORD format, LPDWORD type, PPDH_FMT_COUNTERVALUE value);
    PDH_STATUS (WINAPI *CloseQuery)(PDH_HQUERY query);
} pdh;

static PDH_HQUERY query;
static Entry entries[MAX_PATHS];
static DWORD entry_count;

static DWORD load_pdh(void)
{
    WCHAR path[MAX_PATH + 16];
    UINT length = GetSystemDirectoryW(path, MAX_PATH);
    if (!length) return GetLastError();
    wcscpy(path + length, L"\\pdh.dll");
    HMODULE library = LoadLibraryExW(path, NULL, LOAD_WITH_ALTERED_SEARCH_PATH);
    if (!library) return GetLastError();
    pdh.OpenQuery = (void *)GetProcAddress(library, "PdhOpenQueryW");
    pdh.AddEnglishCounter = (void *)GetProcAddress(library, "PdhAddEnglishCounterW");
    pdh.CollectQueryData = (void *)GetProcAddress(library, "PdhCollectQueryData");
    pdh.GetFormattedCounterValue = (void *)GetProcAddress(library, "PdhGetFormattedCounterValue");
    pdh.CloseQuery = (void *)GetProcAddress(library, "PdhCloseQuery");
    BOOL isWhole = pdh.OpenQuery && pdh.AddEnglishCounter && pdh.CollectQueryData && pdh.GetFormattedCounterValue && pdh.CloseQuery;
    return isWhole ? 0 : ERROR_PROC_NOT_FOUND;
}

/* Opens the query unless it is open. */
static DWORD open_query(void)
{
    DWORD failed = pdh.OpenQuery ? 0 : load_pdh();
    if (failed || query) return failed;
    return (DWORD)pdh.OpenQuery(NULL, 0, &query);
}

/* ---- adding ---- */

static BOOL is_missing(DWORD status)
{
    return status == (DWORD)PDH_CSTATUS_NO_OBJECT || status == (DWORD)PDH_CSTATUS_NO_COUNTER || status == (DWORD)PDH_CSTATUS_NO_INSTANCE;
}

static DWORD add_counter(Entry *entry, const WCHAR *path)
{
    PDH_HCOUNTER counter;
    if (entry->count == MAX_COUNTERS) return ERROR_BUFFER_OVERFLOW;
    DWORD status = (DWORD)pdh.AddEnglishCounter(query, path, 0, &counter);
    if (!status) entry->counters[entry->count++] = counter;
    return status;
}

/* The object's counter, or the total of its instances. Missing is no failure: most pairs of the names do not belong together. */
static DWORD add_pair(void *context, const WCHAR *object, const WCHAR *counter)
{
    WCHAR path[MAX_PATH_LENGTH];
    if (_snwprintf(path, MAX_PATH_LENGTH, L"\\%ls\\%ls", object, counter) < 0) return ERROR_BUFFER_OVERFLOW;
    DWORD status = add_counter(context, path);
    if (status == (DWORD)PDH_CSTATUS_NO_INSTANCE) {
        if (_snwprintf(path, MAX_PATH_LENGTH, L"\\%ls(_Total)\\%ls", object, counter) < 0) return ERROR_BUFFER_OVERFLOW;
        status = add_counter(context, path);
    }
    return is_missing(status) ? 0 : status;
}

static void add_entry(Entry *entry)
{
    Pattern pattern;
    if (!parse_pattern(entry->path, &pattern)) {
        entry->refused = add_counter(entry, entry->path);
        return;
    }
    entry->refused = for_each_pair(&pattern, add_pair, entry);
    if (!entry->refused && !entry->count) entry->refused = (DWORD)PDH_CSTATUS_NO_COUNTER;
}

/* The path's entry, added when it is asked for the first time; null when there are too many. */
static Entry *entry_for(const WCHAR *path)
{
    for (DWORD i = 0; i < entry_count; i++)
        if (!wcscmp(entries[i].path, path)) return &entries[i];
    if (entry_count == MAX_PATHS) return NULL;
    Entry *entry = &entries[entry_count++];
    wcscpy(entry->path, path);
    add_entry(entry);
    return entry;
}

/* ---- reading ---- */

static Answer value_of(PDH_HCOUNTER counter)
{
    PDH_FMT_COUNTERVALUE value = { 0 };
    /* Without NOSCALE Windows multiplies by the counter's display scale. */
    DWORD status = (DWORD)pdh.GetFormattedCounterValue(counter, PDH_FMT_LARGE | PDH_FMT_NOSCALE, NULL, &value);
    BOOL isValid = value.CStatus == PDH_CSTATUS_VALID_DATA || value.CStatus == PDH_CSTATUS_NEW_DATA;
    return (Answer){ isValid ? status : value.CStatus, value.largeValue };
}

/* The sum of an entry's counters. One that cannot be read, or is negative, is the answer for all: a sum would hide it. */
static Answer sum_of(const Entry *entry)
{
    Answer sum = { 0, 0 };
    for (DWORD i = 0; !sum.status && i < entry->count; i++) {
        Answer one = value_of(entry->counters[i]);
        if (one.status || one.value < 0) return one;
        sum.value = one.value > MAXLONGLONG - sum.value ? MAXLONGLONG : sum.value + one.value;
    }
    return sum;
}

/* Reads all counters in one collection. A collection that failed leaves the values of the one before, so none is read then. */
static void read_counters(WCHAR (*paths)[MAX_PATH_LENGTH], DWORD count, Answer *answers)
{
    DWORD failed = open_query();
    const Entry *asked[MAX_PATHS];
    for (DWORD i = 0; i < count && !failed; i++) {
        asked[i] = entry_for(paths[i]);
        if (!asked[i]) failed = ERROR_BUFFER_OVERFLOW;
    }
    DWORD collected = failed ? failed : (DWORD)pdh.CollectQueryData(query);
    for (DWORD i = 0; i < count; i++) {
        DWORD refused = failed ? failed : asked[i]->refused;
        DWORD unread = refused ? refused : collected;
        answers[i] = unread ? (Answer){ unread, 0 } : sum_of(asked[i]);
    }
}

static void close_counters(void)
{
    if (query) pdh.CloseQuery(query);
}
