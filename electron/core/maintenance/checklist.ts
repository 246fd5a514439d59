import type { Checklist, Phase, RunSummary, ServiceRow, ServiceSteps } from '../../contract/checklist.js';
import type { Facts } from '../../contract/facts.js';
import { problem, type Problem } from '../../contract/problem.js';
import type { ChangeStatus, RecordedService, Run } from '../../contract/run.js';
import { namedIn } from '../../contract/service-names.js';
import { isSameStart, shownStartType } from '../../contract/service.js';
import type { SessionReading } from '../../contract/sessions.js';
import { inDrainOrder } from '../catalogue/catalogue.js';
import { acceptedServices, awaitedInAdvance, currentAcceptance } from './acceptance.js';
import { runChecks, type CheckedPlan } from './checks.js';
import { drainCurve, estimateEnd } from './drain-curve.js';
import { disabledByRun } from './failover.js';
import { installedServer } from './installed-server.js';
import { findLosses } from './losses.js';
import { unrecordedServices } from './lost-tail.js';
import { describeProof } from './quiet.js';
import { previewReboot } from './reboot-preview.js';
import { judgeRestart, remedyParam } from './restart-verdict.js';
import { judgeRun, type RunJudgement } from './run-judgement.js';
import { RunView } from './run-view.js';
import { isLyncService } from './selection.js';
import { stalledProblem } from './stalled-problem.js';
import { heldServices, notFoundPaused, wasTouched } from './step-status.js';
import type { WayBackDecision } from './way-back.js';

/** What a plan is judged by when no run is open. */
export interface ChecklistSettings {
  readonly plan: CheckedPlan;
  readonly stalledAfterMs: number;
}

const NOT_READ: SessionReading = { kind: 'unknown', reason: 'not-read-yet', raw: null };

/**
 * Everything there is to show, from what the server says now and what the record says was there before. Pure: the same
 * facts and record give the same checklist in window, tray and terminal.
 * @param run the open run, null when there is none; then the plan's services are shown as they would be drained
 */
export function drawChecklist(facts: Facts, run: Run | null, settings: ChecklistSettings): Checklist {
  if (run === null) return drawPlan(facts, settings.plan);
  const view = new RunView(facts, run);
  return drawRun(view, judgeRun(view, settings.stalledAfterMs));
}

function drawPlan(facts: Facts, plan: CheckedPlan): Checklist {
  const isPlanned = namedIn(plan.serviceNames);
  return {
    now: facts.now,
    computer: facts.computer,
    installed: installedServer(facts),
    run: null,
    ready: false,
    restart: judgeRestart(facts, null),
    proof: null,
    accepted: [],
    acceptedInAdvance: [],
    losses: [],
    blockers: [],
    services: rowNames(facts, plan.serviceNames).map((name) => plannedRow(facts, name, isPlanned(name))),
    checks: runChecks(facts, plan),
    rebootPreview: previewReboot(facts, plan.serviceNames),
    quiet: { kind: 'not-draining' },
    estimate: { kind: 'cannot-say' },
    curve: [],
    stalled: [],
  };
}

/** The checklist of an open run, from one view of it and what follows from that. */
export function drawRun(view: RunView, judgement: RunJudgement): Checklist {
  const { facts, run, active } = view;
  const { quiet, phase, restart, stalled } = judgement;
  const names = active.map((service) => service.serviceName);
  const curve = drainCurve(judgement.samples, active);
  const unrecorded = unrecordedServices(run);
  const drawn: DrawnRun = { view, judgement, isUnrecorded: namedIn(unrecorded), isOrdered: namedIn(run.order.services) };
  return {
    now: facts.now,
    computer: facts.computer,
    installed: installedServer(facts),
    run: summarize(view, phase),
    ready: judgement.isReady,
    restart,
    proof: describeProof(view.quiet, quiet, names),
    accepted: acceptedServices(facts, run),
    acceptedInAdvance: awaitedInAdvance(facts, run),
    losses: drawLosses(facts, run),
    blockers: judgement.blockers,
    services: rowNames(facts, [...run.services.keys(), ...unrecorded.filter((name) => facts.statuses.has(name))]).map((name) =>
      runRow(drawn, name),
    ),
    checks: runChecks(facts, {
      serviceNames: names,
      hold: run.order.hold,
      overrides: run.overrides,
      held: heldServices(run),
      disabled: disabledByRun(run),
      pausedSince: notFoundPaused(run),
      hasClaim: run.claim !== null,
    }),
    rebootPreview: previewReboot(facts, names),
    quiet,
    estimate: quiet.kind === 'busy' && quiet.unknown.length === 0 ? estimateEnd(curve) : { kind: 'cannot-say' },
    curve,
    stalled,
  };
}

