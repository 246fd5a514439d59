/** What Windows says of its services. Shapes only; nothing here decides. */

/** Service states as `SERVICE_STATUS_PROCESS.dwCurrentState` has them (winsvc.h). */
export const SERVICE_STATES = [
  'stopped',
  'start-pending',
  'stop-pending',
  'running',
  'continue-pending',
  'pause-pending',
  'paused',
] as const;
export type ServiceState = (typeof SERVICE_STATES)[number];

/** `missing`: Windows does not list the service any more. */
export const SHOWN_STATES = [...SERVICE_STATES, 'missing'] as const;
export type ShownState = (typeof SHOWN_STATES)[number];

/** Start types as `QUERY_SERVICE_CONFIGW.dwStartType` has them; the delayed flag is kept apart, because it is stored apart. */
export const SCM_START_TYPES = ['boot', 'system', 'auto', 'demand', 'disabled'] as const;
export type ScmStartType = (typeof SCM_START_TYPES)[number];

/** Start types as an administrator sees them: automatic and automatic (delayed) are two. */
export const START_TYPES = [...SCM_START_TYPES, 'auto-delayed'] as const;
export type StartType = (typeof START_TYPES)[number];

/** Bits of `SERVICE_STATUS_PROCESS.dwControlsAccepted`. */
export const ACCEPTED_CONTROLS = [
  'stop',
  'pause-continue',
  'shutdown',
  'param-change',
  'netbind-change',
  'hardware-profile-change',
  'power-event',
  'session-change',
  'preshutdown',
  'time-change',
  'trigger-event',
] as const;
export type AcceptedControl = (typeof ACCEPTED_CONTROLS)[number];

/** A value that could be read, or the reason why not. Unknown is never a value. */
export type Reading<T> = { readonly known: true; readonly value: T } | { readonly known: false; readonly reason: UnknownReason };

/** Why a detail could not be read: Windows lacks the level, refused it, or answered with an error of that number. */
export type UnknownReason = 'not-supported' | 'access-denied' | `win32-${number}`;

/** One service as the bulk enumeration (`EnumServicesStatusExW`) or a status query reports it. */
export interface ServiceStatus {
  /** The SCM key. Compare without regard to case; show as Windows writes it. */
  readonly serviceName: string;
  readonly displayName: string;
  readonly state: ServiceState;
  readonly controlsAccepted: readonly AcceptedControl[];
  /** 0 while the service has no process. */
  readonly processId: number;
  /** True where the process may hold more than one service (`SERVICE_WIN32_SHARE_PROCESS`). */
  readonly sharesProcess: boolean;
  readonly checkpoint: number;
  /** Milliseconds the service asks us to wait for its next checkpoint; 0 to 2^32-1. */
  readonly waitHintMs: number;
  readonly win32ExitCode: number;
  readonly serviceSpecificExitCode: number;
}

/** What Windows does after a service's process ended by itself: the first time, the second, and so on (`SERVICE_FAILURE_ACTIONSW`). */
export type FailureActions = readonly FailureAction[];
export type FailureAction = 'none' | 'restart' | 'reboot' | 'run-command';

/** A start type together with its delayed flag: what the way back must restore exactly. */
export interface StartSetting {
  readonly startType: ScmStartType;
  /** Null where this Windows cannot say (no `SERVICE_CONFIG_DELAYED_AUTO_START_INFO`); then it is never written either. */
  readonly delayed: boolean | null;
}

/** One service's configuration, from `QueryServiceConfigW`, `QueryServiceConfig2W` and `EnumDependentServicesW`. */
export interface ServiceConfiguration {
  readonly serviceName: string;
  readonly start: StartSetting;
  /** Account the service logs on as, e.g. `NT AUTHORITY\NetworkService`. */
  readonly account: string;
  /** Services that must run before this one; groups are left out. */
  readonly dependencies: readonly string[];
  /** Services that need this one (`EnumDependentServicesW`, all states). */
  readonly dependents: Reading<readonly string[]>;
  readonly failureActions: Reading<FailureActions>;
  /** True when at least one trigger starts the service (`SERVICE_TRIGGER_ACTION_SERVICE_START`). */
  readonly hasStartTrigger: Reading<boolean>;
}

/**
 * Sorts service names as Windows sorts its keys: letter case aside, by character code. The same in every language, and
 * without the system's language data, whose loading would be a fifth of what `status` takes to start.
 */
export function compareServiceNames(one: string, other: string): number {
  const [left, right] = [one.toUpperCase(), other.toUpperCase()];
  return left === right ? 0 : left < right ? -1 : 1;
}

/** Folds the delayed flag into the start type, as an administrator sees it. Only `auto` shows the flag. */
export function shownStartType(start: StartSetting): StartType {
  return start.startType === 'auto' && start.delayed === true ? 'auto-delayed' : start.startType;
}

/**
 * True when both settings start the service in the same way. The delayed flag is compared where Windows can read it, and for
 * automatic start alone: any service may have it, and to others it means nothing (Microsoft, `SERVICE_DELAYED_AUTO_START_INFO`).
 */
export function isSameStart(one: StartSetting, other: StartSetting): boolean {
  if (one.startType !== other.startType) return false;
  if (one.startType !== 'auto') return true;
  return one.delayed === null || other.delayed === null || one.delayed === other.delayed;
}
