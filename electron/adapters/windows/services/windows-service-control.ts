import { ProblemError } from '../../../contract/problem.js';
import type { Reading, ScmStartType, ServiceConfiguration, ServiceStatus, StartSetting, UnknownReason } from '../../../contract/service.js';
import type { Control, ServiceControl } from '../../../ports/service-control.js';
import { type Handle, loadAdvapi32 } from '../koffi/advapi32.js';
import type { NativeMemory } from '../koffi/native-memory.js';
import { ERROR_MORE_DATA, ServiceManager } from './service-manager.js';
import {
  STATUS_PROCESS_SIZE,
  STATUS_SIZE,
  decodeConfiguration,
  decodeDependents,
  decodeFailureActions,
  decodeFlag,
  decodeHasStartTrigger,
  decodeServiceList,
  decodeStartType,
  decodeStatus,
  encodeFlag,
  encodeStartType,
} from './service-structures.js';

/** Access rights (winsvc.h); each call asks for the least that does its job. */
const SERVICE_QUERY_CONFIG = 0x1;
const SERVICE_CHANGE_CONFIG = 0x2;
const SERVICE_QUERY_STATUS = 0x4;
const SERVICE_ENUMERATE_DEPENDENTS = 0x8;
const SERVICE_START = 0x10;
const SERVICE_PAUSE_CONTINUE = 0x40;
const SERVICE_INTERROGATE = 0x80;

const SC_INFO_PROCESS = 0;
const SERVICE_WIN32 = 0x30;
const SERVICE_STATE_ALL = 0x3;
const SERVICE_NO_CHANGE = 0xffff_ffff;

/** Levels of `QueryServiceConfig2W` and `ChangeServiceConfig2W`. */
const CONFIG_FAILURE_ACTIONS = 2;
const CONFIG_DELAYED_AUTO_START = 3;
const CONFIG_TRIGGERS = 8;

const ERROR_ACCESS_DENIED = 5;
const ERROR_INVALID_PARAMETER = 87;
const ERROR_INVALID_LEVEL = 124;

/** What each control is (winsvc.h) and the right it needs. */
const CONTROLS: Readonly<Record<Control, { readonly code: number; readonly access: number }>> = {
  pause: { code: 2, access: SERVICE_PAUSE_CONTINUE },
  continue: { code: 3, access: SERVICE_PAUSE_CONTINUE },
  interrogate: { code: 4, access: SERVICE_INTERROGATE },
};

/** Windows takes no larger buffers: 8 KB for a configuration, 256 KB for a list (Microsoft, the functions' pages). */
const CONFIG_LIMIT = 8 << 10;
const LIST_LIMIT = 256 << 10;

/** First sizes; what a server with Lync answers mostly fits. */
export interface FirstSizes {
  readonly list: number;
  readonly configuration: number;
}
const FIRST_SIZES: FirstSizes = { list: 64 << 10, configuration: 2 << 10 };

/** A display name has 256 characters at most. */
const DISPLAY_NAME_CHARACTERS = 512;

/** Rounds of one bulk reading: a list that never ends is not one. */
const MAX_LIST_ROUNDS = 64;

/**
 * The service control manager of this computer. Nothing is opened before the first question.
 * @throws ProblemError native-library-missing
 */
export async function openWindowsServiceControl(firstSizes?: FirstSizes): Promise<ServiceControl> {
  return new WindowsServiceControl(new ServiceManager(await loadAdvapi32()), firstSizes);
}

/** Questions are asked on this thread, for Windows answers them from memory; orders go through a worker thread. */
export class WindowsServiceControl implements ServiceControl {
  readonly #manager: ServiceManager;
  readonly #list: NativeMemory;
  readonly #status: NativeMemory;
  readonly #displayName: NativeMemory;
  readonly #configuration: NativeMemory;
  readonly #detail: NativeMemory;
  readonly #dependents: NativeMemory;
  readonly #needed = Buffer.alloc(4);
  readonly #count = Buffer.alloc(4);
  readonly #resume = Buffer.alloc(4);

