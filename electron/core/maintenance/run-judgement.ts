import type { Phase, Quiet, RestartVerdict, Stalled } from '../../contract/checklist.js';
import type { Message } from '../../contract/message.js';
import type { Run } from '../../contract/run.js';
import { currentAcceptance } from './acceptance.js';
import { findStalled } from './alarms.js';
import { judgeQuiet, type Sample } from './quiet.js';
import { findBlockers } from './ready.js';
import { judgeRestart } from './restart-verdict.js';
import type { RunView } from './run-view.js';
import { takesNoNewWork } from './step-status.js';

/** What one reading says of the run as a whole: what the monitor records, and what the checklist shows. */
export interface RunJudgement {
  readonly quiet: Quiet;
  readonly restart: RestartVerdict;
  readonly phase: Phase;
  readonly isReady: boolean;
  /** What stands between the run and *ready*, while it is draining. */
  readonly blockers: readonly Message[];
  readonly stalled: readonly Stalled[];
  /** Those on record, and the one of this reading if the evidence was asked. */
  readonly samples: readonly Sample[];
}

/** @param stalledAfterMs a count that does not change for so long is stalled */
export function judgeRun(view: RunView, stalledAfterMs: number): RunJudgement {
  const { facts, run, active } = view;
  const allPaused = active.every((service) => takesNoNewWork(facts.statuses.get(service.serviceName)));
  const quiet = judgeQuiet(view.quiet, active, allPaused);
  const blockers = findBlockers(facts, run, quiet);
  const restart = judgeRestart(facts, run, view.quiet);
  const phase = judgePhase(run, blockers.length === 0, restart);
  const samples: readonly Sample[] = facts.evidence === 'read' ? [...run.samples, view.quiet.current] : run.samples;
  // The end of what was accepted is not waited for.
  const awaited = active.filter((service) => currentAcceptance(facts, run, service.serviceName) === null);
  return {
    quiet,
    restart,
    phase,
    isReady: phase === 'ready' || phase === 'confirmed',
    blockers: phase === 'draining' ? blockers : [],
    stalled: allPaused ? findStalled(samples, awaited, facts.now, stalledAfterMs) : [],
    samples,
  };
}

/** Draining becomes ready by itself and falls back by itself; the rest is what was ordered and signed. */
function judgePhase(run: Run, isReady: boolean, restart: RestartVerdict): Phase {
  if (run.closed !== null) return 'closed';
  if (run.order.command === 'resume') return 'returning';
  // A quick pause proves nothing, and ends by itself.
  if (!isReady || run.order.command === 'pause') return 'draining';
  if (run.confirmed === null) return 'ready';
  // A sign-off holds as long as what was signed does.
  return run.confirmed.scope === 'server' && !coversRestart(restart, run.confirmed.cut) ? 'ready' : 'confirmed';
}

/** True while a restart cuts no more than what was signed off. */
function coversRestart({ kind, cut }: RestartVerdict, signedCut: number): boolean {
  return kind !== 'not-safe' && cut <= signedCut;
}
