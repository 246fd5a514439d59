import type { Facts } from '../../../electron/contract/facts.js';
import type { Acceptance, LastSeen, RecordedSample, Run } from '../../../electron/contract/run.js';
import { ServiceMap } from '../../../electron/contract/service-names.js';
import type { ServiceState, StartSetting } from '../../../electron/contract/service.js';
import type { SessionReading } from '../../../electron/contract/sessions.js';
import {
  acceptanceOf,
  AUTO,
  AUTO_DELAYED,
  DISABLED,
  drainedOf,
  factsOf,
  MANUAL,
  proofOf,
  runOf,
  second,
  type Given,
  lossOf,
  signOffOf,
} from '../fakes/server-facts.js';

/** Everything that decides about one service when a restart is judged, as a product of few values each. */
export interface Case {
  readonly state: (typeof STATES)[number];
  readonly start: keyof typeof STARTS;
  readonly membership: (typeof MEMBERSHIPS)[number];
  readonly evidence: (typeof EVIDENCE)[number];
  readonly isLost: boolean;
  readonly acceptance: (typeof ACCEPTANCES)[number];
  readonly preview: (typeof PREVIEWS)[number];
}

export const STATES = [
  'stopped',
  'start-pending',
  'stop-pending',
  'running',
  'continue-pending',
  'pause-pending',
  'paused',
  'missing',
] as const satisfies readonly (ServiceState | 'missing')[];

export const STARTS = {
  auto: AUTO,
  'auto-delayed': AUTO_DELAYED,
  demand: MANUAL,
  disabled: DISABLED,
  boot: { startType: 'boot', delayed: false },
  system: { startType: 'system', delayed: false },
} as const satisfies Readonly<Record<string, StartSetting>>;

export const MEMBERSHIPS = ['planned', 'left-out', 'outside', 'returned', 'unknown-lync'] as const;

/** Read in this reading: what it says, and what was seen before. */
export const READ = [
  'zero-held',
  'zero-just-now',
  'three',
  'busy-only-at-zero',
  'at-least-three',
  'too-old',
  'did-not-answer',
  'not-read-yet',
  'no-reading',
] as const;
/** A proof that was written earlier, with a time without readings since. Said of all planned services at once. */
const AFTER_GAP = ['zero-after-gap', 'zero-after-gap-in-another-process'] as const;
/** The evidence is not asked, because of a sign-off: of the server, of the planned services, or of what was never proved. */
export const NOT_ASKED = ['signed', 'signed-in-another-process'] as const;
const NOT_ASKED_ALONE = ['services-signed', 'never-proved'] as const;
export const EVIDENCE = [...READ, ...AFTER_GAP, ...NOT_ASKED, ...NOT_ASKED_ALONE] as const;

/** `empty`: accepted as it is seen in this case. `cut`: three sessions may be cut; `cut-two`: two. `ended`: of an earlier process. */
export const ACCEPTANCES = ['none', 'empty', 'cut', 'cut-two', 'ended'] as const;
export const PREVIEWS = ['alone', 'automatic-dependent', 'trigger', 'dependents-unknown', 'unreadable'] as const;

const NOW_SECONDS = 1_000;
const HOLD_SECONDS = 60;
const PROCESS = 1_000;
const OTHER_PROCESS = 1_004;
const DEPENDENT = 'AcmeRecorder';

/** One server on which each named service is such a case. All cases are asked, or none is. */
export function worldOf(cases: Readonly<Record<string, Case>>): { readonly facts: Facts; readonly run: Run } {
  return { facts: factsAbout(cases), run: runAbout(cases) };
}

function factsAbout(cases: Readonly<Record<string, Case>>): Facts {
  const here = Object.entries(cases).filter(([, { state }]) => state !== 'missing');
  const facts = factsOf(
    { ...Object.fromEntries(here.map(([name, one]) => [name, givenOf(one)])), [DEPENDENT]: { start: AUTO, accepts: false } },
    second(NOW_SECONDS),
  );
  const sessions = here.flatMap(([name, one]): [string, SessionReading][] => {
    const reading = readingOf(one);
    return reading === null ? [] : [[name, reading]];
  });
  const unreadable = new Set(here.filter(([, { preview }]) => preview === 'unreadable').map(([name]) => name));
  const configurations = new ServiceMap([...facts.configurations].filter(([name]) => !unreadable.has(name)));
  const isAsked = Object.values(cases).every(({ evidence }) => !isNotAsked(evidence));
  return { ...facts, configurations, sessions: new ServiceMap(sessions), evidence: isAsked ? 'read' : 'not-asked' };
}

function givenOf({ state, start, evidence, preview }: Case): Given {
  const processId = state === 'stopped' ? 0 : isOtherProcess(evidence) ? OTHER_PROCESS : PROCESS;
  return {
    state: state === 'missing' ? 'stopped' : state,
    start: STARTS[start],
    dependents: preview === 'automatic-dependent' ? [DEPENDENT] : [],
    status: { processId },
    configuration: {
      ...(preview === 'trigger' && { hasStartTrigger: { known: true, value: true } }),
      ...(preview === 'dependents-unknown' && { dependents: { known: false, reason: 'access-denied' } }),
    },
  };
}

