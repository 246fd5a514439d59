// Stands where shutdown.exe stands: writes its command line to shutdown.log beside it and ends with the number in shutdown.code.
#include <windows.h>
#include <stdio.h>
#include <wchar.h>

static FILE *open_beside(const wchar_t *name, const wchar_t *mode)
{
    wchar_t path[MAX_PATH];
    GetModuleFileNameW(NULL, path, MAX_PATH);
    wcscpy(wcsrchr(path, L'\\') + 1, name);
    return _wfopen(path, mode);
}

int wmain(int count, wchar_t **words)
{
    int code = 0;
    FILE *log = open_beside(L"shutdown.log", L"a");
    if (log == NULL) return 99;
    for (int at = 1; at < count; at++) fwprintf(log, at == 1 ? L"%ls" : L" %ls", words[at]);
    fwprintf(log, L"\n");
    fclose(log);
    FILE *told = open_beside(L"shutdown.code", L"r");
    if (told == NULL || fwscanf(told, L"%d", &code) != 1) return 99;
    fclose(told);
    return code;
}
