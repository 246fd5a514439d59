/* Which Windows this is, since when it runs, who we are, and which programs run. */
#include "machine-witness.h"

#include <tlhelp32.h>

#define MAX_TREE 1024

typedef LONG (WINAPI *GetVersionFunction)(OSVERSIONINFOEXW *version);
typedef const char *(CDECL *WineVersionFunction)(void);

/* RtlGetVersion says the build as it is; GetVersionEx says what an old program wants to hear. */
static void print_version(void)
{
    HMODULE ntdll = GetModuleHandleW(L"ntdll.dll");
    OSVERSIONINFOEXW version = { .dwOSVersionInfoSize = sizeof version };
    GetVersionFunction get = (GetVersionFunction)(void *)GetProcAddress(ntdll, "RtlGetVersion");
    WineVersionFunction wine = (WineVersionFunction)(void *)GetProcAddress(ntdll, "wine_get_version");
    if (get) get(&version);
    printf("\"version\":\"%lu.%lu.%lu\",\"servicePack\":%u,\"isServer\":%s,\"wine\":", version.dwMajorVersion, version.dwMinorVersion,
           version.dwBuildNumber, version.wServicePackMajor, version.wProductType == VER_NT_WORKSTATION ? "false" : "true");
    if (wine) printf("\"%s\"", wine());
    else printf("null");
}

static void print_registry_text(const char *key, const WCHAR *name)
{
    WCHAR text[256] = L"";
    DWORD size = sizeof text - sizeof(WCHAR);
    HKEY windows;
    if (!RegOpenKeyExW(HKEY_LOCAL_MACHINE, L"SOFTWARE\\Microsoft\\Windows NT\\CurrentVersion", 0, KEY_QUERY_VALUE, &windows)) {
        if (RegQueryValueExW(windows, name, NULL, NULL, (BYTE *)text, &size)) text[0] = 0;
        RegCloseKey(windows);
    }
    printf(",\"%s\":", key);
    print_text(text);
}

/* A token is elevated when the group of administrators counts in it. */
static BOOL is_elevated(void)
{
    SID_IDENTIFIER_AUTHORITY authority = { SECURITY_NT_AUTHORITY };
    BOOL isMember = FALSE;
    PSID administrators;
    if (!AllocateAndInitializeSid(&authority, 2, SECURITY_BUILTIN_DOMAIN_RID, DOMAIN_ALIAS_RID_ADMINS, 0, 0, 0, 0, 0, 0, &administrators))
        return FALSE;
    CheckTokenMembership(NULL, administrators, &isMember);
    FreeSid(administrators);
    return isMember;
}

/* The number of our sign-in: another one after the next sign-in. */
static ULONGLONG sign_in(void)
{
    TOKEN_STATISTICS statistics = { 0 };
    HANDLE token;
    DWORD size;
    if (!OpenProcessToken(GetCurrentProcess(), TOKEN_QUERY, &token)) return 0;
    GetTokenInformation(token, TokenStatistics, &statistics, sizeof statistics, &size);
    CloseHandle(token);
    return (ULONGLONG)statistics.AuthenticationId.HighPart << 32 | statistics.AuthenticationId.LowPart;
}

/* ---- processes ---- */

/* Calls for every process until it says FALSE. */
static void for_each_process(BOOL (*use)(void *context, const PROCESSENTRY32W *process), void *context)
{
    PROCESSENTRY32W process = { .dwSize = sizeof process };
    HANDLE snapshot = CreateToolhelp32Snapshot(TH32CS_SNAPPROCESS, 0);
    if (snapshot == INVALID_HANDLE_VALUE) return;
    for (BOOL isThere = Process32FirstW(snapshot, &process); isThere && use(context, &process);)
        isThere = Process32NextW(snapshot, &process);
    CloseHandle(snapshot);
}

typedef struct { const WCHAR *name; DWORD count, processes[MAX_TREE]; } Found;

static BOOL find_named(void *context, const PROCESSENTRY32W *process)
{
    Found *found = context;
    if (!_wcsicmp(process->szExeFile, found->name) && found->count < MAX_TREE) found->processes[found->count++] = process->th32ProcessID;
    return TRUE;
}

#define TICKS_PER_MS 10000
#define TICKS_TO_1970 116444736000000000ULL

/*
 * When Windows was started, in milliseconds since 1970: the creation of the service control manager's process. It is fixed when the
 * process begins, so that a clock which is set later does not look like a restart. 0 if it cannot be found out.
 */
