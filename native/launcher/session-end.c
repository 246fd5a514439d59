/*
 * When the user signs out or Windows shuts down, Windows asks windows (WM_QUERYENDSESSION, WM_ENDSESSION): console programs are
 * told nothing ("SetConsoleCtrlHandler", Remarks: CTRL_LOGOFF_EVENT and CTRL_SHUTDOWN_EVENT reach services only). So this process has
 * a window that nobody sees, and asks Node to end as Ctrl-C does: what has begun is finished and recorded, pauses stay.
 *
 * user32.dll is loaded when Node runs already, so it is none of the imports: what must be there before the folder is looked at stays
 * as little as before.
 */
#include "launcher.h"

/* Windows ends what has not answered after five seconds (HungAppTimeout). */
#define PATIENCE_MS 4000
/* Above the usual 0x280: this process is asked before Node and the console go. */
#define ASKED_EARLY 0x300

typedef ATOM (WINAPI *RegisterClassW_t)(const WNDCLASSW *);
typedef HWND (WINAPI *CreateWindowExW_t)(DWORD, LPCWSTR, LPCWSTR, DWORD, int, int, int, int, HWND, HMENU, HINSTANCE, LPVOID);
typedef LRESULT (WINAPI *DefWindowProcW_t)(HWND, UINT, WPARAM, LPARAM);
typedef BOOL (WINAPI *GetMessageW_t)(LPMSG, HWND, UINT, UINT);
typedef LRESULT (WINAPI *DispatchMessageW_t)(const MSG *);

static DefWindowProcW_t usual;
static HANDLE node;

static HANDLE console_event;

/* Who started us may have switched Ctrl-C off for us, and so for Node (CREATE_NEW_PROCESS_GROUP); Ctrl-Break cannot be. */
#define CTRL_C_IS_OFF_MS 300

/*
 * An event for all who share our console; Node is one of them. A second one would end Node at once, so Ctrl-Break follows only if
 * Ctrl-C did not reach even us. Without a console there is no such event, and Node is ended as ever.
 */
static void end_node(void)
{
    if (!GenerateConsoleCtrlEvent(CTRL_C_EVENT, 0)) return;
    if (WaitForSingleObject(console_event, CTRL_C_IS_OFF_MS) != WAIT_OBJECT_0) GenerateConsoleCtrlEvent(CTRL_BREAK_EVENT, 0);
    WaitForSingleObject(node, PATIENCE_MS);
}

void note_console_event(void)
{
    if (console_event) SetEvent(console_event);
}

static LRESULT CALLBACK answer(HWND window, UINT message, WPARAM first, LPARAM second)
{
    /* Another program may still refuse to end: nothing is stopped before it is certain. */
    if (message == WM_QUERYENDSESSION) return TRUE;
    if (message != WM_ENDSESSION) return usual(window, message, first, second);
    if (first) end_node();
    return 0;
}

static HMODULE load_user32(void)
{
    WCHAR path[MAX_PATH + 16];
    UINT length = GetSystemDirectoryW(path, MAX_PATH);
    if (length == 0 || length > MAX_PATH) return NULL;
    wcscat(path, L"\\user32.dll");
    return LoadLibraryExW(path, NULL, LOAD_WITH_ALTERED_SEARCH_PATH);
}

static DWORD WINAPI await_messages(LPVOID unused)
{
    (void)unused;
    HMODULE user = load_user32();
    if (!user) return 1;
    RegisterClassW_t register_class = (RegisterClassW_t)(void *)GetProcAddress(user, "RegisterClassW");
    CreateWindowExW_t create_window = (CreateWindowExW_t)(void *)GetProcAddress(user, "CreateWindowExW");
    GetMessageW_t get_message = (GetMessageW_t)(void *)GetProcAddress(user, "GetMessageW");
    DispatchMessageW_t dispatch = (DispatchMessageW_t)(void *)GetProcAddress(user, "DispatchMessageW");
    usual = (DefWindowProcW_t)(void *)GetProcAddress(user, "DefWindowProcW");
    if (!register_class || !create_window || !get_message || !dispatch || !usual) return 1;
    WNDCLASSW kind = { .lpfnWndProc = answer, .hInstance = GetModuleHandleW(NULL), .lpszClassName = SESSION_END_WINDOW };
    MSG message;
    /* No message-only window: those are not asked ("Message-Only Windows": they get no broadcast messages). */
    if (!register_class(&kind) || !create_window(0, SESSION_END_WINDOW, L"", 0, 0, 0, 0, 0, NULL, NULL, kind.hInstance, NULL)) return 1;
    while (get_message(&message, NULL, 0, 0) > 0) dispatch(&message);
    return 0;
}

/* If there can be no window, as without a window station, Node is ended as ever. */
void follow_session_end(HANDLE process)
{
    node = process;
    console_event = CreateEventW(NULL, FALSE, FALSE, NULL);
    SetProcessShutdownParameters(ASKED_EARLY, 0);
    HANDLE thread = CreateThread(NULL, 0, await_messages, NULL, 0, NULL);
    if (thread) CloseHandle(thread);
}
