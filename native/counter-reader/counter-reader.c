/*
 * lync-drain-counters.exe: reads performance counters for Lync Drain, in a process of its own.
 *
 * Windows loads the performance library of every product whose counters are asked for into the process that asks. Such a
 * library may hang, crash, need more stack than a worker thread of Node has, or write to standard output: here that costs
 * one reading, and Lync Drain starts this program again.
 *
 * Requests come on standard input, answers go to standard output, both in UTF-8 and in lines that end with a line feed:
 *
 *   read ID COUNT           followed by COUNT lines with a path each; ID is a number
 *   answer ID COUNT         followed by COUNT lines, one for each path in its order:
 *     value NUMBER            the counter's value, or the sum for a pattern
 *     status HEX              what PDH (pdhmsg.h) or Windows (winerror.h) said instead, in eight digits
 *
 * A path is an English counter path, or a pattern \BEGINNING*\*END: see counter-names.h. The next request may be sent when
 * the last one was answered. One query is held open for all of them; it ends with standard input, and so does this
 * program. Anything else that is asked ends it at once, with exit code 2.
 */
#include "counter-query.h"

#define MAX_LINE (4 * MAX_PATH_LENGTH)
#define STACK_BYTES (16 << 20)
/* Kept free for the end of a thread whose stack has overflowed. */
#define STACK_GUARANTEE (64 << 10)
/* So long may a performance library take to close its counters. */
#define CLOSING_MS 1500
#define EXIT_NOT_UNDERSTOOD 2
#define EXIT_NO_MEMORY 3
#define EXIT_CRASHED 4

static HANDLE input, output;
static HANDLE requested, answered;
static BOOL isEnding;
static struct { unsigned long id; DWORD count; WCHAR paths[MAX_PATHS][MAX_PATH_LENGTH]; } request;

/* No detach of foreign libraries, which could hang as well. */
static void end(UINT code)
{
    TerminateProcess(GetCurrentProcess(), code);
}

static LONG WINAPI end_crashed(EXCEPTION_POINTERS *exception)
{
    (void)exception;
    end(EXIT_CRASHED);
    return EXCEPTION_EXECUTE_HANDLER;
}

/* ---- the thread that talks to PDH ---- */

static void write_all(const char *text, DWORD length)
{
    for (DWORD written; length > 0; text += written, length -= written)
        if (!WriteFile(output, text, length, &written, NULL)) end(0);
}

static void answer_request(void)
{
    static char text[64 + MAX_PATHS * 32];
    static Answer answers[MAX_PATHS];
    read_counters(request.paths, request.count, answers);
    int length = sprintf(text, "answer %lu %lu\n", request.id, request.count);
    for (DWORD i = 0; i < request.count; i++) {
        char number[24];
        if (answers[i].status) length += sprintf(text + length, "status %08lx\n", answers[i].status);
        else length += sprintf(text + length, "value %s\n", _i64toa(answers[i].value, number, 10));
    }
    /* Before the answer: the next request may come as soon as it is read. */
    SetEvent(answered);
    write_all(text, (DWORD)length);
}

static DWORD WINAPI serve(void *argument)
{
    (void)argument;
    ULONG guarantee = STACK_GUARANTEE;
    SetThreadStackGuarantee(&guarantee);
    for (;;) {
        WaitForSingleObject(requested, INFINITE);
        if (isEnding) break;
        answer_request();
    }
    close_counters();
    return 0;
}

/* ---- the thread that reads requests, and notices when the other end has closed ---- */

/* The next byte; -1 when the input has ended. */
static int next_byte(void)
{
    static char bytes[16 << 10];
    static DWORD count, at;
    if (at == count) {
        at = 0;
        if (!ReadFile(input, bytes, sizeof bytes, &count, NULL) || count == 0) return -1;
    }
    return (unsigned char)bytes[at++];
}

/* The next line without its end. False when the input has ended. */
static BOOL next_line(char *line)
{
    for (int length = 0; length < MAX_LINE; length++) {
        int byte = next_byte();
        if (byte < 0) return FALSE;
        line[length] = byte == '\n' ? '\0' : (char)byte;
        if (byte == '\n') return TRUE;
    }
    end(EXIT_NOT_UNDERSTOOD);
    return FALSE;
}

/* Takes down the next request. False when the input has ended. */
static BOOL take_request(void)
{
    static char line[MAX_LINE];
    char rest;
    if (!next_line(line)) return FALSE;
    if (sscanf(line, "read %lu %lu%c", &request.id, &request.count, &rest) != 2 || request.count > MAX_PATHS) end(EXIT_NOT_UNDERSTOOD);
    for (DWORD i = 0; i < request.count; i++) {
        if (!next_line(line)) return FALSE;
        if (!MultiByteToWideChar(CP_UTF8, MB_ERR_INVALID_CHARS, line, -1, request.paths[i], MAX_PATH_LENGTH)) end(EXIT_NOT_UNDERSTOOD);
    }
    return TRUE;
}

/* What a performance library prints must not come among our answers. */
static void keep_pipes_private(void)
{
    HANDLE self = GetCurrentProcess();
    BOOL isKept = DuplicateHandle(self, GetStdHandle(STD_INPUT_HANDLE), self, &input, 0, FALSE, DUPLICATE_SAME_ACCESS) &&
                  DuplicateHandle(self, GetStdHandle(STD_OUTPUT_HANDLE), self, &output, 0, FALSE, DUPLICATE_SAME_ACCESS);
    if (!isKept || !freopen("NUL", "r", stdin) || !freopen("NUL", "w", stdout) || !freopen("NUL", "w", stderr)) end(EXIT_NOT_UNDERSTOOD);
    SetStdHandle(STD_INPUT_HANDLE, (HANDLE)_get_osfhandle(_fileno(stdin)));
    SetStdHandle(STD_OUTPUT_HANDLE, (HANDLE)_get_osfhandle(_fileno(stdout)));
    SetStdHandle(STD_ERROR_HANDLE, (HANDLE)_get_osfhandle(_fileno(stderr)));
}

int main(void)
{
    WCHAR system[MAX_PATH];
    SetErrorMode(SEM_FAILCRITICALERRORS | SEM_NOGPFAULTERRORBOX | SEM_NOOPENFILEERRORBOX);
    SetUnhandledExceptionFilter(end_crashed);
    /* Libraries come from Windows' folders only, and the folder that we were started in stays free to be removed. */
    SetDllDirectoryW(L"");
    if (GetSystemDirectoryW(system, MAX_PATH)) SetCurrentDirectoryW(system);
    keep_pipes_private();
    requested = CreateEventW(NULL, FALSE, FALSE, NULL);
    answered = CreateEventW(NULL, FALSE, TRUE, NULL);
    HANDLE server = CreateThread(NULL, STACK_BYTES, serve, NULL, STACK_SIZE_PARAM_IS_A_RESERVATION, NULL);
    if (!requested || !answered || !server) end(EXIT_NO_MEMORY);
    while (take_request()) {
        if (WaitForSingleObject(answered, 0) != WAIT_OBJECT_0) end(EXIT_NOT_UNDERSTOOD);
        SetEvent(requested);
    }
    isEnding = TRUE;
    if (WaitForSingleObject(answered, 0) == WAIT_OBJECT_0) {
        SetEvent(requested);
        WaitForSingleObject(server, CLOSING_MS);
    }
    end(0);
    return 0;
}
