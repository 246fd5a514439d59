/** How a command ended, and the exit code scripts hold on to. */
export const EXIT_CODES = {
  done: 0,
  ready: 0,
  paused: 0,
  draining: 0,
  confirmed: 0,
  returned: 0,
  'nothing-to-do': 0,
  failed: 1,
  usage: 2,
  blocked: 3,
  'still-draining': 4,
  /** Only acceptances by hand are missing. */
  'needs-acceptance': 4,
  stalled: 5,
  partly: 6,
  /** Sessions may have been cut. */
  lost: 6,
  'changed-outside': 7,
  locked: 8,
  'no-rights': 9,
  'state-unreadable': 10,
  interrupted: 130,
} as const;
export type OutcomeKind = keyof typeof EXIT_CODES;
export type ExitCode = (typeof EXIT_CODES)[OutcomeKind];
