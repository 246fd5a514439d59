/*
 * What is said when Node is not started: code, what happened, what to do, on standard error; with --json also as an object on standard
 * output, as every command ends with. The sentences are those of electron/core/language (`lync-drain explain LD-1104`), the object is
 * that of electron/apps/cli/json; tests compare them.
 */
#include "launcher.h"

#include <sddl.h>
#include <stdio.h>

#define ROOM (2 * LONG_PATH)
#define NAME_ROOM 600
/* As the longest character of JSON: \uXXXX. */
#define ESCAPED 6

typedef struct {
    const WCHAR *happened;
    const WCHAR *next;
} Sentences;

static const Sentences UNPROTECTED[] = {
    { L"Others could have changed this program, which would run with your rights, so it was not started. "
      L"%ls can be written by: %ls.",
      L"Unpack the package again where only administrators can write, for example below C:\\Program Files, "
      L"and start it there. "
      L"If that cannot wait and you trust who can write here: lync-drain --trust-folder, then the command." },
    { L"其他人可能更改过此程序，而它会以您的权限运行，因此未启动。%ls 的可写入者：%ls。",
      L"请把程序包重新解压到只有管理员可写入的位置（例如 C:\\Program Files 之下），再从那里启动。"
      L"如果不能等待，并且您信任可写入者：lync-drain --trust-folder，后接命令。" },
};

static const Sentences NOT_STARTED[] = {
    { L"The program could not be started: %ls, Windows error %lu. Nothing was changed.",
      L"Unpack the whole package again. If the error stays, "
      L"see whether a virus scanner or AppLocker holds the file back." },
    { L"无法启动程序：%ls，Windows 错误 %lu。未做任何更改。",
      L"请重新解压整个程序包。如果错误依旧，请检查防病毒软件或 AppLocker 是否阻止了该文件。" },
};

/* How the program ends, as `lync-drain` has it. */
typedef struct {
    int exitCode;
    const WCHAR *code;
    const char *outcome;
} Refusal;

static const WCHAR *const NEXT[] = { L"\n         Next: ", L"\n         下一步：" };

/* Behind the name of the caller's own account. */
static const WCHAR *const ALSO_UNELEVATED[] = {
    L" (your own account, also without administrator rights)",
    L"（您自己的账户，未提升权限时也可写入）",
};
static const WCHAR *const UNKNOWN[] = { L"unknown (Windows error %lu)", L"未知（Windows 错误 %lu）" };

/* A console takes characters; whoever else reads this takes it for text in the console's code page. Without one it is UTF-8. */
static void say(const WCHAR *text)
{
    static char bytes[3 * ROOM];
    DWORD written, mode;
    HANDLE output = GetStdHandle(STD_ERROR_HANDLE);
    if (GetConsoleMode(output, &mode)) {
        WriteConsoleW(output, text, (DWORD)wcslen(text), &written, NULL);
        return;
    }
    UINT codePage = GetConsoleOutputCP();
    int length = WideCharToMultiByte(codePage ? codePage : CP_UTF8, 0, text, -1, bytes, sizeof bytes, NULL, NULL);
    if (length > 0) WriteFile(output, bytes, (DWORD)length - 1, &written, NULL);
}

/* A text as JSON has it, in plain characters only: every code page has those. */
static void escape(const WCHAR *text, char *json, size_t room)
{
    char *end = json + room - ESCAPED - 1;
    for (; *text && json < end; text++) {
        if (*text < L' ' || *text > L'~' || *text == L'"' || *text == L'\\') json += sprintf(json, "\\u%04x", *text);
        else *json++ = (char)*text;
    }
    *json = '\0';
}

static void say_json(const Refusal *refusal, const WCHAR *happened, const WCHAR *next)
{
    static char message[ESCAPED * ROOM], remedy[ESCAPED * ROOM], line[2 * ESCAPED * ROOM + 1000];
    escape(happened, message, sizeof message);
    escape(next, remedy, sizeof remedy);
    int length = sprintf(line,
        "{\"type\":\"result\",\"schema\":1,\"at\":null,\"exitCode\":%d,\"outcome\":\"%s\","
        "\"problem\":{\"code\":\"%ls\",\"message\":\"%s\",\"next\":\"%s\"},"
        "\"run\":null,\"ready\":false,\"safeToRestart\":false,\"restart\":null,\"cut\":0,\"caveats\":[],\"notSafeBecause\":[],"
        "\"proof\":null,\"accepted\":[],\"losses\":[],\"checks\":[],\"services\":[]}\n",
        refusal->exitCode, refusal->outcome, refusal->code, message, remedy);
    DWORD written;
    WriteFile(GetStdHandle(STD_OUTPUT_HANDLE), line, (DWORD)length, &written, NULL);
}

static void tell(const Refusal *refusal, const WCHAR *happened, const WCHAR *next, const WCHAR *arguments)
{
    static WCHAR text[2 * ROOM];
    _snwprintf(text, 2 * ROOM - 1, L"%ls  %ls%ls%ls\n", refusal->code, happened, NEXT[speaks_chinese(arguments)], next);
    if (has_word(arguments, L"--json")) say_json(refusal, happened, next);
    say(text);
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
int tell_unprotected(const Fault *fault, BOOL mayNameAccount, const WCHAR *arguments)
{
    static const Refusal REFUSAL = { 10, L"LD-1104", "state-unreadable" };
    static WCHAR text[ROOM];
    WCHAR name[NAME_ROOM] = { 0 };
    BOOL isChinese = speaks_chinese(arguments);
    if (fault->error) _snwprintf(name, NAME_ROOM - 1, UNKNOWN[isChinese], fault->error);
    else if (mayNameAccount) name_account(fault->sid, name, NAME_ROOM);
    else lstrcpynW(name, fault->sid, NAME_ROOM);
    if (fault->isOwn) wcsncat(name, ALSO_UNELEVATED[isChinese], NAME_ROOM - wcslen(name) - 1);
    _snwprintf(text, ROOM - 1, UNPROTECTED[isChinese].happened, fault->path, name);
    tell(&REFUSAL, text, UNPROTECTED[isChinese].next, arguments);
    return REFUSAL.exitCode;
}

int tell_not_started(const WCHAR *path, DWORD error, const WCHAR *arguments)
{
    static const Refusal REFUSAL = { 1, L"LD-1105", "failed" };
    static WCHAR text[ROOM];
    const Sentences *sentences = &NOT_STARTED[speaks_chinese(arguments)];
    _snwprintf(text, ROOM - 1, sentences->happened, path, error);
    tell(&REFUSAL, text, sentences->next, arguments);
    return REFUSAL.exitCode;
}
