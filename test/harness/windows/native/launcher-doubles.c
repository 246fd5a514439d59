/*
 * Stands in for what the launcher asks Windows about folders and accounts (native/launcher/read-descriptor.c and
 * own-account.c): Wine keeps Unix owners and modes instead of descriptors. Told by the environment:
 *
 *   PLANTED_NAME      the file that has another descriptor than the others; not set: the folder
 *   PLANTED_SDDL      that descriptor, in Security Descriptor Definition Language; a number: the error when it is read
 *   PLANTED_TOKEN     "weaker": the caller's account also has programs with fewer rights
 *
 * Everything else is as below Program Files.
 */
#include "launcher.h"

#include <sddl.h>

#define OWN_SID L"S-1-5-21-1111111111-2222222222-3333333333-1104"
#define AS_INSTALLED L"O:BAD:AI(A;ID;FA;;;S-1-5-80-956008885-3418522649-1831038044-1853292631-2271478464)" \
                     L"(A;ID;FA;;;SY)(A;ID;FA;;;BA)(A;ID;0x1200a9;;;BU)(A;OICIIOID;GA;;;CO)"

static BOOL read_variable(const WCHAR *name, WCHAR *value)
{
    *value = L'\0';
    return GetEnvironmentVariableW(name, value, LONG_PATH) != 0;
}

static BOOL is_planted(const WCHAR *path)
{
    static WCHAR name[LONG_PATH];
    const WCHAR *own = wcsrchr(path, L'\\') + 1;
    read_variable(L"PLANTED_NAME", name);
    return wcscmp(own, name) == 0;
}

DWORD read_descriptor(const WCHAR *path, PSECURITY_DESCRIPTOR *descriptor)
{
    static WCHAR planted[LONG_PATH];
    BOOL isPlanted = is_planted(path) && read_variable(L"PLANTED_SDDL", planted);
    DWORD error = isPlanted ? wcstoul(planted, NULL, 10) : 0;
    if (error) return error;
    const WCHAR *text = isPlanted ? planted : AS_INSTALLED;
    return ConvertStringSecurityDescriptorToSecurityDescriptorW(text, SDDL_REVISION_1, descriptor, NULL) ? 0 : GetLastError();
}

BOOL has_weaker_programs(void)
{
    static WCHAR token[LONG_PATH];
    return read_variable(L"PLANTED_TOKEN", token) && wcscmp(token, L"weaker") == 0;
}

BOOL read_own_sid(WCHAR *sid, DWORD room)
{
    lstrcpynW(sid, OWN_SID, (int)room);
    return TRUE;
}
