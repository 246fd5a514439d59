/*
 * The floor for counting sessions: the job of electron/adapters/windows/evidence/tcp/connection-counter.ts in C, with a hash table of the
 * connections seen before. Tables are files as GetExtendedTcpTable writes them.
 *
 * usage: tcp-count ROUNDS FIRST4 FIRST6 SECOND4 SECOND6 SERVICES LEFT-OUT
 *   SERVICES  lines "PROCESS-ID PORT… / REMOTE-PORT…"; LEFT-OUT  lines with an IPv4 address each
 * Takes the two readings in turn and prints the microseconds of the quickest, then "COUNT ARRIVALS" of the last for each service.
 */
#include "tcp-count-input.h"

typedef struct { uint32_t local, remote, ports; int32_t value; } Connection;
typedef struct { Connection *slots; uint32_t capacity, taken; } Map;
typedef struct { char address[INET6_ADDRSTRLEN]; uint16_t port, localPort; } RemoteEnd;

static uint32_t listenerOf[65536];
static uint16_t columnOf[65536], remoteColumnOf[65536];
static uint8_t isOwnPort[65536], isClaimed[MAX_CELLS], takesAll[MAX_CELLS], ownFilter[FILTER];
static uint32_t own[MAX_OWN][4];
static int ownCount;
static int columns, localColumns, rows;
static uint32_t slotProcess[PROCESS_SLOTS];
static uint16_t slotRow[PROCESS_SLOTS];
static int32_t counts[MAX_CELLS];
static RemoteEnd arrivals[MAX_CELLS][MAX_ARRIVALS];
static int arrivalCounts[MAX_CELLS];
static Map seen, localEnds;
static int32_t reading;
static int isSurveyed;

/* The established rows of one table that have to be looked at. */
typedef struct { const uint32_t **rows; int *cells; uint8_t *isLocal; const uint32_t **localRows; uint32_t count, localCount; } Found;
static Found found[2];

static uint16_t portOf(uint32_t word) { return (uint16_t)(((word & 0xff) << 8) | ((word >> 8) & 0xff)); }

static Connection *find(Connection *slots, uint32_t capacity, uint32_t local, uint32_t remote, uint32_t ports) {
    uint32_t mask = capacity - 1;
    uint32_t hash = local * 0x85ebca6bu ^ remote * 0xc2b2ae35u ^ ports * 0x9e3779b1u;
    hash = (hash ^ (hash >> 15)) * 0x2c1b3c6du;
    uint32_t slot = (hash ^ (hash >> 13)) & mask;
    for (;; slot = (slot + 1) & mask) {
        Connection *at = &slots[slot];
        if (at->value == 0 || (at->ports == ports && at->remote == remote && at->local == local)) return at;
    }
}

static void rebuild(Map *map, int32_t oldest) {
    uint32_t kept = 0, capacity = 64;
    for (uint32_t i = 0; i < map->capacity; i++) kept += map->slots[i].value != 0 && map->slots[i].value >= oldest;
    while (capacity * 0.7 < kept * 1.5) capacity *= 2;
    Connection *slots = calloc(capacity, sizeof(Connection));
    if (slots == NULL) exit(1);
    for (uint32_t i = 0; i < map->capacity; i++) {
        Connection *old = &map->slots[i];
        if (old->value != 0 && old->value >= oldest) *find(slots, capacity, old->local, old->remote, old->ports) = *old;
    }
    free(map->slots);
    *map = (Map){slots, capacity, kept};
}

static int32_t exchange(Map *map, uint32_t local, uint32_t remote, uint32_t ports, int32_t value, int32_t oldest) {
    Connection *at = find(map->slots, map->capacity, local, remote, ports);
    int32_t before = at->value;
    at->value = value;
    if (before != 0) return before;
    at->local = local;
    at->remote = remote;
    at->ports = ports;
    if (++map->taken > map->capacity * 0.7) rebuild(map, oldest);
    return 0;
}

static uint32_t fold(const uint32_t *address, uint32_t isIpv6) {
    if (!isIpv6) return address[0];
    if (address[0] == 0 && address[1] == 0 && address[2] == 0xffff0000u) return address[3];
    uint32_t value = address[0] * 0x9e3779b1u ^ address[1];
    value = (value ^ (value >> 15)) * 0x85ebca6bu ^ address[2];
    return (value ^ (value >> 13)) * 0xc2b2ae35u ^ address[3];
}

