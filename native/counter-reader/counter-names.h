/*
 * Finds counters by parts of their English names. Windows lists the names of all objects and counters, without loading a
 * performance library and without saying which belong together (Microsoft, "Retrieving Counter Names and Help Text"), so
 * every object that fits is tried with every counter that fits.
 */
#define WIN32_LEAN_AND_MEAN
#include <windows.h>
#include <io.h>
#include <stdio.h>
#include <stdlib.h>
#include <wchar.h>

#define MAX_NAMES 64
#define NAMES_BYTES (1 << 18)
#define MAX_NAMES_BYTES (1 << 26)

/* \BEGINNING*\*END: every counter whose name ends in END, of every object whose name begins with BEGINNING. */
typedef struct { const WCHAR *beginning, *end; size_t beginning_length, end_length; } Pattern;

typedef struct { const WCHAR *names[MAX_NAMES]; int count; } Names;

/* False for a path of one counter. */
static BOOL parse_pattern(const WCHAR *path, Pattern *pattern)
{
    const WCHAR *middle = wcsstr(path, L"*\\*");
    if (path[0] != L'\\' || !middle || middle == path) return FALSE;
    *pattern = (Pattern){ path + 1, middle + 3, (size_t)(middle - path - 1), wcslen(middle + 3) };
    return pattern->beginning_length > 0 && pattern->end_length > 0;
}

/* The English names with their numbers (a MULTI_SZ), to be freed; null leaves Windows' error number in `failed`. */
static WCHAR *read_names(DWORD *failed)
{
    for (DWORD size = NAMES_BYTES; size <= MAX_NAMES_BYTES; size *= 2) {
        /* With zeros behind it, also where the registry's text ends in the middle of a pair. */
        WCHAR *names = calloc(1, size + 4 * sizeof(WCHAR));
        DWORD length = size;
        if (!names) break;
        *failed = (DWORD)RegQueryValueExW(HKEY_PERFORMANCE_TEXT, L"Counter", NULL, NULL, (BYTE *)names, &length);
        if (!*failed) return names;
        free(names);
        if (*failed != ERROR_MORE_DATA) return NULL;
    }
    *failed = ERROR_NOT_ENOUGH_MEMORY;
    return NULL;
}

/* Takes a name down once. False when there are too many. */
static BOOL note_name(Names *names, const WCHAR *name)
{
    for (int i = 0; i < names->count; i++)
        if (!_wcsicmp(names->names[i], name)) return TRUE;
    if (names->count == MAX_NAMES) return FALSE;
    names->names[names->count++] = name;
    return TRUE;
}

static BOOL note_fitting(const Pattern *pattern, const WCHAR *name, Names *objects, Names *counters)
{
    size_t length = wcslen(name);
    BOOL begins = length >= pattern->beginning_length && !_wcsnicmp(name, pattern->beginning, pattern->beginning_length);
    if (begins && !note_name(objects, name)) return FALSE;
    return length < pattern->end_length || _wcsicmp(name + length - pattern->end_length, pattern->end) || note_name(counters, name);
}

/* Calls back for each pair of names that fit, until it returns an error number. */
static DWORD for_each_pair(const Pattern *pattern, DWORD (*use)(void *context, const WCHAR *object, const WCHAR *counter), void *context)
{
    DWORD failed = 0;
    Names objects = { .count = 0 }, counters = { .count = 0 };
    WCHAR *names = read_names(&failed);
    if (!names) return failed;
    for (const WCHAR *number = names; *number && !failed;) {
        const WCHAR *name = number + wcslen(number) + 1;
        if (!note_fitting(pattern, name, &objects, &counters)) failed = ERROR_BUFFER_OVERFLOW;
        number = name + wcslen(name) + 1;
    }
    for (int object = 0; object < objects.count; object++)
        for (int counter = 0; counter < counters.count && !failed; counter++)
            failed = use(context, objects.names[object], counters.names[counter]);
    free(names);
    return failed;
}
