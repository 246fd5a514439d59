import type { OutcomeKind } from './outcome.js';
import type { ParamsArgument, PlaceValue } from './places.js';

/** What a failed call to the service control manager always tells. Calls about all services name none. */
const WIN32 = ['win32', 'operation', 'serviceName?'] as const;
const WIN32_OF_SERVICE = ['win32', 'operation', 'serviceName'] as const;
const SERVICE = ['serviceName'] as const;
const FILE = ['path', 'code?'] as const;
const NAME = ['name', 'suggestion?'] as const;

interface ProblemRow<Code extends number, Places extends readonly string[], Outcome extends OutcomeKind> {
  /** The number for the user. It is never given to another failure. */
  readonly code: `LD-${Code}`;
  /** The params that the sentence is filled with. One that ends in `?` may be missing; the sentence reads well without it. */
  readonly places: Places;
  /** How a command ends that this problem kept from being carried out: nothing has been changed then. */
  readonly outcome: Outcome;
}

/** A call and no object literal, because the window carries the table: it takes two thirds of the room so. */
function row<Code extends number, const Places extends readonly string[], Outcome extends OutcomeKind = 'failed'>(
  code: Code,
  places: Places,
  outcome: Outcome = 'failed' as Outcome,
): ProblemRow<Code, Places, Outcome> {
  return { code: `LD-${code}`, places, outcome };
}

/**
 * Every failure a user can meet, by its id. Its sentences are in `core/language`.
 * 1xxx usage and machine · 2xxx service control · 3xxx session evidence · 4xxx our own state · 5xxx the run · 6xxx the application
 * and its window · 9xxx ourselves.
 */