static void widen(const uint32_t *address, uint32_t isIpv6, uint32_t *into) {
    if (isIpv6) memcpy(into, address, 16);
    else into[0] = into[1] = 0, into[2] = 0xffff0000u, into[3] = address[0];
}

static int isOwn(const uint32_t *address, uint32_t isIpv6, uint32_t folded) {
    if (!ownFilter[placeOf(folded)]) return 0;
    uint32_t wide[4];
    widen(address, isIpv6, wide);
    for (int i = 0; i < ownCount; i++) if (memcmp(own[i], wide, 16) == 0) return 1;
    return 0;
}

static void gatherOwn(const Table *table) {
    const Layout *l = table->layout;
    const uint32_t *row = table->words + 1, *end = row + table->rows * l->rowWords;
    uint32_t before = 0;
    for (; row < end; row += l->rowWords) {
        uint32_t folded = fold(row + l->localAddress, l->isIpv6);
        if (folded == before || folded == 0) continue;
        before = folded;
        if (ownCount == MAX_OWN || isOwn(row + l->localAddress, l->isIpv6, folded)) continue;
        widen(row + l->localAddress, l->isIpv6, own[ownCount++]);
        ownFilter[placeOf(folded)] = 1;
    }
}

static int isLoopback(const uint32_t *remote, uint32_t isIpv6) {
    if (!isIpv6) return (remote[0] & 0xff) == 127;
    if (remote[0] != 0 || remote[1] != 0) return 0;
    return remote[2] == 0xffff0000u ? (remote[3] & 0xff) == 127 : remote[2] == 0 && remote[3] == 0x01000000u;
}

static int staysOnComputer(const uint32_t *remote, uint32_t isIpv6) {
    return isLoopback(remote, isIpv6) || isOwn(remote, isIpv6, fold(remote, isIpv6));
}

static int isLeftOut(const uint32_t *address, uint32_t isIpv6, uint32_t folded) {
    if (!filter[placeOf(folded)]) return 0;
    if (isIpv6 && !(address[0] == 0 && address[1] == 0 && address[2] == 0xffff0000u)) return 0;
    for (int i = 0; i < leftOutCount; i++) if (leftOut[i] == folded) return 1;
    return 0;
}

static int slotOf(uint32_t processId) {
    uint32_t slot = ((processId >> 2) ^ (processId >> 9)) & (PROCESS_SLOTS - 1);
    while (slotProcess[slot] != 0 && slotProcess[slot] != processId) slot = (slot + 1) & (PROCESS_SLOTS - 1);
    return (int)slot;
}

static int rowOf(uint32_t processId) {
    if (processId == 0) return 0;
    int row = slotRow[slotOf(processId)];
    return row == 0 ? 1 : row;
}

static void claimCell(int row, int local, int remote) { isClaimed[row * columns + remote * localColumns + local] = 1; }

static void claim(void) {
    int remoteColumns = 1;
    localColumns = 1;
    rows = 2;
    for (int s = 0; s < serviceCount; s++) {
        int slot = slotOf(services[s].processId);
        if (slotProcess[slot] == 0) { slotProcess[slot] = services[s].processId; slotRow[slot] = (uint16_t)rows++; }
        for (int p = 0; p < services[s].ports; p++) {
            uint16_t port = services[s].port[p];
            isOwnPort[port] = 1;
            if (columnOf[port] == 0) columnOf[port] = (uint16_t)localColumns++;
        }
    }
    for (int s = 0; s < serviceCount; s++)
        for (int p = 0; p < services[s].remotePorts; p++) {
            uint16_t port = services[s].remotePort[p];
            if (remoteColumnOf[port] == 0) remoteColumnOf[port] = (uint16_t)remoteColumns++;
        }
    columns = localColumns * remoteColumns;
    for (int s = 0; s < serviceCount; s++) {
        int row = rowOf(services[s].processId);
        for (int p = 0; p < services[s].ports; p++)
            for (int remote = 0; remote < remoteColumns; remote++) {
                claimCell(0, columnOf[services[s].port[p]], remote);
                claimCell(row, columnOf[services[s].port[p]], remote);
            }
        for (int p = 0; p < services[s].remotePorts; p++)
            for (int local = 0; local < localColumns; local++) {
                int remote = remoteColumnOf[services[s].remotePort[p]];
                claimCell(0, local, remote);
                claimCell(row, local, remote);
                takesAll[remote * localColumns + local] = takesAll[row * columns + remote * localColumns + local] = 1;
            }
    }
    for (int port = 0; port < 65536; port++) remoteColumnOf[port] = (uint16_t)(remoteColumnOf[port] * localColumns);
}

