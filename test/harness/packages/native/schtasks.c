/*
 * Stands in for Windows' schtasks.exe, of whose tasks Wine keeps only a part.
 *
 * Keeps every call as a line of C:\tasks\calls (UTF-8, arguments parted by tabs) and the description of the last task in
 * C:\tasks\task.xml as it was given. /Delete and /Query end with 1 where there is no task, as Windows' own does, and so
 * does everything while there is a C:\tasks\refuse.
 */
#define WIN32_LEAN_AND_MEAN
#include <windows.h>
#include <stdio.h>
#include <wchar.h>

#define TASK L"C:\\tasks\\task.xml"
#define MAX_ARGUMENT 1024

static int is_there(const WCHAR *path)
{
    return GetFileAttributesW(path) != INVALID_FILE_ATTRIBUTES;
}

static void keep_call(int count, WCHAR **arguments)
{
    FILE *calls = _wfopen(L"C:\\tasks\\calls", L"ab");
    if (!calls) return;
    for (int i = 1; i < count; i++) {
        char text[MAX_ARGUMENT];
        if (!WideCharToMultiByte(CP_UTF8, 0, arguments[i], -1, text, sizeof text, NULL, NULL)) continue;
        fprintf(calls, "%s%s", i > 1 ? "\t" : "", text);
    }
    fputc('\n', calls);
    fclose(calls);
}

int wmain(int count, WCHAR **arguments)
{
    CreateDirectoryW(L"C:\\tasks", NULL);
    keep_call(count, arguments);
    if (count < 2 || is_there(L"C:\\tasks\\refuse")) return 1;
    if (!wcscmp(arguments[1], L"/Delete")) return DeleteFileW(TASK) ? 0 : 1;
    if (!wcscmp(arguments[1], L"/Query")) return is_there(TASK) ? 0 : 1;
    for (int i = 2; i + 1 < count; i++)
        if (!wcscmp(arguments[i], L"/XML")) return CopyFileW(arguments[i + 1], TASK, FALSE) ? 0 : 1;
    return 1;
}
