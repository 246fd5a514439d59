/*
 * The witness: what a test asks the service control manager, past the adapter that is under test.
 *
 * One command a line on stdin (UTF-8, fields parted by tabs), one JSON object a line on stdout: { "ok": true, ... } or
 * { "ok": false, "win32": number, "operation": "..." }. While it runs it also keeps the server's services alive, which
 * Wine ends together with the last process of the prefix.
 *
 *   create NAME DISPLAY BINARY START TYPE DEPENDENCIES   numbers as in winsvc.h, dependencies parted by slashes
 *   delete NAME · start NAME · control NAME NUMBER · start-type NAME NUMBER
 *   recovery NAME RESET_SECONDS DELAY_MS                 restart after a failure
 *   mark NAME                                            deletes, holding a handle: marked for deletion until release
 *   release                                              gives that handle back
 *   query NAME · list · tick
 *
 * Called with the name of a computer it asks for that one's service control manager instead, answers, and ends: that may block for minutes.
 */
#define WIN32_LEAN_AND_MEAN
#include <windows.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <wchar.h>

#define MAX_LINE 16384
#define MAX_FIELDS 8

static SC_HANDLE manager;
static SC_HANDLE marked;

static void print_text(const WCHAR *text)
{
    putchar('"');
    for (; text && *text; text++) {
        if (*text >= 0x20 && *text < 0x7f && *text != '"' && *text != '\\') putchar(*text);
        else printf("\\u%04x", *text);
    }
    putchar('"');
}

static void print_texts(const WCHAR *texts)
{
    putchar('[');
    for (const WCHAR *text = texts; text && *text; text += wcslen(text) + 1) {
        if (text != texts) putchar(',');
        print_text(text);
    }
    putchar(']');
}

static void fail(const char *operation)
{
    printf("{\"ok\":false,\"win32\":%lu,\"operation\":\"%s\"}", GetLastError(), operation);
}

static void answer(BOOL succeeded, const char *operation)
{
    if (succeeded) printf("{\"ok\":true}");
    else fail(operation);
}

static SC_HANDLE open_service(const WCHAR *name)
{
    SC_HANDLE service = OpenServiceW(manager, name, SERVICE_ALL_ACCESS);
    if (!service) fail("OpenServiceW");
    return service;
}

static void create(WCHAR **field)
{
    static WCHAR dependencies[MAX_LINE + 1];
    wcsncpy(dependencies, field[6], MAX_LINE - 1);
    dependencies[wcslen(dependencies) + 1] = 0;
    for (WCHAR *at = dependencies; *at; at++)
        if (*at == '/') *at = 0;
    SC_HANDLE service = CreateServiceW(manager, field[1], field[2], SERVICE_ALL_ACCESS, _wtoi(field[5]), _wtoi(field[4]),
                                       SERVICE_ERROR_NORMAL, field[3], NULL, NULL, field[6][0] ? dependencies : NULL, NULL, NULL);
    answer(service != NULL, "CreateServiceW");
    if (service) CloseServiceHandle(service);
}

static void query(const WCHAR *name)
{
    static BYTE buffer[65536];
    QUERY_SERVICE_CONFIGW *config = (QUERY_SERVICE_CONFIGW *)buffer;
    SERVICE_STATUS_PROCESS status;
    DWORD needed;
    SC_HANDLE service = OpenServiceW(manager, name, SERVICE_QUERY_STATUS | SERVICE_QUERY_CONFIG);
    if (!service) {
        fail("OpenServiceW");
        return;
    }
    if (!QueryServiceStatusEx(service, SC_STATUS_PROCESS_INFO, (BYTE *)&status, sizeof status, &needed)) fail("QueryServiceStatusEx");
    else if (!QueryServiceConfigW(service, config, sizeof buffer, &needed)) fail("QueryServiceConfigW");
    else {
        printf("{\"ok\":true,\"state\":%lu,\"controls\":%lu,\"processId\":%lu,\"checkpoint\":%lu,\"waitHint\":%lu,"
               "\"win32Exit\":%lu,\"specificExit\":%lu,\"type\":%lu,\"startType\":%lu,\"binary\":",
               status.dwCurrentState, status.dwControlsAccepted, status.dwProcessId, status.dwCheckPoint, status.dwWaitHint,
               status.dwWin32ExitCode, status.dwServiceSpecificExitCode, config->dwServiceType, config->dwStartType);
        print_text(config->lpBinaryPathName);
        printf(",\"account\":");
        print_text(config->lpServiceStartName);
        printf(",\"displayName\":");
        print_text(config->lpDisplayName);
        printf(",\"dependencies\":");
        print_texts(config->lpDependencies);
        putchar('}');
    }
    CloseServiceHandle(service);
}

