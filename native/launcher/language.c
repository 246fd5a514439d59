/* Which of the two languages a refusal is in, chosen as Node's part does it. */
#include "launcher.h"

static BOOL is_chinese(const WCHAR *locale)
{
    return _wcsnicmp(locale, L"zh", 2) == 0 && (!locale[2] || wcschr(L"-_. \t\"", locale[2]));
}

/* What --lang asks for; NULL if it is not there. */
static const WCHAR *asked_for(const WCHAR *arguments)
{
    const WCHAR *found = wcsstr(arguments, L"--lang");
    if (!found) return NULL;
    found += wcslen(L"--lang");
    return found + wcsspn(found, L" \t=\"");
}

BOOL speaks_chinese(const WCHAR *arguments)
{
    static const WCHAR *const VARIABLES[] = { L"LC_ALL", L"LC_MESSAGES", L"LANG" };
    WCHAR locale[LOCALE_NAME_MAX_LENGTH];
    const WCHAR *asked = asked_for(arguments);
    if (asked) return is_chinese(asked);
    for (size_t i = 0; i < sizeof VARIABLES / sizeof *VARIABLES; i++)
        if (GetEnvironmentVariableW(VARIABLES[i], locale, LOCALE_NAME_MAX_LENGTH)) return is_chinese(locale);
    return GetUserDefaultLocaleName(locale, LOCALE_NAME_MAX_LENGTH) && is_chinese(locale);
}
