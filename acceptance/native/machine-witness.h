/* The parts of machine-witness.c. Each prints the answer to one question. */
#ifndef MACHINE_WITNESS_H
#define MACHINE_WITNESS_H

/* Windows 7 and Server 2008 R2: nothing newer compiles. */
#undef _WIN32_WINNT
#define _WIN32_WINNT 0x0601
#define WIN32_LEAN_AND_MEAN
#include <winsock2.h>
#include <windows.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <wchar.h>

#define MAX_LINE 16384
#define MAX_FIELDS 4

/* json.c */
void print_text(const WCHAR *text);
void fail(const char *operation, DWORD error);
void answer(BOOL succeeded, const char *operation);

/* about-machine.c */
void machine_json(void);
void count_json(const WCHAR *name);
void windows_json(const WCHAR *name);
void end_tree(DWORD process);
void end_inside_folder(const WCHAR *folder, DWORD process);

/* about-services.c */
void delayed_json(const WCHAR *name);
void set_delayed(const WCHAR *name, BOOL isDelayed);
void triggers_json(const WCHAR *name);
void set_trigger(const WCHAR *name);

/* about-network.c */
void tcp_json(int port);

/* about-files.c */
void sddl_json(const WCHAR *path);
void set_sddl(const WCHAR *path, const WCHAR *sddl);

/* about-counters.c */
void counter_json(const WCHAR *path);

/* about-events.c */
void report_event(const WCHAR *source, const WCHAR *text);
void events_json(const WCHAR *source);

#endif
