import type { OutcomeKind } from '../contract/outcome.js';
import type { ProblemId } from '../contract/problem.js';

/** Problems that stand in the way before anything is changed, by how the command ends then. */
const OUTCOMES: Partial<Record<ProblemId, OutcomeKind>> = {
  'lock-held': 'locked',
  'interrupted': 'interrupted',
  'not-elevated': 'no-rights',
  'access-denied': 'no-rights',
  'blocked-by-check': 'blocked',
  'not-ready': 'blocked',
  'not-safe': 'blocked',
  'infrastructure': 'blocked',
  'sessions-counted': 'blocked',
  'cut-too-small': 'blocked',
  'accept-awake': 'blocked',
  'no-sessions-carried': 'blocked',
  'note-missing': 'usage',
  'no-open-run': 'blocked',
  'maintenance-open': 'blocked',
  'already-returning': 'blocked',
  'program-folder-unprotected': 'state-unreadable',
  'data-folder-impossible': 'state-unreadable',
  'data-folder-unwritable': 'state-unreadable',
  'data-folder-unprotected': 'state-unreadable',
  'data-folder-unreadable': 'state-unreadable',
  'record-damaged': 'state-unreadable',
  'record-tail-lost': 'state-unreadable',
  'record-newer': 'state-unreadable',
  'record-not-written': 'state-unreadable',
  'record-of-other-computer': 'state-unreadable',
  'settings-damaged': 'state-unreadable',
  'settings-service-unknown': 'state-unreadable',
  'simulation-damaged': 'state-unreadable',
  'several-open-runs': 'state-unreadable',
  'unknown-command': 'usage',
  'unknown-option': 'usage',
  'invalid-argument': 'usage',
  'missing-argument': 'usage',
  'excess-argument': 'usage',
  'conflicting-options': 'usage',
  'unknown-service': 'usage',
  'unknown-check': 'usage',
  'unknown-run': 'usage',
  'unknown-code': 'usage',
  'unknown-scenario': 'usage',
  'check-not-overridable': 'usage',
  'not-in-run': 'usage',
};

/** How a command ends that could not be carried out at all, by what stood in the way. Nothing has been changed then. */
export function outcomeOf(id: ProblemId): OutcomeKind {
  return OUTCOMES[id] ?? 'failed';
}