  constructor(manager: ServiceManager, first = FIRST_SIZES) {
    this.#manager = manager;
    this.#list = manager.memory('EnumServicesStatusExW', first.list, LIST_LIMIT);
    this.#status = manager.memory('QueryServiceStatusEx', STATUS_PROCESS_SIZE);
    this.#displayName = manager.memory('GetServiceDisplayNameW', DISPLAY_NAME_CHARACTERS * 2);
    this.#configuration = manager.memory('QueryServiceConfigW', first.configuration, CONFIG_LIMIT);
    this.#detail = manager.memory('QueryServiceConfig2W', first.configuration, CONFIG_LIMIT);
    this.#dependents = manager.memory('EnumDependentServicesW', first.configuration, LIST_LIMIT);
  }

  async listServices(): Promise<readonly ServiceStatus[]> {
    // A service that comes or goes between two rounds may be told twice; the later word counts.
    const found = new Map<string, ServiceStatus>();
    this.#resume.writeUInt32LE(0);
    for (let round = 0; round < MAX_LIST_ROUNDS; round++) {
      const error = this.#listOnce();
      if (error !== 0 && error !== ERROR_MORE_DATA) throw this.#manager.failure(error, this.#list.operation, null);
      for (const service of decodeServiceList(this.#list, this.#count.readUInt32LE())) {
        found.set(service.serviceName.toLowerCase(), service);
      }
      if (error === 0) return [...found.values()];
      this.#list.grow(this.#list.size + this.#needed.readUInt32LE());
    }
    throw this.#manager.failure(ERROR_MORE_DATA, this.#list.operation, null);
  }

  async readStatus(serviceName: string): Promise<ServiceStatus> {
    const { api } = this.#manager;
    return this.#manager.withService(serviceName, SERVICE_QUERY_STATUS, (service) => {
      this.#manager.askOrThrow(serviceName, this.#status, (bytes, size, needed) =>
        api.QueryServiceStatusEx(service, SC_INFO_PROCESS, bytes, size, needed),
      );
      return { serviceName, displayName: this.#readDisplayName(serviceName), ...decodeStatus(this.#status) };
    });
  }

  async readConfiguration(serviceName: string): Promise<ServiceConfiguration> {
    try {
      return this.#manager.withService(serviceName, SERVICE_QUERY_CONFIG | SERVICE_ENUMERATE_DEPENDENTS, (service) =>
        this.#readConfiguration(service, serviceName, this.#readDependents(service)),
      );
    } catch (error) {
      if (!(error instanceof ProblemError) || error.problem.id !== 'access-denied') throw error;
      // The right to see dependents may be missing alone; the rest is worth having without.
      return this.#manager.withService(serviceName, SERVICE_QUERY_CONFIG, (service) =>
        this.#readConfiguration(service, serviceName, { known: false, reason: 'access-denied' }),
      );
    }
  }

  async readStart(serviceName: string): Promise<StartSetting> {
    return this.#manager.withService(serviceName, SERVICE_QUERY_CONFIG, (service) => {
      this.#askConfiguration(service, serviceName);
      return this.#readStart(service, decodeStartType(this.#configuration));
    });
  }

  async sendControl(serviceName: string, control: Control): Promise<void> {
    const { code, access } = CONTROLS[control];
    await this.#manager.order(serviceName, access, 'ControlService', code, Buffer.alloc(STATUS_SIZE));
  }

  async startService(serviceName: string): Promise<void> {
    await this.#manager.order(serviceName, SERVICE_START, 'StartServiceW', 0, null);
  }

  async setStart(serviceName: string, { startType, delayed }: StartSetting): Promise<void> {
    const [access, same] = [SERVICE_CHANGE_CONFIG, SERVICE_NO_CHANGE];
    const untouched = [null, null, null, null, null, null, null];
    await this.#manager.order(serviceName, access, 'ChangeServiceConfigW', same, encodeStartType(startType), same, ...untouched);
    if (delayed === null) return;
    await this.#manager.order(serviceName, access, 'ChangeServiceConfig2W', CONFIG_DELAYED_AUTO_START, encodeFlag(delayed));
  }

  async close(): Promise<void> {
    this.#manager.close();
  }

  /** One round of the bulk reading. @returns its error number */
  #listOnce(): number {
    const { api } = this.#manager;
    const handle = this.#manager.handle();
    const { bytes, size } = this.#list;
    const isComplete = api.EnumServicesStatusExW(
      handle,
      SC_INFO_PROCESS,
      SERVICE_WIN32,
      SERVICE_STATE_ALL,
      bytes,
      size,
      this.#needed,
      this.#count,
      this.#resume,
      null,
    );
    return isComplete === 0 ? api.GetLastError() : 0;
  }

  #readDisplayName(serviceName: string): string {
    const { api } = this.#manager;
    this.#manager.askOrThrow(serviceName, this.#displayName, (bytes, size, characters) => {
      characters.writeUInt32LE(size / 2);
      return api.GetServiceDisplayNameW(this.#manager.handle(), serviceName, bytes, characters);
    });
    return this.#displayName.textFrom(0);
  }

  #readConfiguration(service: Handle, serviceName: string, dependents: ServiceConfiguration['dependents']): ServiceConfiguration {
    this.#askConfiguration(service, serviceName);
    const { startType, account, dependencies } = decodeConfiguration(this.#configuration);
    return {
      serviceName,
      start: this.#readStart(service, startType),
      account,
      dependencies,
      dependents,
      failureActions: this.#readDetail(service, CONFIG_FAILURE_ACTIONS, decodeFailureActions),
      hasStartTrigger: this.#readDetail(service, CONFIG_TRIGGERS, decodeHasStartTrigger),
    };
  }

  #askConfiguration(service: Handle, serviceName: string): void {
    const { api } = this.#manager;
    this.#manager.askOrThrow(serviceName, this.#configuration, (bytes, size, needed) =>
      api.QueryServiceConfigW(service, bytes, size, needed),
    );
  }

  /** The delayed flag stands apart from the start type, and older Windows have none. */
  #readStart(service: Handle, startType: ScmStartType): StartSetting {
    const delayed = this.#readDetail(service, CONFIG_DELAYED_AUTO_START, decodeFlag);
    return { startType, delayed: delayed.known ? delayed.value : null };
  }

  #readDependents(service: Handle): ServiceConfiguration['dependents'] {
    const { api } = this.#manager;
    const error = this.#manager.ask(this.#dependents, (bytes, size, needed) =>
      api.EnumDependentServicesW(service, SERVICE_STATE_ALL, bytes, size, needed, this.#count),
    );
    return error === 0 ? { known: true, value: decodeDependents(this.#dependents, this.#count.readUInt32LE()) } : unknown(error);
  }

  #readDetail<T>(service: Handle, level: number, decode: (memory: NativeMemory) => T): Reading<T> {
    const { api } = this.#manager;
    const error = this.#manager.ask(this.#detail, (bytes, size, needed) => api.QueryServiceConfig2W(service, level, bytes, size, needed));
    return error === 0 ? { known: true, value: decode(this.#detail) } : unknown(error);
  }
}

/** Why a detail is not there. A Windows that does not have a level calls it invalid, or the whole question. */
function unknown(error: number): { readonly known: false; readonly reason: UnknownReason } {
  if (error === ERROR_INVALID_LEVEL || error === ERROR_INVALID_PARAMETER) return { known: false, reason: 'not-supported' };
  return { known: false, reason: error === ERROR_ACCESS_DENIED ? 'access-denied' : `win32-${error}` };
}