/** Those on record, and those not recorded yet. */
function drawLosses(facts: Facts, run: Run): Checklist['losses'] {
  const unrecorded = findLosses(facts, run).map((loss) => ({ ...loss, at: facts.now.at }));
  return [...run.losses, ...unrecorded].map(({ serviceName, at, how, count, certainty }) => ({ serviceName, at, how, count, certainty }));
}

function summarize({ facts, run, quiet, active }: RunView, phase: Phase): RunSummary {
  const { id, openedAt, openedBy, reason, confirmed } = run;
  return {
    id,
    phase,
    command: run.order.command,
    openedAt,
    openedBy,
    reason,
    until: run.order.until,
    ...(run.order.endTask !== undefined && { endTask: run.order.endTask }),
    confirmed,
    // What the latest restart left running: as recorded, or, before it is recorded, as it is now.
    restart: quiet.isRestarted ? { bootedAt: facts.computer.bootedAt, running: runningOf(facts, active) } : run.restart,
  };
}

function runningOf({ statuses }: Facts, services: readonly RecordedService[]): readonly string[] {
  return services.map(({ serviceName }) => serviceName).filter((name) => statuses.get(name)?.state === 'running');
}

/** Planned services first, then the other services of Lync. */
function rowNames(facts: Facts, planned: readonly string[]): readonly string[] {
  const lync = [...facts.statuses.values()].filter(isLyncService).map((status) => status.serviceName);
  const isPlanned = namedIn(planned);
  return [...planned, ...inDrainOrder(lync.filter((name) => !isPlanned(name)))];
}

/** A run while its rows are drawn. */
interface DrawnRun {
  readonly view: RunView;
  readonly judgement: RunJudgement;
  /** Killed before it was recorded what the service was: nothing of it was changed yet. */
  readonly isUnrecorded: (serviceName: string) => boolean;
  /** True for a service of the present order. */
  readonly isOrdered: (serviceName: string) => boolean;
}

function plannedRow(facts: Facts, serviceName: string, planned: boolean): ServiceRow {
  const step = planned ? 'todo' : 'skipped';
  return {
    ...factsOf(facts, serviceName, serviceName),
    lastCount: null,
    planned,
    originalStartType: null,
    firstStartType: null,
    originalState: null,
    steps: { pause: step, manual: step, wait: step, confirm: step },
    wayBack: step,
    returned: null,
    conflict: null,
    stateConflict: null,
    problem: facts.statuses.has(serviceName) ? null : problem('service-missing', { serviceName }),
  };
}

function runRow(drawn: DrawnRun, serviceName: string): ServiceRow {
  const { view } = drawn;
  const { facts, run, isReturning } = view;
  const recorded = run.services.get(serviceName);
  if (recorded === undefined) {
    return { ...plannedRow(facts, serviceName, drawn.isUnrecorded(serviceName)), lastCount: lastCountOf(facts, run, serviceName) };
  }
  const wayBack = view.wayBackOf(recorded);
  return {
    ...factsOf(facts, serviceName, recorded.original.displayName),
    lastCount: lastCountOf(facts, run, serviceName),
    planned: !recorded.leftOut,
    originalStartType: shownStartType(recorded.original.start),
    firstStartType: isSameStart(recorded.firstStart, recorded.original.start) ? null : shownStartType(recorded.firstStart),
    originalState: recorded.original.state,
    steps: drawSteps(drawn, recorded),
    wayBack: drawWayBack(drawn, recorded, wayBack),
    returned: recorded.returned,
    ...drawConflicts(wayBack, isReturning),
    problem: isReturning ? wayBackProblem(wayBack) : recorded.returned !== null ? null : drainProblem(drawn, recorded),
  };
}

type RowFacts = Pick<ServiceRow, 'serviceName' | 'displayName' | 'state' | 'startType' | 'controlsAccepted' | 'processId' | 'sessions'>;

function factsOf(facts: Facts, serviceName: string, fallbackName: string): RowFacts {
  const status = facts.statuses.get(serviceName);
  const configuration = facts.configurations.get(serviceName);
  return {
    serviceName,
    displayName: status?.displayName ?? fallbackName,
    state: status?.state ?? 'missing',
    startType: configuration === undefined ? null : shownStartType(configuration.start),
    controlsAccepted: status?.controlsAccepted ?? [],
    processId: status?.processId ?? 0,
    sessions: facts.sessions.get(serviceName) ?? NOT_READ,
  };
}

function lastCountOf(facts: Facts, { samples }: Run, serviceName: string): ServiceRow['lastCount'] {
  const last = samples.at(-1);
  const sessions = last?.sessions[serviceName];
  if (facts.evidence === 'read' || last === undefined || sessions === undefined) return null;
  return { count: typeof sessions === 'number' ? sessions : null, at: last.at };
}

