/*
 * Node loads libraries by bare name from its own folder first, and our program from the files beside it. So who may write the
 * folder, or anything in it, may run code with the rights of who starts us. Also what was put there before the folder was
 * protected is found: it belongs to who made it.
 */
#include "launcher.h"

#include <stdio.h>

/* True if there is a fault with this one. */
static BOOL is_faulty(const WCHAR *own, Fault *fault)
{
    PSECURITY_DESCRIPTOR descriptor;
    fault->sid[0] = L'\0';
    fault->error = read_descriptor(fault->path, &descriptor);
    if (fault->error) return TRUE;
    BOOL isFaulty = find_stranger(descriptor, own, fault->sid, sizeof fault->sid / sizeof *fault->sid);
    LocalFree(descriptor);
    return isFaulty;
}

static BOOL is_entry_faulty(const WCHAR *folder, const WCHAR *name, const WCHAR *own, Fault *fault)
{
    if (wcscmp(name, L".") == 0 || wcscmp(name, L"..") == 0) return FALSE;
    _snwprintf(fault->path, LONG_PATH - 1, L"%ls%ls", folder, name);
    return is_faulty(own, fault);
}

/* Path and reason when Windows does not list the folder. */
static BOOL list_failed(const WCHAR *folder, Fault *fault)
{
    fault->error = GetLastError();
    lstrcpynW(fault->path, folder, LONG_PATH);
    return TRUE;
}

static BOOL is_content_faulty(const WCHAR *folder, const WCHAR *own, Fault *fault)
{
    WIN32_FIND_DATAW entry;
    _snwprintf(fault->path, LONG_PATH - 1, L"%ls*", folder);
    HANDLE search = FindFirstFileW(fault->path, &entry);
    if (search == INVALID_HANDLE_VALUE) return list_failed(folder, fault);
    BOOL isFaulty;
    do isFaulty = is_entry_faulty(folder, entry.cFileName, own, fault);
    while (!isFaulty && FindNextFileW(search, &entry));
    if (!isFaulty && GetLastError() != ERROR_NO_MORE_FILES) isFaulty = list_failed(folder, fault);
    FindClose(search);
    return isFaulty;
}

BOOL find_fault(const WCHAR *folder, Fault *fault)
{
    WCHAR sid[SECURITY_MAX_SID_SIZE * 3];
    const WCHAR *own = is_own_account_safe() && read_own_sid(sid, sizeof sid / sizeof *sid) ? sid : NULL;
    ZeroMemory(fault, sizeof *fault);
    lstrcpynW(fault->path, folder, LONG_PATH);
    return is_faulty(own, fault) || is_content_faulty(folder, own, fault);
}
