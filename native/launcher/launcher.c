/*
 * lync-drain.exe: starts Node on Lync Drain's command line. Before that it looks who may write this folder, and it hands on
 * nothing of the environment but what is needed. The command line, the standard handles, Ctrl-C and the exit code (all 32
 * bits) are Node's. Its only own argument, as the first:
 *
 *   --trust-folder   start also if others may write this folder
 */
#include "launcher.h"

/* The folder of this program, with a backslash at its end. */
static DWORD find_own_folder(WCHAR *folder)
{
    DWORD length = GetModuleFileNameW(NULL, folder, LONG_PATH);
    if (length == 0) return GetLastError();
    WCHAR *end = wcsrchr(folder, L'\\');
    if (length >= LONG_PATH || !end) return ERROR_FILENAME_EXCED_RANGE;
    end[1] = L'\0';
    return 0;
}

int main(void)
{
    static WCHAR folder[LONG_PATH];
    static Fault fault;
    BOOL mayNameAccount = keep_to_system_libraries();
    const WCHAR *arguments = arguments_of(GetCommandLineW());
    DWORD exitCode, error = find_own_folder(folder);
    if (error) return tell_not_started(folder, error, arguments);
    BOOL isTrusted = take_word(&arguments, L"--trust-folder");
    if (!isTrusted && find_fault(folder, &fault)) return tell_unprotected(&fault, mayNameAccount, arguments);
    error = run_node(folder, arguments, &exitCode);
    if (!error) return (int)exitCode;
    wcsncat(folder, L"node.exe", LONG_PATH - wcslen(folder) - 1);
    return tell_not_started(folder, error, arguments);
}