export const PROBLEMS = {
  'unknown-command': row(1001, NAME, 'usage'),
  'unknown-option': row(1002, NAME, 'usage'),
  'invalid-argument': row(1003, ['argument', 'value', 'expected?', 'expectedId?'], 'usage'),
  'missing-argument': row(1004, ['argument'], 'usage'),
  'unknown-service': row(1005, NAME, 'usage'),
  'unknown-check': row(1006, ['check', 'suggestion?'], 'usage'),
  'unknown-run': row(1007, NAME, 'usage'),
  'unknown-code': row(1008, NAME, 'usage'),
  'unknown-scenario': row(1009, ['scenario', 'scenarios', 'suggestion?'], 'usage'),
  'output-not-written': row(1010, ['path?', 'code']),
  'check-not-overridable': row(1011, ['check'], 'usage'),
  'no-lync-service': row(1012, []),
  'conflicting-options': row(1013, ['argument', 'other'], 'usage'),
  'excess-argument': row(1014, ['argument', 'value'], 'usage'),
  infrastructure: row(1015, SERVICE, 'blocked'),
  'no-sessions-carried': row(1016, SERVICE, 'blocked'),
  'note-missing': row(1017, [], 'usage'),
  'server-file-unreadable': row(1031, FILE, 'usage'),
  'server-file-wrong': row(1032, ['path', 'detail'], 'usage'),
  'not-elevated': row(1101, ['user'], 'no-rights'),
  'not-windows': row(1102, []),
  'native-library-missing': row(1103, ['library', 'detail']),
  // Said by the launcher on Windows (native/launcher/refusal.c), before any of this runs.
  'program-folder-unprotected': row(1104, ['path', 'writableBy'], 'state-unreadable'),
  'program-not-started': row(1105, ['path', 'win32']),
  'access-denied': row(2005, WIN32, 'no-rights'),
  'service-not-found': row(2060, WIN32_OF_SERVICE),
  'service-disabled': row(2058, WIN32_OF_SERVICE),
  'already-running': row(2056, WIN32_OF_SERVICE),
  'not-active': row(2062, WIN32_OF_SERVICE),
  'control-not-accepted': row(2052, WIN32_OF_SERVICE),
  'cannot-accept-control-now': row(2061, WIN32_OF_SERVICE),
  'dependents-running': row(2051, WIN32_OF_SERVICE),
  'request-timeout': row(2053, WIN32_OF_SERVICE),
  'marked-for-delete': row(2072, WIN32_OF_SERVICE),
  'database-locked': row(2055, WIN32),
  'shutdown-in-progress': row(2115, WIN32),
  'rpc-unavailable': row(2122, WIN32),
  'handle-invalid': row(2006, WIN32),
  'start-hung': row(2070, WIN32_OF_SERVICE),
  'service-specific-error': row(2066, WIN32_OF_SERVICE),
  'dependency-failed': row(2068, WIN32_OF_SERVICE),
  'logon-failed': row(2069, WIN32_OF_SERVICE),
  'invalid-service-name': row(2123, WIN32_OF_SERVICE),
  'unknown-win32': row(2199, WIN32),
  'pending-too-long': row(2201, ['serviceName', 'state']),
  'stopped-instead': row(2202, ['serviceName', 'win32?', 'specific?']),
  'ended-while-changing': row(2203, ['serviceName', 'win32?', 'specific?']),
  'state-reverted': row(2204, ['serviceName', 'state?']),
  'start-type-reverted': row(2205, ['serviceName', 'wanted', 'now']),
  'not-pausable': row(2206, SERVICE),
  'resumed-from-outside': row(2207, SERVICE),
  'started-by-itself': row(2208, SERVICE),
  'start-type-changed-outside': row(2209, ['serviceName', 'ours', 'now']),
  'service-missing': row(2210, SERVICE),
  'configuration-unreadable': row(2211, SERVICE),
  'control-not-delivered': row(2220, ['serviceName', 'blocking']),
  'state-differs': row(2231, ['serviceName', 'stateBefore', 'state']),
  'stop-by-hand': row(2232, ['serviceName', 'stateBefore', 'state']),
  'start-type-moved': row(2233, ['serviceName', 'first', 'now']),
  'awake-since': row(2212, SERVICE),
  'restarted-after-crash': row(2213, SERVICE),
  'evidence-unreadable': row(3001, ['serviceName', 'reason', 'uncountable?']),
  leak: row(3002, ['serviceName', 'before', 'after', 'from?']),
  stalled: row(3003, ['serviceName', 'count', 'minutes']),
  'sessions-lost': row(3004, ['serviceName', 'how', 'count', 'certainty']),
  'acceptance-ended': row(3005, ['serviceName', 'because', 'detail?']),
  'data-folder-unwritable': row(4001, ['path', 'code?', 'undoCard?'], 'state-unreadable'),
  'data-folder-unprotected': row(4002, ['path', 'writableBy', 'account?'], 'state-unreadable'),
  'record-damaged': row(4003, ['path', 'line'], 'state-unreadable'),
  'record-newer': row(4004, ['path', 'schema', 'ours'], 'state-unreadable'),
  'record-not-written': row(4005, ['path', 'code?', 'after?', 'undoCard?'], 'state-unreadable'),
  'settings-damaged': row(4006, ['path', 'detail'], 'state-unreadable'),
  'record-of-other-computer': row(4007, ['computer', 'source'], 'state-unreadable'),
  'data-folder-unreadable': row(4008, FILE, 'state-unreadable'),
  'simulation-damaged': row(4009, ['path'], 'state-unreadable'),
  'several-open-runs': row(4010, ['path', 'runs'], 'state-unreadable'),
  'settings-service-unknown': row(4011, ['path', 'serviceName', 'suggestion?'], 'state-unreadable'),
  'data-folder-impossible': row(4012, ['path', 'name', 'fault'], 'state-unreadable'),
  'record-tail-lost': row(4013, ['path', 'entries', 'anchored?', 'services?', 'undoCard'], 'state-unreadable'),
  'run-in-usual-folder': row(4014, ['path', 'runId'], 'state-unreadable'),
  'data-folder-not-repaired': row(4015, ['path', 'code'], 'failed'),
  'lock-held': row(5001, ['path', 'user?', 'face?', 'processId?', 'computer?', 'command?', 'since?', 'thisComputer?'], 'locked'),
  'no-open-run': row(5002, [], 'blocked'),
  'not-ready': row(5003, ['because?'], 'blocked'),
  'still-draining': row(5004, ['left?']),
  'blocked-by-check': row(5005, ['check', 'more', 'override?'], 'blocked'),
  conflict: row(5006, ['serviceName', 'original', 'ours?', 'now']),
  interrupted: row(5007, ['command?', 'left?'], 'interrupted'),
  'already-returning': row(5008, [], 'blocked'),
  'partly-done': row(5009, []),
  'not-in-run': row(5010, SERVICE, 'usage'),
  'maintenance-open': row(5011, ['command'], 'blocked'),
  'way-back-interrupted': row(5041, ['back', 'left', 'services?']),
  'original-lost': row(5042, ['services', 'undoCard']),
  'outside-plan': row(5012, ['serviceName', 'count?', 'atLeast?']),
  'left-out-runs': row(5013, ['serviceName', 'count?', 'atLeast?']),
  'not-paused': row(5014, ['serviceName', 'state']),
  'starts-with-windows': row(5015, ['serviceName', 'startType']),
  'started-by-dependent': row(5016, ['serviceName', 'dependent']),
  'may-start-by-trigger': row(5017, SERVICE),
  'start-not-known': row(5018, SERVICE),
  'sessions-left': row(5019, ['serviceName', 'count']),
  'sessions-unknown': row(5020, ['serviceName', 'reason', 'uncountable?', 'atLeast?', 'ageSeconds?']),
  'not-proved-yet': row(5021, ['serviceName', 'heldSeconds', 'holdSeconds', 'outside?']),
  'pool-below-quorum': row(5022, ['pool', 'others', 'required']),
  'not-safe': row(5023, ['reasons'], 'blocked'),
  'needs-acceptance': row(5024, ['services', 'seen?']),
  'sessions-counted': row(5025, ['serviceName', 'count'], 'blocked'),
  'cut-too-small': row(5026, ['serviceName', 'count', 'cut'], 'blocked'),
  'pool-name-unknown': row(5043, ['pool'], 'usage'),
  'pool-name-not-ours': row(5044, ['pool', 'addresses'], 'usage'),
  yielded: row(5045, ['servers', 'back?'], 'blocked'),
  'claim-not-verified': row(5046, []),
  'failover-under-way': row(5047, ['services'], 'blocked'),
  'accept-awake': row(5027, ['serviceName', 'state'], 'blocked'),
  'pause-task-unsafe': row(5028, ['path', 'because', 'writableBy?'], 'blocked'),
  'pause-task-not-made': row(5029, ['detail?'], 'blocked'),
  'request-refused': row(6001, ['channel?', 'detail?']),
  'sender-refused': row(6002, []),
  busy: row(6003, []),
  'restart-not-confirmed': row(6004, []),
  'restart-refused': row(6005, ['code?']),
  'autostart-not-changed': row(6006, ['detail?']),
  'not-printed': row(6007, ['detail?']),
  'window-failed': row(6008, ['detail', 'logPath?']),
  'restart-scheduled': row(6009, []),
  'others-signed-in': row(6010, ['users?']),
  'computer-locked': row(6011, []),
  'restart-not-allowed': row(6012, []),
  'signed-in-unreadable': row(6013, []),
  internal: row(9001, ['detail?', 'logPath?', 'path?', 'reason?']),
} as const;

export type ProblemId = keyof typeof PROBLEMS;

/** For what reads an id out of a file or a message. */
export const PROBLEM_IDS = /* @__PURE__ */ Object.keys(PROBLEMS) as readonly ProblemId[];

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
