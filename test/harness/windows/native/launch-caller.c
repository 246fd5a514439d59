/*
 * Starts a program as cmd.exe or a script does, and says what only Windows can see of it: an exit code of 32 bits, what
 * becomes of it at Ctrl-C, at Ctrl-Break, at the end of the session and when it is killed.
 *
 *   launch-caller FILE HOW OUTPUT
 *
 * FILE holds a command line for each line, in UTF-8, which is handed over as it is; what the programs say goes to the file
 * OUTPUT. HOW: `run`; `ctrl-c`, `ctrl-break`, `end-session`, `stay` (a session whose end was refused) or `kill`, done when the one
 * program has said "ready PROCESS". The messages of the end of a session are sent as Windows sends them, to the program's window, and
 * what it answers is said: `asked ANSWER`, `ended`.
 * Says `exit HEX` after each, and after a kill whether PROCESS has ended too: `gone` or `left`.
 */
#define _WIN32_WINNT 0x0601
#include <windows.h>

#include <stdio.h>
#include <string.h>

#define PATIENCE_MS 20000

static const WCHAR *output_path;
static HANDLE output;

static BOOL WINAPI ignore(DWORD event)
{
    (void)event;
    return TRUE;
}

/* The number behind "ready " in what was written so far; 0 if there is none yet. */
static DWORD read_ready(void)
{
    static char text[400000];
    FILE *file = _wfopen(output_path, L"rb");
    if (!file) return 0;
    size_t length = fread(text, 1, sizeof text - 1, file);
    fclose(file);
    text[length] = '\0';
    const char *found = strstr(text, "ready ");
    return found && strchr(found, '\n') ? strtoul(found + 6, NULL, 10) : 0;
}

static DWORD wait_until_ready(void)
{
    for (int left = PATIENCE_MS; left > 0; left -= 50) {
        DWORD process = read_ready();
        if (process) return process;
        Sleep(50);
    }
    return 0;
}

static DWORD asked_process;

static BOOL CALLBACK is_its_window(HWND window, LPARAM found)
{
    DWORD process = 0;
    GetWindowThreadProcessId(window, &process);
    if (process == asked_process) *(HWND *)found = window;
    return process != asked_process;
}

/* The one window of the program, once it has made it. */
static HWND find_window(HANDLE program)
{
    HWND window = NULL;
    asked_process = GetProcessId(program);
    for (int left = PATIENCE_MS; left > 0 && !window; left -= 50) {
        EnumWindows(is_its_window, (LPARAM)&window);
        if (!window) Sleep(50);
    }
    return window;
}

static void end_session(HANDLE program, BOOL isEnding)
{
    HWND window = find_window(program);
    printf("asked %d\n", window ? (int)SendMessageW(window, WM_QUERYENDSESSION, 0, (LPARAM)ENDSESSION_LOGOFF) : -1);
    SendMessageW(window, WM_ENDSESSION, (WPARAM)isEnding, (LPARAM)ENDSESSION_LOGOFF);
    printf("%s\n", WaitForSingleObject(program, 500) == WAIT_OBJECT_0 ? "ended" : "runs");
    if (!isEnding) TerminateProcess(program, 99);
}

static void disturb(HANDLE program, const char *how)
{
    DWORD process = wait_until_ready();
    HANDLE node = OpenProcess(SYNCHRONIZE, FALSE, process);
    if (strcmp(how, "ctrl-c") == 0 && !GenerateConsoleCtrlEvent(CTRL_C_EVENT, 0)) printf("no event %lu\n", GetLastError());
    if (strcmp(how, "ctrl-break") == 0 && !GenerateConsoleCtrlEvent(CTRL_BREAK_EVENT, 0)) printf("no event %lu\n", GetLastError());
    if (strcmp(how, "end-session") == 0 || strcmp(how, "stay") == 0) end_session(program, strcmp(how, "stay") != 0);
    if (strcmp(how, "kill") != 0) return;
    TerminateProcess(program, 99);
    printf("%s\n", WaitForSingleObject(node, PATIENCE_MS) == WAIT_OBJECT_0 ? "gone" : "left");
}

static void start(WCHAR *line, const char *how)
{
    STARTUPINFOW with = { .cb = sizeof with, .dwFlags = STARTF_USESTDHANDLES };
    PROCESS_INFORMATION started;
    DWORD code = 0;
    with.hStdInput = GetStdHandle(STD_INPUT_HANDLE);
    with.hStdOutput = output;
    with.hStdError = output;
    if (!CreateProcessW(NULL, line, NULL, NULL, TRUE, 0, NULL, NULL, &with, &started)) {
        printf("not started %lu\n", GetLastError());
        return;
    }
    if (strcmp(how, "run") != 0) disturb(started.hProcess, how);
    if (WaitForSingleObject(started.hProcess, PATIENCE_MS) != WAIT_OBJECT_0) printf("runs on\n");
    GetExitCodeProcess(started.hProcess, &code);
    printf("exit %08lx\n", code);
    fflush(stdout);
}

int wmain(int count, WCHAR **arguments)
{
    static char text[100000];
    static WCHAR line[100000];
    char how[32];
    if (count != 4) return 2;
    sprintf(how, "%ls", arguments[2]);
    output_path = arguments[3];
    SECURITY_ATTRIBUTES inherited = { .nLength = sizeof inherited, .bInheritHandle = TRUE };
    output = CreateFileW(output_path, FILE_APPEND_DATA, FILE_SHARE_READ | FILE_SHARE_WRITE, &inherited, CREATE_ALWAYS, 0, NULL);
    HANDLE handles[] = { GetStdHandle(STD_INPUT_HANDLE), GetStdHandle(STD_OUTPUT_HANDLE), GetStdHandle(STD_ERROR_HANDLE) };
    /* Events reach those who share a console. A new one takes the place of our standard handles. */
    if (strcmp(how, "run") != 0) {
        FreeConsole();
        AllocConsole();
    }
    SetStdHandle(STD_INPUT_HANDLE, handles[0]);
    SetStdHandle(STD_OUTPUT_HANDLE, handles[1]);
    SetStdHandle(STD_ERROR_HANDLE, handles[2]);
    SetConsoleCtrlHandler(ignore, TRUE);
    FILE *lines = _wfopen(arguments[1], L"rb");
    while (lines && fgets(text, sizeof text, lines)) {
        text[strcspn(text, "\r\n")] = '\0';
        MultiByteToWideChar(CP_UTF8, 0, text, -1, line, 100000);
        start(line, how);
    }
    return 0;
}
