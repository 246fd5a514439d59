#include "machine-witness.h"

void print_text(const WCHAR *text)
{
    putchar('"');
    for (; text && *text; text++) {
        if (*text >= 0x20 && *text < 0x7f && *text != '"' && *text != '\\') putchar(*text);
        else printf("\\u%04x", *text);
    }
    putchar('"');
}

void fail(const char *operation, DWORD error)
{
    printf("{\"ok\":false,\"win32\":%lu,\"operation\":\"%s\"}", error, operation);
}

void answer(BOOL succeeded, const char *operation)
{
    if (succeeded) printf("{\"ok\":true}");
    else fail(operation, GetLastError());
}
