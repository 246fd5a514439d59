import type { OutcomeKind } from './outcome.js';
import type { ParamsArgument, PlaceValue } from './places.js';

/** What a failed call to the service control manager always tells. Calls about all services name none. */
const WIN32 = ['win32', 'operation', 'serviceName?'] as const;
const WIN32_OF_SERVICE = ['win32', 'operation', 'serviceName'] as const;
const SERVICE = ['serviceName'] as const;
const FILE = ['path', 'code?'] as const;
const NAME = ['name', 'suggestion?'] as const;

interface ProblemRow {
  /** The number for the user. It is never given to another failure. */
  readonly code: `LD-${number}`;
  /** The params that the sentence is filled with. One that ends in `?` may be missing; the sentence reads well without it. */
  readonly places: readonly string[];
  /** How a command ends that this problem kept from being carried out: nothing has been changed then. */
  readonly outcome: OutcomeKind;
}

/**
 * Every failure a user can meet, by its id. Its sentences are in `core/language`.
 * 1xxx usage and machine · 2xxx service control · 3xxx session evidence · 4xxx our own state · 5xxx the run · 6xxx the application
 * and its window · 9xxx ourselves.
 */
export const PROBLEMS = {
  'unknown-command': { code: 'LD-1001', places: NAME, outcome: 'usage' },
  'unknown-option': { code: 'LD-1002', places: NAME, outcome: 'usage' },
  'invalid-argument': { code: 'LD-1003', places: ['argument', 'value', 'expected?', 'expectedId?'], outcome: 'usage' },
  'missing-argument': { code: 'LD-1004', places: ['argument'], outcome: 'usage' },
  'unknown-service': { code: 'LD-1005', places: NAME, outcome: 'usage' },
  'unknown-check': { code: 'LD-1006', places: ['check', 'suggestion?'], outcome: 'usage' },
  'unknown-run': { code: 'LD-1007', places: NAME, outcome: 'usage' },
  'unknown-code': { code: 'LD-1008', places: NAME, outcome: 'usage' },
  'unknown-scenario': { code: 'LD-1009', places: ['scenario', 'scenarios', 'suggestion?'], outcome: 'usage' },
  'output-not-written': { code: 'LD-1010', places: ['path?', 'code'], outcome: 'failed' },
  'check-not-overridable': { code: 'LD-1011', places: ['check'], outcome: 'usage' },
  'no-lync-service': { code: 'LD-1012', places: [], outcome: 'failed' },
  'conflicting-options': { code: 'LD-1013', places: ['argument', 'other'], outcome: 'usage' },
  'excess-argument': { code: 'LD-1014', places: ['argument', 'value'], outcome: 'usage' },
  infrastructure: { code: 'LD-1015', places: SERVICE, outcome: 'blocked' },
  'no-sessions-carried': { code: 'LD-1016', places: SERVICE, outcome: 'blocked' },
  'note-missing': { code: 'LD-1017', places: [], outcome: 'usage' },
  'not-elevated': { code: 'LD-1101', places: ['user'], outcome: 'no-rights' },
  'not-windows': { code: 'LD-1102', places: [], outcome: 'failed' },
  'native-library-missing': { code: 'LD-1103', places: ['library', 'detail'], outcome: 'failed' },
  // Said by the launcher on Windows (native/launcher/refusal.c), before any of this runs.
  'program-folder-unprotected': { code: 'LD-1104', places: ['path', 'writableBy'], outcome: 'state-unreadable' },
  'program-not-started': { code: 'LD-1105', places: ['path', 'win32'], outcome: 'failed' },
  'access-denied': { code: 'LD-2005', places: WIN32, outcome: 'no-rights' },
  'service-not-found': { code: 'LD-2060', places: WIN32_OF_SERVICE, outcome: 'failed' },
  'service-disabled': { code: 'LD-2058', places: WIN32_OF_SERVICE, outcome: 'failed' },
  'already-running': { code: 'LD-2056', places: WIN32_OF_SERVICE, outcome: 'failed' },
  'not-active': { code: 'LD-2062', places: WIN32_OF_SERVICE, outcome: 'failed' },
  'control-not-accepted': { code: 'LD-2052', places: WIN32_OF_SERVICE, outcome: 'failed' },
  'cannot-accept-control-now': { code: 'LD-2061', places: WIN32_OF_SERVICE, outcome: 'failed' },
  'dependents-running': { code: 'LD-2051', places: WIN32_OF_SERVICE, outcome: 'failed' },
  'request-timeout': { code: 'LD-2053', places: WIN32_OF_SERVICE, outcome: 'failed' },
  'marked-for-delete': { code: 'LD-2072', places: WIN32_OF_SERVICE, outcome: 'failed' },
  'database-locked': { code: 'LD-2055', places: WIN32, outcome: 'failed' },
  'shutdown-in-progress': { code: 'LD-2115', places: WIN32, outcome: 'failed' },
  'rpc-unavailable': { code: 'LD-2122', places: WIN32, outcome: 'failed' },
  'handle-invalid': { code: 'LD-2006', places: WIN32, outcome: 'failed' },
  'start-hung': { code: 'LD-2070', places: WIN32_OF_SERVICE, outcome: 'failed' },
  'service-specific-error': { code: 'LD-2066', places: WIN32_OF_SERVICE, outcome: 'failed' },
  'dependency-failed': { code: 'LD-2068', places: WIN32_OF_SERVICE, outcome: 'failed' },
  'logon-failed': { code: 'LD-2069', places: WIN32_OF_SERVICE, outcome: 'failed' },
  'invalid-service-name': { code: 'LD-2123', places: WIN32_OF_SERVICE, outcome: 'failed' },
  'unknown-win32': { code: 'LD-2199', places: WIN32, outcome: 'failed' },
  'pending-too-long': { code: 'LD-2201', places: ['serviceName', 'state'], outcome: 'failed' },
  'stopped-instead': { code: 'LD-2202', places: ['serviceName', 'win32?', 'specific?'], outcome: 'failed' },
  'ended-while-changing': { code: 'LD-2203', places: ['serviceName', 'win32?', 'specific?'], outcome: 'failed' },
  'state-reverted': { code: 'LD-2204', places: ['serviceName', 'state?'], outcome: 'failed' },
  'start-type-reverted': { code: 'LD-2205', places: ['serviceName', 'wanted', 'now'], outcome: 'failed' },
  'not-pausable': { code: 'LD-2206', places: SERVICE, outcome: 'failed' },
  'resumed-from-outside': { code: 'LD-2207', places: SERVICE, outcome: 'failed' },
  'started-by-itself': { code: 'LD-2208', places: SERVICE, outcome: 'failed' },
  'start-type-changed-outside': { code: 'LD-2209', places: ['serviceName', 'ours', 'now'], outcome: 'failed' },
  'service-missing': { code: 'LD-2210', places: SERVICE, outcome: 'failed' },
  'configuration-unreadable': { code: 'LD-2211', places: SERVICE, outcome: 'failed' },
  'control-not-delivered': { code: 'LD-2220', places: ['serviceName', 'blocking'], outcome: 'failed' },
  'state-differs': { code: 'LD-2231', places: ['serviceName', 'stateBefore', 'state'], outcome: 'failed' },
  'stop-by-hand': { code: 'LD-2232', places: ['serviceName', 'stateBefore', 'state'], outcome: 'failed' },
  'start-type-moved': { code: 'LD-2233', places: ['serviceName', 'first', 'now'], outcome: 'failed' },
  'awake-since': { code: 'LD-2212', places: SERVICE, outcome: 'failed' },
  'restarted-after-crash': { code: 'LD-2213', places: SERVICE, outcome: 'failed' },
  'evidence-unreadable': { code: 'LD-3001', places: ['serviceName', 'reason'], outcome: 'failed' },
  leak: { code: 'LD-3002', places: ['serviceName', 'before', 'after', 'from?'], outcome: 'failed' },
  stalled: { code: 'LD-3003', places: ['serviceName', 'count', 'minutes'], outcome: 'failed' },
  'sessions-lost': { code: 'LD-3004', places: ['serviceName', 'how', 'count', 'certainty'], outcome: 'failed' },
  'acceptance-ended': { code: 'LD-3005', places: ['serviceName', 'because', 'detail?'], outcome: 'failed' },
  'data-folder-unwritable': { code: 'LD-4001', places: ['path', 'code?', 'undoCard?'], outcome: 'state-unreadable' },
  'data-folder-unprotected': { code: 'LD-4002', places: ['path', 'writableBy', 'account?'], outcome: 'state-unreadable' },
  'record-damaged': { code: 'LD-4003', places: ['path', 'line'], outcome: 'state-unreadable' },
  'record-newer': { code: 'LD-4004', places: ['path', 'schema', 'ours'], outcome: 'state-unreadable' },
  'record-not-written': { code: 'LD-4005', places: ['path', 'code?', 'after?', 'undoCard?'], outcome: 'state-unreadable' },
  'settings-damaged': { code: 'LD-4006', places: ['path', 'detail'], outcome: 'state-unreadable' },
  'record-of-other-computer': { code: 'LD-4007', places: ['computer', 'source'], outcome: 'state-unreadable' },
  'data-folder-unreadable': { code: 'LD-4008', places: FILE, outcome: 'state-unreadable' },
  'simulation-damaged': { code: 'LD-4009', places: ['path'], outcome: 'state-unreadable' },
  'several-open-runs': { code: 'LD-4010', places: ['path', 'runs'], outcome: 'state-unreadable' },
  'settings-service-unknown': { code: 'LD-4011', places: ['path', 'serviceName', 'suggestion?'], outcome: 'state-unreadable' },
  'data-folder-impossible': { code: 'LD-4012', places: ['path', 'name', 'fault'], outcome: 'state-unreadable' },
  'record-tail-lost': { code: 'LD-4013', places: ['path', 'entries', 'anchored?', 'services?', 'undoCard'], outcome: 'state-unreadable' },
  'run-in-usual-folder': { code: 'LD-4014', places: ['path', 'runId'], outcome: 'state-unreadable' },
  'lock-held': {
    code: 'LD-5001',
    places: ['path', 'user?', 'face?', 'processId?', 'computer?', 'command?', 'since?', 'thisComputer?'],
    outcome: 'locked',
  },
  'no-open-run': { code: 'LD-5002', places: [], outcome: 'blocked' },
  'not-ready': { code: 'LD-5003', places: ['because?'], outcome: 'blocked' },
  'still-draining': { code: 'LD-5004', places: ['left?'], outcome: 'failed' },
  'blocked-by-check': { code: 'LD-5005', places: ['check', 'more', 'override?'], outcome: 'blocked' },
  conflict: { code: 'LD-5006', places: ['serviceName', 'original', 'ours?', 'now'], outcome: 'failed' },
  interrupted: { code: 'LD-5007', places: ['command?', 'left?'], outcome: 'interrupted' },
  'already-returning': { code: 'LD-5008', places: [], outcome: 'blocked' },
  'partly-done': { code: 'LD-5009', places: [], outcome: 'failed' },
  'not-in-run': { code: 'LD-5010', places: SERVICE, outcome: 'usage' },
  'maintenance-open': { code: 'LD-5011', places: ['command'], outcome: 'blocked' },
  'way-back-interrupted': { code: 'LD-5041', places: ['back', 'left', 'services?'], outcome: 'failed' },
  'original-lost': { code: 'LD-5042', places: ['services', 'undoCard'], outcome: 'failed' },
  'outside-plan': { code: 'LD-5012', places: ['serviceName', 'count?', 'atLeast?'], outcome: 'failed' },
  'left-out-runs': { code: 'LD-5013', places: ['serviceName', 'count?', 'atLeast?'], outcome: 'failed' },
  'not-paused': { code: 'LD-5014', places: ['serviceName', 'state'], outcome: 'failed' },
  'starts-with-windows': { code: 'LD-5015', places: ['serviceName', 'startType'], outcome: 'failed' },
  'started-by-dependent': { code: 'LD-5016', places: ['serviceName', 'dependent'], outcome: 'failed' },
  'may-start-by-trigger': { code: 'LD-5017', places: SERVICE, outcome: 'failed' },
  'start-not-known': { code: 'LD-5018', places: SERVICE, outcome: 'failed' },
  'sessions-left': { code: 'LD-5019', places: ['serviceName', 'count'], outcome: 'failed' },
  'sessions-unknown': { code: 'LD-5020', places: ['serviceName', 'reason', 'atLeast?', 'ageSeconds?'], outcome: 'failed' },
  'not-proved-yet': { code: 'LD-5021', places: ['serviceName', 'heldSeconds', 'holdSeconds', 'outside?'], outcome: 'failed' },
  'pool-below-quorum': { code: 'LD-5022', places: ['pool', 'others', 'required'], outcome: 'failed' },
  'not-safe': { code: 'LD-5023', places: ['reasons'], outcome: 'blocked' },
  'needs-acceptance': { code: 'LD-5024', places: ['services'], outcome: 'failed' },
  'sessions-counted': { code: 'LD-5025', places: ['serviceName', 'count'], outcome: 'blocked' },
  'cut-too-small': { code: 'LD-5026', places: ['serviceName', 'count', 'cut'], outcome: 'blocked' },
  'accept-awake': { code: 'LD-5027', places: ['serviceName', 'state'], outcome: 'blocked' },
  'request-refused': { code: 'LD-6001', places: ['channel?', 'detail?'], outcome: 'failed' },
  'sender-refused': { code: 'LD-6002', places: [], outcome: 'failed' },
  busy: { code: 'LD-6003', places: [], outcome: 'failed' },
  'restart-not-confirmed': { code: 'LD-6004', places: [], outcome: 'failed' },
  'restart-refused': { code: 'LD-6005', places: ['code?'], outcome: 'failed' },
  'autostart-not-changed': { code: 'LD-6006', places: ['detail?'], outcome: 'failed' },
  'not-printed': { code: 'LD-6007', places: ['detail?'], outcome: 'failed' },
  'window-failed': { code: 'LD-6008', places: ['detail', 'logPath?'], outcome: 'failed' },
  'restart-scheduled': { code: 'LD-6009', places: [], outcome: 'failed' },
  'others-signed-in': { code: 'LD-6010', places: ['users?'], outcome: 'failed' },
  'computer-locked': { code: 'LD-6011', places: [], outcome: 'failed' },
  'restart-not-allowed': { code: 'LD-6012', places: [], outcome: 'failed' },
  'signed-in-unreadable': { code: 'LD-6013', places: [], outcome: 'failed' },
  internal: { code: 'LD-9001', places: ['detail?', 'logPath?', 'path?', 'reason?'], outcome: 'failed' },
} as const satisfies Readonly<Record<string, ProblemRow>>;

export type ProblemId = keyof typeof PROBLEMS;

/** For what reads an id out of a file or a message. */
export const PROBLEM_IDS = Object.keys(PROBLEMS) as readonly ProblemId[];

/** A failure, ready to be said in any language. `params` fill the sentence's places. */
export interface Problem {
  readonly id: ProblemId;
  readonly params: Readonly<Record<string, PlaceValue>>;
}

export function problem<Id extends ProblemId>(id: Id, ...[params]: ParamsArgument<(typeof PROBLEMS)[Id]['places']>): Problem {
  return { id, params: params ?? {} };
}

/** A failure on its way up. Thrown at the edges, answered as a value to the user. */
export class ProblemError extends Error {
  readonly problem: Problem;

  constructor(theProblem: Problem, options?: { readonly cause?: unknown }) {
    super(`${PROBLEMS[theProblem.id].code} ${theProblem.id} ${JSON.stringify(theProblem.params)}`, options);
    this.name = 'ProblemError';
    this.problem = theProblem;
  }
}
