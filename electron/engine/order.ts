import type { Check } from '../contract/checklist.js';
import type { Computer } from '../contract/computer.js';
import type { Facts } from '../contract/facts.js';
import { problem, ProblemError, type Problem } from '../contract/problem.js';
import { isStartHeld, type Actor, type EntryDraft, type Order, type RecordedService, type Run } from '../contract/run.js';
import { distinctServices } from '../contract/service-names.js';
import { isSameStart, type ServiceConfiguration } from '../contract/service.js';
import { compareDrainOrder } from '../core/catalogue/catalogue.js';
import { blockingChecks, runChecks, type CheckedPlan } from '../core/maintenance/checks.js';
import { disabledByRun } from '../core/maintenance/failover.js';
import type { RunView } from '../core/maintenance/run-view.js';
import { selectServices } from '../core/maintenance/selection.js';
import { activeServices, heldServices, notFoundPaused } from '../core/maintenance/step-status.js';
import type { DrainRequest, PauseRequest, ResumeRequest } from './engine.js';

/** A quick pause never waits for quiet. */
const NO_HOLD_TIME_MS = 0;

/**
 * The services an order is about, in drain order: those asked for, and those the open run is about already, also where
 * they are gone by now.
 * @throws ProblemError unknown-service, no-lync-service
 */
export function requireServices(facts: Facts, requested: readonly string[] | null, run: Run | null): readonly string[] {
  const selection = selectServices(facts.statuses, requested);
  if (!selection.ok) throw new ProblemError(selection.problem);
  const ofRun = run === null ? [] : activeServices(run).map((service) => service.serviceName);
  const services = [...distinctServices([...ofRun, ...selection.serviceNames])].sort(compareDrainOrder);
  if (services.length === 0) throw new ProblemError(problem('no-lync-service'));
  return services;
}

/** True when the configuration of every one of these services was read that is still there. */
export function hasRead(facts: Facts, services: readonly string[]): boolean {
  return services.every((name) => facts.configurations.has(name) || !facts.statuses.has(name));
}

export function drainOrder(request: DrainRequest, services: readonly string[]): Order {
  const { holdTimeMs, hold, reason } = request;
  return { command: 'drain', services, holdTimeMs, hold, until: null, stayStopped: false, reason };
}

/** @param nowAt UTC, ISO 8601: what `forMs` counts from */
export function pauseOrder(request: PauseRequest, services: readonly string[], nowAt: string): Order {
  const until = request.forMs === null ? null : new Date(Date.parse(nowAt) + request.forMs).toISOString();
  return { command: 'pause', services, holdTimeMs: NO_HOLD_TIME_MS, hold: null, until, stayStopped: false, reason: request.reason };
}

/**
 * The way back keeps what the run held, so that the record goes on to say what was ours; and the task that ends the quick pause, which
 * goes on with a way back that is cut off.
 */
export function resumeOrder(request: ResumeRequest, services: readonly string[], run: Run): Order {
  const { holdTimeMs, hold, endTask } = run.order;
  const { stayStopped } = request;
  const order: Order = { command: 'resume', services, holdTimeMs, hold, until: null, stayStopped, reason: null };
  return endTask === undefined || stayStopped ? order : { ...order, endTask };
}

/** What preflight must not hold against the services: what an open run did to them itself. */
export function ownChanges(open: { readonly run: Run } | null): Pick<CheckedPlan, 'held' | 'disabled' | 'pausedSince' | 'hasClaim'> {
  if (open === null) return {};
  const { run } = open;
  return { held: heldServices(run), disabled: disabledByRun(run), pausedSince: notFoundPaused(run), hasClaim: run.claim !== null };
}

/** What preflight found for the services that the run has not touched yet. */
export interface Preflight {
  readonly checks: readonly Check[];
  /** The first thing that forbids the order; null when nothing does. */
  readonly blocked: Problem | null;
}

/** @throws ProblemError not-elevated */
export function requireElevation({ elevated, user }: Computer): void {
  if (!elevated) throw new ProblemError(problem('not-elevated', { user }));
}

/**
 * What is known before the first change, and whether it forbids the order.
 * @throws ProblemError not-elevated, and as `checkPlan` does
 */
export function preflight(facts: Facts, plan: CheckedPlan, earlierOverrides: readonly string[]): Preflight {
  requireElevation(facts.computer);
  const checks = checkPlan(facts, plan, earlierOverrides);
  const [first, ...others] = blockingChecks(checks);
  const blocked =
    first === undefined
      ? null
      : problem('blocked-by-check', { check: first.id, more: others.length, ...(first.override !== null && { override: first.id }) });
  return { checks, blocked };
}

/**
 * @param earlierOverrides overrides that the run knows already; what they named may be gone by now
 * @throws ProblemError unknown-check for an override that names none, check-not-overridable
 */
