/* Runs Node on our program and waits for it, whatever happens at the keyboard. */
#include "launcher.h"

#include <stdio.h>

#define ENVIRONMENT_ROOM (1 << 18)

static HANDLE node;

/*
 * Node gets the same event and decides. When the window closes, the user signs out or Windows shuts down, this process ends
 * as soon as its handler returns, and takes Node along: so it returns when Node has ended.
 */
static BOOL WINAPI leave_to_node(DWORD event)
{
    note_console_event();
    if (event != CTRL_C_EVENT && event != CTRL_BREAK_EVENT) WaitForSingleObject(node, INFINITE);
    return TRUE;
}

/*
 * Node ends with this process, also when that is killed; the programs that Node starts are in a job of Node's own. Windows
 * before version 8 refuses if we are in a job already (WinRM, a scheduled task): then Node goes on when we are killed.
 */
static void end_with_us(HANDLE process)
{
    JOBOBJECT_EXTENDED_LIMIT_INFORMATION limits = { 0 };
    HANDLE job = CreateJobObjectW(NULL, NULL);
    limits.BasicLimitInformation.LimitFlags = JOB_OBJECT_LIMIT_KILL_ON_JOB_CLOSE | JOB_OBJECT_LIMIT_SILENT_BREAKAWAY_OK;
    if (job && SetInformationJobObject(job, JobObjectExtendedLimitInformation, &limits, sizeof limits))
        AssignProcessToJobObject(job, process);
    /* The job stays open until this process ends. */
}

/* A standard handle that Node inherits; none if we have none, as under a task or a service. */
static HANDLE inheritable(DWORD which)
{
    HANDLE self = GetCurrentProcess(), copy;
    return DuplicateHandle(self, GetStdHandle(which), self, &copy, 0, TRUE, DUPLICATE_SAME_ACCESS) ? copy : NULL;
}

static DWORD start(WCHAR *program, WCHAR *line, WCHAR *environment, PROCESS_INFORMATION *started)
{
    STARTUPINFOW how = { .cb = sizeof how, .dwFlags = STARTF_USESTDHANDLES };
    how.hStdInput = inheritable(STD_INPUT_HANDLE);
    how.hStdOutput = inheritable(STD_OUTPUT_HANDLE);
    how.hStdError = inheritable(STD_ERROR_HANDLE);
    const DWORD flags = CREATE_SUSPENDED | CREATE_UNICODE_ENVIRONMENT;
    return CreateProcessW(program, line, NULL, NULL, TRUE, flags, environment, NULL, &how, started) ? 0 : GetLastError();
}

/*
 * Options of Node, for a quick start: nobody has to find out where links on the way to our files lead (one question for each folder), and
 * one thread beside our own is enough for V8. They change nothing of how V8 compiles, so that what was compiled in advance stays good.
 */
#define NODE_OPTIONS L"--preserve-symlinks --preserve-symlinks-main --v8-pool-size=1"

DWORD run_node(const WCHAR *folder, const WCHAR *arguments, DWORD *exitCode)
{
    static WCHAR program[LONG_PATH], line[LONG_COMMAND], environment[ENVIRONMENT_ROOM];
    PROCESS_INFORMATION started;
    _snwprintf(program, LONG_PATH - 1, L"%lsnode.exe", folder);
    int length = _snwprintf(line, LONG_COMMAND, L"\"%ls\" " NODE_OPTIONS L" \"%lslync-drain.cjs\" %ls", program, folder, arguments);
    if (length < 0 || length >= LONG_COMMAND) return ERROR_FILENAME_EXCED_RANGE;
    DWORD error = build_environment(environment, ENVIRONMENT_ROOM);
    if (error) return error;
    SetConsoleCtrlHandler(leave_to_node, TRUE);
    error = start(program, line, environment, &started);
    if (error) return error;
    node = started.hProcess;
    end_with_us(node);
    ResumeThread(started.hThread);
    follow_session_end(node);
    WaitForSingleObject(node, INFINITE);
    return GetExitCodeProcess(node, exitCode) ? 0 : GetLastError();
}
