/*
 * A pdh.dll whose counters do as the file named by STUB_PDH says, read at every call: lines of
 *
 *   PATH=value NUMBER       the counter has this value
 *   PATH=sessions FILE      as many as a session service has, by the last event in its log
 *   PATH=data HEX           it can be added, and its data has this status
 *   PATH=refuse HEX         it cannot be added
 *   open HEX, collect HEX   PdhOpenQueryW, PdhCollectQueryData fail so
 *   hang open|add|collect|close   the call never comes back
 *   crash add|collect       it writes to address 0
 *   stack BYTES             collecting takes this much stack
 *   name TEXT               Windows' list of English names has this one (Wine has a list of its own, and no way to change it)
 *   print                   collecting prints a line to standard output, by the C library and by its handle
 *
 * Without these variables, which lync-drain.exe does not hand on, the files are C:\stub-counters and C:\stub-counters.log.
 * Counters without a line are missing. Queries opened and closed are noted in the file named by STUB_PDH_LOG, a line each.
 */
#include <windows.h>
#include <stdio.h>
#include <stdlib.h>
#include <wchar.h>

#define NO_COUNTER 0xC0000BB9
#define MAX_COUNTERS 256

typedef struct { LONG CStatus; LONGLONG value; } CounterValue;

static WCHAR added[MAX_COUNTERS][1024];
static int added_count;

static const char *told(const char *variable, const char *otherwise)
{
    const char *path = getenv(variable);
    return path ? path : otherwise;
}

/* What stands behind a key in the file; false when it has no such line. */
static BOOL find(const char *key, char *rest, int size)
{
    char line[2048];
    size_t length = strlen(key);
    const char *path = told("STUB_PDH", "C:\\stub-counters");
    FILE *file = path ? fopen(path, "r") : NULL;
    BOOL found = FALSE;
    while (file && !found && fgets(line, sizeof line, file)) {
        line[strcspn(line, "\r\n")] = '\0';
        found = !strncmp(line, key, length);
        if (found) snprintf(rest, (size_t)size, "%s", line + length);
    }
    if (file) fclose(file);
    return found;
}

static BOOL does(const char *what, const char *where)
{
    char key[64], rest[16];
    snprintf(key, sizeof key, "%s %s", what, where);
    return find(key, rest, sizeof rest);
}

static void misbehave(const char *where)
{
    if (does("crash", where)) *(volatile int *)0 = 1;
    while (does("hang", where)) Sleep(50);
}

static void note(const char *what)
{
    const char *path = told("STUB_PDH_LOG", "C:\\stub-counters.log");
    FILE *file = path ? fopen(path, "a") : NULL;
    if (!file) return;
    fprintf(file, "%s\n", what);
    fclose(file);
}

static DWORD status_of(const char *key)
{
    char rest[32];
    return find(key, rest, sizeof rest) ? strtoul(rest, NULL, 16) : 0;
}

static BOOL find_counter(const WCHAR *path, char *rest, int size)
{
    char key[2100];
    int length = WideCharToMultiByte(CP_UTF8, 0, path, -1, key, sizeof key - 2, NULL, NULL);
    strcpy(key + length - 1, "=");
    return find(key, rest, size);
}

/* ---- the list of names: RegQueryValueExW as the program calls it ---- */

static LSTATUS WINAPI query_names(HKEY key, LPCWSTR name, LPDWORD reserved, LPDWORD type, LPBYTE data, LPDWORD size)
{
    if (key != HKEY_PERFORMANCE_TEXT) return RegQueryValueExW(key, name, reserved, type, data, size);
    WCHAR *text = calloc(1 << 16, sizeof(WCHAR));
    char line[2048];
    DWORD length = (DWORD)swprintf(text, 16, L"1") + 1;
    length += (DWORD)swprintf(text + length, 16, L"9999") + 1;
    const char *path = told("STUB_PDH", "C:\\stub-counters");
    FILE *file = path ? fopen(path, "r") : NULL;
    for (int number = 2; file && fgets(line, sizeof line, file); number += 2) {
        line[strcspn(line, "\r\n")] = '\0';
        if (strncmp(line, "name ", 5)) continue;
        length += (DWORD)swprintf(text + length, 16, L"%d", number) + 1;
        length += (DWORD)MultiByteToWideChar(CP_UTF8, 0, line + 5, -1, text + length, 1024);
    }
    if (file) fclose(file);
    DWORD bytes = (length + 1) * sizeof(WCHAR);
    BOOL fits = *size >= bytes;
    if (fits) memcpy(data, text, bytes);
    *size = bytes;
    free(text);
    return fits ? ERROR_SUCCESS : ERROR_MORE_DATA;
}

