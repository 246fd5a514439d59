/*
 * The floor of test/bench/service-control.bench.ts: the same Windows calls as the adapter makes, with nothing around them.
 *
 *   drain ROUNDS NAME…     pauses each service, sets it Manual, reads it back; puts it back between rounds
 *   facts ROUNDS           lists all services and reads each one's configuration
 *   processes ROUNDS NAME… the drain with one process for each step, as `sc` and `net` are used
 *   step pause|manual|read NAME
 *
 * Prints the milliseconds of each round, one a line.
 */
#include <windows.h>
#include <stdio.h>
#include <stdlib.h>
#include <wchar.h>

static SC_HANDLE manager;
static BYTE buffer[256 << 10];

static void fail(const char *operation)
{
    fprintf(stderr, "%s failed with error %lu\n", operation, GetLastError());
    ExitProcess(1);
}

static SC_HANDLE open_service(const WCHAR *name, DWORD access)
{
    SC_HANDLE service = OpenServiceW(manager, name, access);
    if (!service) fail("OpenServiceW");
    return service;
}

static void control(const WCHAR *name, DWORD code)
{
    SERVICE_STATUS status;
    SC_HANDLE service = open_service(name, SERVICE_PAUSE_CONTINUE);
    if (!ControlService(service, code, &status)) fail("ControlService");
    CloseServiceHandle(service);
}

static void set_start(const WCHAR *name, DWORD start_type)
{
    SC_HANDLE service = open_service(name, SERVICE_CHANGE_CONFIG);
    if (!ChangeServiceConfigW(service, SERVICE_NO_CHANGE, start_type, SERVICE_NO_CHANGE, NULL, NULL, NULL, NULL, NULL, NULL, NULL))
        fail("ChangeServiceConfigW");
    CloseServiceHandle(service);
}

static void read_status(const WCHAR *name)
{
    DWORD needed, characters = 512;
    SC_HANDLE service = open_service(name, SERVICE_QUERY_STATUS);
    if (!QueryServiceStatusEx(service, SC_STATUS_PROCESS_INFO, buffer, sizeof(SERVICE_STATUS_PROCESS), &needed)) fail("QueryServiceStatusEx");
    if (!GetServiceDisplayNameW(manager, name, (WCHAR *)buffer, &characters)) fail("GetServiceDisplayNameW");
    CloseServiceHandle(service);
}

static void read_configuration(const WCHAR *name)
{
    static const DWORD levels[] = { SERVICE_CONFIG_DELAYED_AUTO_START_INFO, SERVICE_CONFIG_FAILURE_ACTIONS, SERVICE_CONFIG_TRIGGER_INFO };
    DWORD needed, count;
    SC_HANDLE service = open_service(name, SERVICE_QUERY_CONFIG | SERVICE_ENUMERATE_DEPENDENTS);
    EnumDependentServicesW(service, SERVICE_STATE_ALL, (ENUM_SERVICE_STATUSW *)buffer, 2048, &needed, &count);
    if (!QueryServiceConfigW(service, (QUERY_SERVICE_CONFIGW *)buffer, 2048, &needed)) fail("QueryServiceConfigW");
    for (int i = 0; i < 3; i++) QueryServiceConfig2W(service, levels[i], buffer, 2048, &needed);
    CloseServiceHandle(service);
}

static void read_start(const WCHAR *name)
{
    DWORD needed;
    SC_HANDLE service = open_service(name, SERVICE_QUERY_CONFIG);
    if (!QueryServiceConfigW(service, (QUERY_SERVICE_CONFIGW *)buffer, 2048, &needed)) fail("QueryServiceConfigW");
    QueryServiceConfig2W(service, SERVICE_CONFIG_DELAYED_AUTO_START_INFO, buffer, 2048, &needed);
    CloseServiceHandle(service);
}

static void drain(int count, WCHAR **names)
{
    for (int i = 0; i < count; i++) {
        control(names[i], SERVICE_CONTROL_PAUSE);
        set_start(names[i], SERVICE_DEMAND_START);
        read_status(names[i]);
        read_start(names[i]);
    }
}

static void put_back(int count, WCHAR **names)
{
    for (int i = 0; i < count; i++) {
        control(names[i], SERVICE_CONTROL_CONTINUE);
        set_start(names[i], SERVICE_AUTO_START);
    }
}

static void facts(void)
{
    static BYTE list[256 << 10];
    DWORD needed, count, resume = 0;
    if (!EnumServicesStatusExW(manager, SC_ENUM_PROCESS_INFO, SERVICE_WIN32, SERVICE_STATE_ALL,
                               list, sizeof list, &needed, &count, &resume, NULL))
        fail("EnumServicesStatusExW");
    for (DWORD i = 0; i < count; i++) read_configuration(((ENUM_SERVICE_STATUS_PROCESSW *)list)[i].lpServiceName);
}

static void run_step(const WCHAR *step, const WCHAR *name)
{
    WCHAR program[MAX_PATH], line[1024];
    STARTUPINFOW startup = { .cb = sizeof startup };
    PROCESS_INFORMATION process;
    GetModuleFileNameW(NULL, program, MAX_PATH);
    _snwprintf(line, 1024, L"\"%ls\" step %ls %ls", program, step, name);
    if (!CreateProcessW(NULL, line, NULL, NULL, FALSE, 0, NULL, NULL, &startup, &process)) fail("CreateProcessW");
    WaitForSingleObject(process.hProcess, INFINITE);
    CloseHandle(process.hProcess);
    CloseHandle(process.hThread);
}

static void drain_by_processes(int count, WCHAR **names)
{
    for (int i = 0; i < count; i++) {
        run_step(L"pause", names[i]);
        run_step(L"manual", names[i]);
        run_step(L"read", names[i]);
    }
}

static void step(const WCHAR *name, const WCHAR *service)
{
    if (!wcscmp(name, L"pause")) control(service, SERVICE_CONTROL_PAUSE);
    else if (!wcscmp(name, L"manual")) set_start(service, SERVICE_DEMAND_START);
    else {
        read_status(service);
        read_start(service);
    }
}

static double milliseconds(void)
{
    LARGE_INTEGER now, frequency;
    QueryPerformanceCounter(&now);
    QueryPerformanceFrequency(&frequency);
    return now.QuadPart * 1000.0 / frequency.QuadPart;
}

int wmain(int count, WCHAR **arguments)
{
    manager = OpenSCManagerW(NULL, NULL, SC_MANAGER_CONNECT | SC_MANAGER_ENUMERATE_SERVICE);
    if (!manager || count < 3) fail("OpenSCManagerW");
    if (!wcscmp(arguments[1], L"step")) {
        step(arguments[2], arguments[3]);
        return 0;
    }
    for (int round = _wtoi(arguments[2]); round > 0; round--) {
        double begun = milliseconds();
        if (!wcscmp(arguments[1], L"facts")) facts();
        else if (!wcscmp(arguments[1], L"drain")) drain(count - 3, arguments + 3);
        else drain_by_processes(count - 3, arguments + 3);
        printf("%.3f\n", milliseconds() - begun);
        if (wcscmp(arguments[1], L"facts")) put_back(count - 3, arguments + 3);
    }
    return 0;
}
