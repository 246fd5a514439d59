/*
 * A Windows service that carries sessions, for tests on a real service control manager.
 *
 * It listens on a port of 127.0.0.1 and keeps one session per connection (what a session sends comes back). Paused, it
 * closes its listener and keeps its sessions, as Lync's services do; continued, it listens again. Every event goes to a
 * log file that tests read from outside. Switches, all in the service's binary path, make it misbehave: see
 * session-service-switches.h.
 */
#include "session-service-switches.h"

#define CHECKPOINT_MS 200
#define WORKER_TICK_MS 20
#define ANSWERED_MS 400

typedef struct { Service *service; How how; DWORD pending, target; } Transition;

/* ---- log ---- */

static void log_event(Service *service, const char *what, int peer)
{
    if (!service->log_path[0]) return;
    FILETIME now;
    GetSystemTimeAsFileTime(&now);
    ULONGLONG ticks = ((ULONGLONG)now.dwHighDateTime << 32 | now.dwLowDateTime) - 116444736000000000ULL;
    char line[256];
    int length = snprintf(line, sizeof line, "{\"at\":%llu,\"event\":\"%s\",\"peer\":%d,\"sessions\":%d}\n",
                          ticks / 10000, what, peer, service->session_count);
    HANDLE file = CreateFileW(service->log_path, FILE_APPEND_DATA, FILE_SHARE_READ | FILE_SHARE_WRITE, NULL, OPEN_ALWAYS, 0, NULL);
    if (file == INVALID_HANDLE_VALUE) return;
    DWORD written;
    WriteFile(file, line, (DWORD)length, &written, NULL);
    CloseHandle(file);
}

/* ---- sessions; every function here is called under the lock ---- */

static void open_listener(Service *service)
{
    if (!service->port || service->listener != INVALID_SOCKET) return;
    SOCKET listener = socket(AF_INET, SOCK_STREAM, 0);
    struct sockaddr_in address = { 0 };
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    address.sin_port = htons((u_short)service->port);
    BOOL reuse = TRUE;
    setsockopt(listener, SOL_SOCKET, SO_REUSEADDR, (const char *)&reuse, sizeof reuse);
    u_long nonblocking = 1;
    ioctlsocket(listener, FIONBIO, &nonblocking);
    if (bind(listener, (struct sockaddr *)&address, sizeof address) || listen(listener, SOMAXCONN)) {
        closesocket(listener);
        log_event(service, "listen-failed", service->port);
        return;
    }
    service->listener = listener;
}

static void accept_waiting(Service *service)
{
    while (service->listener != INVALID_SOCKET && service->session_count < MAX_SESSIONS) {
        struct sockaddr_in from;
        int length = sizeof from;
        SOCKET session = accept(service->listener, (struct sockaddr *)&from, &length);
        if (session == INVALID_SOCKET) return;
        u_long nonblocking = 1;
        ioctlsocket(session, FIONBIO, &nonblocking);
        service->sessions[service->session_count] = session;
        service->peers[service->session_count] = ntohs(from.sin_port);
        service->session_count++;
        log_event(service, "accepted", ntohs(from.sin_port));
    }
}

static void close_listener(Service *service)
{
    accept_waiting(service); /* clients that are connected already keep the session */
    if (service->listener != INVALID_SOCKET) closesocket(service->listener);
    service->listener = INVALID_SOCKET;
}

static void end_session(Service *service, int index)
{
    int peer = service->peers[index];
    closesocket(service->sessions[index]);
    service->session_count--;
    service->sessions[index] = service->sessions[service->session_count];
    service->peers[index] = service->peers[service->session_count];
    log_event(service, "closed", peer);
}

/* Sends back what came in. False when the session has ended. */
static BOOL echo(SOCKET session)
{
    char bytes[2048];
    for (;;) {
        int count = recv(session, bytes, sizeof bytes, 0);
        if (count == 0) return FALSE;
        if (count < 0) return WSAGetLastError() == WSAEWOULDBLOCK;
        send(session, bytes, count, 0);
    }
}

