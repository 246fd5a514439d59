/*
 * lync-drain-remote.exe: asks the service control manager of another computer for the states of its Lync services, for Lync Drain, in a
 * process of its own.
 *
 * Such a call goes over RPC. To a computer that is down it may block for minutes, and nothing can cancel it: here it costs this process,
 * which Lync Drain kills when its time is up.
 *
 *   lync-drain-remote.exe COMPUTER PREFIX
 *
 * It changes nothing: SC_MANAGER_CONNECT and SC_MANAGER_ENUMERATE_SERVICE are all that it asks for. It prints lines in UTF-8:
 *
 *   computer COMPUTER     the computer that was asked
 *   service NAME STATE    each service whose name begins with PREFIX in any letter case, STATE as SERVICE_STATUS has it (winsvc.h)
 *   end                   there is no more
 *   failed FUNCTION ERROR instead of services and end: what Windows said (winerror.h)
 *
 * Exit code 0, and 2 if it is called in another way.
 */
#include <windows.h>
#include <stdio.h>
#include <wchar.h>

#define MAX_COMPUTER 256
/* EnumServicesStatusExW takes no larger buffer. */
#define LIST_BYTES (256 << 10)
#define EXIT_NOT_UNDERSTOOD 2

static void print_text(const WCHAR *text)
{
    char bytes[4 * MAX_COMPUTER + 1];
    if (WideCharToMultiByte(CP_UTF8, 0, text, -1, bytes, sizeof bytes, NULL, NULL)) fputs(bytes, stdout);
}

static void print_failure(const char *function, DWORD error)
{
    printf("failed %s %lu\n", function, error);
}

static void print_services(const ENUM_SERVICE_STATUS_PROCESSW *services, DWORD count, const WCHAR *prefix)
{
    for (DWORD i = 0; i < count; i++) {
        const WCHAR *name = services[i].lpServiceName;
        if (_wcsnicmp(name, prefix, wcslen(prefix)) != 0) continue;
        fputs("service ", stdout);
        print_text(name);
        printf(" %lu\n", services[i].ServiceStatusProcess.dwCurrentState);
    }
}

static void list_services(SC_HANDLE manager, const WCHAR *prefix)
{
    static BYTE list[LIST_BYTES] __attribute__((aligned(8)));
    for (DWORD resume = 0, error = ERROR_MORE_DATA; error == ERROR_MORE_DATA;) {
        DWORD needed = 0, count = 0;
        BOOL isComplete = EnumServicesStatusExW(manager, SC_ENUM_PROCESS_INFO, SERVICE_WIN32, SERVICE_STATE_ALL, list, sizeof list, &needed,
                                                &count, &resume, NULL);
        error = isComplete ? ERROR_SUCCESS : GetLastError();
        if (error != ERROR_SUCCESS && (error != ERROR_MORE_DATA || count == 0)) return print_failure("EnumServicesStatusExW", error);
        print_services((const ENUM_SERVICE_STATUS_PROCESSW *)list, count, prefix);
    }
    puts("end");
}

int wmain(int count, WCHAR **arguments)
{
    WCHAR machine[MAX_COMPUTER + 3];
    SetErrorMode(SEM_FAILCRITICALERRORS | SEM_NOGPFAULTERRORBOX | SEM_NOOPENFILEERRORBOX);
    /* Libraries come from Windows' folders only. */
    SetDllDirectoryW(L"");
    if (count != 3 || wcslen(arguments[1]) == 0 || wcslen(arguments[1]) > MAX_COMPUTER || wcspbrk(arguments[1], L"\\/")) {
        return EXIT_NOT_UNDERSTOOD;
    }
    swprintf(machine, sizeof machine / sizeof *machine, L"\\\\%ls", arguments[1]);
    fputs("computer ", stdout);
    print_text(machine + 2);
    putchar('\n');
    SC_HANDLE manager = OpenSCManagerW(machine, NULL, SC_MANAGER_CONNECT | SC_MANAGER_ENUMERATE_SERVICE);
    if (!manager) {
        print_failure("OpenSCManagerW", GetLastError());
        return 0;
    }
    list_services(manager, arguments[2]);
    CloseServiceHandle(manager);
    return 0;
}
