import type { Checklist } from '../contract/checklist.js';
import type { Facts } from '../contract/facts.js';
import { ProblemError } from '../contract/problem.js';
import type { EntryDraft } from '../contract/run.js';
import { drawRun } from '../core/maintenance/checklist.js';
import {
  acceptedInAdvanceEntries,
  awakeEntries,
  endedAcceptanceEntries,
  observedEntries,
  restartEntries,
} from '../core/maintenance/reading-entries.js';
import { judgeRun } from '../core/maintenance/run-judgement.js';
import type { Findings } from '../core/maintenance/run-monitor.js';
import { RunView } from '../core/maintenance/run-view.js';
import type { EngineContext } from './engine-context.js';
import { asksEvidence } from './observer.js';
import type { WorkingRun } from './working-run.js';

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
export async function observeWithRetry(
  { observer, parts, wait: { signal } }: EngineContext,
  working: WorkingRun,
  maxAgeMs: number,
  earlier: Facts | null = null,
): Promise<Facts> {
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

/**
 * Writes down what happened to the processes since the record's last word: sessions that went with one, a restart, services that were
 * awake. Comes before anything else is made of the facts. Each rule is judged by what those before it wrote.
 * @returns the run as it is then
 */
export function recordProcesses(working: WorkingRun, facts: Facts): RunView {
  const { monitor } = working;
  let view = new RunView(facts, working.run);
  view = record(working, view, monitor.findLosses(view));
  view = record(working, view, restartEntries(view));
  if (!view.isReturning) view = record(working, view, awakeEntries(view));
  view = record(working, view, observedEntries(view));
  // On the way back what was accepted takes calls again, as ordered.
  if (!view.isReturning) view = record(working, view, endedAcceptanceEntries(view));
  monitor.remember(monitor.latestReadings(facts));
  return view;
}

/** A reading of which everything is on record, and what follows from it. */
export interface RunReading {
  readonly view: RunView;
  readonly checklist: Checklist;
}

/** Writes down what the reading shows, then draws the checklist once. */
export function recordReading(context: EngineContext, working: WorkingRun, facts: Facts): RunReading {
  const { monitor } = working;
  const { stalledAfterMs } = context.parts;
  let view = recordProcesses(working, facts);
  if (view.isReturning) return drawReading(context, view);
  view = recordFindings(working, view, monitor.findChanges(view));
  let judgement = judgeRun(view, stalledAfterMs);
  const counted = view;
  view = record(working, counted, acceptedInAdvanceEntries(counted, judgement.quiet));
  if (view !== counted) judgement = judgeRun(view, stalledAfterMs);
  const judged = view;
  view = recordFindings(working, judged, monitor.findConclusions(judged, judgement));
  return view === judged ? { view, checklist: drawRun(view, judgement) } : drawReading(context, view);
}

function recordFindings(working: WorkingRun, view: RunView, { entries, memory }: Findings): RunView {
  const recorded = record(working, view, entries);
  working.monitor.remember(memory);
  return recorded;
}

/** @returns the same view if there is nothing to write */
function record(working: WorkingRun, view: RunView, entries: readonly EntryDraft[]): RunView {
  if (entries.length === 0) return view;
  working.tell(...entries);
  return new RunView(view.facts, working.run);
}

/** One reading and what follows from it. *Ready* is said only of configurations that were read just now. */
export async function readAndRecord(
  context: EngineContext,
  working: WorkingRun,
  maxAgeMs: number,
  earlier: Facts | null,
): Promise<RunReading> {
  const facts = await observeWithRetry(context, working, maxAgeMs, earlier);
  const reading = recordReading(context, working, facts);
  return reading.checklist.ready && maxAgeMs > 0 ? readAndRecord(context, working, 0, facts) : reading;
}

/** Of the run as the record stands now; writes nothing. */
export function viewReading(context: EngineContext, { run }: WorkingRun, facts: Facts): RunReading {
  return drawReading(context, new RunView(facts, run));
}

function drawReading({ parts }: EngineContext, view: RunView): RunReading {
  return { view, checklist: drawRun(view, judgeRun(view, parts.stalledAfterMs)) };
}
