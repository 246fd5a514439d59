/*
 * The switches of session-service.c and what they set.
 *
 *   --service NAME           begins the switches of one service; several share the process. Left out: one, of any name
 *   --log FILE               where events go, one JSON object a line
 *   --port N                 where it listens; 0 or left out: nowhere
 *   --on-start HOW           what a start does; HOW is below
 *   --on-pause HOW           what the pause control does
 *   --on-continue HOW        what the continue control does
 *   --not-pausable           pause and continue are not among the controls accepted
 *   --keep-listening         the listener stays open while paused: new sessions leak in
 *   --resume-after MS        it continues by itself so long after it paused
 *   --crash-after MS         it crashes so long after it paused
 *
 * HOW is one of
 *   normal                   at once, before the handler returns
 *   slow:MS                  pending for so long, the checkpoint moving every 200 ms
 *   never                    pending for ever, the checkpoint standing still (start: hung)
 *   late:MS                  accepted at once, but running as before for so long
 *   refuse:ERROR             the handler answers with this error (start: stopped with this exit code)
 *   specific:CODE            stops with a service-specific exit code
 *   stop                     stops, with no error
 *   crash                    the process ends without a word
 *   block:MS                 the handler blocks for so long, then behaves normally
 */
#define WIN32_LEAN_AND_MEAN
#define FD_SETSIZE 4096
#include <winsock2.h>
#include <windows.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <wchar.h>

#define MAX_SERVICES 16
#define MAX_SESSIONS (FD_SETSIZE - 1)

typedef enum { NORMAL, SLOW, NEVER, LATE, REFUSE, SPECIFIC, STOP, CRASH, BLOCK } HowKind;
typedef struct { HowKind kind; DWORD value; } How;

typedef struct {
    WCHAR name[260];
    WCHAR log_path[1024];
    int port;
    How on_start, on_pause, on_continue;
    BOOL pausable, keep_listening;
    DWORD resume_after_ms, crash_after_ms;

    SERVICE_STATUS_HANDLE handle;
    SERVICE_STATUS status;
    CRITICAL_SECTION lock; /* guards everything below and the status */
    SOCKET listener;
    SOCKET sessions[MAX_SESSIONS];
    int peers[MAX_SESSIONS];
    int session_count;
    HANDLE stopped; /* set when the service reported stopped */
} Service;

static Service services[MAX_SERVICES];
static int service_count;

static void fail_usage(const WCHAR *argument)
{
    fprintf(stderr, "session-service: do not understand %ls\n", argument);
    ExitProcess(2);
}

static How parse_how(const WCHAR *text)
{
    static const WCHAR *names[] = { L"normal", L"slow", L"never", L"late", L"refuse", L"specific", L"stop", L"crash", L"block" };
    const WCHAR *colon = wcschr(text, L':');
    size_t length = colon ? (size_t)(colon - text) : wcslen(text);
    for (int kind = NORMAL; kind <= BLOCK; kind++)
        if (wcslen(names[kind]) == length && !wcsncmp(text, names[kind], length))
            return (How){ kind, colon ? wcstoul(colon + 1, NULL, 10) : 0 };
    fail_usage(text);
    return (How){ NORMAL, 0 };
}

static Service *add_service(const WCHAR *name)
{
    if (service_count == MAX_SERVICES) fail_usage(name);
    Service *service = &services[service_count++];
    wcsncpy(service->name, name, 259);
    service->pausable = TRUE;
    return service;
}

static const WCHAR *value_of(int *index, int count, WCHAR **arguments)
{
    if (*index + 1 >= count) fail_usage(arguments[*index]);
    return arguments[++*index];
}

static void parse(int count, WCHAR **arguments)
{
    Service *service = NULL;
    for (int i = 1; i < count; i++) {
        const WCHAR *name = arguments[i];
        if (!wcscmp(name, L"--service")) {
            service = add_service(value_of(&i, count, arguments));
            continue;
        }
        if (!service) service = add_service(L"");
        if (!wcscmp(name, L"--log")) wcsncpy(service->log_path, value_of(&i, count, arguments), 1023);
        else if (!wcscmp(name, L"--port")) service->port = _wtoi(value_of(&i, count, arguments));
        else if (!wcscmp(name, L"--on-start")) service->on_start = parse_how(value_of(&i, count, arguments));
        else if (!wcscmp(name, L"--on-pause")) service->on_pause = parse_how(value_of(&i, count, arguments));
        else if (!wcscmp(name, L"--on-continue")) service->on_continue = parse_how(value_of(&i, count, arguments));
        else if (!wcscmp(name, L"--not-pausable")) service->pausable = FALSE;
        else if (!wcscmp(name, L"--keep-listening")) service->keep_listening = TRUE;
        else if (!wcscmp(name, L"--resume-after")) service->resume_after_ms = wcstoul(value_of(&i, count, arguments), NULL, 10);
        else if (!wcscmp(name, L"--crash-after")) service->crash_after_ms = wcstoul(value_of(&i, count, arguments), NULL, 10);
        else fail_usage(name);
    }
    if (!service_count) add_service(L"");
}
