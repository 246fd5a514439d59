import type { Check } from '../contract/checklist.js';
import type { Facts } from '../contract/facts.js';
import { RECORD_SCHEMA, type Actor, type EntryDraft, type Order, type Run } from '../contract/run.js';
import { movedStart } from '../core/maintenance/moved-start.js';
import type { EngineListener } from './engine.js';
import type { OpenRun } from './open-run.js';
import { evidenceOverride, newOverrides, originalEntries, stillDoneEntries } from './order.js';
import type { EngineParts } from './parts.js';
import { WorkingRun } from './working-run.js';

/** An order that passed preflight, and what it rests on. */
export interface CheckedOrder {
  readonly order: Order;
  readonly checks: readonly Check[];
  readonly overrides: readonly string[];
  /** What evidence overrides are accepted in advance with. */
  readonly note: string | null;
  readonly facts: Facts;
  readonly by: Actor;
  /** The administrator wants no scheduled task for the end of a quick pause. */
  readonly withoutEndTask?: boolean;
  /** As `EngineEvent` says it of the run. */
  readonly endTask?: string | null;
}

/**
 * Puts on disk everything that must be there before the first change: the order, the overrides, what each service was,
 * what is done already, and the undo card. Goes on with the open run or opens a new one.
 * @throws ProblemError record-not-written; nothing has been changed then
 */
export function startOrder(parts: EngineParts, open: OpenRun | null, checked: CheckedOrder, listen: EngineListener): WorkingRun {
  const { records, host } = parts;
  const { facts, by } = checked;
  const order = withoutNote(checked, open);
  const working = open === null ? openRun(parts, checked, listen) : new WorkingRun(records.reopen(open.read), host, listen);
  try {
    if (open !== null) working.store({ type: 'ordered', by, order });
    const { run } = working;
    const entries = [
      ...newOverrides(facts, run, checked, { by, note: checked.note ?? checked.order.reason ?? run.reason }),
      ...originalEntries(facts, run, order.services),
      ...stillDoneEntries(facts, run),
    ];
    if (entries.length > 0) working.store(...entries);
    const undoCardPath = writeUndoCard(parts, working.run);
    const { endTask } = checked;
    working.announce({
      type: 'run',
      runId: working.run.id,
      opened: open === null,
      undoCardPath,
      ...(endTask !== undefined && { endTask }),
    });
    announceMoved(working, entries);
    return working;
  } catch (error) {
    working.close();
    throw error;
  }
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
  writeUndoCard(parts, working.run);
  announceMoved(working, entries);
}

/** Start types that another person changed before this run set one: what the way back restores is not what was there at first. */
function announceMoved(working: WorkingRun, entries: readonly EntryDraft[]): void {
  for (const entry of entries) {
    const moved = entry.type === 'original' ? movedStart(entry) : null;
    if (entry.type === 'original' && moved !== null) {
      working.announce({ type: 'outside-change', serviceName: entry.serviceName, problem: moved });
    }
  }
}

function writeUndoCard({ records, undoCard }: EngineParts, run: Run): string {
  return records.writeUndoCard(run.id, undoCard(run));
}

function openRun({ records, host, product }: EngineParts, { order, facts, by }: CheckedOrder, listen: EngineListener): WorkingRun {
  const { name, bootedAt, bootId, source } = facts.computer;
  const computer = { name, bootedAt, ...(bootId !== null && { bootId }), source };
  const runId = records.newRunId(host.now());
  const opening = { type: 'run-opened', schema: RECORD_SCHEMA, runId, computer, by, product } as const;
  return new WorkingRun(records.open(host.now(), opening, { type: 'ordered', by, order }), host, listen);
}
