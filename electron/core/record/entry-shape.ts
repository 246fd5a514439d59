import { SOURCES } from '../../contract/computer.js';
import { PROBLEMS, type Problem, type ProblemId } from '../../contract/problem.js';
import {
  type Actor,
  type Change,
  type ClosedSummary,
  type Entry,
  type EntryContents,
  type EntryType,
  type HeldService,
  type Kept,
  type LossSummary,
  type ObservedService,
  type Order,
  type Original,
  type RecordedComputer,
  type SeenServer,
  type SignOffScope,
  ACCEPTANCE_ENDS,
  CERTAINTIES,
  CONFLICT_ANSWERS,
  FACES,
  LOSS_KINDS,
  ORDER_COMMANDS,
  RETURNS,
  SIGN_OFF_SCOPES,
  STANDINGS,
} from '../../contract/run.js';
import { SCM_START_TYPES, SERVICE_STATES, SHOWN_STATES, type StartSetting } from '../../contract/service.js';
import { MAX_PLAUSIBLE_SESSIONS, UNKNOWN_SESSION_REASONS, type UnknownSessionReason } from '../../contract/sessions.js';
import { HOLDS } from '../../contract/settings.js';
import { STEP_OF_CHANGE } from '../../contract/steps.js';
import {
  byKind,
  isFlag,
  isNumber,
  isObject,
  isText,
  isTimestamp,
  isWholeNumber,
  listOf,
  nullOr,
  object,
  objectWith,
  oneOf,
  recordOf,
  type Shape,
} from './shape.js';

const isActor = object<Actor>({ user: isText, face: oneOf(...FACES), processId: isWholeNumber });

const isStartSetting = object<StartSetting>({ startType: oneOf(...SCM_START_TYPES), delayed: nullOr(isFlag) });

const isServiceState = oneOf(...SERVICE_STATES);

const isOriginal = object<Original>({ displayName: isText, state: isServiceState, start: isStartSetting });

const isKept = object<Kept>({ state: nullOr(oneOf(...SHOWN_STATES)), start: nullOr(isStartSetting) });

const fromTo = object<{ from: StartSetting; to: StartSetting }>({ from: isStartSetting, to: isStartSetting });
const nothingElse = object({});
const isChange = byKind<Change>({
  pause: nothingElse,
  'set-start': fromTo,
  continue: nothingElse,
  start: nothingElse,
  'restore-start': fromTo,
});
const isChangeKind: Shape<Change['kind']> = (value): value is Change['kind'] => isText(value) && Object.hasOwn(STEP_OF_CHANGE, value);

const isProblemId: Shape<ProblemId> = (value): value is ProblemId => isText(value) && Object.hasOwn(PROBLEMS, value);
const isProblem = object<Problem>({
  id: isProblemId,
  params: recordOf((value): value is string | number => isText(value) || isNumber(value)),
});

const isOrder = objectWith<Omit<Order, 'endTask'>, Pick<Required<Order>, 'endTask'>>(
  {
    command: oneOf(...ORDER_COMMANDS),
    services: listOf(isText),
    holdTimeMs: isWholeNumber,
    hold: nullOr(oneOf(...HOLDS)),
    until: nullOr(isTimestamp),
    stayStopped: isFlag,
    reason: nullOr(isText),
  },
  { endTask: isText },
);

const unknownReasons = new Set<unknown>(UNKNOWN_SESSION_REASONS);
const isSessions = recordOf((value): value is number | UnknownSessionReason =>
  typeof value === 'number' ? Number.isInteger(value) && value >= 0 && value <= MAX_PLAUSIBLE_SESSIONS : unknownReasons.has(value),
);

const isObservedService = object<ObservedService>({ state: isServiceState, processId: isWholeNumber });
const isSeenServer = object<SeenServer>({ fqdn: isText, standing: oneOf(...STANDINGS) });
const isSessionCount: Shape<number> = (value): value is number => isWholeNumber(value) && value <= MAX_PLAUSIBLE_SESSIONS;

const isClosedSummary = objectWith<Omit<ClosedSummary, 'signOff' | 'losses'>, Pick<Required<ClosedSummary>, 'signOff' | 'losses'>>(
  { openedAt: isTimestamp, openedBy: isText, reason: nullOr(isText), services: isWholeNumber },
  {
    signOff: nullOr(oneOf(...SIGN_OFF_SCOPES)),
    losses: nullOr(object<LossSummary>({ services: isWholeNumber, sessions: isWholeNumber, certainty: oneOf(...CERTAINTIES) })),
  },
);

