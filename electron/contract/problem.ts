import type { ParamsArgument, PlaceValue } from './places.js';

/**
 * Every failure a user can meet: an id for the code, a number for the user. A number is never given to another
 * failure. 1xxx usage and machine · 2xxx service control · 3xxx session evidence · 4xxx our own state ·
 * 5xxx the run · 6xxx the application and its window · 9xxx ourselves.
 */
export const PROBLEM_CODES = {
  'unknown-command': 'LD-1001',
  'unknown-option': 'LD-1002',
  'invalid-argument': 'LD-1003',
  'missing-argument': 'LD-1004',
  'unknown-service': 'LD-1005',
  'unknown-check': 'LD-1006',
  'unknown-run': 'LD-1007',
  'unknown-code': 'LD-1008',
  'unknown-scenario': 'LD-1009',
  'output-not-written': 'LD-1010',
  'check-not-overridable': 'LD-1011',
  'no-lync-service': 'LD-1012',
  'conflicting-options': 'LD-1013',
  'excess-argument': 'LD-1014',
  'not-elevated': 'LD-1101',
  'not-windows': 'LD-1102',
  'native-library-missing': 'LD-1103',
  'access-denied': 'LD-2005',
  'service-not-found': 'LD-2060',
  'service-disabled': 'LD-2058',
  'already-running': 'LD-2056',
  'not-active': 'LD-2062',
  'control-not-accepted': 'LD-2052',
  'cannot-accept-control-now': 'LD-2061',
  'dependents-running': 'LD-2051',
  'request-timeout': 'LD-2053',
  'marked-for-delete': 'LD-2072',
  'database-locked': 'LD-2055',
  'shutdown-in-progress': 'LD-2115',
  'rpc-unavailable': 'LD-2122',
  'handle-invalid': 'LD-2006',
  'start-hung': 'LD-2070',
  'service-specific-error': 'LD-2066',
  'dependency-failed': 'LD-2068',
  'logon-failed': 'LD-2069',
  'invalid-service-name': 'LD-2123',
  'unknown-win32': 'LD-2199',
  'pending-too-long': 'LD-2201',
  'stopped-instead': 'LD-2202',
  'ended-while-changing': 'LD-2203',
  'state-reverted': 'LD-2204',
  'start-type-reverted': 'LD-2205',
  'not-pausable': 'LD-2206',
  'resumed-from-outside': 'LD-2207',
  'started-by-itself': 'LD-2208',
  'start-type-changed-outside': 'LD-2209',
  'service-missing': 'LD-2210',
  'configuration-unreadable': 'LD-2211',
  'state-differs': 'LD-2231',
  'stop-by-hand': 'LD-2232',
  'start-type-moved': 'LD-2233',
  'evidence-unreadable': 'LD-3001',
  'leak': 'LD-3002',
  'stalled': 'LD-3003',
  'data-folder-unwritable': 'LD-4001',
  'data-folder-unprotected': 'LD-4002',
  'record-damaged': 'LD-4003',
  'record-newer': 'LD-4004',
  'record-not-written': 'LD-4005',
  'settings-damaged': 'LD-4006',
  'record-of-other-computer': 'LD-4007',
  'data-folder-unreadable': 'LD-4008',
  'simulation-damaged': 'LD-4009',
  'several-open-runs': 'LD-4010',
  'settings-service-unknown': 'LD-4011',
  'data-folder-impossible': 'LD-4012',
  'lock-held': 'LD-5001',
  'no-open-run': 'LD-5002',
  'not-ready': 'LD-5003',
  'still-draining': 'LD-5004',
  'blocked-by-check': 'LD-5005',
  'conflict': 'LD-5006',
  'interrupted': 'LD-5007',
  'already-returning': 'LD-5008',
  'partly-done': 'LD-5009',
  'not-in-run': 'LD-5010',
  'maintenance-open': 'LD-5011',
  'way-back-interrupted': 'LD-5041',
  'request-refused': 'LD-6001',
  'sender-refused': 'LD-6002',
  'busy': 'LD-6003',
  'restart-not-confirmed': 'LD-6004',
  'restart-refused': 'LD-6005',
  'autostart-not-changed': 'LD-6006',
  'not-printed': 'LD-6007',
  'internal': 'LD-9001',
} as const;

export type ProblemId = keyof typeof PROBLEM_CODES;

/** What a failed call to the service control manager always tells. Calls about all services name none. */
const WIN32 = ['win32', 'operation', 'serviceName?'] as const;
const WIN32_OF_SERVICE = ['win32', 'operation', 'serviceName'] as const;
const SERVICE = ['serviceName'] as const;
const FILE = ['path', 'code?'] as const;
const NAME = ['name', 'suggestion?'] as const;

