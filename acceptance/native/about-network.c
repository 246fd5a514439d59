/* Connections as `netstat -an` shows them: the table of TCP rows for IPv4, which holds what the kit's services carry. */
#include "machine-witness.h"

#include <iphlpapi.h>

void tcp_json(int port)
{
    DWORD size = 1 << 20, established = 0, listening = 0;
    MIB_TCPTABLE *table = malloc(size);
    DWORD error = GetTcpTable(table, &size, FALSE);
    if (error == ERROR_INSUFFICIENT_BUFFER) {
        table = realloc(table, size + 65536);
        size += 65536;
        error = GetTcpTable(table, &size, FALSE);
    }
    for (DWORD i = 0; !error && i < table->dwNumEntries; i++) {
        const MIB_TCPROW *row = &table->table[i];
        if (ntohs((u_short)row->dwLocalPort) != port) continue;
        if (row->dwState == MIB_TCP_STATE_ESTAB) established++;
        if (row->dwState == MIB_TCP_STATE_LISTEN) listening++;
    }
    free(table);
    if (error) fail("GetTcpTable", error);
    else printf("{\"ok\":true,\"established\":%lu,\"listening\":%lu}", established, listening);
}