static DWORD WINAPI carry_sessions(void *argument)
{
    Service *service = argument;
    while (WaitForSingleObject(service->stopped, 0) == WAIT_TIMEOUT) {
        static __thread fd_set readable;
        FD_ZERO(&readable);
        EnterCriticalSection(&service->lock);
        if (service->listener != INVALID_SOCKET) FD_SET(service->listener, &readable);
        for (int i = 0; i < service->session_count; i++) FD_SET(service->sessions[i], &readable);
        LeaveCriticalSection(&service->lock);
        if (!readable.fd_count) {
            Sleep(WORKER_TICK_MS);
            continue;
        }
        struct timeval tick = { 0, WORKER_TICK_MS * 1000 };
        if (select(0, &readable, NULL, NULL, &tick) <= 0) continue;
        EnterCriticalSection(&service->lock);
        for (int i = service->session_count - 1; i >= 0; i--)
            if (FD_ISSET(service->sessions[i], &readable) && !echo(service->sessions[i])) end_session(service, i);
        accept_waiting(service);
        LeaveCriticalSection(&service->lock);
    }
    return 0;
}

/* ---- states ---- */

static void report(Service *service, DWORD state, DWORD exit_code, DWORD specific_code)
{
    BOOL settled = state == SERVICE_RUNNING || state == SERVICE_PAUSED;
    service->status.dwCurrentState = state;
    service->status.dwControlsAccepted =
        !settled ? 0 : SERVICE_ACCEPT_STOP | (service->pausable ? SERVICE_ACCEPT_PAUSE_CONTINUE : 0);
    service->status.dwWin32ExitCode = exit_code;
    service->status.dwServiceSpecificExitCode = specific_code;
    if (settled || state == SERVICE_STOPPED) {
        service->status.dwCheckPoint = 0;
        service->status.dwWaitHint = 0;
    } else {
        service->status.dwCheckPoint++;
        service->status.dwWaitHint = CHECKPOINT_MS * 5;
    }
    SetServiceStatus(service->handle, &service->status);
}

static void crash(Service *service, const char *what)
{
    log_event(service, what, 0);
    TerminateProcess(GetCurrentProcess(), 0xDEAD);
}

static DWORD WINAPI act_by_itself(void *argument);

static void reach(Service *service, DWORD state, DWORD exit_code, DWORD specific_code)
{
    EnterCriticalSection(&service->lock);
    BOOL first = service->status.dwCurrentState == SERVICE_START_PENDING;
    if (state == SERVICE_RUNNING) open_listener(service);
    if (state == SERVICE_PAUSED && !service->keep_listening) close_listener(service);
    if (state == SERVICE_STOPPED) {
        close_listener(service);
        while (service->session_count) end_session(service, service->session_count - 1);
    }
    log_event(service, state == SERVICE_PAUSED ? "paused" : state == SERVICE_STOPPED ? "stopped" : first ? "started" : "continued", 0);
    report(service, state, exit_code, specific_code);
    LeaveCriticalSection(&service->lock);
    if (state == SERVICE_STOPPED) SetEvent(service->stopped);
    if (state == SERVICE_PAUSED && (service->resume_after_ms || service->crash_after_ms))
        CloseHandle(CreateThread(NULL, 0, act_by_itself, service, 0, NULL));
}

static DWORD WINAPI act_by_itself(void *argument)
{
    Service *service = argument;
    Sleep(service->resume_after_ms ? service->resume_after_ms : service->crash_after_ms);
    if (service->crash_after_ms) crash(service, "crashed");
    reach(service, SERVICE_RUNNING, NO_ERROR, 0);
    return 0;
}

static DWORD WINAPI go_slowly(void *argument)
{
    Transition transition = *(Transition *)argument;
    free(argument);
    Service *service = transition.service;
    if (transition.how.kind == LATE) {
        Sleep(transition.how.value);
    } else {
        for (DWORD waited = 0; waited < transition.how.value; waited += CHECKPOINT_MS) {
            Sleep(CHECKPOINT_MS);
            EnterCriticalSection(&service->lock);
            report(service, transition.pending, NO_ERROR, 0);
            LeaveCriticalSection(&service->lock);
        }
    }
    reach(service, transition.target, NO_ERROR, 0);
    return 0;
}

