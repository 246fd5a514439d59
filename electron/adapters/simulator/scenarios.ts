import { problem, ProblemError } from '../../contract/problem.js';
import { namedIn } from '../../contract/service-names.js';
import { compareServiceNames } from '../../contract/service.js';
import { DAY_MS } from '../../contract/time-units.js';
import { WEB_SERVER } from '../../core/catalogue/catalogue.js';
import { LYNC_SERVICES, OTHER_SERVICES, type ServiceDraft, simulatedService, VIDEO_INTEROP, WINDOWS_SERVICES } from './inventory.js';
import { findTargets, type MishapTargets } from './mishap-targets.js';
import { ODD_WHEN_PAUSED, ODDITIES, type Oddity } from './oddities.js';
import { between, randomFor } from './random.js';
import { NO_POOL, ROLE_SCENARIOS, type RoleScenario } from './role-inventory.js';
import { nameOthers } from './simulated-others.js';
import type { SessionProfile, SimulatedOther, SimulatedService, SimulatedState } from './simulated-state.js';

type ServerSettings = Partial<Pick<SimulatedState, 'elevated' | 'knowsDetails' | 'sources' | 'computer' | 'pool'>>;

/** A server to try things on. */
interface Scenario {
  readonly id: string;
  /** Services beside those of a plain Front End. */
  readonly more?: readonly ServiceDraft[];
  /** All services, instead of those of a plain Front End. */
  readonly services?: readonly ServiceDraft[];
  readonly server?: ServerSettings;
  readonly adjust?: Adjust;
  /** What another server of the pool is; the rest of them are in service. */
  readonly other?: SimulatedOther['condition'];
}

type Adjust = (service: SimulatedService, nowMs: number, targets: MishapTargets) => SimulatedService;

const FIRST_PROCESS_ID = 1204;

function adjustSessions(names: readonly string[] | null, change: (profile: SessionProfile) => SessionProfile): Pick<Scenario, 'adjust'> {
  return {
    adjust: (service) =>
      service.sessions !== null && (names?.includes(service.serviceName) ?? true)
        ? { ...service, sessions: change(service.sessions) }
        : service,
  };
}

function onTarget(target: keyof MishapTargets, change: (profile: SessionProfile) => SessionProfile): Adjust {
  return (service, _, targets) =>
    service.sessions !== null && service.serviceName === targets[target] ? { ...service, sessions: change(service.sessions) } : service;
}

function ofOddity(oddity: Oddity): Scenario {
  return {
    id: oddity.id,
    adjust: (service, nowMs, { whenPaused, whenReturned }) => {
      if (service.serviceName === whenPaused) {
        const changed = oddity.whenPaused(service, nowMs);
        // A server of one service has no other to be odd on the way back.
        return changed === service && whenReturned === null ? oddity.whenReturned(service, nowMs) : changed;
      }
      if (service.serviceName === whenReturned) return oddity.whenReturned(service, nowMs);
      return service;
    },
  };
}

const ODD_NAMES: readonly ServiceDraft[] = [
  'Acme Recorder (x64) [live]',
  `O'Hara "Call" Service`,
  'Fernsprech-Überwachung',
  '呼叫录音服务',
  'MSSQL$CDR',
  'back`tick & ampersand %PATH%',
].map((serviceName) => ({ serviceName, displayName: 'Lync Server Mediation', start: 'auto', acceptsPause: true }));

const MANY: readonly ServiceDraft[] = Array.from({ length: 300 - LYNC_SERVICES.length - OTHER_SERVICES.length }, (_, index) => ({
  serviceName: `Filler${String(index + 1).padStart(3, '0')}`,
  displayName: `Filler Service ${index + 1}`,
  start: index % 3 === 0 ? 'auto' : 'demand',
}));

const RECORDER: ServiceDraft = {
  serviceName: 'AcmeRecorder',
  displayName: 'Acme Call Recorder',
  start: 'auto',
  dependencies: [ODD_WHEN_PAUSED],
};

