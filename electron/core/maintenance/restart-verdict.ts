import type { AcceptedService, RebootPreviewRow, RestartKind, RestartReason, RestartVerdict } from '../../contract/checklist.js';
import type { Facts, PoolFacts } from '../../contract/facts.js';
import { message, type Message } from '../../contract/message.js';
import { problem, type Problem } from '../../contract/problem.js';
import type { Run } from '../../contract/run.js';
import { distinctServices } from '../../contract/service-names.js';
import { shownStartType, type ServiceStatus } from '../../contract/service.js';
import { leastSessions, type SessionReading } from '../../contract/sessions.js';
import { DEFAULT_SETTINGS } from '../../contract/settings.js';
import { FRONT_END, inDrainOrder, WEB_SERVER } from '../catalogue/catalogue.js';
import { acceptedServices, currentAcceptance } from './acceptance.js';
import { roleOf } from './installed-server.js';
import { othersInService } from './other-servers.js';
import { hasHeldZero, heldZeroMs, holdTimeOf, viewQuiet, type QuietView } from './quiet.js';
import { requiredToFunction } from './quorum.js';
import { previewReboot } from './reboot-preview.js';
import { carriesSessions, hasUnknownLyncName } from './selection.js';
import { activeServices, isAwake } from './step-status.js';

const QUORUM_CHECK = 'pool-members';

/**
 * Whether the server may be restarted: the one rule for tray, window, terminal, JSON and record. Every service installed
 * here that carries sessions, planned or not, must take no new work, be held against a restart, and be proved empty or
 * accepted by hand; and the pool must keep its quorum without this server.
 * @param run the open run, null if there is none; then nothing has been proved of a paused service
 * @param view of the same reading, if the caller has one
 */
export function judgeRestart(
  facts: Facts,
  run: Run | null,
  view: QuietView | null = run === null ? null : viewQuiet(facts, run),
): RestartVerdict {
  const names = namesToJudge(facts, run);
  const preview = new Map(previewReboot(facts, names).map((row) => [row.serviceName, row]));
  const reasons = [
    ...names.flatMap((name) => reasonsOfService({ facts, run, view, preview: preview.get(name) }, name)),
    ...poolReasons(facts, run),
    ...claimReasons(run),
  ];
  const accepted = run === null ? [] : acceptedServices(facts, run).filter(({ serviceName }) => isNeeded(facts, serviceName));
  return {
    kind: kindOf(reasons, accepted),
    reasons,
    caveats: caveatsOf(facts, run),
    accepted,
    cut: accepted.reduce((sum, one) => sum + (one.cut ?? 0), 0),
  };
}

/**
 * Planned services, also removed ones, and every other one installed here that carries sessions. A service of Lync that the
 * catalogue does not know shows only while it runs that it can be paused: the run remembers it. In drain order.
 */
function namesToJudge(facts: Facts, run: Run | null): readonly string[] {
  const planned = run === null ? [] : activeServices(run).map((service) => service.serviceName);
  const wasSeen = (serviceName: string): boolean => run?.lastSeen.has(serviceName) === true && hasUnknownLyncName(serviceName);
  const installed = [...facts.statuses.values()].filter((status) => carriesSessions(status) || wasSeen(status.serviceName));
  return inDrainOrder(distinctServices([...planned, ...installed.map((status) => status.serviceName)]));
}

function kindOf(reasons: readonly RestartReason[], accepted: readonly AcceptedService[]): RestartKind {
  if (reasons.length > 0) return 'not-safe';
  if (accepted.some(({ cut }) => cut !== null)) return 'cuts';
  return accepted.length > 0 ? 'accepted' : 'safe';
}

/** What is gone, has no process any more, or is proved at zero, needs no acceptance. */
function isNeeded(facts: Facts, serviceName: string): boolean {
  const status = facts.statuses.get(serviceName);
  const reading = facts.sessions.get(serviceName);
  return status !== undefined && status.state !== 'stopped' && !(reading?.kind === 'count' && reading.count === 0);
}

interface ServiceView {
  readonly facts: Facts;
  readonly run: Run | null;
  readonly view: QuietView | null;
  readonly preview: RebootPreviewRow | undefined;
}

