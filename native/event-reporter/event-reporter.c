/*
 * lync-drain-events.exe TYPE ID [INSERT...]: writes one event to the Application log, and holds the texts of all events.
 *
 * TYPE is EVENTLOG_INFORMATION_TYPE (4), EVENTLOG_WARNING_TYPE (2) or EVENTLOG_ERROR_TYPE (1), ID the whole identifier with its
 * severity, both in decimal. A process of its own, because an event log service that hangs would keep a thread of Node, and with
 * it the end of the program. The installer registers this file as EventMessageFile; Event Viewer loads it as data.
 */
#include <windows.h>

#include <wchar.h>

#define SOURCE L"Lync Drain"
#define MAX_INSERTS 8
#define EXIT_NOT_UNDERSTOOD 2
#define EXIT_NO_SOURCE 3
#define EXIT_NOT_WRITTEN 4

static BOOL read_number(const wchar_t *text, DWORD *number)
{
    wchar_t *end;
    *number = wcstoul(text, &end, 10);
    return end != text && *end == L'\0';
}

int wmain(int count, wchar_t **words)
{
    DWORD type, id;
    int inserts = count - 3;
    SetErrorMode(SEM_FAILCRITICALERRORS | SEM_NOGPFAULTERRORBOX | SEM_NOOPENFILEERRORBOX);
    SetDllDirectoryW(L"");
    if (inserts < 0 || inserts > MAX_INSERTS || !read_number(words[1], &type) || !read_number(words[2], &id)) return EXIT_NOT_UNDERSTOOD;
    HANDLE log = RegisterEventSourceW(NULL, SOURCE);
    if (!log) return EXIT_NO_SOURCE;
    BOOL isWritten = ReportEventW(log, (WORD)type, 0, id, NULL, (WORD)inserts, 0, (LPCWSTR *)(words + 3), NULL);
    DeregisterEventSource(log);
    return isWritten ? 0 : EXIT_NOT_WRITTEN;
}
