import type { Checklist } from '../contract/checklist.js';
import type { Facts } from '../contract/facts.js';
import { problem, ProblemError } from '../contract/problem.js';
import type { Actor, Order } from '../contract/run.js';
import { drawChecklist } from '../core/maintenance/checklist.js';
import type { CheckedPlan } from '../core/maintenance/checks.js';
import { bringBack } from './bring-back.js';
import { runDrainLoop, type RunContext } from './drain-loop.js';
import type { CommandResult, DrainRequest, PauseRequest, WaitOptions } from './engine.js';
import { Observer } from './observer.js';
import type { OpenRun } from './open-run.js';
import { drainOrder, hasRead, knownOverrides, ownChanges, pauseOrder, preflight, requireServices, resumeOrder } from './order.js';
import type { EngineParts } from './parts.js';
import { putEndTaskBack, settleEndTask, withEndTask } from './pause-end.js';
import { withQueryRetry } from './query-retry.js';
import { CONFIGURATION_MAX_AGE_MS, readAndRecord } from './record-reading.js';
import { requireAllowed, withRunLock, type WaitingCaller } from './run-lock.js';
import { RunMonitor } from './run-monitor.js';
import { startOrder } from './start-order.js';
import { whileWorking, type WorkingRun } from './working-run.js';

/** One order to stop new work, told apart only in what it makes of the services and how it ends. */
interface DrainLikeOrder {
  readonly command: 'drain' | 'pause';
  readonly services: readonly string[] | null;
  readonly overrides: readonly string[];
  readonly note: string | null;
  readonly withoutEndTask?: boolean;
  readonly makeOrder: (services: readonly string[], facts: Facts) => Order;
  readonly runLoop: (context: RunContext) => Promise<CommandResult>;
}

/** Pauses, sets the start types, and waits until ready. */
export function executeDrain(parts: EngineParts, request: DrainRequest, caller: WaitingCaller): Promise<CommandResult> {
  const order: DrainLikeOrder = {
    command: 'drain',
    services: request.services,
    overrides: request.overrides,
    note: request.note ?? null,
    makeOrder: (services) => drainOrder(request, services),
    runLoop: runDrainLoop,
  };
  return withRunLock(parts, { command: 'drain', ...caller }, (open) => execute(parts, order, open, caller));
}

/** Stops new work; with `forMs` and patience to wait, brings everything back when the time is up. */
export function executePause(parts: EngineParts, request: PauseRequest, caller: WaitingCaller): Promise<CommandResult> {
  const order: DrainLikeOrder = {
    command: 'pause',
    services: request.services,
    overrides: request.overrides,
    note: null,
    withoutEndTask: request.withoutEndTask ?? false,
    makeOrder: (services, facts) => pauseOrder(request, services, facts.now.at),
    runLoop: (context) => runQuickPause(context, caller.by),
  };
  return withRunLock(parts, { command: 'pause', ...caller }, async (open) => {
    requireAllowed('pause', open);
    return execute(parts, order, open, caller);
  });
}

async function execute(
  parts: EngineParts,
  wanted: DrainLikeOrder,
  open: OpenRun | null,
  { by, listen, wait }: WaitingCaller,
): Promise<CommandResult> {
  const observer = new Observer(parts);
  const first = await observer.readFacts(open === null ? [] : [...open.run.services.keys()]);
  const services = requireServices(first, wanted.services, open?.run ?? null);
  const facts = hasRead(first, services) ? first : await observer.readFacts(services);

  const order = wanted.makeOrder(services, facts);
  const plan: CheckedPlan = { serviceNames: services, hold: order.hold, overrides: wanted.overrides, ...ownChanges(open) };
  const { checks, blocked } = preflight(facts, plan, open === null ? [] : knownOverrides(open.run));
  for (const check of checks) listen({ type: 'check', check, ...facts.now });
  if (blocked !== null) {
    const checklist = drawChecklist(facts, open?.run ?? null, { plan, stalledAfterMs: parts.stalledAfterMs });
    return { outcome: 'blocked', problem: blocked, checklist };
  }
  const { overrides, note, withoutEndTask = false } = wanted;
  const checked = await withEndTask(parts, { order, checks, facts, by, overrides, note, withoutEndTask });
  let working: WorkingRun;
  try {
    working = startOrder(parts, open, checked, listen);
  } catch (error) {
    await putEndTaskBack(parts, open, checked);
    throw error;
  }
  await settleEndTask(parts, open?.run ?? null, working.run);
  return whileWorking(working, () => wanted.runLoop(createRunContext(parts, working, wait)));
}

/** From the first change on, one question that fails must not end the command. */
function createRunContext(given: EngineParts, working: WorkingRun, { timeoutMs, signal }: WaitOptions): RunContext {
  const parts = withQueryRetry(given, signal);
  const observer = new Observer(parts);
  const waits = timeoutMs !== 0;
  const deadlineUpMs = timeoutMs === null || !waits ? null : parts.host.now().upMs + timeoutMs;
  return { parts, working, observer, monitor: new RunMonitor(working), signal, deadlineUpMs, waits };
}

/** How often a waiting quick pause looks: whether its time is up, and what happens meanwhile. */
const COUNTDOWN_POLL_MS = 1_000;

async function runQuickPause(context: RunContext, by: Actor): Promise<CommandResult> {
  const paused = await runDrainLoop(context);
  const { until } = context.working.run.order;
  // What could be paused goes back by itself, also where something could not.
  if (until === null || !context.waits || (paused.outcome !== 'paused' && paused.outcome !== 'partly')) return paused;
  const checklist = await countDown(context, until, paused.checklist);
  if (context.signal.aborted) return { outcome: 'interrupted', problem: problem('interrupted'), checklist };
  const { run } = context.working;
  const order = resumeOrder({ services: null, stayStopped: false, conflicts: null }, [...run.services.keys()], run);
  context.working.store({ type: 'ordered', by, order });
  const returned = await bringBack(context, by, null);
  return returned.outcome === 'returned' && paused.outcome === 'partly'
    ? { ...returned, outcome: 'partly', problem: paused.problem }
    : returned;
}

/**
 * Looks on until the time is up or waiting is given up: also a pause of minutes can leak, or lose sessions.
 * @param until UTC, ISO 8601
 * @returns the last reading
 */
async function countDown(context: RunContext, until: string, first: Checklist | null): Promise<Checklist | null> {
  const { host } = context.parts;
  const { at, upMs } = host.now();
  const endUpMs = upMs + Date.parse(until) - Date.parse(at);
  let checklist = first;
  while (host.now().upMs < endUpMs && !context.signal.aborted) {
    await host.sleep(Math.min(COUNTDOWN_POLL_MS, endUpMs - host.now().upMs), context.signal);
    checklist = (await readForWatch(context)) ?? checklist;
  }
  return checklist;
}

/** Null if nothing could be read, or recorded: that must not keep the services from coming back in time. */
async function readForWatch(context: RunContext): Promise<Checklist | null> {
  try {
    const { checklist } = await readAndRecord(context, CONFIGURATION_MAX_AGE_MS, null);
    context.working.announce({ type: 'sessions', checklist });
    return checklist;
  } catch (error) {
    if (error instanceof ProblemError) return null;
    throw error;
  }
}
