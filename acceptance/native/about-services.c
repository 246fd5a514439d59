/* What the service control manager keeps of a service beside its start type. Wine refuses both levels with error 124. */
#include "machine-witness.h"

/* As Microsoft's page of SERVICE_TRIGGER_INFO has them: the headers of mingw-w64 lack them. */
#define CONFIG_TRIGGER_INFO 8
#define TRIGGER_TYPE_CUSTOM 20
#define TRIGGER_ACTION_SERVICE_START 1

typedef struct { DWORD type, action; GUID *subtype; DWORD item_count; void *items; } ServiceTrigger;
typedef struct { DWORD count; ServiceTrigger *triggers; BYTE *reserved; } TriggerInfo;

static SC_HANDLE open_service(const WCHAR *name, DWORD rights)
{
    SC_HANDLE manager = OpenSCManagerW(NULL, NULL, SC_MANAGER_CONNECT);
    SC_HANDLE service = manager ? OpenServiceW(manager, name, rights) : NULL;
    if (!service) fail("OpenServiceW", GetLastError());
    if (manager) CloseServiceHandle(manager);
    return service;
}

void delayed_json(const WCHAR *name)
{
    SERVICE_DELAYED_AUTO_START_INFO flag = { 0 };
    DWORD needed;
    SC_HANDLE service = open_service(name, SERVICE_QUERY_CONFIG);
    if (!service) return;
    if (QueryServiceConfig2W(service, SERVICE_CONFIG_DELAYED_AUTO_START_INFO, (BYTE *)&flag, sizeof flag, &needed))
        printf("{\"ok\":true,\"isDelayed\":%s}", flag.fDelayedAutostart ? "true" : "false");
    else fail("QueryServiceConfig2W", GetLastError());
    CloseServiceHandle(service);
}

void set_delayed(const WCHAR *name, BOOL isDelayed)
{
    SERVICE_DELAYED_AUTO_START_INFO flag = { isDelayed };
    SC_HANDLE service = open_service(name, SERVICE_CHANGE_CONFIG);
    if (!service) return;
    answer(ChangeServiceConfig2W(service, SERVICE_CONFIG_DELAYED_AUTO_START_INFO, &flag), "ChangeServiceConfig2W");
    CloseServiceHandle(service);
}

static void print_guid(const GUID *guid)
{
    printf("\"%08lx-%04x-%04x-", guid->Data1, guid->Data2, guid->Data3);
    for (int i = 0; i < 8; i++) printf("%02x", guid->Data4[i]);
    printf("\"");
}

void triggers_json(const WCHAR *name)
{
    static BYTE buffer[8192];
    TriggerInfo *info = (TriggerInfo *)buffer;
    DWORD needed;
    SC_HANDLE service = open_service(name, SERVICE_QUERY_CONFIG);
    if (!service) return;
    if (!QueryServiceConfig2W(service, CONFIG_TRIGGER_INFO, buffer, sizeof buffer, &needed)) {
        fail("QueryServiceConfig2W", GetLastError());
    } else {
        printf("{\"ok\":true,\"triggers\":[");
        for (DWORD i = 0; i < info->count; i++) {
            const ServiceTrigger *trigger = &info->triggers[i];
            printf("%s{\"type\":%lu,\"action\":%lu,\"subtype\":", i ? "," : "", trigger->type, trigger->action);
            print_guid(trigger->subtype);
            putchar('}');
        }
        printf("]}");
    }
    CloseServiceHandle(service);
}

/* Fired by an event of an ETW provider that does not exist. */
void set_trigger(const WCHAR *name)
{
    static GUID provider = { 0x2b6f7a10, 0x61c4, 0x4a57, { 0x9e, 0x0d, 0x71, 0x4c, 0x8a, 0x5f, 0x3e, 0x21 } };
    ServiceTrigger trigger = { TRIGGER_TYPE_CUSTOM, TRIGGER_ACTION_SERVICE_START, &provider, 0, NULL };
    TriggerInfo info = { 1, &trigger, NULL };
    SC_HANDLE service = open_service(name, SERVICE_CHANGE_CONFIG);
    if (!service) return;
    answer(ChangeServiceConfig2W(service, CONFIG_TRIGGER_INFO, &info), "ChangeServiceConfig2W");
    CloseServiceHandle(service);
}