const CONTENT_SHAPES: { readonly [T in EntryType]: Shape<EntryContents[T]> } = {
  'run-opened': object<EntryContents['run-opened']>({
    schema: isWholeNumber,
    runId: isText,
    computer: objectWith<Omit<RecordedComputer, 'bootId'>, { bootId: string }>(
      { name: isText, bootedAt: isTimestamp, source: oneOf(...SOURCES) },
      { bootId: isText },
    ),
    by: isActor,
    product: isText,
  }),
  ordered: object<EntryContents['ordered']>({ by: isActor, order: isOrder }),
  original: objectWith<Omit<EntryContents['original'], 'movedFrom'>, { movedFrom: StartSetting }>(
    { serviceName: isText, original: isOriginal },
    { movedFrom: isStartSetting },
  ),
  overridden: object<EntryContents['overridden']>({ by: isActor, checkId: isText, note: nullOr(isText) }),
  'accepted-by-hand': object<EntryContents['accepted-by-hand']>({ by: isActor, serviceName: isText, note: nullOr(isText) }),
  accepted: objectWith<Omit<EntryContents['accepted'], 'mediaPorts'>, { mediaPorts: number }>(
    {
      ...{ by: isActor, serviceName: isText, note: isText, processId: isWholeNumber, count: isSessionCount },
      ...{ ends: listOf(isText), cut: nullOr(isSessionCount), inAdvance: isFlag },
    },
    { mediaPorts: isWholeNumber },
  ),
  'pool-looked': object<EntryContents['pool-looked']>({ when: oneOf('before-pause', 'after-pause'), servers: listOf(isSeenServer) }),
  yielded: object<EntryContents['yielded']>({ by: isActor, to: listOf(isSeenServer) }),
  'acceptance-ended': object<EntryContents['acceptance-ended']>({
    serviceName: isText,
    because: oneOf(...ACCEPTANCE_ENDS),
    detail: nullOr(isText),
  }),
  observed: objectWith<Pick<EntryContents['observed'], 'services'>, { bootedAt: string }>(
    { services: recordOf(isObservedService) },
    { bootedAt: isTimestamp },
  ),
  awake: object<EntryContents['awake']>({ serviceName: isText, by: oneOf('state', 'process') }),
  lost: object<EntryContents['lost']>({
    ...{ serviceName: isText, how: oneOf(...LOSS_KINDS) },
    ...{ count: isSessionCount, certainty: oneOf(...CERTAINTIES) },
  }),
  'tail-lost': object<EntryContents['tail-lost']>({
    ...{ by: isActor, entries: isWholeNumber, anchored: nullOr(isWholeNumber), unrecorded: listOf(isText) },
    held: recordOf(object<HeldService>({ start: nullOr(isStartSetting), isPaused: isFlag })),
  }),
  'left-out': object<EntryContents['left-out']>({ serviceName: isText, because: isText }),
  intended: object<EntryContents['intended']>({ serviceName: isText, change: isChange }),
  changed: object<EntryContents['changed']>({ serviceName: isText, change: isChangeKind }),
  failed: object<EntryContents['failed']>({ serviceName: isText, change: isChangeKind, problem: isProblem }),
  sampled: objectWith<Pick<EntryContents['sampled'], 'sessions'>, { atLeast: Record<string, number> }>(
    { sessions: isSessions },
    { atLeast: recordOf(isSessionCount) },
  ),
  leaked: object<EntryContents['leaked']>({ serviceName: isText, before: isNumber, after: isNumber, from: nullOr(isText) }),
  stalled: object<EntryContents['stalled']>({ serviceName: isText, count: isNumber, sinceMs: isNumber }),
  quiet: objectWith<Omit<EntryContents['quiet'], 'safeToRestart'>, { safeToRestart: true }>(
    { heldMs: isNumber, samples: isNumber },
    { safeToRestart: oneOf(true) },
  ),
  'held-zero': object<EntryContents['held-zero']>({ services: listOf(isText), heldMs: isNumber, samples: isNumber }),
  confirmed: objectWith<Pick<EntryContents['confirmed'], 'by' | 'note'>, { scope: SignOffScope; cut: number }>(
    { by: isActor, note: nullOr(isText) },
    { scope: oneOf(...SIGN_OFF_SCOPES), cut: isSessionCount },
  ),
  withdrawn: objectWith<Pick<EntryContents['withdrawn'], 'problem'>, { proofStands: true }>(
    { problem: isProblem },
    { proofStands: (value): value is true => value === true },
  ),
  'outside-change': object<EntryContents['outside-change']>({ serviceName: isText, problem: isProblem }),
  restarted: objectWith<Omit<EntryContents['restarted'], 'bootId'>, { bootId: string }>(
    { bootedAt: isTimestamp, running: listOf(isText) },
    { bootId: isText },
  ),
  choice: objectWith<Omit<EntryContents['choice'], 'kept'>, { kept: Kept }>(
    { by: isActor, serviceName: isText, choice: oneOf(...CONFLICT_ANSWERS) },
    { kept: isKept },
  ),
  returned: object<EntryContents['returned']>({
    serviceName: isText,
    how: oneOf(...RETURNS),
  }),
  closed: objectWith<Pick<EntryContents['closed'], 'by' | 'outcome'>, { summary: ClosedSummary }>(
    { by: isActor, outcome: oneOf('returned', 'returned-stopped') },
    { summary: isClosedSummary },
  ),
};

const contentShapes = new Map<unknown, Shape<unknown>>(Object.entries<Shape<unknown>>(CONTENT_SHAPES));

/**
 * True when a parsed line is an entry of the given place: every field of its type has the right shape, so that nothing
 * behind it has to look again. The first entry opens the run, the second orders, and no other opens it again.
 */
export function isEntry(value: unknown, seq: number): value is Entry {
  if (!isObject(value) || value['seq'] !== seq || !isNumber(value['upMs']) || !isTimestamp(value['at']) || !isText(value['hash'])) {
    return false;
  }
  const type = value['type'];
  if ((type === 'run-opened') !== (seq === 1) || (seq === 2 && type !== 'ordered')) return false;
  return contentShapes.get(type)?.(value) === true;
}