const SCENARIOS: readonly Scenario[] = [
  { id: 'default' },
  { id: 'quiet', ...adjustSessions(null, (profile) => ({ ...profile, usual: 0, ...(profile.present !== undefined && { present: 0 }) })) },
  { id: 'busy', ...adjustSessions(null, (profile) => ({ ...profile, usual: 5 * profile.usual, longestMs: 10 * profile.longestMs })) },
  { id: 'leak', adjust: onTarget('leak', (profile) => ({ ...profile, leak: { everyMs: 20_000, forMs: 300_000 } })) },
  { id: 'stalled', adjust: onTarget('stalled', (profile) => ({ ...profile, endless: 1 })) },
  {
    id: 'unknown-evidence',
    ...adjustSessions(['RTCRGS', 'RTCAVMCU'], (profile) => ({ ...profile, brokenNumber: 1_073_741_824 })),
  },
  { id: 'no-cmdlets', server: { sources: { cmdlet: 'cmdlet-missing' } } },
  { id: 'slow-cmdlets', server: { sources: { cmdlet: 'slow' } } },
  { id: 'restricted-powershell', server: { sources: { cmdlet: 'powershell-restricted' } } },
  { id: 'no-counters', server: { sources: { counters: 'missing' } } },
  { id: 'hanging-counters', server: { sources: { counters: 'hang' } } },
  { id: 'no-evidence', server: { sources: { counters: 'denied', cmdlet: 'cmdlet-denied' } } },
  { id: 'outside-participants', ...adjustSessions(['RTCDATAMCU'], (profile) => ({ ...profile, only: ['uncounted-participant-outside'] })) },
  {
    id: 'video-sharing',
    server: { sources: { majorVersion: 7 } },
    ...adjustSessions(['RTCASMCU'], (profile) => ({ ...profile, only: ['video-viewer'] })),
  },
  { id: 'web-sessions', adjust: inWebLoadBalancer },
  ...ROLE_SCENARIOS,
  peopleNobodyCounts(),
  {
    id: 'unknown-role',
    services: [VIDEO_INTEROP, ...OTHER_SERVICES, ...WINDOWS_SERVICES.slice(-2)],
    server: { pool: NO_POOL, sources: { registry: 'silent' } },
  },
  { id: 'unknown-lync-service', more: [VIDEO_INTEROP] },
  { id: 'not-elevated', server: { elevated: false } },
  { id: 'old-windows', server: { knowsDetails: false } },
  { id: 'three-hundred', more: MANY },
  { id: 'odd-names', more: ODD_NAMES },
  { id: 'automatic-dependent', more: [RECORDER] },
  { id: 'failed-over', adjust: failedOver },
  { id: 'shared-process', adjust: sharingProcess },
  { id: 'other-in-service', other: 'in-service' },
  { id: 'other-paused', other: 'paused' },
  { id: 'other-front-end-stopped', other: 'front-end-stopped' },
  { id: 'other-unreachable', other: 'unreachable' },
  { id: 'other-pauses-with-us', other: 'pauses-with-us' },
  { id: 'other-silent-with-us', other: 'silent-with-us' },
  ...ODDITIES.map(ofOddity),
];

/** What may follow `--simulate=`. `default` is a plain Front End; the others each have one thing that is different. */
export const SCENARIO_IDS: readonly string[] = SCENARIOS.map((scenario) => scenario.id);

/**
 * A new server of that scenario, running for some days. Several scenarios, with commas between them, go together: `edge,leak`.
 * @param copied the server itself, to which the scenarios happen; null: they say which server it is
 * @throws ProblemError unknown-scenario, conflicting-options
 */
export function buildServer(scenarioId: string, seed: number, nowMs: number, copied: SimulatedState | null = null): SimulatedState {
  const scenarios = chooseScenarios(scenarioId, copied !== null);
  const [base] = scenarios.filter(({ services }) => services !== undefined);
  const server = copied ?? stateOf(base?.services ?? [...LYNC_SERVICES, ...OTHER_SERVICES], seed, nowMs);
  const complete = withMore(server, scenarios, nowMs);
  const targets = findTargets(complete.services, nowMs);
  const adjusted = complete.services.map((service) =>
    scenarios.reduce((changed, { adjust }) => adjust?.(changed, nowMs, targets) ?? changed, service),
  );
  const sources = scenarios.reduce((all, scenario) => ({ ...all, ...scenario.server?.sources }), complete.sources ?? {});
  const settings = scenarios.reduce<ServerSettings>((all, scenario) => ({ ...all, ...scenario.server }), {});
  const others = othersOf({ ...complete, ...settings }, scenarios);
  return {
    ...complete,
    ...settings,
    ...(others.length > 0 && { others }),
    scenario: scenarioId,
    services: adjusted,
    ...(Object.keys(sources).length > 0 && { sources }),
  };
}

/** @throws ProblemError conflicting-options for another server of a pool where there is no pool, or none but this server */
function othersOf(server: SimulatedState, scenarios: readonly Scenario[]): readonly SimulatedOther[] {
  const named = scenarios.filter(({ other }) => other !== undefined);
  const others = nameOthers(
    server,
    named.flatMap(({ other }) => other ?? []),
  );
  const [first] = named;
  if (first === undefined || others.length > 0) return others;
  const base = scenarios.find(({ services }) => services !== undefined);
  throw new ProblemError(
    problem('conflicting-options', {
      argument: base === undefined ? '--server-file' : `--simulate=${base.id}`,
      other: `--simulate=${first.id}`,
    }),
  );
}