function reasonsOfService(service: ServiceView, serviceName: string): RestartReason[] {
  const { facts, run } = service;
  const status = facts.statuses.get(serviceName);
  if (status === undefined) return [reason('missing', serviceName, problem('service-missing', { serviceName }))];
  if (isAwake(status.state)) return [awakeReason(run, status, facts.sessions.get(serviceName))];
  // One that stops now, or has lost its process, has ended its sessions already: what was cut is a loss, and told as one.
  const sessions = status.state === 'paused' || status.state === 'stop-pending' ? sessionReasons(service, status) : [];
  return [...sessions, ...startReasons(service, serviceName)];
}

function awakeReason(run: Run | null, { serviceName, state }: ServiceStatus, reading: SessionReading | undefined): RestartReason {
  if (isPlanned(run, serviceName)) {
    return reason('not-paused', serviceName, problem('not-paused', { serviceName, state }));
  }
  const params = { serviceName, ...sessionsOf(reading) };
  return run?.services.get(serviceName)?.leftOut === true
    ? reason('left-out', serviceName, problem('left-out-runs', params))
    : reason('outside-plan', serviceName, problem('outside-plan', params));
}

function sessionsOf(reading: SessionReading | undefined): { readonly count?: number; readonly atLeast?: number } {
  if (reading?.kind === 'count') return { count: reading.count };
  const least = leastSessions(reading);
  return least > 0 ? { atLeast: least } : {};
}

function sessionReasons({ facts, run, view }: ServiceView, { serviceName }: ServiceStatus): RestartReason[] {
  if (view !== null && isProvedEarlier(view, serviceName)) return [];
  const heldMs = view === null ? 0 : heldZeroMs(view, serviceName);
  const isProved = view !== null && view.current.sessions[serviceName] === 0 && heldMs >= holdTimeOf(view.run);
  if (isProved || (run !== null && currentAcceptance(facts, run, serviceName) !== null)) return [];
  const reading = facts.sessions.get(serviceName) ?? NOT_READ;
  if (reading.kind === 'unknown') {
    return [
      reason('unknown', serviceName, problem('sessions-unknown', { serviceName, ...unknownParams(reading), ...remedyParam(reading) })),
    ];
  }
  if (reading.count > 0) return [reason('sessions', serviceName, problem('sessions-left', { serviceName, count: reading.count }))];
  return [reason('not-proved', serviceName, notProved(run, serviceName, heldMs))];
}

const NOT_READ = { kind: 'unknown', reason: 'not-read-yet', raw: null } as const satisfies SessionReading;

/**
 * The planned services are proved together, and a sign-off of the server is for all others too. That stands until something
 * contradicts it, also over a gap: a count above zero, a service awake, another process.
 */
function isProvedEarlier(view: QuietView, serviceName: string): boolean {
  const { facts, run } = view;
  const isOfPlan = isPlanned(run, serviceName);
  const last = run.lastSeen.get(serviceName);
  if (last !== undefined && last.processId !== facts.statuses.get(serviceName)?.processId) return false;
  if (facts.evidence === 'read') {
    const reading = facts.sessions.get(serviceName);
    const isProved = isProofLongEnough(run) || hasHeldZero(view, serviceName);
    return isOfPlan && isProved && reading?.kind === 'count' && reading.count === 0;
  }
  if (isOfPlan) return isProofLongEnough(run);
  return run.confirmed?.scope === 'server' && last !== undefined && last.asleepFromSeq !== null;
}

function isProofLongEnough(run: Run): boolean {
  return run.quiet !== null && run.quiet.heldMs >= holdTimeOf(run);
}

/** What a sentence about an unknown count is given. */
export function unknownParams(reading: Extract<SessionReading, { kind: 'unknown' }>): {
  reason: string;
  atLeast?: number;
  ageSeconds?: number;
} {
  const { reason: why, atLeast } = reading;
  if (atLeast === undefined) return { reason: why };
  const ageSeconds = Math.round(atLeast.ageMs / 1_000);
  return { reason: why, atLeast: atLeast.count, ...(ageSeconds > 0 && { ageSeconds }) };
}

/** Given to a sentence about an unknown count if no source sees every kind of session of the service: then nothing can make it known. */
export function remedyParam({ reason: why }: Extract<SessionReading, { kind: 'unknown' }>): { readonly uncountable?: 'yes' } {
  return why === 'busy-only' ? { uncountable: 'yes' } : {};
}

/** Only what is part of this maintenance can be waited for. */
function notProved(run: Run | null, serviceName: string, heldMs: number): Problem {
  const holdTimeMs = run === null ? DEFAULT_SETTINGS.holdTimeMs : holdTimeOf(run);
  const params = { serviceName, heldSeconds: Math.floor(heldMs / 1_000), holdSeconds: Math.ceil(holdTimeMs / 1_000) };
  return problem('not-proved-yet', isPlanned(run, serviceName) ? params : { ...params, outside: 'yes' });
}

