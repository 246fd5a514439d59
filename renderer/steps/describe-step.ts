import type { Checklist, RunSummary } from '../../electron/contract/checklist.js';
import { isQuickPause } from '../../electron/core/maintenance/allowed-orders.js';
import { missingAcceptances } from '../../electron/core/maintenance/missing-acceptances.js';
import type { WindowMessages } from '../store/texts.js';
import type { StepView } from './progress.js';

/** One short line below a step's name: how far it is. Null where there is nothing to tell yet. */
export function describeStep({ id, mark, tally }: StepView, checklist: Checklist, texts: WindowMessages): string | null {
  const { run } = checklist;
  if (id === 'preflight') return describePreflight(checklist, texts);
  if (run === null) return null;
  switch (id) {
    case 'pause':
    case 'manual':
    case 'way-back':
      if (tally.failed > 0) return texts.t('step-status-failed', { count: tally.failed });
      if (mark === 'skipped') return id === 'manual' ? texts.t('step-status-skipped') : null;
      if (mark === 'todo') return null;
      if (id === 'manual' && isQuickPause(checklist)) return texts.t('step-status-not-set');
      return texts.t('step-status-tally', { done: tally.done, total: tally.total });
    case 'wait':
      return mark === 'todo' || mark === 'skipped' ? null : describeQuiet(checklist, texts);
    case 'confirm':
      return run.confirmed === null ? null : texts.t(`step-status-signed-${run.confirmed.scope}`);
    case 'restart':
      return describeRestart(run, texts);
  }
}

function describePreflight({ run, checks }: Checklist, texts: WindowMessages): string {
  const blocking = checks.filter((check) => check.result === 'block' && !check.overridden).length;
  if (run !== null) return texts.t('step-status-passed');
  return blocking > 0 ? texts.t('step-status-blocks', { count: blocking }) : texts.t('step-status-now');
}

function describeQuiet(checklist: Checklist, texts: WindowMessages): string | null {
  const { quiet, accepted } = checklist;
  const missing = missingAcceptances(checklist).length;
  if (missing > 0) return texts.t('step-status-needs-acceptance', { count: missing });
  switch (quiet.kind) {
    case 'not-draining':
      return null;
    case 'needs-acceptance':
    case 'busy':
      if (quiet.sessions === 0) return texts.t('step-status-unknown');
      return texts.t(quiet.unknown.length > 0 ? 'step-status-at-least' : 'step-status-sessions', { count: quiet.sessions });
    case 'holding':
      return texts.t('step-status-holding', { held: texts.duration(quiet.heldMs) });
    case 'quiet':
      return texts.t(accepted.length === 0 ? 'step-status-quiet' : 'step-status-quiet-accepted');
  }
}

function describeRestart({ restart }: RunSummary, texts: WindowMessages): string | null {
  if (restart === null) return null;
  return restart.running.length > 0
    ? texts.t('step-status-started', { count: restart.running.length })
    : texts.t('step-status-stayed-quiet');
}