/** A stopped service carries none, whatever its sources would say. */
function readingOf({ state, evidence }: Case): SessionReading | null {
  if (state === 'stopped' && !isNotAsked(evidence) && evidence !== 'no-reading') {
    return { kind: 'count', count: 0, evidence: 'stopped', arrivals: [] };
  }
  switch (evidence) {
    case 'zero-held':
    case 'zero-just-now':
    case 'zero-after-gap':
    case 'zero-after-gap-in-another-process':
      return { kind: 'count', count: 0, evidence: 'counter', arrivals: [] };
    case 'three':
      return { kind: 'count', count: 3, evidence: 'counter', arrivals: [] };
    case 'busy-only-at-zero':
      return { kind: 'unknown', reason: 'busy-only', raw: null };
    case 'at-least-three':
      return { kind: 'unknown', reason: 'busy-only', raw: null, atLeast: { count: 3, evidence: 'tcp', ageMs: 0 } };
    case 'too-old':
      return { kind: 'unknown', reason: 'too-old', raw: '46 s', atLeast: { count: 3, evidence: 'cmdlet', ageMs: 46_000 } };
    case 'did-not-answer':
    case 'not-read-yet':
      return { kind: 'unknown', reason: evidence, raw: null };
    case 'no-reading':
    case 'signed':
    case 'signed-in-another-process':
    case 'services-signed':
    case 'never-proved':
      return null;
  }
}

function runAbout(cases: Readonly<Record<string, Case>>): Run {
  const named = Object.entries(cases);
  const services = named.flatMap(([name, { membership }]) => {
    if (membership === 'outside' || membership === 'unknown-lync') return [];
    return [drainedOf(name, { leftOut: membership === 'left-out', returned: membership === 'returned' ? 'restored' : null })];
  });
  const evidence = named.map(([, one]) => one.evidence);
  const wasProved = evidence.some((one) => one !== 'never-proved' && (isNotAsked(one) || isAfterGap(one)));
  const isSigned = evidence.some(isNotAsked);
  return runOf(
    services,
    { holdTimeMs: HOLD_SECONDS * 1_000 },
    {
      samples: samplesAbout(cases),
      quiet: wasProved ? proofOf(second(100), HOLD_SECONDS * 1_000, 60) : null,
      confirmed: isSigned
        ? signOffOf(evidence.every((one) => one === 'signed' || one === 'signed-in-another-process') ? 'server' : 'services')
        : null,
      acceptances: new ServiceMap(
        named.flatMap(([name, one]): [string, Acceptance][] => acceptanceAbout(one).map((acceptance) => [name, acceptance])),
      ),
      lastSeen: new ServiceMap(
        named.map(([name]): [string, LastSeen] => [
          name,
          { state: 'paused', processId: PROCESS, asleepFromSeq: 1, isOtherProcess: false, isLost: false },
        ]),
      ),
      losses: named.flatMap(([name, { isLost }]) => (isLost ? [lossOf(name)] : [])),
    },
  );
}

/** A minute of readings until a second ago; none for what was proved long before. */
function samplesAbout(cases: Readonly<Record<string, Case>>): readonly RecordedSample[] {
  if (Object.values(cases).some(({ evidence }) => isNotAsked(evidence) || isAfterGap(evidence))) return [];
  return Array.from({ length: HOLD_SECONDS / 5 }, (_, nth): RecordedSample => {
    const secondsAgo = HOLD_SECONDS - 5 * nth;
    const sessions: RecordedSample['sessions'] = {};
    for (const [name, { evidence }] of Object.entries(cases)) {
      sessions[name] = evidence === 'zero-held' ? 0 : evidence === 'zero-just-now' ? 1 : 3;
    }
    return { seq: 10 + nth, sessions, atLeast: {}, ...second(NOW_SECONDS - secondsAgo) };
  });
}

function acceptanceAbout(one: Case): Acceptance[] {
  switch (one.acceptance) {
    case 'none':
      return [];
    case 'empty':
      return [acceptanceOf({ processId: PROCESS, count: seenIn(one) })];
    case 'cut':
      return [acceptanceOf({ processId: PROCESS, count: 3, cut: 3 })];
    case 'cut-two':
      return [acceptanceOf({ processId: PROCESS, count: 2, cut: 2 })];
    case 'ended':
      return [acceptanceOf({ processId: PROCESS - 4, count: 9 })];
  }
}

/** How many sessions the evidence shows, at least. */
export function seenIn({ evidence, state }: Pick<Case, 'evidence' | 'state'>): number {
  return state !== 'stopped' && (evidence === 'three' || evidence === 'at-least-three' || evidence === 'too-old') ? 3 : 0;
}

export function isNotAsked(evidence: Case['evidence']): boolean {
  return ([...NOT_ASKED, ...NOT_ASKED_ALONE] as readonly string[]).includes(evidence);
}

function isAfterGap(evidence: Case['evidence']): boolean {
  return (AFTER_GAP as readonly string[]).includes(evidence);
}

export function isOtherProcess(evidence: Case['evidence']): boolean {
  return evidence.endsWith('-in-another-process');
}
