/*
 * What the acceptance kit sees of a machine past the product: what native Windows functions say of it, and nothing of ours.
 *
 * One question a line on stdin (UTF-8, fields parted by tabs), one JSON object a line on stdout: { "ok": true, ... } or
 * { "ok": false, "win32": number, "operation": "..." }.
 *
 *   machine                       build, product, boot and sign-in
 *   delayed NAME                  the flag of a delayed start          set-delayed NAME 0|1
 *   triggers NAME                 how many, and what the first one is  set-trigger NAME    one that nothing ever fires
 *   tcp PORT                      connections and listeners of a local port
 *   sddl PATH                     owner and access list                set-sddl PATH SDDL
 *   end-tree PID                  ends a process and all that it started, at once
 *   end-in FOLDER [PID]           ends every process whose program is there, or this one if it is
 *   count NAME                    processes of a program's file name   windows NAME    those that show a window or an icon's window
 *   counter PATH                  a performance counter by its English path
 *   report SOURCE TEXT            writes an event                      events SOURCE   those in the Application log, newest last
 */
#include "machine-witness.h"


static void obey(WCHAR *line)
{
    static WCHAR nothing[] = L"";
    WCHAR *field[MAX_FIELDS];
    int count = 0;
    for (WCHAR *at = line; at && count < MAX_FIELDS; count++) {
        field[count] = at;
        at = wcschr(at, L'\t');
        if (at) *at++ = 0;
    }
    while (count < MAX_FIELDS) field[count++] = nothing;

    if (!wcscmp(field[0], L"machine")) machine_json();
    else if (!wcscmp(field[0], L"delayed")) delayed_json(field[1]);
    else if (!wcscmp(field[0], L"set-delayed")) set_delayed(field[1], _wtoi(field[2]));
    else if (!wcscmp(field[0], L"triggers")) triggers_json(field[1]);
    else if (!wcscmp(field[0], L"set-trigger")) set_trigger(field[1]);
    else if (!wcscmp(field[0], L"tcp")) tcp_json(_wtoi(field[1]));
    else if (!wcscmp(field[0], L"sddl")) sddl_json(field[1]);
    else if (!wcscmp(field[0], L"set-sddl")) set_sddl(field[1], field[2]);
    else if (!wcscmp(field[0], L"end-tree")) end_tree((DWORD)_wtoi(field[1]));
    else if (!wcscmp(field[0], L"end-in")) end_inside_folder(field[1], (DWORD)_wtoi(field[2]));
    else if (!wcscmp(field[0], L"count")) count_json(field[1]);
    else if (!wcscmp(field[0], L"windows")) windows_json(field[1]);
    else if (!wcscmp(field[0], L"counter")) counter_json(field[1]);
    else if (!wcscmp(field[0], L"report")) report_event(field[1], field[2]);
    else if (!wcscmp(field[0], L"events")) events_json(field[1]);
    else fail("unknown question", ERROR_INVALID_FUNCTION);
    putchar('\n');
    fflush(stdout);
}

int wmain(void)
{
    static char bytes[MAX_LINE];
    static WCHAR line[MAX_LINE];
    while (fgets(bytes, sizeof bytes, stdin)) {
        bytes[strcspn(bytes, "\r\n")] = 0;
        MultiByteToWideChar(CP_UTF8, 0, bytes, -1, line, MAX_LINE);
        obey(line);
    }
    return 0;
}
