/* The Application log, by the functions that every Windows has. */
#include "machine-witness.h"

#define READ_BYTES 65536
#define MAX_EVENTS 200

/* Number of an event as people know it: without severity and facility. */
#define EVENT_NUMBER 0xffff

void report_event(const WCHAR *source, const WCHAR *text)
{
    const WCHAR *inserts[] = { text };
    HANDLE log = RegisterEventSourceW(NULL, source);
    if (!log) {
        fail("RegisterEventSourceW", GetLastError());
        return;
    }
    answer(ReportEventW(log, EVENTLOG_INFORMATION_TYPE, 0, 1, NULL, 1, 0, inserts, NULL), "ReportEventW");
    DeregisterEventSource(log);
}

/* The sentence that Event Viewer shows: from the file that the registry names for this source. */
static void print_sentence(const WCHAR *source, const EVENTLOGRECORD *event)
{
    WCHAR key[512], file[MAX_PATH] = L"", text[2048] = L"";
    DWORD size = sizeof file - sizeof(WCHAR);
    DWORD_PTR inserts[32] = { 0 };
    const WCHAR *insert = (const WCHAR *)((const BYTE *)event + event->StringOffset);
    HKEY opened;
    for (WORD i = 0; i < event->NumStrings && i < 32; i++, insert += wcslen(insert) + 1) inserts[i] = (DWORD_PTR)insert;
    _snwprintf(key, 511, L"SYSTEM\\CurrentControlSet\\Services\\EventLog\\Application\\%ls", source);
    key[511] = 0;
    if (!RegOpenKeyExW(HKEY_LOCAL_MACHINE, key, 0, KEY_QUERY_VALUE, &opened)) {
        if (RegQueryValueExW(opened, L"EventMessageFile", NULL, NULL, (BYTE *)file, &size)) file[0] = 0;
        RegCloseKey(opened);
    }
    HMODULE messages = file[0] ? LoadLibraryExW(file, NULL, LOAD_LIBRARY_AS_DATAFILE) : NULL;
    if (messages) {
        FormatMessageW(FORMAT_MESSAGE_FROM_HMODULE | FORMAT_MESSAGE_ARGUMENT_ARRAY, messages, event->EventID, 0x409, text, 2047,
                       (va_list *)inserts);
        FreeLibrary(messages);
    }
    print_text(text);
}

static void print_event(const WCHAR *source, const EVENTLOGRECORD *event)
{
    const WCHAR *insert = (const WCHAR *)((const BYTE *)event + event->StringOffset);
    printf("{\"id\":%lu,\"level\":%u,\"at\":%lu,\"inserts\":[", event->EventID & EVENT_NUMBER, event->EventType, event->TimeGenerated);
    for (WORD i = 0; i < event->NumStrings; i++, insert += wcslen(insert) + 1) {
        if (i) putchar(',');
        print_text(insert);
    }
    printf("],\"sentence\":");
    print_sentence(source, event);
    putchar('}');
}

/* Backwards, because the log may be long and what is looked for is new. */
void events_json(const WCHAR *source)
{
    static BYTE buffer[READ_BYTES];
    DWORD read, needed, printed = 0;
    HANDLE log = OpenEventLogW(NULL, L"Application");
    if (!log) {
        fail("OpenEventLogW", GetLastError());
        return;
    }
    printf("{\"ok\":true,\"events\":[");
    while (printed < MAX_EVENTS &&
           ReadEventLogW(log, EVENTLOG_SEQUENTIAL_READ | EVENTLOG_BACKWARDS_READ, 0, buffer, sizeof buffer, &read, &needed)) {
        for (BYTE *at = buffer; at < buffer + read && printed < MAX_EVENTS; at += ((EVENTLOGRECORD *)at)->Length) {
            const EVENTLOGRECORD *event = (const EVENTLOGRECORD *)at;
            if (_wcsicmp((const WCHAR *)(event + 1), source)) continue;
            if (printed++) putchar(',');
            print_event(source, event);
        }
    }
    printf("]}");
    CloseEventLog(log);
}
