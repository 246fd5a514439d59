import type { ProblemTexts } from '../topics.js';

/** Why a restart is not safe, what stands between a service and its acceptance, and what was lost. */
export const restartProblems = {
  infrastructure: {
    happened: '{serviceName} is infrastructure that Lync and other programs use. It is never paused here. Nothing was changed.',
    next: 'Leave it out. It stops and starts with Windows.',
  },
  'no-sessions-carried': {
    happened: '{serviceName} carries no sessions of Lync, so there is nothing to accept.',
    next: 'See in "lync-drain status" which services are unknown.',
  },
  'note-missing': {
    happened: 'An acceptance needs a note. Nothing was changed.',
    next: 'Say with --note what you looked at, for example --note "asked the service desk".',
  },
  'awake-since': {
    happened:
      '{serviceName} was running again after it had been paused or stopped, so it may have taken calls. The time without sessions begins again.',
    next: 'Find out who or what started it. The drain goes on by itself if it is paused or stopped now.',
  },
  'restarted-after-crash': {
    happened: 'The process of {serviceName} ended, and another one was started, probably by its recovery action. It takes calls again.',
    next: 'Look in the System event log why it ended. To go on, run "lync-drain drain" again; to take it back, run "lync-drain resume".',
  },
  'sessions-lost': {
    happened:
      '{how, select, ended {{serviceName} stopped} replaced {The process of {serviceName} was replaced} other {The server was restarted while {serviceName} still ran}}; {certainty, select, exact {{count, plural, one {# session} other {# sessions}}} least {at least {count, plural, one {# session} other {# sessions}}} other {an unknown number of sessions}} may have been cut.',
    next: 'It is in the record and in the report. Look in the event log why it happened before you go on.',
  },
  'acceptance-ended': {
    happened:
      'The acceptance of {serviceName} does not hold any more: {because, select, connection {a connection from {detail} came that was not there when it was accepted} more {there are more sessions now ({detail})} counted {its sessions can be counted now, and there are {detail}} awake {it takes calls again} other {it has another process now}}.',
    next: 'Look at it again. To accept it as it is now, run "lync-drain accept {serviceName}" with a note.',
  },
  'outside-plan': {
    happened:
      '{serviceName} takes calls and is not part of this maintenance{count, select, none {{atLeast, select, none {} other {; it carries at least {atLeast, plural, one {# session} other {# sessions}}}}} other {; it carries {count, plural, one {# session} other {# sessions}}}}.',
    next: 'Add it with "lync-drain drain {serviceName}".',
  },
  'left-out-runs': {
    happened:
      '{serviceName} was left out and takes calls{count, select, none {{atLeast, select, none {} other {; it carries at least {atLeast, plural, one {# session} other {# sessions}}}}} other {; it carries {count, plural, one {# session} other {# sessions}}}}.',
    next: 'A restart cuts what it carries. Wait until it is not in use, or sign off the other services alone.',
  },
  'not-paused': {
    happened: '{serviceName} is not paused: {state}.',
    next: 'Give the same drain again, or look at the problem of this service.',
  },
  'starts-with-windows': {
    happened: 'A restart starts {serviceName}: its start type is {startType}.',
    next: 'Hold it with "lync-drain drain {serviceName}", without --keep-start-type.',
  },
  'started-by-dependent': {
    happened: 'A restart starts {serviceName}: {dependent} needs it and starts automatically.',
    next: 'Hold it with "lync-drain drain {serviceName} --hold disabled", or set {dependent} to Manual until the maintenance is over.',
  },
  'may-start-by-trigger': {
    happened: 'A restart may start {serviceName}: Windows starts it on an event (trigger start).',
    next: 'Hold it with "lync-drain drain {serviceName} --hold disabled".',
  },
  'start-not-known': {
    happened:
      'It is not known whether a restart starts {serviceName}: its settings, or those of a service that needs it, could not be read.',
    next: 'Look in the Services console, or hold it with "lync-drain drain {serviceName} --hold disabled".',
  },
  'sessions-left': {
    happened: '{serviceName} still carries {count, plural, one {# session} other {# sessions}}.',
    next: 'Wait until they end. If they never do, accept the cut: "lync-drain accept {serviceName} --cut {count}" with a note.',
  },
  'sessions-unknown': {
    happened:
      'It is not known how many sessions {serviceName} carries: {reason}{atLeast, select, none {} other {; at least {atLeast}{ageSeconds, select, none {} other {, {ageSeconds} s ago}}}}.',
    next: 'Look at it yourself ("lync-drain sessions {serviceName}" shows who is connected), then run "lync-drain accept {serviceName}" with a note.{uncountable, select, none { "lync-drain doctor" says what would make it known.} other {}}',
  },
  'not-proved-yet': {
    happened: '{serviceName} shows no session, but not yet for long enough: {heldSeconds} of {holdSeconds} s.',
    next: '{outside, select, none {Wait with "lync-drain watch".} other {Add it with "lync-drain drain {serviceName}".}}',
  },
  'pool-name-unknown': {
    happened: 'DNS has no address for {pool}. It is not taken as the name of the pool.',
    next: 'Give the full name of the Front End pool, as in Topology Builder.',
  },
  'pool-name-not-ours': {
    happened:
      'DNS has these addresses for {pool}: {addresses}. None of them is one of this server, so it is not taken as the name of its pool.',
    next: 'Give the full name of the pool that this server belongs to, as in Topology Builder.',
  },
  yielded: {
    happened:
      'Another server of the pool went into maintenance at the same moment, or does not answer any more: {servers}. One server goes down at a time, so this one gave way{back, select, none {} other { and is back in service}}.',
    next: 'Agree on which server goes first, and begin again when the other one is back. If both went back, either may. If one falls silent each time, look at it yourself; "--override server:NAME" goes on without its answer.',
  },
  'claim-not-verified': {
    happened:
      'The other servers of the pool were not looked at again after the first pause. One of them may have gone into maintenance at the same moment.',
    next: 'Run "lync-drain drain" again: it looks at them before it goes on.',
  },
  'failover-under-way': {
    happened:
      'Invoke-CsComputerFailOver seems to be at work on this server, or was broken off: these services are disabled, and not by this maintenance: {services}. Nothing more is changed here.',
    next: 'Let it finish. What it disabled comes back with Invoke-CsComputerFailBack, then "lync-drain resume" does the rest. If it is no failover, say what to do with the services: "lync-drain resume --keep" or "--original".',
  },
  'pool-below-quorum': {
    happened:
      'The pool {pool} needs {required, plural, one {# server} other {# servers}} in service besides this one, but has {others}. Without this server it stops for all users.',
    next: 'Bring another server of the pool back first.',
  },
  'not-safe': {
    happened: 'The server is not safe to restart. It is not signed off.',
    next: 'Do what each reason says. To sign off the planned services alone, run "lync-drain confirm --services-only".',
  },
  'needs-acceptance': {
    happened:
      'The services that can be known carry no session. Of these no source can say it: {services}.{seen, select, none {} other { Still seen of them, at least: {seen}.}}',
    next: '{seen, select, none {Look at them yourself, then run} other {"lync-drain sessions" shows who is connected. Call them, or wait and look again. When their calls have ended, run}} "lync-drain accept {services} --note TEXT".',
  },
  'sessions-counted': {
    happened:
      '{serviceName} carries {count, plural, one {# session} other {# sessions}}, counted just now. It cannot be accepted as empty. Nothing was changed.',
    next: 'Wait until they end, or accept the cut with --cut {count}.',
  },
  'cut-too-small': {
    happened:
      '{serviceName} carries {count, plural, one {# session} other {# sessions}}, more than the {cut} that may be cut. Nothing was changed.',
    next: 'Wait until fewer are left, or accept more.',
  },
  'accept-awake': {
    happened: '{serviceName} takes calls ({state}). Only what is paused can be accepted. Nothing was changed.',
    next: 'Pause it first with "lync-drain drain {serviceName}".',
  },
} as const satisfies Partial<ProblemTexts>;
