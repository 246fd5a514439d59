/* The tables, services and addresses that tcp-count.c counts with, and how they are read from files. */
#include <arpa/inet.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

enum { LISTEN = 2, ESTABLISHED = 5, MAX_SERVICES = 64, MAX_PORTS = 8, MAX_ARRIVALS = 20,
       MAX_CELLS = 8192, PROCESS_SLOTS = 256, FILTER = 4096, MAX_OWN = 64 };

typedef struct {
    uint32_t rowWords, isIpv6, state, localAddress, localPort, remoteAddress, remotePort, owner;
} Layout;
static const Layout IPV4 = {6, 0, 0, 1, 2, 3, 4, 5};
static const Layout IPV6 = {14, 1, 12, 0, 5, 6, 11, 13};

typedef struct { uint32_t *words; uint32_t rows; const Layout *layout; } Table;
typedef struct { uint32_t processId; int ports, remotePorts; uint16_t port[MAX_PORTS], remotePort[MAX_PORTS]; } Service;

static Service services[MAX_SERVICES];
static int serviceCount;
static uint32_t leftOut[64];
static int leftOutCount;
/* 1 where an address that is left out falls. */
static uint8_t filter[FILTER];

static uint32_t placeOf(uint32_t value) { return (value ^ (value >> 12) ^ (value >> 20)) & (FILTER - 1); }

static FILE *openFile(const char *path) {
    FILE *file = fopen(path, "rb");
    if (file == NULL) { perror(path); exit(1); }
    return file;
}

static Table readTable(const char *path, const Layout *layout) {
    FILE *file = openFile(path);
    fseek(file, 0, SEEK_END);
    size_t length = (size_t)ftell(file);
    rewind(file);
    uint32_t *words = malloc(length);
    if (words == NULL || fread(words, 1, length, file) != length || (1 + words[0] * layout->rowWords) * 4 > length) exit(1);
    fclose(file);
    return (Table){words, words[0], layout};
}

static void readServices(const char *path) {
    FILE *file = openFile(path);
    char line[256];
    while (serviceCount < MAX_SERVICES && fgets(line, sizeof line, file) != NULL) {
        Service *service = &services[serviceCount++];
        char *rest = line;
        service->processId = (uint32_t)strtoul(rest, &rest, 10);
        for (long port; service->ports < MAX_PORTS && (port = strtol(rest, &rest, 10)) > 0;)
            service->port[service->ports++] = (uint16_t)port;
        while (*rest == ' ') rest++;
        if (*rest++ != '/') continue;
        for (long port; service->remotePorts < MAX_PORTS && (port = strtol(rest, &rest, 10)) > 0;)
            service->remotePort[service->remotePorts++] = (uint16_t)port;
    }
    fclose(file);
}

static void readLeftOut(const char *path) {
    FILE *file = openFile(path);
    char line[64];
    while (leftOutCount < 64 && fgets(line, sizeof line, file) != NULL) {
        line[strcspn(line, "\n")] = '\0';
        uint32_t address = inet_addr(line);
        leftOut[leftOutCount++] = address;
        filter[placeOf(address)] = 1;
    }
    fclose(file);
}
