import type { Checklist } from '../contract/checklist.js';
import type { Facts } from '../contract/facts.js';
import { problem, type Problem } from '../contract/problem.js';
import { RECORD_SCHEMA, type Order } from '../contract/run.js';
import { drawChecklist } from '../core/maintenance/checklist.js';
import type { CheckedPlan } from '../core/maintenance/checks.js';
import { needsAcceptance, servicesToAccept } from '../core/maintenance/needs-acceptance.js';
import { drainTurns, nextDrainStep } from '../core/maintenance/next-step.js';
import { claimEntries } from '../core/maintenance/pool-claim.js';
import { RunView } from '../core/maintenance/run-view.js';
import { stalledProblem } from '../core/maintenance/stalled-problem.js';
import { countUnfinished } from '../core/maintenance/unfinished.js';
import { BackgroundReadings } from './background-readings.js';
import { changeServices } from './change-services.js';
import { endWithLosses } from './end-with-losses.js';
import { deadlineOf, forChanges, type EngineContext } from './engine-context.js';
import type { CommandResult, DrainRequest } from './engine.js';
import { findFailoverProblem } from './failover.js';
import { findOpenRun, type OpenRun } from './open-run.js';
import {
  drainOrder,
  evidenceOverride,
  hasRead,
  knownOverrides,
  newOverrides,
  originalEntries,
  ownChanges,
  preflight,
  requireServices,
  stillDoneEntries,
  type Preflight,
} from './order.js';
import { settleEndTask } from './pause-end.js';
import { lookAtPool, verifyClaim } from './pool-claim.js';
import { CONFIGURATION_MAX_AGE_MS, observeWithRetry, POLL_MS, readAndRecord, recordProcesses } from './record-reading.js';
import type { WorkingRun } from './working-run.js';

/** Pauses, sets the start types, and waits until ready. */
export async function executeDrain(context: EngineContext, request: DrainRequest): Promise<CommandResult> {
  const { parts, lock } = context;
  try {
    await lock.take('drain');
    const open = await findOpenRun(parts);
    const { services, facts: read } = await readForOrder(context, open, request.services);
    const order = drainOrder(request, services);
    const facts = await lookAtPool(context, read, order, open?.run ?? null);
    const given = { order, overrides: request.overrides, note: request.note ?? null, facts };
    const checked = checkOrder(context, open, given);
    if (checked.blocked !== null) return blockedResult(context, open, checked);
    const working = startOrder(context, open, checked);
    await settleEndTask(parts, open?.run ?? null, working.run);
    return endWithLosses(await runDrainLoop(forPausing(context), working));
  } catch (error) {
    return lock.resultOf(error);
  } finally {
    await lock.release();
  }
}

/** What a drain or a quick pause rests on: the services it is about, and one reading of all of them. */
interface OrderReading {
  readonly services: readonly string[];
  readonly facts: Facts;
}

/** @throws ProblemError unknown-service, no-lync-service, and where Windows does not even list its services */
export async function readForOrder(
  { observer }: EngineContext,
  open: OpenRun | null,
  requested: readonly string[] | null,
): Promise<OrderReading> {
  const first = await observer.readFacts(open === null ? [] : [...open.run.services.keys()]);
  const services = requireServices(first, requested, open?.run ?? null);
  return { services, facts: hasRead(first, services) ? first : await observer.readFacts(services) };
}

/** An order as it was given, and the reading that it was made from. */
interface GivenOrder {
  readonly order: Order;
  readonly overrides: readonly string[];
  /** What evidence overrides are accepted in advance with. */
  readonly note: string | null;
  readonly facts: Facts;
  /** As `EngineEvent` says it of the run. */
  readonly endTask?: string | null;
}

/** With what preflight says of it. */
export interface CheckedOrder extends GivenOrder, Preflight {
  readonly plan: CheckedPlan;
}

/** Tells every check. @throws ProblemError not-elevated, unknown-check, check-not-overridable */
export function checkOrder({ listen }: EngineContext, open: OpenRun | null, given: GivenOrder): CheckedOrder {
  const { order, overrides, facts } = given;
  const plan: CheckedPlan = { serviceNames: order.services, hold: order.hold, overrides, ...ownChanges(open) };
  const checked = preflight(facts, plan, open === null ? [] : knownOverrides(open.run));
  for (const check of checked.checks) listen({ type: 'check', check, ...facts.now });
  return { ...given, ...checked, plan };
}

/** Nothing was changed. */
export function blockedResult({ parts }: EngineContext, open: OpenRun | null, { facts, plan, blocked }: CheckedOrder): CommandResult {
  const checklist = drawChecklist(facts, open?.run ?? null, { plan, stalledAfterMs: parts.stalledAfterMs });
  return { outcome: 'blocked', problem: blocked, checklist };
}

/**
 * Puts on disk everything that must be there before the first change: the order, the overrides, what each service was,
 * what is done already, and the undo card. Goes on with the open run or opens a new one.
 * @throws ProblemError record-not-written; nothing has been changed then
 */
