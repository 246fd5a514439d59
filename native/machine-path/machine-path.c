/*
 * lync-drain-path.exe: puts a folder on the machine's path, or takes it off. Setup programs call it, because what they are made with
 * cuts long texts (NSIS: 1,024 characters), and a path that was read cut and written back would be destroyed.
 *
 *   lync-drain-path add FOLDER
 *   lync-drain-path remove FOLDER
 *
 * The exit code is 0 or an error of winerror.h; then nothing was changed. A folder that is on the path already is not added again, and
 * whether the value's type expands variables (REG_EXPAND_SZ) stays as it was.
 */
#define _WIN32_WINNT 0x0601
#include <windows.h>

#include <stdlib.h>
#include <wchar.h>

#define KEY L"SYSTEM\\CurrentControlSet\\Control\\Session Manager\\Environment"
#define VALUE L"Path"
/* The longest that a variable may be (Microsoft, "Environment Variables"). */
#define LONGEST 32767
#define PATIENCE_MS 5000

typedef struct {
    WCHAR text[LONGEST + 1];
    DWORD type;
} Path;

static BOOL is_around(WCHAR letter)
{
    return letter == L' ' || letter == L'"';
}

/* One entry means the same folder as another with quotes, blanks around or a backslash at its end. */
static void trim(const WCHAR **begin, const WCHAR **end)
{
    while (*begin < *end && is_around(**begin)) (*begin)++;
    while (*begin < *end && (is_around((*end)[-1]) || (*end)[-1] == L'\\')) (*end)--;
}

static BOOL is_folder(const WCHAR *entry, const WCHAR *entryEnd, const WCHAR *folder)
{
    const WCHAR *folderEnd = folder + wcslen(folder);
    trim(&entry, &entryEnd);
    trim(&folder, &folderEnd);
    return entryEnd - entry == folderEnd - folder && _wcsnicmp(entry, folder, (size_t)(entryEnd - entry)) == 0;
}

/* The first entry that is this folder; NULL if there is none. */
static WCHAR *find(Path *path, const WCHAR *folder, size_t *length)
{
    for (WCHAR *entry = path->text;; entry += *length + 1) {
        *length = wcscspn(entry, L";");
        if (*length > 0 && is_folder(entry, entry + *length, folder)) return entry;
        if (!entry[*length]) return NULL;
    }
}

static DWORD read(HKEY key, Path *path)
{
    DWORD bytes = LONGEST * sizeof(WCHAR);
    LSTATUS error = RegQueryValueExW(key, VALUE, NULL, &path->type, (BYTE *)path->text, &bytes);
    if (error == ERROR_FILE_NOT_FOUND) {
        path->type = REG_EXPAND_SZ;
        return 0;
    }
    if (error) return (DWORD)error;
    if (path->type != REG_SZ && path->type != REG_EXPAND_SZ) return ERROR_DATATYPE_MISMATCH;
    path->text[bytes / sizeof(WCHAR)] = L'\0';
    return 0;
}

/* Also programs that run already, such as Explorer, then give the new path to what they start. */
static DWORD write(HKEY key, const Path *path)
{
    DWORD bytes = (DWORD)((wcslen(path->text) + 1) * sizeof(WCHAR));
    LSTATUS error = RegSetValueExW(key, VALUE, 0, path->type, (const BYTE *)path->text, bytes);
    DWORD_PTR answer;
    if (!error) SendMessageTimeoutW(HWND_BROADCAST, WM_SETTINGCHANGE, 0, (LPARAM)L"Environment", SMTO_ABORTIFHUNG, PATIENCE_MS, &answer);
    return (DWORD)error;
}

/* A separator always goes in front, also behind one: so taking off what was added leaves exactly what was there. */
static DWORD add(HKEY key, Path *path, const WCHAR *folder)
{
    size_t length;
    if (find(path, folder, &length)) return 0;
    if (wcslen(path->text) + 1 + wcslen(folder) > LONGEST) return ERROR_BUFFER_OVERFLOW;
    if (*path->text) wcscat(path->text, L";");
    wcscat(path->text, folder);
    return write(key, path);
}

static DWORD take_off(HKEY key, Path *path, const WCHAR *folder)
{
    size_t length;
    WCHAR *entry = find(path, folder, &length);
    if (!entry) return 0;
    WCHAR *end = entry + length;
    if (entry > path->text) entry--;
    else if (*end) end++;
    memmove(entry, end, (wcslen(end) + 1) * sizeof(WCHAR));
    return write(key, path);
}

int wmain(int count, WCHAR **words)
{
    static Path path;
    HKEY key;
    BOOL isAdding = count == 3 && wcscmp(words[1], L"add") == 0;
    if (!isAdding && (count != 3 || wcscmp(words[1], L"remove") != 0)) return ERROR_BAD_ARGUMENTS;
    if (!*words[2] || wcschr(words[2], L';')) return ERROR_BAD_PATHNAME;
    DWORD error = (DWORD)RegOpenKeyExW(HKEY_LOCAL_MACHINE, KEY, 0, KEY_QUERY_VALUE | KEY_SET_VALUE | KEY_WOW64_64KEY, &key);
    if (error) return (int)error;
    error = read(key, &path);
    if (!error) error = isAdding ? add(key, &path, words[2]) : take_off(key, &path, words[2]);
    RegCloseKey(key);
    return (int)error;
}
