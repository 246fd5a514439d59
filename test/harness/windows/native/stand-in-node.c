/*
 * Stands in for node.exe beside the launcher: says in UTF-8 what it was given, and does what its last argument says.
 *
 *   line LINE          its command line behind the program's and the script's name
 *   option TEXT        each of Node's own options, before the script's name
 *   argument TEXT      each argument behind those, as Microsoft's C runtime takes them apart
 *   variable NAME=VALUE
 *   input TEXT         what standard input holds, for the last argument `read`
 *
 * Last arguments: `exit=HEX` ends with that code, `crash` ends with an access violation, `wait` says `ready PROCESS`, waits
 * for a console event, says `event NUMBER`, and ends with 130 a second later.
 */
#define _WIN32_WINNT 0x0601
#include <windows.h>

#include <stdio.h>

static HANDLE told;
static DWORD event;

static void say(const WCHAR *kind, const WCHAR *text)
{
    static char bytes[200000];
    DWORD written;
    char head[32];
    int length = sprintf(head, "%ls ", kind);
    WriteFile(GetStdHandle(STD_OUTPUT_HANDLE), head, (DWORD)length, &written, NULL);
    length = WideCharToMultiByte(CP_UTF8, 0, text, -1, bytes, sizeof bytes - 1, NULL, NULL);
    bytes[length - 1] = '\n';
    WriteFile(GetStdHandle(STD_OUTPUT_HANDLE), bytes, (DWORD)length, &written, NULL);
}

/* Behind two names in quotes, as the launcher writes them. */
static const WCHAR *behind_names(const WCHAR *line)
{
    for (int quotes = 0; quotes < 4; line++)
        if (*line == L'"') quotes++;
    return line + 1;
}

static BOOL WINAPI take_event(DWORD kind)
{
    event = kind;
    SetEvent(told);
    return TRUE;
}

static int wait_for_event(void)
{
    WCHAR number[16];
    told = CreateEventW(NULL, FALSE, FALSE, NULL);
    SetConsoleCtrlHandler(take_event, TRUE);
    swprintf(number, 16, L"%lu", GetCurrentProcessId());
    say(L"ready", number);
    WaitForSingleObject(told, INFINITE);
    swprintf(number, 16, L"%lu", event);
    say(L"event", number);
    /* Longer than a launcher would live that did not wait. */
    Sleep(1000);
    return 130;
}

static void tell_input(void)
{
    WCHAR text[256];
    if (fgetws(text, 256, stdin)) {
        text[wcscspn(text, L"\r\n")] = L'\0';
        say(L"input", text);
    }
}

int wmain(int count, WCHAR **arguments, WCHAR **environment)
{
    const WCHAR *last = arguments[count - 1];
    say(L"line", behind_names(GetCommandLineW()));
    int script = 1;
    for (; script < count && wcsncmp(arguments[script], L"--", 2) == 0; script++) say(L"option", arguments[script]);
    for (int i = script + 1; i < count; i++) say(L"argument", arguments[i]);
    for (; *environment; environment++) say(L"variable", *environment);
    if (wcscmp(last, L"wait") == 0) return wait_for_event();
    if (wcscmp(last, L"crash") == 0) TerminateProcess(GetCurrentProcess(), STATUS_ACCESS_VIOLATION);
    if (wcscmp(last, L"read") == 0) tell_input();
    if (wcsncmp(last, L"exit=", 5) == 0) ExitProcess(wcstoul(last + 5, NULL, 16));
    return 0;
}
