/*
 * Who may change what a security descriptor protects. The rules are those of the data folder
 * (electron/adapters/windows/koffi/security-descriptor.ts), but an entry that is only handed down counts for nothing: what
 * it is handed down to is looked at itself.
 */
#include "launcher.h"

#include <sddl.h>

static const WCHAR *const TRUSTED[] = {
    L"S-1-5-32-544", /* Administrators */
    L"S-1-5-18",     /* SYSTEM */
    L"S-1-5-80-956008885-3418522649-1831038044-1853292631-2271478464", /* TrustedInstaller */
    L"S-1-3-0",      /* CREATOR OWNER: the account that creates a file, which the folder has let in */
    L"S-1-3-4",      /* OWNER RIGHTS: the owner, who is looked at */
};
#define EVERYONE L"S-1-1-0"

/* Everything that changes a file, a folder, what is in it, or who may. */
#define WRITING (FILE_WRITE_DATA | FILE_APPEND_DATA | FILE_WRITE_EA | FILE_DELETE_CHILD | FILE_WRITE_ATTRIBUTES | \
                 DELETE | WRITE_DAC | WRITE_OWNER | GENERIC_ALL | GENERIC_WRITE)

/* The account that the caller runs as, if it is trusted too; else NULL. */
static BOOL is_trusted(const WCHAR *sid, const WCHAR *own)
{
    for (size_t i = 0; i < sizeof TRUSTED / sizeof *TRUSTED; i++)
        if (wcscmp(sid, TRUSTED[i]) == 0) return TRUE;
    return own && wcscmp(sid, own) == 0;
}

/* True, and its text, if the account is a stranger. One that cannot be read is Everyone. */
static BOOL is_stranger(PSID sid, const WCHAR *own, WCHAR *stranger, DWORD room)
{
    WCHAR *text;
    if (!sid || !IsValidSid(sid) || !ConvertSidToStringSidW(sid, &text)) {
        lstrcpynW(stranger, EVERYONE, (int)room);
        return TRUE;
    }
    BOOL isTrusted = is_trusted(text, own);
    if (!isTrusted) lstrcpynW(stranger, text, (int)room);
    LocalFree(text);
    return !isTrusted;
}

/* All entries begin with their header and a mask; the account stands behind it in those that simply allow. */
static BOOL lets_stranger_in(const ACE_HEADER *entry, const WCHAR *own, WCHAR *stranger, DWORD room)
{
    const ACCESS_ALLOWED_ACE *allowed = (const ACCESS_ALLOWED_ACE *)entry;
    BOOL isSimple = entry->AceType == ACCESS_ALLOWED_ACE_TYPE || entry->AceType == ACCESS_ALLOWED_CALLBACK_ACE_TYPE;
    BOOL isRefusal = entry->AceType == ACCESS_DENIED_ACE_TYPE || entry->AceType == ACCESS_DENIED_CALLBACK_ACE_TYPE;
    if (isRefusal || (entry->AceFlags & INHERIT_ONLY_ACE) || !(allowed->Mask & WRITING)) return FALSE;
    return is_stranger(isSimple ? (PSID)&allowed->SidStart : NULL, own, stranger, room);
}

/* True if others own it or may write it, and the first of them in text form. */
BOOL find_stranger(PSECURITY_DESCRIPTOR descriptor, const WCHAR *own, WCHAR *stranger, DWORD room)
{
    PSID owner = NULL;
    PACL list = NULL;
    BOOL isPresent = FALSE, isDefault;
    if (!GetSecurityDescriptorOwner(descriptor, &owner, &isDefault) || is_stranger(owner, own, stranger, room)) return TRUE;
    /* Without a list (a null DACL) every account may write. */
    if (!GetSecurityDescriptorDacl(descriptor, &isPresent, &list, &isDefault) || !isPresent || !list)
        return is_stranger(NULL, own, stranger, room);
    for (DWORD i = 0; i < list->AceCount; i++) {
        void *entry;
        if (!GetAce(list, i, &entry)) return is_stranger(NULL, own, stranger, room);
        if (lets_stranger_in(entry, own, stranger, room)) return TRUE;
    }
    return FALSE;
}