function isPlanned(run: Run | null, serviceName: string): boolean {
  const recorded = run?.services.get(serviceName);
  return recorded !== undefined && !recorded.leftOut && recorded.returned === null;
}

/** Why a restart would start the service again, so that it takes calls before the way back was ordered. */
function startReasons({ facts, preview }: ServiceView, serviceName: string): RestartReason[] {
  if (preview?.wouldRun === false) return [];
  const configuration = facts.configurations.get(serviceName);
  if (preview === undefined || configuration === undefined) {
    return [reason('start-unknown', serviceName, problem('start-not-known', { serviceName }))];
  }
  const { id, params } = preview.because;
  if (id === 'reboot-started-by-dependent') {
    return [reason('dependent', serviceName, problem('started-by-dependent', { serviceName, dependent: params['dependent'] ?? '' }))];
  }
  if (id === 'reboot-may-start-by-trigger') return [reason('trigger', serviceName, problem('may-start-by-trigger', { serviceName }))];
  if (preview.wouldRun === null) return [reason('start-unknown', serviceName, problem('start-not-known', { serviceName }))];
  return [reason('not-held', serviceName, problem('starts-with-windows', { serviceName, startType: shownStartType(configuration.start) }))];
}

function poolReasons(facts: Facts, run: Run | null): RestartReason[] {
  const pool = quorumPool(facts);
  if (pool === null || isQuorumOverridden(run)) return [];
  const { fqdn, members } = pool;
  const others = othersInService(pool);
  const required = members === null ? null : requiredToFunction(members);
  if (required === null || others === null || others >= required) return [];
  return [{ id: 'pool-quorum', serviceName: null, problem: problem('pool-below-quorum', { pool: fqdn, others, required }) }];
}

/** Killed between its first pause and the second look at the others, a run may be one of two servers that go down together. */
function claimReasons(run: Run | null): RestartReason[] {
  if (run?.claim?.isVerified !== false) return [];
  return [{ id: 'claim', serviceName: null, problem: problem('claim-not-verified') }];
}

/** The pool, if this server counts in its quorum. */
function quorumPool({ pool, statuses }: Facts): PoolFacts | null {
  return pool.known && pool.value.members !== 1 && statuses.has(FRONT_END) ? pool.value : null;
}

function isQuorumOverridden(run: Run | null): boolean {
  return run?.overrides.includes(QUORUM_CHECK) === true;
}

function caveatsOf(facts: Facts, run: Run | null): readonly Message[] {
  const web = webSessions(facts, run);
  return [...poolCaveats(facts, run), ...(web > 0 ? [message('caveat-web-sessions', { count: web })] : [])];
}

/** At least so many, now; after a sign-off, while nothing is counted, as the record saw last. */
function webSessions({ evidence, sessions }: Facts, run: Run | null): number {
  if (evidence === 'read') return leastSessions(sessions.get(WEB_SERVER));
  return run?.samples.at(-1)?.atLeast[WEB_SERVER] ?? 0;
}

function poolCaveats(facts: Facts, run: Run | null): Message[] {
  const { pool } = facts;
  if (!facts.statuses.has(FRONT_END) || isOutsidePools(facts)) return [message('caveat-outside-pool')];
  if (!pool.known) return [message('caveat-pool-unknown')];
  const { fqdn, members } = pool.value;
  const others = othersInService(pool.value);
  if (members === 1) return [message('caveat-single-server', { pool: fqdn })];
  if (members === null || others === null) return [message('caveat-pool-unknown')];
  const required = requiredToFunction(members);
  if (required === null) return [message('caveat-quorum-not-in-table', { pool: fqdn, members })];
  return others < required && isQuorumOverridden(run) ? [message('caveat-quorum-overridden', { pool: fqdn, others, required })] : [];
}

/** An Edge, a Director and a branch appliance have a service of that name too, and stand in no pool of Front Ends. */
function isOutsidePools(facts: Facts): boolean {
  const role = roleOf(facts);
  return !facts.pool.known && facts.pool.reason === 'not-supported' && role !== null && role !== 'front-end';
}

function reason(id: string, serviceName: string, theProblem: Problem): RestartReason {
  return { id: `${id}:${serviceName}`, serviceName, problem: theProblem };
}