export function checkPlan(facts: Facts, plan: CheckedPlan, earlierOverrides: readonly string[]): readonly Check[] {
  const checks = runChecks(facts, { ...plan, overrides: [...earlierOverrides, ...plan.overrides] });
  for (const id of plan.overrides) {
    if (evidenceOverride(facts, id) !== null) continue;
    const named = checks.find((check) => check.id.toUpperCase() === id.toUpperCase());
    if (named === undefined) throw new ProblemError(problem('unknown-check', { check: id }));
    if (named.override === null) throw new ProblemError(problem('check-not-overridable', { check: named.id }));
  }
  return checks;
}

/** The services that an override leaves out. */
export function leftOutBy(checks: readonly Check[]): readonly string[] {
  return checks.filter((check) => check.overridden && check.override === 'leave-out').map(serviceOf);
}

function serviceOf({ id }: Check): string {
  return id.slice(id.indexOf(':') + 1);
}

const EVIDENCE_CHECK = 'evidence:';

/** Overrides that the run knows already: those that were named, and services that were accepted by hand since. */
export function knownOverrides({ overrides, acceptances }: Run): readonly string[] {
  return [...overrides, ...[...acceptances.keys()].map((serviceName) => `${EVIDENCE_CHECK}${serviceName}`)];
}

/**
 * The installed service that an override of the evidence names, null for any other id. It may name a service whose evidence
 * can prove it empty: then it has no effect.
 */
export function evidenceOverride({ statuses }: Facts, id: string): string | null {
  if (!id.toLowerCase().startsWith(EVIDENCE_CHECK)) return null;
  return statuses.get(id.slice(EVIDENCE_CHECK.length))?.serviceName ?? null;
}

/**
 * What the administrator overrode and the record does not know yet.
 * @param note what evidence overrides are accepted in advance with; without one they are recorded, and accept nothing
 */
export function newOverrides(
  facts: Facts,
  run: Run,
  given: Pick<Preflight, 'checks'> & { readonly overrides: readonly string[] },
  statement: Statement,
): readonly EntryDraft[] {
  const { by, note } = statement;
  const named = distinctServices(given.overrides.flatMap((id) => evidenceOverride(facts, id) ?? []));
  const inAdvance = named
    .filter((serviceName) => !run.acceptedInAdvance.has(serviceName) && !run.acceptances.has(serviceName))
    .map((serviceName): EntryDraft => ({ type: 'overridden', by, checkId: `${EVIDENCE_CHECK}${serviceName}`, note }));
  const others = given.checks.filter(
    (check) => check.overridden && check.override !== 'accept-by-hand' && !run.overrides.includes(check.id),
  );
  return [...inAdvance, ...others.flatMap((check) => overrideEntries(check, by))];
}

/** Who says something, and in which words. */
export interface Statement {
  readonly by: Actor;
  readonly note: string | null;
}

function overrideEntries(check: Check, by: Actor): readonly EntryDraft[] {
  const overridden: EntryDraft = { type: 'overridden', by, checkId: check.id, note: null };
  return check.override === 'leave-out'
    ? [overridden, { type: 'left-out', serviceName: serviceOf(check), because: check.id }]
    : [overridden];
}

/** What each service was, for those whose original the record does not hold yet, or whose start type moved since. */
export function originalEntries(facts: Facts, run: Run, services: readonly string[]): readonly EntryDraft[] {
  return services.flatMap((serviceName): EntryDraft[] => {
    const status = facts.statuses.get(serviceName);
    const configuration = facts.configurations.get(serviceName);
    const recorded = run.services.get(serviceName);
    if (recorded !== undefined) return movedOriginal(recorded, configuration);
    if (status === undefined) return [];
    if (configuration === undefined) throw new ProblemError(problem('configuration-unreadable', { serviceName }));
    const { displayName, state } = status;
    return [{ type: 'original', serviceName, original: { displayName, state, start: configuration.start } }];
  });
}

/** What another person sets while this run does not hold the start type is what the service was: the way back must not undo it. */
function movedOriginal(recorded: RecordedService, configuration: ServiceConfiguration | undefined): EntryDraft[] {
  const { serviceName, original } = recorded;
  if (isStartHeld(recorded) || configuration === undefined || isSameStart(configuration.start, original.start)) return [];
  return [{ type: 'original', serviceName, original: { ...original, start: configuration.start }, movedFrom: original.start }];
}

/**
 * What this run meant to do under an earlier order, and holds: it counts as done under this order too. A person who undoes it
 * from now on undoes this order, which must be told, and not be taken for something that was never done.
 */
export function stillDoneEntries(view: RunView): readonly EntryDraft[] {
  return view.active.flatMap((service): EntryDraft[] => {
    const { serviceName, pause, setStart } = service;
    const isPaused = pause.kind !== 'none' && view.pauseOf(service).state === 'done';
    const isHeld = setStart.kind !== 'none' && view.manualOf(service).state === 'done';
    return [
      ...(isPaused ? [{ type: 'changed', serviceName, change: 'pause' } as const] : []),
      ...(isHeld ? [{ type: 'changed', serviceName, change: 'set-start' } as const] : []),
    ];
  });
}