static void survey(const Table *tables) {
    isSurveyed = 1;
    memset(listenerOf, 0, sizeof listenerOf);
    for (int t = 0; t < 2; t++) {
        const Layout *l = tables[t].layout;
        const uint32_t *row = tables[t].words + 1, *end = row + tables[t].rows * l->rowWords;
        for (; row < end; row += l->rowWords) {
            if (row[l->owner] == 0 || row[l->state] != LISTEN) continue;
            uint32_t *noted = &listenerOf[portOf(row[l->localPort])];
            *noted = *noted == 0 || *noted == row[l->owner] ? row[l->owner] : UINT32_MAX;
        }
    }
}

static uint32_t listenerAt(const Table *tables, uint16_t port) {
    if (!isSurveyed) survey(tables);
    return listenerOf[port] == UINT32_MAX ? 0 : listenerOf[port];
}

static void findRows(const Table *tables, const Table *table, Found *into) {
    const Layout *l = table->layout;
    const uint32_t *row = table->words + 1, *end = row + table->rows * l->rowWords;
    into->count = into->localCount = 0;
    for (; row < end; row += l->rowWords) {
        if (row[l->state] != ESTABLISHED) continue;
        int isLocal = staysOnComputer(row + l->remoteAddress, l->isIpv6);
        into->localRows[into->localCount] = row;
        into->localCount += (uint32_t)isLocal;
        uint16_t port = portOf(row[l->localPort]);
        uint32_t owner = row[l->owner] == 0 ? listenerAt(tables, port) : row[l->owner];
        int cell = rowOf(owner) * columns + columnOf[port] + remoteColumnOf[portOf(row[l->remotePort])];
        into->rows[into->count] = row;
        into->cells[into->count] = cell;
        into->isLocal[into->count] = (uint8_t)isLocal;
        into->count += isClaimed[cell];
    }
}

static void noteLocalEnds(const Layout *l, const Found *of) {
    for (uint32_t i = 0; i < of->localCount; i++) {
        const uint32_t *row = of->localRows[i];
        if (row[l->owner] == 0) continue;
        uint32_t ports = (uint32_t)portOf(row[l->localPort]) << 16 | portOf(row[l->remotePort]);
        exchange(&localEnds, fold(row + l->localAddress, l->isIpv6), fold(row + l->remoteAddress, l->isIpv6), ports,
                 (int32_t)row[l->owner], 0);
    }
}

static int isOwnEnd(const Table *tables, uint32_t local, uint32_t remote, uint16_t localPort, uint16_t remotePort) {
    uint32_t owner = (uint32_t)find(localEnds.slots, localEnds.capacity, remote, local, (uint32_t)remotePort << 16 | localPort)->value;
    if (owner == 0) owner = listenerAt(tables, remotePort);
    return owner == 0 ? isOwnPort[remotePort] : rowOf(owner) >= 2;
}