/** @throws ProblemError unknown-scenario; conflicting-options for two that each are a whole server */
function chooseScenarios(scenarioId: string, isCopy: boolean): readonly Scenario[] {
  const chosen = scenarioId.split(',').map((id) => {
    const scenario = SCENARIOS.find((candidate) => candidate.id === id);
    if (scenario === undefined) throw new ProblemError(problem('unknown-scenario', { scenario: id, scenarios: SCENARIO_IDS.join(', ') }));
    return scenario;
  });
  const [first, second] = [
    ...(isCopy ? ['--server-file'] : []),
    ...chosen.flatMap(({ id, services }) => (services === undefined ? [] : [`--simulate=${id}`])),
  ];
  if (first === undefined || second === undefined) return chosen;
  throw new ProblemError(problem('conflicting-options', { argument: first, other: second }));
}

function stateOf(drafts: readonly ServiceDraft[], seed: number, nowMs: number): SimulatedState {
  const bootedAtMs = nowMs - between(randomFor(seed, 'boot'), 3 * DAY_MS, 40 * DAY_MS);
  return {
    scenario: 'default',
    seed,
    clock: { realMs: nowMs, simulatedMs: nowMs, speed: 1 },
    createdAtMs: nowMs,
    bootedAtMs,
    nextProcessId: FIRST_PROCESS_ID + 4 * drafts.length,
    elevated: true,
    knowsDetails: true,
    services: drafts.map((draft, index) => simulatedService(draft, seed, bootedAtMs, FIRST_PROCESS_ID + 4 * index)),
  };
}

/** Adds the services that scenarios bring, if the server has none of that name. In the order Windows keeps its keys in. */
function withMore(server: SimulatedState, scenarios: readonly Scenario[], nowMs: number): SimulatedState {
  const { whenPaused } = findTargets(server.services, nowMs);
  const isThere = namedIn(server.services.map(({ serviceName }) => serviceName));
  const more = scenarios.flatMap((scenario) => scenario.more ?? []).filter(({ serviceName }) => !isThere(serviceName));
  const added = more.map((draft, index) =>
    simulatedService(
      draft.serviceName === RECORDER.serviceName && whenPaused !== null ? { ...draft, dependencies: [whenPaused] } : draft,
      server.seed,
      server.bootedAtMs,
      server.nextProcessId + 4 * index,
    ),
  );
  const services = [...server.services, ...added].sort((one, other) => compareServiceNames(one.serviceName, other.serviceName));
  return { ...server, services, nextProcessId: server.nextProcessId + 4 * more.length };
}

/** What `Invoke-CsComputerFailOver` leaves behind: every Lync service stopped and Disabled. */
function failedOver(service: SimulatedService, nowMs: number): SimulatedService {
  if (service.sessions === null) return service;
  const moments = service.moments.map((moment) => ({ ...moment, state: 'stopped' as const, processId: 0 }));
  return { ...service, moments, starts: [{ atMs: nowMs, start: { startType: 'disabled', delayed: false } }] };
}

/** An Edge whose counters are missing, with people on 443 and on UDP who stay. */
function peopleNobodyCounts(): Scenario {
  const edge = ROLE_SCENARIOS.find(({ id }) => id === 'edge') satisfies RoleScenario | undefined;
  return {
    ...edge,
    id: 'edge-uncounted',
    server: { ...edge?.server, sources: { ...edge?.server.sources, counters: 'missing' } },
    adjust: (service) =>
      service.sessions === null ? service : { ...service, sessions: { ...service.sessions, usual: 2, endless: 2, ...mediaByUdp(service) } },
  };
}

function mediaByUdp({ serviceName }: SimulatedService): Partial<SessionProfile> {
  return serviceName === 'RTCMEDIARELAY' ? { only: ['relayed-udp'] } : {};
}

/** Mobile and web clients stay: the server was not taken out of the web load balancer. */
function inWebLoadBalancer(service: SimulatedService): SimulatedService {
  if (service.serviceName !== WEB_SERVER) return service;
  return { ...service, sessions: { usual: 0, shortestMs: 1_000, longestMs: 2_000, leak: null, endless: 3 } };
}

/** The application services run the same executable; here two of them run in one process. */
function sharingProcess(service: SimulatedService): SimulatedService {
  if (service.serviceName !== 'RTCCAA' && service.serviceName !== 'RTCCAS') return service;
  return { ...service, sharesProcess: true, moments: service.moments.map((moment) => ({ ...moment, processId: FIRST_PROCESS_ID - 4 })) };
}
