/*
 * May the caller's own account write here? An administrator under User Account Control has two tokens of one account: what
 * his programs without rights may write, the elevated one must not run. Without elevation there is nothing to gain, and an
 * account without a second token (the built-in Administrator, User Account Control off) has no weaker programs.
 */
#include "launcher.h"

#include <sddl.h>

static BOOL is_administrator(void)
{
    PSID administrators;
    BOOL isMember = FALSE;
    if (!ConvertStringSidToSidW(L"S-1-5-32-544", &administrators)) return TRUE;
    /* A token that User Account Control has filtered holds the group for refusals only. */
    if (!CheckTokenMembership(NULL, administrators, &isMember)) isMember = TRUE;
    LocalFree(administrators);
    return isMember;
}

static BOOL query_token(TOKEN_INFORMATION_CLASS kind, void *answer, DWORD size)
{
    HANDLE token;
    if (!OpenProcessToken(GetCurrentProcess(), TOKEN_QUERY, &token)) return FALSE;
    BOOL isRead = GetTokenInformation(token, kind, answer, size, &size);
    CloseHandle(token);
    return isRead;
}

/* True if the caller's account has programs with fewer rights than this one, or if that cannot be found out. */
BOOL has_weaker_programs(void)
{
    TOKEN_ELEVATION_TYPE type;
    if (!is_administrator()) return FALSE;
    return !query_token(TokenElevationType, &type, sizeof type) || type != TokenElevationTypeDefault;
}

BOOL read_own_sid(WCHAR *sid, DWORD room)
{
    struct { TOKEN_USER user; BYTE sid[SECURITY_MAX_SID_SIZE]; } answer;
    WCHAR *text;
    if (!query_token(TokenUser, &answer, sizeof answer) || !ConvertSidToStringSidW(answer.user.User.Sid, &text)) return FALSE;
    lstrcpynW(sid, text, (int)room);
    LocalFree(text);
    return TRUE;
}
