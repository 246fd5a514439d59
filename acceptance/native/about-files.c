/* Owner and access list of a file or folder, in Security Descriptor Definition Language. */
#include "machine-witness.h"

#include <aclapi.h>
#include <sddl.h>

#define OWNER_AND_DACL (OWNER_SECURITY_INFORMATION | DACL_SECURITY_INFORMATION)

void sddl_json(const WCHAR *path)
{
    PSECURITY_DESCRIPTOR descriptor;
    WCHAR *text;
    DWORD error = GetNamedSecurityInfoW((WCHAR *)path, SE_FILE_OBJECT, OWNER_AND_DACL, NULL, NULL, NULL, NULL, &descriptor);
    if (error) {
        fail("GetNamedSecurityInfoW", error);
        return;
    }
    if (!ConvertSecurityDescriptorToStringSecurityDescriptorW(descriptor, SDDL_REVISION_1, OWNER_AND_DACL, &text, NULL)) {
        fail("ConvertSecurityDescriptorToStringSecurityDescriptorW", GetLastError());
    } else {
        printf("{\"ok\":true,\"sddl\":");
        print_text(text);
        putchar('}');
        LocalFree(text);
    }
    LocalFree(descriptor);
}

void set_sddl(const WCHAR *path, const WCHAR *sddl)
{
    PSECURITY_DESCRIPTOR descriptor;
    if (!ConvertStringSecurityDescriptorToSecurityDescriptorW(sddl, SDDL_REVISION_1, &descriptor, NULL)) {
        fail("ConvertStringSecurityDescriptorToSecurityDescriptorW", GetLastError());
        return;
    }
    answer(SetFileSecurityW(path, DACL_SECURITY_INFORMATION | PROTECTED_DACL_SECURITY_INFORMATION, descriptor), "SetFileSecurityW");
    LocalFree(descriptor);
}
