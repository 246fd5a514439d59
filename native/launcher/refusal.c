/*
 * What is said when Node is not started: code, what happened, what to do, on standard error. The sentences are those of
 * electron/core/language (`lync-drain explain LD-1104`); a test compares them.
 */
#include "launcher.h"

#include <sddl.h>
#include <stdio.h>

#define ROOM (2 * LONG_PATH)
#define NAME_ROOM 600

static const WCHAR *const UNPROTECTED[] = {
    L"LD-1104  Others could have changed this program, which would run with your rights, so it was not started. "
    L"%ls can be written by: %ls.\n"
    L"         Next: Unpack the package again where only administrators can write, for example below C:\\Program Files, "
    L"and start it there. "
    L"If that cannot wait and you trust who can write here: lync-drain --trust-folder, then the command.\n",
    L"LD-1104  其他人可能更改过此程序，而它会以您的权限运行，因此未启动。%ls 的可写入者：%ls。\n"
    L"         下一步：请把程序包重新解压到只有管理员可写入的位置（例如 C:\\Program Files 之下），再从那里启动。"
    L"如果不能等待，并且您信任可写入者：lync-drain --trust-folder，后接命令。\n",
};

static const WCHAR *const NOT_STARTED[] = {
    L"LD-1105  The program could not be started: %ls, Windows error %lu. Nothing was changed.\n"
    L"         Next: Unpack the whole package again. If the error stays, "
    L"see whether a virus scanner or AppLocker holds the file back.\n",
    L"LD-1105  无法启动程序：%ls，Windows 错误 %lu。未做任何更改。\n"
    L"         下一步：请重新解压整个程序包。如果错误依旧，请检查防病毒软件或 AppLocker 是否阻止了该文件。\n",
};

/* Behind the name of the caller's own account. */
static const WCHAR *const ALSO_UNELEVATED[] = {
    L" (your own account, also without administrator rights)",
    L"（您自己的账户，未提升权限时也可写入）",
};
static const WCHAR *const UNKNOWN[] = { L"unknown (Windows error %lu)", L"未知（Windows 错误 %lu）" };

/* A console takes characters; everything else gets UTF-8, as from Node. */
static void say(const WCHAR *text)
{
    static char bytes[3 * ROOM];
    DWORD written, mode;
    HANDLE output = GetStdHandle(STD_ERROR_HANDLE);
    if (GetConsoleMode(output, &mode)) {
        WriteConsoleW(output, text, (DWORD)wcslen(text), &written, NULL);
        return;
    }
    int length = WideCharToMultiByte(CP_UTF8, 0, text, -1, bytes, sizeof bytes, NULL, NULL);
    if (length > 0) WriteFile(output, bytes, (DWORD)length - 1, &written, NULL);
}

/* "DOMAIN\name" as this Windows calls it; the number of an account that has no name here. */
static void name_account(const WCHAR *text, WCHAR *name, DWORD room)
{
    WCHAR account[256], domain[256];
    DWORD accountRoom = 256, domainRoom = 256;
    SID_NAME_USE kind;
    PSID sid;
    lstrcpynW(name, text, (int)room);
    if (!ConvertStringSidToSidW(text, &sid)) return;
    if (LookupAccountSidW(NULL, sid, account, &accountRoom, domain, &domainRoom, &kind))
        _snwprintf(name, room - 1, *domain ? L"%ls\\%ls" : L"%ls%ls", domain, account);
    LocalFree(sid);
}

/* The name of an account comes from libraries that Windows loads for it. */
void tell_unprotected(const Fault *fault, BOOL mayNameAccount, BOOL isChinese)
{
    static WCHAR text[ROOM];
    WCHAR name[NAME_ROOM] = { 0 };
    if (fault->error) _snwprintf(name, NAME_ROOM - 1, UNKNOWN[isChinese], fault->error);
    else if (mayNameAccount) name_account(fault->sid, name, NAME_ROOM);
    else lstrcpynW(name, fault->sid, NAME_ROOM);
    if (fault->isOwn) wcsncat(name, ALSO_UNELEVATED[isChinese], NAME_ROOM - wcslen(name) - 1);
    _snwprintf(text, ROOM - 1, UNPROTECTED[isChinese], fault->path, name);
    say(text);
}

void tell_not_started(const WCHAR *path, DWORD error, BOOL isChinese)
{
    static WCHAR text[ROOM];
    _snwprintf(text, ROOM - 1, NOT_STARTED[isChinese], path, error);
    say(text);
}
