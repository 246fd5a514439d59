/* The parts of lync-drain.exe. Each function that can fail gives a number of winerror.h; 0 says that it did not. */
#ifndef LAUNCHER_H
#define LAUNCHER_H

/* Windows 7 and Server 2008 R2: nothing newer compiles. */
#define _WIN32_WINNT 0x0601
#include <windows.h>

/* The longest path and the longest command line that Windows takes, in characters. */
#define LONG_PATH 32768
#define LONG_COMMAND 32768
/* Characters of the longest SID in text form, and more. */
#define SID_ROOM 256

/* A file or folder of ours that others may write, or of which that cannot be found out. */
typedef struct {
    WCHAR path[LONG_PATH];
    /* Who may write; empty if unknown. */
    WCHAR sid[SID_ROOM];
    /* It is the account that the caller runs as. */
    BOOL isOwn;
    /* Why it is unknown; else 0. */
    DWORD error;
} Fault;

/* command-line.c */
const WCHAR *arguments_of(const WCHAR *line);
BOOL take_word(const WCHAR **arguments, const WCHAR *word);
BOOL has_word(const WCHAR *arguments, const WCHAR *word);

/* environment.c */
DWORD build_environment(WCHAR *block, DWORD room);

/* libraries.c */
BOOL keep_to_system_libraries(void);

/* own-account.c */
BOOL has_weaker_programs(void);
BOOL read_own_sid(WCHAR *sid, DWORD room);

/* descriptor.c */
BOOL find_stranger(PSECURITY_DESCRIPTOR descriptor, const WCHAR *own, WCHAR *stranger, DWORD room);

/* read-descriptor.c: the owner and who may do what; the caller frees it with LocalFree. */
DWORD read_descriptor(const WCHAR *path, PSECURITY_DESCRIPTOR *descriptor);

/* folder-check.c: looks at the folder (its path ends with a backslash) and all that stands in it. True if there is a fault. */
BOOL find_fault(const WCHAR *folder, Fault *fault);

/* run-node.c: also gives the exit code of Node. */
DWORD run_node(const WCHAR *folder, const WCHAR *arguments, DWORD *exitCode);

/* session-end.c: from now on Node is asked to end when the session ends. */
#define SESSION_END_WINDOW L"Lync Drain session end"
void follow_session_end(HANDLE process);
/* Called when a console event has reached this process. */
void note_console_event(void);

/* refusal.c: says it, and gives the exit code for it. */
int tell_unprotected(const Fault *fault, BOOL mayNameAccount, const WCHAR *arguments);
int tell_not_started(const WCHAR *path, DWORD error, const WCHAR *arguments);

/* language.c */
BOOL speaks_chinese(const WCHAR *arguments);

#endif
