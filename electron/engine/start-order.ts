import type { Facts } from '../contract/facts.js';
import { RECORD_SCHEMA, type EntryDraft, type Order } from '../contract/run.js';
import { drawChecklist } from '../core/maintenance/checklist.js';
import type { CheckedPlan } from '../core/maintenance/checks.js';
import { RunView } from '../core/maintenance/run-view.js';
import type { CommandContext } from './command-context.js';
import type { CommandResult } from './engine.js';
import type { OpenRun } from './open-run.js';
import {
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
import type { EngineParts } from './parts.js';
import type { WorkingRun } from './working-run.js';

/** What a drain or a quick pause rests on: the services it is about, and one reading of all of them. */
interface OrderReading {
  readonly services: readonly string[];
  readonly facts: Facts;
}

/** @throws ProblemError unknown-service, no-lync-service, and where Windows does not even list its services */
export async function readForOrder(
  { observer }: CommandContext,
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
}

/** With what preflight says of it. */
interface CheckedOrder extends GivenOrder, Preflight {
  readonly plan: CheckedPlan;
}

/** Tells every check. @throws ProblemError not-elevated, unknown-check, check-not-overridable */
export function checkOrder({ listen }: CommandContext, open: OpenRun | null, given: GivenOrder): CheckedOrder {
  const { order, overrides, facts } = given;
  const plan: CheckedPlan = { serviceNames: order.services, hold: order.hold, overrides, ...ownChanges(open) };
  const checked = preflight(facts, plan, open === null ? [] : knownOverrides(open.run));
  for (const check of checked.checks) listen({ type: 'check', check, ...facts.now });
  return { ...given, ...checked, plan };
}

/** Nothing was changed. */
export function blockedResult({ parts }: CommandContext, open: OpenRun | null, { facts, plan, blocked }: CheckedOrder): CommandResult {
  const checklist = drawChecklist(facts, open?.run ?? null, { plan, stalledAfterMs: parts.stalledAfterMs });
  return { outcome: 'blocked', problem: blocked, checklist };
}

/**
 * Puts on disk everything that must be there before the first change: the order, the overrides, what each service was,
 * what is done already, and the undo card. Goes on with the open run or opens a new one.
 * @throws ProblemError record-not-written; nothing has been changed then
 */
export function startOrder(context: CommandContext, open: OpenRun | null, checked: CheckedOrder): WorkingRun {
  const { parts, lock, by } = context;
  const { facts } = checked;
  const order = withoutNote(checked, open);
  const working = open === null ? openRun(context, checked) : lock.reopenRun(open);
  if (open !== null) working.store({ type: 'ordered', by, order });
  const { run } = working;
  const entries = [
    ...newOverrides(facts, run, checked, { by, note: checked.note ?? checked.order.reason ?? run.reason }),
    ...originalEntries(facts, run, order.services),
    ...stillDoneEntries(new RunView(facts, run)),
  ];
  if (entries.length > 0) working.store(...entries);
  const undoCardPath = writeUndoCard(parts, working);
  working.announce({ type: 'run', runId: working.run.id, opened: open === null, undoCardPath });
  announceMoved(working, entries);
  return working;
}

function openRun({ parts, lock, by }: CommandContext, { order, facts }: CheckedOrder): WorkingRun {
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

/**
 * Called before a start type is set: it may have been changed since the order was given, and the first one that the
 * run replaces is the one to restore.
 * @throws ProblemError record-not-written
 */
export function keepOriginal(parts: EngineParts, working: WorkingRun, facts: Facts, serviceName: string): void {
  const entries = originalEntries(facts, working.run, [serviceName]);
  if (entries.length === 0) return;
  working.store(...entries);
  writeUndoCard(parts, working);
  announceMoved(working, entries);
}

/** Start types that another person changed before this run set one: what the way back restores is not what was there at first. */
function announceMoved(working: WorkingRun, entries: readonly EntryDraft[]): void {
  working.announceEntries(entries.filter((entry) => entry.type === 'original'));
}

function writeUndoCard({ records, undoCard }: EngineParts, { run }: WorkingRun): string {
  return records.writeUndoCard(run.id, undoCard(run));
}
