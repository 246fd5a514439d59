/* A library that stands where it does not belong: writes a file beside itself, with `.ran` behind its name, when it is loaded. */
#include <windows.h>

BOOL WINAPI DllMain(HINSTANCE library, DWORD reason, void *reserved)
{
    WCHAR path[MAX_PATH + 8];
    (void)reserved;
    if (reason != DLL_PROCESS_ATTACH || !GetModuleFileNameW(library, path, MAX_PATH)) return TRUE;
    lstrcatW(path, L".ran");
    CloseHandle(CreateFileW(path, GENERIC_WRITE, 0, NULL, CREATE_ALWAYS, 0, NULL));
    return TRUE;
}