/* Puts our function in the place of an imported one of the program. */
static void replace_import(const char *function, void *ours)
{
    BYTE *program = (BYTE *)GetModuleHandleW(NULL);
    const IMAGE_NT_HEADERS *headers = (void *)(program + ((IMAGE_DOS_HEADER *)program)->e_lfanew);
    DWORD imports = headers->OptionalHeader.DataDirectory[IMAGE_DIRECTORY_ENTRY_IMPORT].VirtualAddress;
    for (const IMAGE_IMPORT_DESCRIPTOR *library = (void *)(program + imports); imports && library->Name; library++) {
        const ULONGLONG *names = (void *)(program + library->OriginalFirstThunk);
        ULONGLONG *places = (void *)(program + library->FirstThunk);
        for (; *names; names++, places++) {
            DWORD before;
            if ((*names >> 63) || strcmp(((IMAGE_IMPORT_BY_NAME *)(program + *names))->Name, function)) continue;
            VirtualProtect(places, sizeof *places, PAGE_READWRITE, &before);
            *places = (ULONGLONG)(ULONG_PTR)ours;
        }
    }
}

BOOL WINAPI DllMain(HINSTANCE library, DWORD reason, LPVOID reserved)
{
    (void)library;
    (void)reserved;
    if (reason == DLL_PROCESS_ATTACH) replace_import("RegQueryValueExW", query_names);
    return TRUE;
}

/* ---- pdh.dll ---- */

__declspec(dllexport) DWORD WINAPI PdhOpenQueryW(LPCWSTR source, DWORD_PTR user, HANDLE *query)
{
    (void)source;
    (void)user;
    misbehave("open");
    *query = (HANDLE)1;
    DWORD status = status_of("open ");
    if (!status) note("open");
    return status;
}

__declspec(dllexport) DWORD WINAPI PdhAddEnglishCounterW(HANDLE query, LPCWSTR path, DWORD_PTR user, HANDLE *counter)
{
    (void)query;
    (void)user;
    char rest[1024];
    misbehave("add");
    if (!find_counter(path, rest, sizeof rest)) return NO_COUNTER;
    if (!strncmp(rest, "refuse ", 7)) return strtoul(rest + 7, NULL, 16);
    wcscpy(added[added_count], path);
    *counter = (HANDLE)(INT_PTR)++added_count;
    return 0;
}

/* The number in the log's last line. */
static LONGLONG sessions_in(const char *log)
{
    char line[512];
    LONGLONG sessions = 0;
    FILE *file = fopen(log, "r");
    while (file && fgets(line, sizeof line, file)) {
        const char *number = strstr(line, "\"sessions\":");
        if (number) sessions = _strtoi64(number + 11, NULL, 10);
    }
    if (file) fclose(file);
    return sessions;
}

/* A frame that a worker thread of Node has no room for. */
static __attribute__((noinline)) void use_stack(DWORD bytes)
{
    volatile char *frame = __builtin_alloca(bytes);
    for (DWORD at = 0; at < bytes; at += 512) frame[at] = 1;
}

__declspec(dllexport) DWORD WINAPI PdhCollectQueryData(HANDLE query)
{
    (void)query;
    char rest[32];
    DWORD written;
    misbehave("collect");
    if (find("stack ", rest, sizeof rest)) use_stack(strtoul(rest, NULL, 10));
    if (find("print", rest, sizeof rest)) {
        printf("answer 1 1\nvalue 0\n");
        fflush(stdout);
        WriteFile(GetStdHandle(STD_OUTPUT_HANDLE), "value 0\n", 8, &written, NULL);
    }
    return status_of("collect ");
}

__declspec(dllexport) DWORD WINAPI PdhGetFormattedCounterValue(HANDLE counter, DWORD format, LPDWORD type, CounterValue *value)
{
    (void)format;
    (void)type;
    char rest[1024] = "";
    find_counter(added[(INT_PTR)counter - 1], rest, sizeof rest);
    value->CStatus = !strncmp(rest, "data ", 5) ? (LONG)strtoul(rest + 5, NULL, 16) : 0;
    value->value = !strncmp(rest, "value ", 6) ? _strtoi64(rest + 6, NULL, 10) : 0;
    if (!strncmp(rest, "sessions ", 9)) value->value = sessions_in(rest + 9);
    /* PDH_INVALID_DATA, as Windows has it when the data's own status is bad. */
    return value->CStatus ? 0xC0000BC6 : 0;
}

__declspec(dllexport) DWORD WINAPI PdhCloseQuery(HANDLE query)
{
    (void)query;
    misbehave("close");
    note("close");
    return 0;
}