static void countRows(const Table *tables, const Layout *l, const Found *of) {
    for (uint32_t i = 0; i < of->count; i++) {
        const uint32_t *row = of->rows[i], *remoteAddress = row + l->remoteAddress;
        uint32_t remote = fold(remoteAddress, l->isIpv6);
        int cell = of->cells[i];
        if (isLeftOut(remoteAddress, l->isIpv6, remote) && !takesAll[cell]) continue;
        uint32_t local = fold(row + l->localAddress, l->isIpv6);
        uint16_t localPort = portOf(row[l->localPort]), remotePort = portOf(row[l->remotePort]);
        if (of->isLocal[i] && isOwnEnd(tables, local, remote, localPort, remotePort)) continue;
        counts[cell]++;
        uint32_t ports = (uint32_t)localPort << 16 | remotePort;
        if (exchange(&seen, local, remote, ports, reading, reading - 1) >= reading - 1 || arrivalCounts[cell] == MAX_ARRIVALS) continue;
        RemoteEnd *arrival = &arrivals[cell][arrivalCounts[cell]++];
        inet_ntop(l->isIpv6 ? AF_INET6 : AF_INET, remoteAddress, arrival->address, sizeof arrival->address);
        arrival->port = remotePort;
        arrival->localPort = localPort;
    }
}

static int speaksFor(const Service *service, int cell) {
    int local = cell % localColumns, remote = cell - local;
    for (int p = 0; p < service->ports; p++) if (columnOf[service->port[p]] == local) return 1;
    for (int p = 0; p < service->remotePorts; p++) if (remoteColumnOf[service->remotePort[p]] == remote) return 1;
    return 0;
}

static void count(const Table *tables, int *result, int *arrived) {
    memset(counts, 0, sizeof(int32_t) * (size_t)(rows * columns));
    memset(arrivalCounts, 0, sizeof(int) * (size_t)(rows * columns));
    memset(localEnds.slots, 0, localEnds.capacity * sizeof(Connection));
    localEnds.taken = 0;
    isSurveyed = 0;
    reading++;
    ownCount = 0;
    memset(ownFilter, 0, sizeof ownFilter);
    for (int t = 0; t < 2; t++) gatherOwn(&tables[t]);
    for (int t = 0; t < 2; t++) {
        findRows(tables, &tables[t], &found[t]);
        noteLocalEnds(tables[t].layout, &found[t]);
    }
    for (int t = 0; t < 2; t++) countRows(tables, tables[t].layout, &found[t]);
    for (int s = 0; s < serviceCount; s++) {
        result[s] = arrived[s] = 0;
        int row = rowOf(services[s].processId);
        for (int cell = 0; cell < columns; cell++) {
            if (!speaksFor(&services[s], cell)) continue;
            result[s] += counts[cell] + counts[row * columns + cell];
            arrived[s] += arrivalCounts[cell] + arrivalCounts[row * columns + cell];
        }
        if (arrived[s] > MAX_ARRIVALS) arrived[s] = MAX_ARRIVALS;
    }
}

static void makeRoom(Found *of, uint32_t rowCount) {
    of->rows = malloc((rowCount + 1) * sizeof *of->rows);
    of->cells = malloc((rowCount + 1) * sizeof *of->cells);
    of->isLocal = malloc(rowCount + 1);
    of->localRows = malloc((rowCount + 1) * sizeof *of->localRows);
}

int main(int argc, char **argv) {
    if (argc != 8) return 2;
    int rounds = atoi(argv[1]);
    Table readings[2][2] = {{readTable(argv[2], &IPV4), readTable(argv[3], &IPV6)}, {readTable(argv[4], &IPV4), readTable(argv[5], &IPV6)}};
    readServices(argv[6]);
    readLeftOut(argv[7]);
    claim();
    rebuild(&seen, 0);
    rebuild(&localEnds, 0);
    for (int t = 0; t < 2; t++) makeRoom(&found[t], readings[0][t].rows > readings[1][t].rows ? readings[0][t].rows : readings[1][t].rows);
    int result[MAX_SERVICES], arrived[MAX_SERVICES];
    double quickest = 1e9;
    for (int round = 0; round < rounds; round++) {
        struct timespec start, end;
        clock_gettime(CLOCK_MONOTONIC, &start);
        count(readings[round % 2], result, arrived);
        clock_gettime(CLOCK_MONOTONIC, &end);
        double microseconds = (double)(end.tv_sec - start.tv_sec) * 1e6 + (double)(end.tv_nsec - start.tv_nsec) / 1e3;
        if (microseconds < quickest) quickest = microseconds;
    }
    printf("%.3f\n", quickest);
    for (int s = 0; s < serviceCount; s++) printf("%d %d\n", result[s], arrived[s]);
    return 0;
}