/** The params each problem is told with. One that ends in `?` may be missing; its sentence reads well without it. */
export const PROBLEM_PLACES = {
  'unknown-command': NAME,
  'unknown-option': NAME,
  'invalid-argument': ['argument', 'value', 'expected?', 'expectedId?'],
  'missing-argument': ['argument'],
  'unknown-service': NAME,
  'unknown-check': ['check', 'suggestion?'],
  'unknown-run': NAME,
  'unknown-code': NAME,
  'unknown-scenario': ['scenario', 'scenarios', 'suggestion?'],
  'check-not-overridable': ['check'],
  'no-lync-service': [],
  'conflicting-options': ['argument', 'other'],
  'excess-argument': ['argument', 'value'],
  'output-not-written': ['path?', 'code'],
  'not-elevated': ['user'],
  'not-windows': [],
  'native-library-missing': ['library', 'detail'],
  'access-denied': WIN32,
  'service-not-found': WIN32_OF_SERVICE,
  'service-disabled': WIN32_OF_SERVICE,
  'already-running': WIN32_OF_SERVICE,
  'not-active': WIN32_OF_SERVICE,
  'control-not-accepted': WIN32_OF_SERVICE,
  'cannot-accept-control-now': WIN32_OF_SERVICE,
  'dependents-running': WIN32_OF_SERVICE,
  'request-timeout': WIN32_OF_SERVICE,
  'marked-for-delete': WIN32_OF_SERVICE,
  'database-locked': WIN32,
  'shutdown-in-progress': WIN32,
  'rpc-unavailable': WIN32,
  'handle-invalid': WIN32,
  'start-hung': WIN32_OF_SERVICE,
  'service-specific-error': WIN32_OF_SERVICE,
  'dependency-failed': WIN32_OF_SERVICE,
  'logon-failed': WIN32_OF_SERVICE,
  'invalid-service-name': WIN32_OF_SERVICE,
  'unknown-win32': WIN32,
  'pending-too-long': ['serviceName', 'state'],
  'stopped-instead': ['serviceName', 'win32?', 'specific?'],
  'ended-while-changing': ['serviceName', 'win32?', 'specific?'],
  'state-reverted': ['serviceName', 'state?'],
  'start-type-reverted': ['serviceName', 'wanted', 'now'],
  'not-pausable': SERVICE,
  'resumed-from-outside': SERVICE,
  'started-by-itself': SERVICE,
  'start-type-changed-outside': ['serviceName', 'ours', 'now'],
  'service-missing': SERVICE,
  'configuration-unreadable': SERVICE,
  'state-differs': ['serviceName', 'stateBefore', 'state'],
  'stop-by-hand': ['serviceName', 'stateBefore', 'state'],
  'start-type-moved': ['serviceName', 'first', 'now'],
  'evidence-unreadable': ['serviceName', 'reason'],
  'leak': ['serviceName', 'before', 'after', 'from?'],
  'stalled': ['serviceName', 'count', 'minutes'],
  'data-folder-unwritable': FILE,
  'data-folder-unprotected': ['path', 'writableBy'],
  'record-damaged': ['path', 'line'],
  'record-newer': ['path', 'schema', 'ours'],
  'record-not-written': [...FILE, 'after?'],
  'settings-damaged': ['path', 'detail'],
  'settings-service-unknown': ['path', 'serviceName', 'suggestion?'],
  'data-folder-impossible': ['path', 'name', 'fault'],
  'record-of-other-computer': ['computer', 'source'],
  'data-folder-unreadable': FILE,
  'simulation-damaged': ['path'],
  'several-open-runs': ['path', 'runs'],
  'lock-held': ['path', 'user?', 'face?', 'processId?', 'computer?', 'command?', 'since?'],
  'no-open-run': [],
  'not-ready': ['because?'],
  'still-draining': ['left?'],
  'blocked-by-check': ['check', 'more'],
  'conflict': ['serviceName', 'original', 'ours?', 'now'],
  'interrupted': ['command?', 'left?'],
  'already-returning': [],
  'partly-done': [],
  'not-in-run': SERVICE,
  'request-refused': ['channel?', 'detail?'],
  'sender-refused': [],
  'busy': [],
  'restart-not-confirmed': [],
  'restart-refused': ['code?'],
  'autostart-not-changed': ['detail?'],
  'not-printed': ['detail?'],
  'maintenance-open': ['command'],
  'way-back-interrupted': ['back', 'left', 'services?'],
  'internal': ['detail?', 'logPath?', 'path?', 'reason?'],
} as const satisfies Readonly<Record<ProblemId, readonly string[]>>;

/** A failure, ready to be said in any language. `params` fill the sentence's places. */
export interface Problem {
  readonly id: ProblemId;
  readonly params: Readonly<Record<string, PlaceValue>>;
}

export function problem<Id extends ProblemId>(id: Id, ...[params]: ParamsArgument<(typeof PROBLEM_PLACES)[Id]>): Problem {
  return { id, params: params ?? {} };
}

/** A failure on its way up. Thrown at the edges, answered as a value to the user. */
export class ProblemError extends Error {
  readonly problem: Problem;

  constructor(theProblem: Problem, options?: { readonly cause?: unknown }) {
    super(`${PROBLEM_CODES[theProblem.id]} ${theProblem.id} ${JSON.stringify(theProblem.params)}`, options);
    this.name = 'ProblemError';
    this.problem = theProblem;
  }
}
