import type { OutcomeKind } from '../../contract/outcome.js';
import type { ProblemId } from '../../contract/problem.js';

/** How a command ends, and the problems that stand in the way before anything is changed. */
const ENDS: readonly (readonly [OutcomeKind, readonly ProblemId[]])[] = [
  ['locked', ['lock-held']],
  ['interrupted', ['interrupted']],
  ['no-rights', ['not-elevated', 'access-denied']],
  [
    'blocked',
    [
      'blocked-by-check',
      'not-ready',
      'not-safe',
      'infrastructure',
      'sessions-counted',
      'cut-too-small',
      'accept-awake',
      'no-sessions-carried',
      'no-open-run',
      'maintenance-open',
      'already-returning',
    ],
  ],
  [
    'usage',
    [
      'note-missing',
      'unknown-command',
      'unknown-option',
      'invalid-argument',
      'missing-argument',
      'excess-argument',
      'conflicting-options',
      'unknown-service',
      'unknown-check',
      'unknown-run',
      'unknown-code',
      'unknown-scenario',
      'check-not-overridable',
      'not-in-run',
    ],
  ],
  [
    'state-unreadable',
    [
      'program-folder-unprotected',
      'data-folder-impossible',
      'data-folder-unwritable',
      'data-folder-unprotected',
      'data-folder-unreadable',
      'record-damaged',
      'record-tail-lost',
      'record-newer',
      'record-not-written',
      'record-of-other-computer',
      'settings-damaged',
      'settings-service-unknown',
      'simulation-damaged',
      'several-open-runs',
      'run-in-usual-folder',
    ],
  ],
];

/** How a command ends that could not be carried out at all, by what stood in the way. Nothing has been changed then. */
export function outcomeOf(id: ProblemId): OutcomeKind {
  return ENDS.find(([, ids]) => ids.includes(id))?.[0] ?? 'failed';
}