export function startOrder(context: EngineContext, open: OpenRun | null, checked: CheckedOrder): WorkingRun {
  const { lock, by } = context;
  const { facts } = checked;
  const order = withoutNote(checked, open);
  const working = open === null ? openRun(context, checked) : lock.reopenRun(open);
  if (open !== null) working.store({ type: 'ordered', by, order });
  const { run } = working;
  const entries = [
    ...newOverrides(facts, run, checked, { by, note: checked.note ?? checked.order.reason ?? run.reason }),
    ...originalEntries(facts, run, order.services),
    ...stillDoneEntries(new RunView(facts, run)),
    ...claimEntries(facts.pool, run),
  ];
  if (entries.length > 0) working.store(...entries);
  const undoCardPath = working.writeUndoCard();
  const { endTask } = checked;
  const told = { runId: working.run.id, opened: open === null, undoCardPath, ...(endTask !== undefined && { endTask }) };
  working.announce({ type: 'run', ...told });
  // Start types that another person changed before this run set one: what the way back restores is not what was there at first.
  working.announceEntries(entries.filter((entry) => entry.type === 'original'));
  return working;
}

function openRun({ parts, lock, by }: EngineContext, { order, facts }: CheckedOrder): WorkingRun {
  const { records, host, product } = parts;
  const { name, bootedAt, bootId, source } = facts.computer;
  const computer = { name, bootedAt, ...(bootId !== null && { bootId }), source };
  const runId = records.newRunId(host.now());
  return lock.openRun({ type: 'run-opened', schema: RECORD_SCHEMA, runId, computer, by, product }, { type: 'ordered', by, order });
}

/** A reason that comes with evidence to accept, and with no note, is that note: it does not replace the ticket of the run. */
function withoutNote({ order, overrides, note, facts }: CheckedOrder, open: OpenRun | null): Order {
  const isNote = note === null && overrides.some((id) => evidenceOverride(facts, id) !== null);
  return isNote && (open?.run.reason ?? null) !== null ? { ...order, reason: null } : order;
}

/** A command that does not wait makes all its changes all the same. */
export function forPausing(context: EngineContext): EngineContext {
  return forChanges(context, context.wait.timeoutMs === 0 ? null : deadlineOf(context));
}

/** Decides, changes and reads until the drain's or quick pause's order is fulfilled, failed, or the waiting ends. */
export async function runDrainLoop(context: EngineContext, working: WorkingRun): Promise<CommandResult> {
  let facts = await observeWithRetry(context, working, 0);
  // Before anything is changed: afterwards it cannot be told what the restart left running.
  recordProcesses(working, facts);
  if (working.run.claim?.isVerified === false) {
    const yielded = await verifyClaim(context, working, facts);
    if (yielded !== null) return yielded;
    facts = await observeWithRetry(context, working, 0, facts);
  }
  for (;;) {
    const readings = new BackgroundReadings(context, working, facts);
    await changeServices(context, working, facts, { turnsOf: drainTurns, unreadable: new Map(), readings });
    // What was changed took its time: only a reading of now tells how many sessions are left.
    const { view, checklist } = await readAndRecord(context, working, CONFIGURATION_MAX_AGE_MS, facts);
    facts = view.facts;
    const failover = findFailoverProblem(facts, working.run);
    if (failover !== null) return endInFailover(working, failover, checklist);
    const step = nextDrainStep(view, checklist.ready);
    if (step.kind === 'finish') return { outcome: step.outcome, problem: step.problem, checklist };
    working.announce({ type: 'sessions', checklist });
    const end = endOfWaiting(context, checklist) ?? (step.kind === 'wait' ? endForAcceptance(context, view, checklist) : null);
    if (end !== null) return end;
    if (step.kind === 'wait') await context.parts.host.sleep(POLL_MS, context.wait.signal);
  }
}

/** Told beside the result, which may have to tell of cut calls. */
function endInFailover(working: WorkingRun, failover: Problem, checklist: Checklist): CommandResult {
  const [serviceName] = String(failover.params['services']).split(', ');
  if (serviceName !== undefined) working.tell({ type: 'outside-change', serviceName, problem: failover });
  return { outcome: 'changed-outside', problem: failover, checklist };
}

function isOverdue({ parts, deadlineUpMs }: EngineContext): boolean {
  return deadlineUpMs !== null && parts.host.now().upMs >= deadlineUpMs;
}

function endOfWaiting(context: EngineContext, checklist: Checklist): CommandResult | null {
  const { signal, timeoutMs } = context.wait;
  if (signal.aborted) return interrupted(checklist);
  if (timeoutMs === 0) return { outcome: 'draining', problem: null, checklist };
  if (!isOverdue(context)) return null;
  const [stall] = checklist.stalled;
  if (stall === undefined) return { outcome: 'still-draining', problem: problem('still-draining', leftOf(checklist)), checklist };
  return { outcome: 'stalled', problem: stalledProblem(stall), checklist };
}

/** Waiting longer would change nothing: all that can be known has held zero, and the rest needs an administrator's word. */
function endForAcceptance({ parts }: EngineContext, view: RunView, checklist: Checklist): CommandResult | null {
  const missing = servicesToAccept(view, checklist.quiet, parts.stalledAfterMs);
  return missing === null ? null : { outcome: 'needs-acceptance', problem: needsAcceptance(missing, checklist), checklist };
}

function interrupted(checklist: Checklist): CommandResult {
  return { outcome: 'interrupted', problem: problem('interrupted', leftOf(checklist)), checklist };
}

/** What is left undone when the waiting ends in the middle of the changes. */
function leftOf(checklist: Checklist): { readonly left?: number } {
  const left = countUnfinished(checklist);
  return left === 0 ? {} : { left };
}