static ULONGLONG booted_at(void)
{
    Found found = { .name = L"services.exe" };
    FILETIME created = { 0 }, ended, kernel, user;
    for_each_process(find_named, &found);
    HANDLE manager = found.count ? OpenProcess(PROCESS_QUERY_LIMITED_INFORMATION, FALSE, found.processes[0]) : NULL;
    BOOL isKnown = manager && GetProcessTimes(manager, &created, &ended, &kernel, &user);
    if (manager) CloseHandle(manager);
    ULONGLONG ticks = (ULONGLONG)created.dwHighDateTime << 32 | created.dwLowDateTime;
    return isKnown ? (ticks - TICKS_TO_1970) / TICKS_PER_MS : 0;
}

void machine_json(void)
{
    WCHAR name[MAX_COMPUTERNAME_LENGTH + 1] = L"";
    DWORD length = MAX_COMPUTERNAME_LENGTH + 1;
    GetComputerNameW(name, &length);
    printf("{\"ok\":true,");
    print_version();
    print_registry_text("product", L"ProductName");
    print_registry_text("displayVersion", L"DisplayVersion");
    printf(",\"computer\":");
    print_text(name);
    printf(",\"isElevated\":%s,\"bootedAtMs\":%llu,\"signIn\":\"%llu\"}", is_elevated() ? "true" : "false", booted_at(), sign_in());
}

void count_json(const WCHAR *name)
{
    Found found = { .name = name };
    for_each_process(find_named, &found);
    printf("{\"ok\":true,\"count\":%lu}", found.count);
}

typedef struct { const Found *found; DWORD count; } Shown;

static BOOL CALLBACK count_window(HWND window, LPARAM context)
{
    Shown *shown = (Shown *)context;
    DWORD process = 0;
    GetWindowThreadProcessId(window, &process);
    for (DWORD i = 0; i < shown->found->count; i++)
        if (shown->found->processes[i] == process) shown->count++;
    return TRUE;
}

void windows_json(const WCHAR *name)
{
    Found found = { .name = name };
    Shown shown = { &found, 0 };
    for_each_process(find_named, &found);
    EnumWindows(count_window, (LPARAM)&shown);
    printf("{\"ok\":true,\"count\":%lu}", shown.count);
}

/* Only this process, or any if it is 0. */
typedef struct { const WCHAR *folder; DWORD process; } Inside;

/* Ends a process whose program is in a folder. */
static BOOL end_inside(void *context, const PROCESSENTRY32W *process)
{
    WCHAR path[MAX_PATH * 2];
    DWORD length = MAX_PATH * 2;
    const Inside *inside = context;
    if (inside->process && inside->process != process->th32ProcessID) return TRUE;
    HANDLE one = OpenProcess(PROCESS_TERMINATE | PROCESS_QUERY_LIMITED_INFORMATION, FALSE, process->th32ProcessID);
    if (!one) return TRUE;
    if (QueryFullProcessImageNameW(one, 0, path, &length) && !_wcsnicmp(path, inside->folder, wcslen(inside->folder)))
        TerminateProcess(one, 99);
    CloseHandle(one);
    return TRUE;
}

void end_inside_folder(const WCHAR *folder, DWORD process)
{
    Inside inside = { folder, process };
    for_each_process(end_inside, &inside);
    printf("{\"ok\":true}");
}

typedef struct { DWORD count, processes[MAX_TREE]; BOOL isGrown; } Tree;

static BOOL add_child(void *context, const PROCESSENTRY32W *process)
{
    Tree *tree = context;
    BOOL isChild = FALSE;
    for (DWORD i = 0; i < tree->count; i++) {
        if (tree->processes[i] == process->th32ProcessID) return TRUE;
        if (tree->processes[i] == process->th32ParentProcessID) isChild = TRUE;
    }
    if (!isChild || tree->count == MAX_TREE) return TRUE;
    tree->processes[tree->count++] = process->th32ProcessID;
    tree->isGrown = TRUE;
    return TRUE;
}

/* The first one goes first, as with a person who ends it in the task manager; none gets a word in. */
void end_tree(DWORD process)
{
    Tree tree = { 1, { process }, TRUE };
    DWORD ended = 0;
    while (tree.isGrown) {
        tree.isGrown = FALSE;
        for_each_process(add_child, &tree);
    }
    for (DWORD i = 0; i < tree.count; i++) {
        HANDLE one = OpenProcess(PROCESS_TERMINATE, FALSE, tree.processes[i]);
        if (one && TerminateProcess(one, 99)) ended++;
        if (one) CloseHandle(one);
    }
    printf("{\"ok\":true,\"ended\":%lu}", ended);
}
