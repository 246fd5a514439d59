/*
 * Lets Wine's tray be painted again, for tests that look at the screen.
 *
 * Where there is no panel to hold it, Wine 8 shows the tray in a window of its own and draws each new icon over the one
 * before, without clearing the ground: what was there shines through. An icon that is hidden and shown again is drawn on
 * clean ground. As a taskbar would be, the tray is kept in the lower right corner, in front of all other windows; what
 * floats above its icons (tooltips and balloons) is put away.
 * Answers every line on standard input with one JSON line, once that is done; ends with its input. The line "tips" only
 * puts away what floats: it may lie over an open menu.
 */
#define WIN32_LEAN_AND_MEAN
#include <windows.h>
#include <commctrl.h>
#include <stdio.h>
#include <string.h>
#include <wchar.h>

#define PAINT_MS 20

static void place(HWND tray)
{
    RECT at;
    GetWindowRect(tray, &at);
    int x = GetSystemMetrics(SM_CXSCREEN) - (at.right - at.left), y = GetSystemMetrics(SM_CYSCREEN) - (at.bottom - at.top);
    SetWindowPos(tray, HWND_TOPMOST, x, y, 0, 0, SWP_NOSIZE | SWP_NOACTIVATE);
}

static int put_balloons_away(void)
{
    HWND tip = NULL;
    int balloons = 0;
    while ((tip = FindWindowExW(NULL, tip, L"tooltips_class32", NULL)) != NULL) {
        if (!IsWindowVisible(tip)) continue;
        if (GetWindowLongW(tip, GWL_STYLE) & TTS_BALLOON) balloons++;
        ShowWindow(tip, SW_HIDE);
    }
    return balloons;
}

static void paint_anew(HWND tray, HWND icon)
{
    ShowWindow(icon, SW_HIDE);
    RedrawWindow(tray, NULL, NULL, RDW_INVALIDATE | RDW_ERASE | RDW_UPDATENOW);
    Sleep(PAINT_MS);
    ShowWindow(icon, SW_SHOWNA);
    RedrawWindow(icon, NULL, NULL, RDW_INVALIDATE | RDW_UPDATENOW);
    Sleep(PAINT_MS);
}

int wmain(void)
{
    char line[16];
    GetDesktopWindow(); /* starts Explorer, so that it belongs to no process that is killed */
    printf("{\"ready\":true}\n");
    fflush(stdout);
    while (fgets(line, sizeof line, stdin)) {
        HWND tray = FindWindowW(L"__winex11_standalone_tray", NULL), icon = NULL;
        int balloons = put_balloons_away();
        int only_tips = strstr(line, "tips") != NULL;
        if (tray && !only_tips) place(tray);
        while (tray && !only_tips && (icon = FindWindowExW(tray, icon, L"__winex11_tray_icon", NULL)) != NULL) paint_anew(tray, icon);
        printf("{\"shown\":%s,\"balloons\":%d}\n", tray && IsWindowVisible(tray) ? "true" : "false", balloons);
        fflush(stdout);
    }
    return 0;
}
