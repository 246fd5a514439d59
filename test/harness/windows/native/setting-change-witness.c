/* Has a window, and says each change of a setting that Windows announces. Ends after a minute. */
#include <windows.h>

#include <stdio.h>

static LRESULT CALLBACK handle(HWND window, UINT message, WPARAM first, LPARAM second)
{
    if (message == WM_SETTINGCHANGE && second) {
        printf("changed %ls\n", (const WCHAR *)second);
        fflush(stdout);
    }
    if (message == WM_TIMER) PostQuitMessage(0);
    return DefWindowProcW(window, message, first, second);
}

int wmain(void)
{
    WNDCLASSW class = { .lpfnWndProc = handle, .hInstance = GetModuleHandleW(NULL), .lpszClassName = L"setting-change-witness" };
    RegisterClassW(&class);
    HWND window = CreateWindowExW(0, class.lpszClassName, L"", WS_OVERLAPPED, 0, 0, 0, 0, NULL, NULL, class.hInstance, NULL);
    if (!window) return (int)GetLastError();
    SetTimer(window, 1, 60000, NULL);
    printf("ready\n");
    fflush(stdout);
    MSG message;
    while (GetMessageW(&message, NULL, 0, 0) > 0) DispatchMessageW(&message);
    return 0;
}
