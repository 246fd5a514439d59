/**
 * What the verdict on the server rests on. The groups say one kind of reason for several services: `{services}` lists them
 * with what is known of each, `{names}` as a command takes them.
 */
export const verdict = {
  item: '{serviceName} ({detail})',
  groups: {
    'service-missing': {
      happened: 'Not on this server any more: {services}.',
      next: 'Check whether they were removed or renamed. The record still holds their original settings.',
    },
    'not-paused': {
      happened: 'Not paused: {services}.',
      next: 'Give the same drain again, or look at the problems of these services.',
    },
    'left-out-runs': {
      happened: 'Left out, and taking calls (with their sessions): {services}.',
      next: 'A restart cuts what they carry. Wait until they are not in use, or sign off the other services alone.',
    },
    'outside-plan': {
      happened: 'Not part of this maintenance, and taking calls (with their sessions): {services}.',
      next: 'Add them with "lync-drain drain{names}".',
    },
    'sessions-left': {
      happened: 'Still in use (with their sessions): {services}.',
      next: 'Wait until they end. Of sessions that never end, accept the cut: "lync-drain accept SERVICE --cut N --note TEXT".',
    },
    'sessions-unknown': {
      happened: 'It is not known how many sessions these carry: {services}. Of each: {reason}.',
      next: 'Look at them yourself ("lync-drain sessions" shows who is connected), then run "lync-drain accept{names} --note TEXT".{uncountable, select, none { "lync-drain doctor" says what would make them known.} other {}}',
    },
    'not-proved-yet': {
      happened: 'No session, but not yet for the {holdSeconds} s that prove it: {services}.',
      next: '{outside, select, none {Wait with "lync-drain watch".} other {Add them with "lync-drain drain{names}".}}',
    },
    'starts-with-windows': {
      happened: 'A restart starts these, because their start type is automatic: {services}.',
      next: 'Hold them with "lync-drain drain{names}", without --keep-start-type.',
    },
    'started-by-dependent': {
      happened: 'A restart starts these, because {dependent} needs them and starts automatically: {services}.',
      next: 'Hold them with "lync-drain drain{names} --hold disabled", or set {dependent} to Manual until the maintenance is over.',
    },
    'may-start-by-trigger': {
      happened: 'A restart may start these, because Windows starts them on an event (trigger start): {services}.',
      next: 'Hold them with "lync-drain drain{names} --hold disabled".',
    },
    'start-not-known': {
      happened: 'It is not known whether a restart starts these, because settings could not be read: {services}.',
      next: 'Look in the Services console, or hold them with "lync-drain drain{names} --hold disabled".',
    },
  },
  /** What is known of one service of a group; empty if the group says it all. */
  details: {
    'not-paused': '{state}',
    'left-out-runs': '{count, select, none {{atLeast, select, none {unknown} other {at least {atLeast}}}} other {{count}}}',
    'outside-plan': '{count, select, none {{atLeast, select, none {unknown} other {at least {atLeast}}}} other {{count}}}',
    'sessions-left': '{count}',
    'sessions-unknown': '{atLeast, select, none {} other {at least {atLeast}{ageSeconds, select, none {} other {, {ageSeconds} s ago}}}}',
  },
  proof:
    '{services, plural, one {# service} other {# services}} without a session since {at} ({held}, {readings, plural, one {# reading} other {# readings}}, longest gap {gap}{sources, select, none {} other {; by {sources}}}{stopped, select, none {} other {; stopped now}}).',
  accepted:
    '{cut, select, none {Accepted by hand} other {Accepted that up to {cut, plural, one {# session} other {# sessions}} of each may be cut}}: {services}, by {user} at {at}{note, select, none {} other {: "{note}"}}.',
} as const;