static void list(void)
{
    static BYTE buffer[1 << 20];
    DWORD needed, count, resume = 0;
    if (!EnumServicesStatusExW(manager, SC_ENUM_PROCESS_INFO, SERVICE_WIN32, SERVICE_STATE_ALL, buffer, sizeof buffer,
                               &needed, &count, &resume, NULL)) {
        fail("EnumServicesStatusExW");
        return;
    }
    ENUM_SERVICE_STATUS_PROCESSW *entry = (ENUM_SERVICE_STATUS_PROCESSW *)buffer;
    printf("{\"ok\":true,\"names\":[");
    for (DWORD i = 0; i < count; i++) {
        if (i) putchar(',');
        print_text(entry[i].lpServiceName);
    }
    printf("]}");
}

static void mark(const WCHAR *name)
{
    marked = open_service(name);
    if (marked) answer(DeleteService(marked), "DeleteService");
}

static void set_recovery(SC_HANDLE service, WCHAR **field)
{
    SC_ACTION action = { SC_ACTION_RESTART, (DWORD)_wtoi(field[3]) };
    SERVICE_FAILURE_ACTIONSW actions = { (DWORD)_wtoi(field[2]), NULL, NULL, 1, &action };
    answer(ChangeServiceConfig2W(service, SERVICE_CONFIG_FAILURE_ACTIONS, &actions), "ChangeServiceConfig2W");
}

static void change(WCHAR **field)
{
    SERVICE_STATUS status;
    SC_HANDLE service = open_service(field[1]);
    if (!service) return;
    if (!wcscmp(field[0], L"delete")) answer(DeleteService(service), "DeleteService");
    else if (!wcscmp(field[0], L"start")) answer(StartServiceW(service, 0, NULL), "StartServiceW");
    else if (!wcscmp(field[0], L"control")) answer(ControlService(service, _wtoi(field[2]), &status), "ControlService");
    else if (!wcscmp(field[0], L"recovery")) set_recovery(service, field);
    else if (!wcscmp(field[0], L"start-type"))
        answer(ChangeServiceConfigW(service, SERVICE_NO_CHANGE, _wtoi(field[2]), SERVICE_NO_CHANGE, NULL, NULL, NULL, NULL,
                                    NULL, NULL, NULL), "ChangeServiceConfigW");
    else printf("{\"ok\":false,\"win32\":0,\"operation\":\"unknown command\"}");
    CloseServiceHandle(service);
}

static void obey(WCHAR *line)
{
    static WCHAR nothing[] = L"";
    WCHAR *field[MAX_FIELDS];
    int count = 0;
    for (WCHAR *at = line; at && count < MAX_FIELDS; count++) {
        field[count] = at;
        at = wcschr(at, '\t');
        if (at) *at++ = 0;
    }
    while (count < MAX_FIELDS) field[count++] = nothing;

    if (!wcscmp(field[0], L"create")) create(field);
    else if (!wcscmp(field[0], L"query")) query(field[1]);
    else if (!wcscmp(field[0], L"list")) list();
    else if (!wcscmp(field[0], L"tick")) printf("{\"ok\":true,\"uptime\":%llu}", GetTickCount64());
    else if (!wcscmp(field[0], L"mark")) mark(field[1]);
    else if (!wcscmp(field[0], L"release")) answer(CloseServiceHandle(marked), "CloseServiceHandle");
    else change(field);
    putchar('\n');
    fflush(stdout);
}

/* Of another computer, read-only. */
static int reach(const WCHAR *computer)
{
    WCHAR machine[MAX_PATH];
    swprintf(machine, MAX_PATH, L"\\\\%ls", computer);
    SC_HANDLE other = OpenSCManagerW(machine, NULL, SC_MANAGER_CONNECT);
    answer(other != NULL, "OpenSCManagerW");
    return other ? 0 : 1;
}

int wmain(int count, WCHAR **arguments)
{
    if (count > 1) return reach(arguments[1]);
    static char bytes[MAX_LINE];
    static WCHAR line[MAX_LINE];
    manager = OpenSCManagerW(NULL, NULL, SC_MANAGER_ALL_ACCESS);
    answer(manager != NULL, "OpenSCManagerW");
    putchar('\n');
    fflush(stdout);
    while (manager && fgets(bytes, sizeof bytes, stdin)) {
        bytes[strcspn(bytes, "\r\n")] = 0;
        MultiByteToWideChar(CP_UTF8, 0, bytes, -1, line, MAX_LINE);
        obey(line);
    }
    return 0;
}
