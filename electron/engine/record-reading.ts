import type { Checklist } from '../contract/checklist.js';
import type { Facts } from '../contract/facts.js';
import { ProblemError } from '../contract/problem.js';
import { drawChecklist } from '../core/maintenance/checklist.js';
import { asksEvidence, type Observer } from './observer.js';
import type { EngineParts } from './parts.js';
import type { RunMonitor } from './run-monitor.js';
import type { WorkingRun } from './working-run.js';

/** What reading a run and recording what the reading shows takes. */
export interface MonitorContext {
  readonly parts: EngineParts;
  readonly working: WorkingRun;
  readonly observer: Observer;
  readonly monitor: RunMonitor;
  readonly signal: AbortSignal;
}

/** Time between two readings while waiting: the end of the last session is seen within a second. */
export const POLL_MS = 800;
/** Configurations are read again this often meanwhile; they change by hand only. *Ready* never relies on an older one. */
export const CONFIGURATION_MAX_AGE_MS = 5_000;
/** Readings that fail in a row for so long end the command; the run stays open. */
const FAILED_READINGS_PATIENCE_MS = 60_000;

/**
 * Reads the facts; while waiting, a reading that fails is tried again before the command gives up.
 * @param earlier the reading before; null makes the first failure final
 */
export async function observeWithRetry(context: MonitorContext, maxAgeMs: number, earlier: Facts | null = null): Promise<Facts> {
  const { observer, working, parts, signal } = context;
  const names = [...working.run.services.keys()];
  const since = parts.host.now().upMs;
  for (;;) {
    try {
      return await observer.readFacts(names, maxAgeMs, asksEvidence(working.run));
    } catch (error) {
      const isOver = parts.host.now().upMs - since >= FAILED_READINGS_PATIENCE_MS || signal.aborted;
      if (!(error instanceof ProblemError) || earlier === null || isOver) throw error;
      await parts.host.sleep(POLL_MS, signal);
    }
  }
}

/** Writes down what the reading shows, then draws the checklist from facts and record. */
export function recordReading(context: MonitorContext, facts: Facts): Checklist {
  const { monitor, working } = context;
  monitor.noteProcesses(facts);
  if (working.run.order.command === 'resume') return drawRun(context, facts);
  monitor.noteOutsideChanges(facts);
  monitor.noteSessions(facts);
  const first = drawRun(context, facts);
  const { run } = working;
  monitor.noteAcceptedInAdvance(facts, first);
  const checklist = working.run === run ? first : drawRun(context, facts);
  monitor.noteHeldZero(facts, checklist);
  monitor.noteConclusions(checklist);
  return working.run === run ? checklist : drawRun(context, facts);
}

/** One reading and what follows from it. *Ready* is said only of configurations that were read just now. */
export async function readAndRecord(
  context: MonitorContext,
  maxAgeMs: number,
  earlier: Facts | null,
): Promise<{ facts: Facts; checklist: Checklist }> {
  const facts = await observeWithRetry(context, maxAgeMs, earlier);
  const checklist = recordReading(context, facts);
  if (!checklist.ready || maxAgeMs === 0) return { facts, checklist };
  return readAndRecord(context, 0, facts);
}

/** The checklist of the run as the record stands now. */
export function drawRun({ working, parts }: Pick<MonitorContext, 'working' | 'parts'>, facts: Facts): Checklist {
  const { stalledAfterMs } = parts;
  return drawChecklist(facts, working.run, { plan: NO_PLAN, stalledAfterMs });
}

/** An open run is its own plan. */
const NO_PLAN = { serviceNames: [], hold: null, overrides: [] } as const;
