// Stands where Windows PowerShell stands (System32\WindowsPowerShell\v1.0\powershell.exe) and passes its standard streams on
// to harness/powershell-relay.ts, which runs a real PowerShell outside Wine. The port is in powershell.port beside it.
// Sent first: the command line as it was given, each variable of its environment on a line, and an empty line.
#include <winsock2.h>
#include <windows.h>
#include <stdio.h>
#include <string.h>

enum { OUTPUT = 1, EXIT_CODE = 3, HEAD_BYTES = 5 };

static SOCKET relay;

static int send_all(const char *data, int count)
{
    for (int sent = 0; sent < count;) {
        int step = send(relay, data + sent, count - sent, 0);
        if (step <= 0) return 0;
        sent += step;
    }
    return 1;
}

static int send_line(const wchar_t *text)
{
    static char line[65536];
    int count = WideCharToMultiByte(CP_UTF8, 0, text, -1, line, sizeof line, NULL, NULL);
    if (count == 0) return 0;
    line[count - 1] = '\n';
    return send_all(line, count);
}

static int receive(char *to, int wanted)
{
    for (int have = 0; have < wanted;) {
        int step = recv(relay, to + have, wanted - have, 0);
        if (step <= 0) return 0;
        have += step;
    }
    return 1;
}

static DWORD WINAPI forward_input(void *unused)
{
    char buffer[65536];
    DWORD count;
    (void)unused;
    while (ReadFile(GetStdHandle(STD_INPUT_HANDLE), buffer, sizeof buffer, &count, NULL) && count > 0)
        if (!send_all(buffer, (int)count)) return 1;
    shutdown(relay, SD_SEND);
    return 0;
}

static int read_port(void)
{
    wchar_t path[MAX_PATH];
    int port = 0;
    GetModuleFileNameW(NULL, path, MAX_PATH);
    wcscpy(wcsrchr(path, L'\\') + 1, L"powershell.port");
    FILE *file = _wfopen(path, L"r");
    if (file == NULL || fscanf(file, "%d", &port) != 1) return 0;
    fclose(file);
    return port;
}

// Frames from the relay: one byte for the kind, four of length, the data.
int wmain(void)
{
    struct sockaddr_in address = {.sin_family = AF_INET};
    char head[HEAD_BYTES], buffer[65536];
    WSADATA data;
    int port = read_port();
    if (port == 0) return 70;
    WSAStartup(MAKEWORD(2, 2), &data);
    relay = socket(AF_INET, SOCK_STREAM, 0);
    address.sin_port = htons((unsigned short)port);
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    if (connect(relay, (struct sockaddr *)&address, sizeof address) != 0) return 71;
    send_line(GetCommandLineW());
    for (const wchar_t *variable = GetEnvironmentStringsW(); *variable != 0; variable += wcslen(variable) + 1) send_line(variable);
    send_line(L"");
    CreateThread(NULL, 0, forward_input, NULL, 0, NULL);
    while (receive(head, HEAD_BYTES)) {
        unsigned left;
        memcpy(&left, head + 1, sizeof left);
        while (left > 0) {
            int step = left < sizeof buffer ? (int)left : (int)sizeof buffer;
            DWORD written;
            if (!receive(buffer, step)) return 72;
            if (head[0] == EXIT_CODE) return buffer[0];
            WriteFile(GetStdHandle(head[0] == OUTPUT ? STD_OUTPUT_HANDLE : STD_ERROR_HANDLE), buffer, (DWORD)step, &written, NULL);
            left -= (unsigned)step;
        }
    }
    return 73;
}
