import {
  ACCEPTED_CONTROLS,
  type AcceptedControl,
  type FailureAction,
  type FailureActions,
  SCM_START_TYPES,
  SERVICE_STATES,
  type ScmStartType,
  type ServiceConfiguration,
  type ServiceStatus,
} from '../../../contract/service.js';
import type { NativeMemory } from '../koffi/native-memory.js';

/*
 * Structures of winsvc.h as 64-bit Windows lays them out: offsets in bytes, pointers on multiples of eight. The program
 * is built for x64 only.
 */

/** `SERVICE_STATUS_PROCESS` begins like `SERVICE_STATUS`: seven DWORDs. */
const STATUS = {
  serviceType: 0,
  currentState: 4,
  controlsAccepted: 8,
  win32ExitCode: 12,
  specificExitCode: 16,
  checkPoint: 20,
  waitHint: 24,
  processId: 28,
};
export const STATUS_SIZE = 28;
export const STATUS_PROCESS_SIZE = 36;

/** `ENUM_SERVICE_STATUS_PROCESSW`: two pointers and a `SERVICE_STATUS_PROCESS`. */
const LIST_ENTRY = { serviceName: 0, displayName: 8, status: 16, size: 56 };

/** `ENUM_SERVICE_STATUSW`: two pointers and a `SERVICE_STATUS`. */
const DEPENDENT = { serviceName: 0, size: 48 };

/** `QUERY_SERVICE_CONFIGW`. */
const CONFIG = { startType: 4, dependencies: 40, account: 48 };

/** `SERVICE_FAILURE_ACTIONSW`, with an array of `SC_ACTION`. */
const FAILURE = { count: 24, actions: 32 };
const ACTION = { kind: 0, size: 8 };

/** `SERVICE_TRIGGER_INFO`, with an array of `SERVICE_TRIGGER`. */
const TRIGGERS = { count: 0, triggers: 8 };
const TRIGGER = { action: 4, size: 32 };
const TRIGGER_ACTION_SERVICE_START = 1;

const SERVICE_WIN32_SHARE_PROCESS = 0x20;

/** `SC_GROUP_IDENTIFIERW`: how a dependency on a load-order group begins. */
const GROUP_MARK = '+';

/** `SC_ACTION_TYPE` by number; a restart of the service by its own process (4, Windows 10) is a restart to us. */
const ACTION_KINDS: readonly FailureAction[] = ['none', 'restart', 'reboot', 'run-command', 'restart'];

type DecodedStatus = Omit<ServiceStatus, 'serviceName' | 'displayName'>;

/** A `SERVICE_STATUS_PROCESS`. @throws ProblemError unknown-win32 for a state that winsvc.h does not have */
export function decodeStatus(memory: NativeMemory, at = 0): DecodedStatus {
  return {
    state: valueOf(SERVICE_STATES, memory.number(at + STATUS.currentState) - 1, memory),
    controlsAccepted: decodeControls(memory.number(at + STATUS.controlsAccepted)),
    processId: memory.number(at + STATUS.processId),
    sharesProcess: (memory.number(at + STATUS.serviceType) & SERVICE_WIN32_SHARE_PROCESS) !== 0,
    checkpoint: memory.number(at + STATUS.checkPoint),
    waitHintMs: memory.number(at + STATUS.waitHint),
    win32ExitCode: memory.number(at + STATUS.win32ExitCode),
    serviceSpecificExitCode: memory.number(at + STATUS.specificExitCode),
  };
}

/** An array of `ENUM_SERVICE_STATUS_PROCESSW`. @throws ProblemError unknown-win32 */
export function decodeServiceList(memory: NativeMemory, count: number): readonly ServiceStatus[] {
  return Array.from({ length: count }, (_, index) => {
    const at = index * LIST_ENTRY.size;
    return {
      serviceName: memory.text(at + LIST_ENTRY.serviceName),
      displayName: memory.text(at + LIST_ENTRY.displayName),
      ...decodeStatus(memory, at + LIST_ENTRY.status),
    };
  });
}

/** The names in an array of `ENUM_SERVICE_STATUSW`. */
export function decodeDependents(memory: NativeMemory, count: number): readonly string[] {
  return Array.from({ length: count }, (_, index) => memory.text(index * DEPENDENT.size + DEPENDENT.serviceName));
}

/** The parts of a `QUERY_SERVICE_CONFIGW` that we use. @throws ProblemError unknown-win32 for an unknown start type */
export function decodeConfiguration(
  memory: NativeMemory,
): Pick<ServiceConfiguration, 'account' | 'dependencies'> & { readonly startType: ScmStartType } {
  return {
    startType: decodeStartType(memory),
    account: memory.text(CONFIG.account),
    dependencies: memory.texts(CONFIG.dependencies).filter((name) => !name.startsWith(GROUP_MARK)),
  };
}

/** The start type alone of a `QUERY_SERVICE_CONFIGW`. @throws ProblemError unknown-win32 for an unknown one */
export function decodeStartType(memory: NativeMemory): ScmStartType {
  return valueOf(SCM_START_TYPES, memory.number(CONFIG.startType), memory);
}

/** A `SERVICE_FAILURE_ACTIONSW`. @throws ProblemError unknown-win32 for an unknown kind of action */
export function decodeFailureActions(memory: NativeMemory): FailureActions {
  const start = memory.pointer(FAILURE.actions);
  const count = start === null ? 0 : memory.number(FAILURE.count);
  return Array.from({ length: count }, (_, index) =>
    valueOf(ACTION_KINDS, memory.number((start ?? 0) + index * ACTION.size + ACTION.kind), memory),
  );
}

/** Whether a `SERVICE_TRIGGER_INFO` has a trigger that starts the service. */
export function decodeHasStartTrigger(memory: NativeMemory): boolean {
  const start = memory.pointer(TRIGGERS.triggers);
  const count = start === null ? 0 : memory.number(TRIGGERS.count);
  return Array.from({ length: count }, (_, index) => memory.number((start ?? 0) + index * TRIGGER.size + TRIGGER.action)).includes(
    TRIGGER_ACTION_SERVICE_START,
  );
}

/** A `SERVICE_DELAYED_AUTO_START_INFO`: one BOOL. */
export function decodeFlag(memory: NativeMemory): boolean {
  return memory.number(0) !== 0;
}

export function encodeFlag(flag: boolean): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32LE(flag ? 1 : 0);
  return bytes;
}

/** The `dwStartType` of a start type. */
export function encodeStartType(startType: ScmStartType): number {
  return SCM_START_TYPES.indexOf(startType);
}

/** Bits in the order of winsvc.h; later Windows versions add bits, which say nothing about pausing and are passed over. */
function decodeControls(bits: number): readonly AcceptedControl[] {
  return ACCEPTED_CONTROLS.filter((_, bit) => (bits & (1 << bit)) !== 0);
}

function valueOf<T>(values: readonly T[], index: number, memory: NativeMemory): T {
  const value = values[index];
  if (value === undefined) throw memory.invalid();
  return value;
}
