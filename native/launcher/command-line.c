/*
 * Windows hands a program one line, and each program takes it apart itself. So what was typed goes on to Node as it came:
 * nothing is taken apart and put together again, and no quote, backslash, caret or percent sign can change on the way.
 */
#include "launcher.h"

static BOOL is_space(WCHAR letter)
{
    return letter == L' ' || letter == L'\t';
}

static const WCHAR *after_spaces(const WCHAR *at)
{
    while (is_space(*at)) at++;
    return at;
}

/* What follows the program's own name, which ends at the first space outside quotes; a backslash is nothing special there
 * (Microsoft, "Parsing C command-line arguments"). */
const WCHAR *arguments_of(const WCHAR *line)
{
    BOOL isQuoted = FALSE;
    for (; *line && (isQuoted || !is_space(*line)); line++)
        if (*line == L'"') isQuoted = !isQuoted;
    return after_spaces(line);
}

/* Takes a word off the front of the arguments. False if they begin with another. */
BOOL take_word(const WCHAR **arguments, const WCHAR *word)
{
    size_t length = wcslen(word);
    const WCHAR *end = *arguments + length;
    if (wcsncmp(*arguments, word, length) != 0 || (*end && !is_space(*end))) return FALSE;
    *arguments = after_spaces(end);
    return TRUE;
}

/* Whether a word is among the arguments, by itself. */
BOOL has_word(const WCHAR *arguments, const WCHAR *word)
{
    for (const WCHAR *at = arguments; (at = wcsstr(at, word)); at++) {
        const WCHAR *end = at + wcslen(word);
        if ((at == arguments || is_space(at[-1])) && (!*end || is_space(*end))) return TRUE;
    }
    return FALSE;
}
