/*
 * From here on libraries come from Windows' own folder only: what Windows loads for a function that we call must not be taken from
 * a folder in which others may write, which is looked at by those very functions.
 */
#include "launcher.h"

typedef BOOL (WINAPI *SetDefaultDllDirectories_t)(DWORD);

/* False on Windows 7 and Server 2008 R2 without update KB2533623: then nothing may be asked that loads a library. */
BOOL keep_to_system_libraries(void)
{
    HMODULE kernel = GetModuleHandleW(L"kernel32.dll");
    SetDefaultDllDirectories_t set = (SetDefaultDllDirectories_t)(void *)GetProcAddress(kernel, "SetDefaultDllDirectories");
    return set && set(LOAD_LIBRARY_SEARCH_SYSTEM32);
}
