/*
 * Node loads libraries by bare name from its own folder first, and our program from the files beside it. So who may write the
 * folder, or anything in it, may run code with the rights of who starts us. Also what was put there before the folder was
 * protected is found: it belongs to who made it.
 */
#include "launcher.h"

#include <stdio.h>

/* The caller's own account, and whether it may write here. */
typedef struct { WCHAR sid[SID_ROOM]; BOOL isTrusted; } Caller;

/* True if there is a fault with this one. */
static BOOL is_faulty(const Caller *caller, Fault *fault)
{
    PSECURITY_DESCRIPTOR descriptor;
    fault->sid[0] = L'\0';
    fault->error = read_descriptor(fault->path, &descriptor);
    /* Taken away since the folder was listed. */
    if (fault->error == ERROR_FILE_NOT_FOUND) return FALSE;
    if (fault->error) return TRUE;
    BOOL isFaulty = find_stranger(descriptor, caller->isTrusted ? caller->sid : NULL, fault->sid, SID_ROOM);
    LocalFree(descriptor);
    fault->isOwn = isFaulty && wcscmp(fault->sid, caller->sid) == 0;
    return isFaulty;
}

static BOOL is_entry_faulty(const WCHAR *folder, const WCHAR *name, const Caller *caller, Fault *fault)
{
    if (wcscmp(name, L".") == 0 || wcscmp(name, L"..") == 0) return FALSE;
    _snwprintf(fault->path, LONG_PATH - 1, L"%ls%ls", folder, name);
    return is_faulty(caller, fault);
}

/* Path and reason when Windows does not list the folder. */
static BOOL list_failed(const WCHAR *folder, Fault *fault)
{
    fault->error = GetLastError();
    lstrcpynW(fault->path, folder, LONG_PATH);
    return TRUE;
}

static BOOL is_content_faulty(const WCHAR *folder, const Caller *caller, Fault *fault)
{
    WIN32_FIND_DATAW entry;
    _snwprintf(fault->path, LONG_PATH - 1, L"%ls*", folder);
    HANDLE search = FindFirstFileW(fault->path, &entry);
    if (search == INVALID_HANDLE_VALUE) return list_failed(folder, fault);
    BOOL isFaulty;
    do isFaulty = is_entry_faulty(folder, entry.cFileName, caller, fault);
    while (!isFaulty && FindNextFileW(search, &entry));
    if (!isFaulty && GetLastError() != ERROR_NO_MORE_FILES) isFaulty = list_failed(folder, fault);
    FindClose(search);
    return isFaulty;
}

BOOL find_fault(const WCHAR *folder, Fault *fault)
{
    Caller caller = { 0 };
    caller.isTrusted = read_own_sid(caller.sid, SID_ROOM) && !has_weaker_programs();
    ZeroMemory(fault, sizeof *fault);
    lstrcpynW(fault->path, folder, LONG_PATH);
    return is_faulty(&caller, fault) || is_content_faulty(folder, &caller, fault);
}
