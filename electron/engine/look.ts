import type { Checklist } from '../contract/checklist.js';
import type { Facts } from '../contract/facts.js';
import { ProblemError } from '../contract/problem.js';
import { drawChecklist } from '../core/maintenance/checklist.js';
import { asksEvidence, type Observer } from './observer.js';
import type { EngineParts } from './parts.js';
import type { Vigil } from './vigil.js';
import type { WorkingRun } from './working-run.js';

/** What reading a run and recording what the reading shows takes. */
export interface Lookout {
  readonly parts: EngineParts;
  readonly working: WorkingRun;
  readonly observer: Observer;
  readonly vigil: Vigil;
  readonly signal: AbortSignal;
}

/** Time between two readings while waiting: the end of the last session is seen within a second. */
export const POLL_MS = 800;
/** Configurations are read again this often meanwhile; they change by hand only. *Ready* never relies on an older one. */
export const CONFIGURATION_MAX_AGE_MS = 5_000;
/** Readings that fail in a row for so long end the command; the run stays open. */
const BLIND_PATIENCE_MS = 60_000;

/**
 * Reads the facts; while waiting, a reading that fails is tried again before the command gives up.
 * @param earlier the reading before; null makes the first failure final
 */
export async function observePatiently(lookout: Lookout, maxAgeMs: number, earlier: Facts | null = null): Promise<Facts> {
  const { observer, working, parts, signal } = lookout;
  const names = [...working.run.services.keys()];
  const since = parts.host.now().upMs;
  for (;;) {
    try {
      return await observer.readFacts(names, maxAgeMs, asksEvidence(working.run));
    } catch (error) {
      const isOver = parts.host.now().upMs - since >= BLIND_PATIENCE_MS || signal.aborted;
      if (!(error instanceof ProblemError) || earlier === null || isOver) throw error;
      await parts.host.sleep(POLL_MS, signal);
    }
  }
}

/** Writes down what the reading shows, then draws the checklist from facts and record. */
export function conclude(lookout: Lookout, facts: Facts): Checklist {
  const { vigil, working } = lookout;
  vigil.noteProcesses(facts);
  if (working.run.order.command === 'resume') return drawRun(lookout, facts);
  vigil.noteOutsideChanges(facts);
  vigil.noteSessions(facts);
  const first = drawRun(lookout, facts);
  const { run } = working;
  vigil.noteAcceptedInAdvance(facts, first);
  const checklist = working.run === run ? first : drawRun(lookout, facts);
  vigil.noteHeldZero(facts, checklist);
  vigil.noteConclusions(checklist);
  return working.run === run ? checklist : drawRun(lookout, facts);
}

/** One reading and what follows from it. *Ready* is said only of configurations that were read just now. */
export async function lookAgain(
  lookout: Lookout,
  maxAgeMs: number,
  earlier: Facts | null,
): Promise<{ facts: Facts; checklist: Checklist }> {
  const facts = await observePatiently(lookout, maxAgeMs, earlier);
  const checklist = conclude(lookout, facts);
  if (!checklist.ready || maxAgeMs === 0) return { facts, checklist };
  return lookAgain(lookout, 0, facts);
}

/** The checklist of the run as the record stands now. */
export function drawRun({ working, parts }: Pick<Lookout, 'working' | 'parts'>, facts: Facts): Checklist {
  const { stalledAfterMs } = parts;
  return drawChecklist(facts, working.run, { plan: NO_PLAN, stalledAfterMs });
}

/** An open run is its own plan. */
const NO_PLAN = { serviceNames: [], hold: null, overrides: [] } as const;
