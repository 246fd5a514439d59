/*
 * The environment that Node gets. Programs without an administrator's rights can set variables for him, and many of them
 * make Node, OpenSSL, .NET or PowerShell load a file or write one: so only what is named here goes on.
 */
#include "launcher.h"

#include <stdio.h>

/*
 * What Node, Lync Drain and the programs it starts read. The same list as Windows PowerShell gets
 * (electron/adapters/powershell/windows-powershell.ts), and what says how and in which language to speak.
 */
static const WCHAR *const PASSED_ON[] = {
    L"ALLUSERSPROFILE", L"APPDATA",   L"COMPUTERNAME",           L"CommonProgramFiles",
    L"LANG",            L"LC_ALL",    L"LC_CTYPE",               L"LC_MESSAGES",
    L"LOCALAPPDATA",    L"LOGONSERVER", L"LYNC_DRAIN_DATA",      L"NO_COLOR",
    L"NUMBER_OF_PROCESSORS", L"OS",   L"PROCESSOR_ARCHITECTURE", L"ProgramData",
    L"ProgramFiles",    L"TEMP",      L"TERM",                   L"TERM_PROGRAM",
    L"TMP",             L"USERDNSDOMAIN", L"USERDOMAIN",         L"USERNAME",
    L"USERPROFILE",     L"WT_SESSION",
};

/* Where the block ends, and how much of it is left. */
typedef struct { WCHAR *at; DWORD left; } Block;

static DWORD add(Block *block, const WCHAR *name, const WCHAR *value)
{
    int length = _snwprintf(block->at, block->left, L"%ls=%ls", name, value);
    /* Room for the end of this one, and for the end of all. */
    if (length < 0 || (DWORD)length + 2 > block->left) return ERROR_NOT_ENOUGH_MEMORY;
    block->at += length + 1;
    block->left -= (DWORD)length + 1;
    *block->at = L'\0';
    return 0;
}

/* A variable that is set to nothing counts as not set. */
static DWORD pass_on(Block *block, const WCHAR *name)
{
    static WCHAR value[LONG_PATH];
    DWORD length = GetEnvironmentVariableW(name, value, LONG_PATH);
    if (length >= LONG_PATH) return ERROR_NOT_ENOUGH_MEMORY;
    return length == 0 ? 0 : add(block, name, value);
}

/* Windows' own places, as Windows says them: libraries and programs are looked for along PATH. */
static DWORD add_places(Block *block)
{
    WCHAR system[MAX_PATH], windows[MAX_PATH], drive[] = L"C:";
    if (!GetSystemDirectoryW(system, MAX_PATH) || !GetSystemWindowsDirectoryW(windows, MAX_PATH)) return GetLastError();
    drive[0] = windows[0];
    DWORD error = add(block, L"PATH", system);
    if (!error) error = add(block, L"SystemDrive", drive);
    if (!error) error = add(block, L"SystemRoot", windows);
    if (!error) error = add(block, L"windir", windows);
    return error;
}

DWORD build_environment(WCHAR *block, DWORD room)
{
    Block rest = { block, room };
    /* Node 16 runs on Windows 7 and Server 2008 R2, but refuses to unless told so. */
    DWORD error = add(&rest, L"NODE_SKIP_PLATFORM_CHECK", L"1");
    for (size_t i = 0; !error && i < sizeof PASSED_ON / sizeof *PASSED_ON; i++) error = pass_on(&rest, PASSED_ON[i]);
    return error ? error : add_places(&rest);
}
