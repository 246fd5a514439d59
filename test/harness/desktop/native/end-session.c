/*
 * Ends the session for one window, by the messages that Windows sends then.
 *
 *   end-session TITLE
 *
 * Says `asked ANSWER` of WM_QUERYENDSESSION; `no window` and exit code 1 if none has that title.
 */
#include <windows.h>

#include <stdio.h>

int wmain(int count, WCHAR **arguments)
{
    HWND window = count == 2 ? FindWindowW(NULL, arguments[1]) : NULL;
    if (!window) {
        printf("no window\n");
        return 1;
    }
    printf("asked %d\n", (int)SendMessageW(window, WM_QUERYENDSESSION, 0, (LPARAM)ENDSESSION_LOGOFF));
    SendMessageW(window, WM_ENDSESSION, TRUE, (LPARAM)ENDSESSION_LOGOFF);
    return 0;
}
