/** The page that restores everything by hand, without this program. */
export const undoCardTexts = {
  title: 'HOW TO PUT EVERYTHING BACK BY HAND',
  intro:
    'Lync Drain wrote this page before it changed anything on this server.\nUse it when the program cannot be used. Otherwise run:  lync-drain resume',
  computer: 'Server:     {computer}',
  run: 'Run:        {runId}',
  opened: 'Opened:     {at} UTC by {user}',
  reason: 'Reason:     {note}',
  how: 'Open a Command Prompt with "Run as administrator" and enter these lines, in this order.\nLines that begin with "rem" explain. A line that is not needed any more does no harm.',
  startTypes: 'STEP 1. Restore the start types',
  before: 'was: {state}, {startType}',
  bringBack: 'STEP 2. Bring the services back, Front-End first',
  either: 'paused: the first line resumes it. Stopped: the second line starts it.',
  wasStopped: '{serviceName} was stopped before. Leave it stopped.',
  wasPaused: '{serviceName} was paused before. Leave it paused.',
  task: 'A scheduled task would run "lync-drain resume" at the end of the pause and after a restart. It is not needed any more.',
  check: 'STEP 3. Check',
  checkHow: 'Each line must show the state and the start type that are written above.',
} as const;
