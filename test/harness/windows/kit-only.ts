/** Checks of the acceptance kit's first part that Wine cannot do; on Windows each of these is one. */
export const NOT_POSSIBLE = [
  'access-lists/folder-protected',
  'access-lists/record-protected',
  'access-lists/open-folder-refused',
  'access-lists/open-program-refused',
  'access-lists/starts-protected',
  'refusing/refusal-told',
  'refusing/refusal-back',
  'crash/crash-told',
  'crash/crash-not-signed-off',
  'crash/crash-back',
  'other-server/nobody-there',
  'quick-pause/pause-task',
  'quick-pause/pause-task-ends-it',
  'quick-pause/pause-task-removed',
  'start-settings/delayed-held',
  'start-settings/delayed-back',
  'start-settings/trigger-told',
  'start-settings/trigger-kept',
  'event-log/opened',
  'event-log/ready',
  'event-log/safe',
  'event-log/confirmed',
  'event-log/returned',
  'event-log/sentences',
  'event-log/once',
  'tray/tray-starts',
  'tray/tray-touches-nothing',
];

/** The same in its second part: a sign-out. */
export const NOT_POSSIBLE_LATER = ['second-part/still-paused', 'second-part/sign-out-known', 'second-part/sign-out-back'];