function drawSteps(drawn: DrawnRun, recorded: RecordedService): ServiceSteps {
  const { view } = drawn;
  if (view.isReturning) return drawPastSteps(view, recorded);
  const [pause, manual] = [view.pauseOf(recorded).state, view.manualOf(recorded).state];
  return { pause, manual, wait: drawWait(drawn, recorded), confirm: drawConfirm(drawn, recorded) };
}

/** On the way back the earlier steps are history: what the record says was done, not what holds now. */
function drawPastSteps({ run }: RunView, recorded: RecordedService): ServiceSteps {
  const past = (change: ChangeStatus): ServiceSteps['pause'] =>
    change.kind === 'none' ? 'skipped' : change.kind === 'failed' ? 'failed' : 'done';
  const confirm = run.confirmed === null ? 'skipped' : 'done';
  return { pause: past(recorded.pause), manual: past(recorded.setStart), wait: confirm, confirm };
}

function drawWait({ view, judgement: { quiet } }: DrawnRun, recorded: RecordedService): ServiceSteps['wait'] {
  if (recorded.leftOut) return 'skipped';
  const { facts, run } = view;
  const status = facts.statuses.get(recorded.serviceName);
  if (status?.state === 'stopped') return 'done';
  if (view.pauseOf(recorded).state !== 'done') return 'todo';
  if (facts.evidence === 'read' && currentAcceptance(facts, run, recorded.serviceName) !== null) {
    return isProvedZero(facts, recorded) ? 'done' : 'by-hand';
  }
  return quiet.kind === 'quiet' ? 'done' : 'doing';
}

function isProvedZero(facts: Facts, { serviceName }: RecordedService): boolean {
  const reading = facts.sessions.get(serviceName);
  return reading?.kind === 'count' && reading.count === 0;
}

function drawConfirm({ judgement: { phase } }: DrawnRun, recorded: RecordedService): ServiceSteps['confirm'] {
  if (recorded.leftOut) return 'skipped';
  return phase === 'confirmed' ? 'done' : 'todo';
}

/** What came back shows as such only as long as it is so. */
function drawWayBack({ view, isOrdered: isOfOrder }: DrawnRun, recorded: RecordedService, step: WayBackDecision): ServiceRow['wayBack'] {
  const { facts, isReturning } = view;
  if (isReturning && (step.kind === 'failed' || step.kind === 'asked')) return 'failed';
  if (recorded.leftOut && !wasTouched(recorded)) return 'skipped';
  // What this run never touched needs no order to be as before.
  const isOrdered = isReturning && (isOfOrder(recorded.serviceName) || !wasTouched(recorded));
  if (step.kind === 'settled' ? isOrdered || recorded.returned !== null : recorded.returned !== null && !isReturning) return 'done';
  return isOrdered && step.kind !== 'later' && isUnderWay(facts, recorded, step) ? 'doing' : 'todo';
}

/** Only what an order was given for, not all that are to come. */
function isUnderWay(facts: Facts, { serviceName, restart, restoreStart }: RecordedService, step: WayBackDecision): boolean {
  const isMoving = facts.statuses.get(serviceName)?.state.endsWith('-pending') === true;
  const isGiven = [restart, restoreStart].some((change) => change.kind === 'intended' || (change.kind === 'done' && !change.stale));
  return isMoving || isGiven || step.kind === 'await-pause';
}

/** Before the way back is ordered, states differ because of what this run does. */
function drawConflicts(step: WayBackDecision, isReturning: boolean): Pick<ServiceRow, 'conflict' | 'stateConflict'> {
  if (step.kind !== 'asked') return { conflict: null, stateConflict: null };
  const conflict = step.start === null || (step.start.conflict.ours === null && !isReturning) ? null : step.start.conflict;
  return { conflict, stateConflict: isReturning ? (step.state?.conflict ?? null) : null };
}

function wayBackProblem(step: WayBackDecision): Problem | null {
  if (step.kind === 'failed') return step.problem;
  if (step.kind === 'asked') return (step.state ?? step.start)?.problem ?? null;
  return null;
}

function drainProblem({ view, judgement: { stalled } }: DrawnRun, recorded: RecordedService): Problem | null {
  if (recorded.leftOut) return null;
  const { facts, run } = view;
  const [pause, manual] = [view.pauseOf(recorded), view.manualOf(recorded)];
  const { serviceName } = recorded;
  if (pause.problem !== null) return pause.problem;
  if (manual.problem !== null) return manual.problem;
  const reading = facts.sessions.get(serviceName);
  if (pause.state === 'done' && reading?.kind === 'unknown' && currentAcceptance(facts, run, serviceName) === null) {
    return problem('evidence-unreadable', { serviceName, reason: reading.reason, ...remedyParam(reading) });
  }
  const stall = stalled.find((one) => one.serviceName === serviceName);
  return stall === undefined ? null : stalledProblem(stall);
}
