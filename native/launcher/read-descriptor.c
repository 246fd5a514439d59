/* The security descriptor of a file or folder. Tests put another file in the place of this one: see test/harness/windows/native. */
#include "launcher.h"

static DWORD query(HANDLE file, PSECURITY_DESCRIPTOR *descriptor)
{
    DWORD size = 0;
    const SECURITY_INFORMATION wanted = OWNER_SECURITY_INFORMATION | DACL_SECURITY_INFORMATION;
    GetKernelObjectSecurity(file, wanted, NULL, 0, &size);
    if (GetLastError() != ERROR_INSUFFICIENT_BUFFER) return GetLastError();
    *descriptor = LocalAlloc(LMEM_FIXED, size);
    if (!*descriptor) return ERROR_NOT_ENOUGH_MEMORY;
    if (GetKernelObjectSecurity(file, wanted, *descriptor, size, &size)) return 0;
    DWORD error = GetLastError();
    LocalFree(*descriptor);
    return error;
}

/* Of what a link leads to: that is what would be loaded. */
DWORD read_descriptor(const WCHAR *path, PSECURITY_DESCRIPTOR *descriptor)
{
    const DWORD sharing = FILE_SHARE_READ | FILE_SHARE_WRITE | FILE_SHARE_DELETE;
    HANDLE file = CreateFileW(path, READ_CONTROL, sharing, NULL, OPEN_EXISTING, FILE_FLAG_BACKUP_SEMANTICS, NULL);
    if (file == INVALID_HANDLE_VALUE) return GetLastError();
    DWORD error = query(file, descriptor);
    CloseHandle(file);
    return error;
}
