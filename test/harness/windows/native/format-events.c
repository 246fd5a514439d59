/* format-events.exe FILE LANGUAGE ID INSERT...: the sentence of one event in UTF-8, as Event Viewer finds it in the source's file. */
#include <windows.h>

#include <stdio.h>
#include <wchar.h>

int wmain(int count, wchar_t **words)
{
    static wchar_t text[4096];
    static char bytes[3 * 4096];
    DWORD_PTR inserts[16] = {0};
    HMODULE file;
    if (count < 4 || count > 20) return 2;
    file = LoadLibraryExW(words[1], NULL, LOAD_LIBRARY_AS_DATAFILE);
    if (!file) return 3;
    for (int i = 4; i < count; i++) inserts[i - 4] = (DWORD_PTR)words[i];
    if (!FormatMessageW(FORMAT_MESSAGE_FROM_HMODULE | FORMAT_MESSAGE_ARGUMENT_ARRAY, file, wcstoul(words[3], NULL, 10),
                        wcstoul(words[2], NULL, 10), text, 4096, (va_list *)inserts))
        return 4;
    WideCharToMultiByte(CP_UTF8, 0, text, -1, bytes, sizeof bytes, NULL, NULL);
    fputs(bytes, stdout);
    return 0;
}