static void go_slowly_later(Service *service, How how, DWORD pending, DWORD target)
{
    Transition *transition = malloc(sizeof *transition);
    *transition = (Transition){ service, how, pending, target };
    CloseHandle(CreateThread(NULL, 0, go_slowly, transition, 0, NULL));
}

/* Takes a service to a state in the manner asked for; the answer is the handler's. */
static DWORD go(Service *service, How how, DWORD pending, DWORD target)
{
    switch (how.kind) {
    case BLOCK:
        Sleep(how.value);
        reach(service, target, NO_ERROR, 0);
        return NO_ERROR;
    case NORMAL:
        reach(service, target, NO_ERROR, 0);
        return NO_ERROR;
    case LATE:
        go_slowly_later(service, how, pending, target);
        return NO_ERROR;
    case SLOW:
        report(service, pending, NO_ERROR, 0);
        go_slowly_later(service, how, pending, target);
        return NO_ERROR;
    case NEVER:
        report(service, pending, NO_ERROR, 0);
        return NO_ERROR;
    case REFUSE:
        return how.value;
    case SPECIFIC:
        reach(service, SERVICE_STOPPED, ERROR_SERVICE_SPECIFIC_ERROR, how.value);
        return NO_ERROR;
    case STOP:
        reach(service, SERVICE_STOPPED, NO_ERROR, 0);
        return NO_ERROR;
    case CRASH:
        crash(service, "crashed");
    }
    return NO_ERROR;
}

static DWORD WINAPI handle_control(DWORD control, DWORD event, void *data, void *context)
{
    (void)event;
    (void)data;
    Service *service = context;
    switch (control) {
    case SERVICE_CONTROL_PAUSE:
        return go(service, service->on_pause, SERVICE_PAUSE_PENDING, SERVICE_PAUSED);
    case SERVICE_CONTROL_CONTINUE:
        return go(service, service->on_continue, SERVICE_CONTINUE_PENDING, SERVICE_RUNNING);
    case SERVICE_CONTROL_STOP:
        reach(service, SERVICE_STOPPED, NO_ERROR, 0);
        return NO_ERROR;
    case SERVICE_CONTROL_INTERROGATE:
        return NO_ERROR;
    }
    return ERROR_CALL_NOT_IMPLEMENTED;
}

static void WINAPI service_main(DWORD argument_count, WCHAR **arguments)
{
    Service *service = &services[0];
    for (int i = 0; i < service_count; i++)
        if (argument_count && !_wcsicmp(arguments[0], services[i].name)) service = &services[i];

    service->handle = RegisterServiceCtrlHandlerExW(argument_count ? arguments[0] : L"", handle_control, service);
    if (!service->handle) return;
    InitializeCriticalSection(&service->lock);
    service->listener = INVALID_SOCKET;
    service->session_count = 0;
    service->stopped = CreateEventW(NULL, TRUE, FALSE, NULL);
    service->status.dwServiceType = service_count > 1 ? SERVICE_WIN32_SHARE_PROCESS : SERVICE_WIN32_OWN_PROCESS;
    report(service, SERVICE_START_PENDING, NO_ERROR, 0);
    if (service->on_start.kind == REFUSE) reach(service, SERVICE_STOPPED, service->on_start.value, 0);
    else go(service, service->on_start, SERVICE_START_PENDING, SERVICE_RUNNING);
    carry_sessions(service);
    /* The process that stopped it gets its answer first: a process that ends before that breaks the pipe to the service control manager. */
    Sleep(ANSWERED_MS);
}

int wmain(int count, WCHAR **arguments)
{
    parse(count, arguments);
    WSADATA winsock;
    WSAStartup(MAKEWORD(2, 2), &winsock);
    SERVICE_TABLE_ENTRYW table[MAX_SERVICES + 1] = { { 0 } };
    for (int i = 0; i < service_count; i++) table[i] = (SERVICE_TABLE_ENTRYW){ services[i].name, service_main };
    return StartServiceCtrlDispatcherW(table) ? 0 : (int)GetLastError();
}
