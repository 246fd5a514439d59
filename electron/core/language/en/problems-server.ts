import type { ProblemTexts } from '../topics.js';

/** Codes 1xxx to 3xxx: usage and machine, service control, session evidence. */
export const serverProblems = {
  'unknown-command': {
    happened: 'There is no command "{name}".{suggestion, select, none {} other { Did you mean "{suggestion}"?}}',
    next: 'Run "lync-drain --help" to see all commands.',
  },
  'unknown-option': {
    happened: 'There is no option "{name}" here.{suggestion, select, none {} other { Did you mean "{suggestion}"?}}',
    next: 'Add --help to the command to see its options.',
  },
  'invalid-argument': {
    happened: 'The value "{value}" does not fit {argument}.',
    next: '{expected, select, none {Add --help to the command to see an example.} other {Expected: {expected}.}}',
  },
  'missing-argument': {
    happened: '{argument} needs a value.',
    next: 'Add --help to the command to see an example.',
  },
  'unknown-service': {
    happened: 'This server has no service named "{name}".{suggestion, select, none {} other { Did you mean {suggestion}?}}',
    next: 'Run "lync-drain services" to see the names. Use the short name, not the display name.',
  },
  'unknown-check': {
    happened: 'There is no check "{check}" to override.{suggestion, select, none {} other { Did you mean "{suggestion}"?}}',
    next: 'Run "lync-drain plan" to see the checks and their names.',
  },
  'unknown-run': {
    happened: 'There is no maintenance run "{name}".{suggestion, select, none {} other { Did you mean "{suggestion}"?}}',
    next: 'Run "lync-drain history" to see the runs of this server.',
  },
  'unknown-code': {
    happened: 'There is no code "{name}".{suggestion, select, none {} other { Did you mean {suggestion}?}}',
    next: 'Run "lync-drain explain" to see all codes.',
  },
  'unknown-scenario': {
    happened: 'There is no simulated server "{scenario}".{suggestion, select, none {} other { Did you mean "{suggestion}"?}}',
    next: 'Choose one of: {scenarios}. Or leave the name out.',
  },
  'server-file-unreadable': {
    happened: 'The description of a server cannot be read: {path}{code, select, none {} other { ({code})}}.',
    next: 'Name a file that "lync-drain services --json" was written to.',
  },
  'server-file-wrong': {
    happened: 'This is not the description of a server: {path} ({detail}).',
    next: 'Make it again on the server: "lync-drain services --json > FILE".',
  },
  'check-not-overridable': {
    happened: 'The check "{check}" cannot be overridden.',
    next: 'Solve what it says, then try again.',
  },
  'conflicting-options': {
    happened: '{argument} and {other} cannot be used together.',
    next: 'Choose one of them.',
  },
  'excess-argument': {
    happened: '"{value}" is one word too many for {argument}.',
    next: 'Leave it out. If it belongs to a text with spaces, put the whole text in quotes.',
  },
  'no-lync-service': {
    happened: 'This server has no Lync service that carries sessions.',
    next: 'Run this on a Lync server, or name the services you mean.',
  },
  'output-not-written': {
    happened:
      '{code, select, inside {The file {path} was not written: its place is in the data folder, among the records.} other {{path, select, none {What is printed here could not be written} other {The file {path} could not be written}} ({code}).}}',
    next: '{path, select, none {Free space on the disk it goes to and try again. What the command did stays done.} other {Choose another place with --output, or free the file and try again.}}',
  },
  'not-elevated': {
    happened: '{user} may not control services in this window. Nothing was changed.',
    next: 'Open the terminal or the app with "Run as administrator" and try again.',
  },
  'not-windows': {
    happened: 'This is not Windows, so there is no service control manager here.',
    next: 'Run this on the Lync server, or add --simulate to practise on a simulated one.',
  },
  'native-library-missing': {
    happened: 'The part that talks to Windows could not be loaded ({detail}).',
    next: 'Keep all files of the package together in one folder, or unpack it again.',
  },
  'program-folder-unprotected': {
    happened:
      'Others could have changed this program, which would run with your rights, so it was not started. {path} can be written by: {writableBy}.',
    next: 'Unpack the package again where only administrators can write, for example below C:\\Program Files, and start it there. If that cannot wait and you trust who can write here: lync-drain --trust-folder, then the command.',
  },
  'program-not-started': {
    happened: 'The program could not be started: {path}, Windows error {win32}. Nothing was changed.',
    next: 'Unpack the whole package again. If the error stays, see whether a virus scanner or AppLocker holds the file back.',
  },
  'access-denied': {
    happened: 'Windows denied access to {serviceName, select, none {its services} other {{serviceName}}} ({operation}, error {win32}).',
    next: 'Run as a member of the local Administrators group. If you do, look at the permissions of this service.',
  },
  'service-not-found': {
    happened: 'Windows does not know the service {serviceName} any more.',
    next: 'Check whether it was removed or renamed. Then look at the status again.',
  },
  'service-disabled': {
    happened: '{serviceName} is disabled, so Windows refused to start it.',
    next: 'Bring the service back with its original start type, or set it to Manual in the Services console.',
  },
  'already-running': {
    happened: '{serviceName} has been started already. A paused service counts as started.',
    next: 'Look at its state. If it is paused, it must be continued, not started.',
  },
  'not-active': {
    happened: '{serviceName} is not running, so there is nothing to pause or continue.',
    next: 'Look at its state. A stopped service takes no calls and needs no pause.',
  },
  'control-not-accepted': {
    happened: '{serviceName} does not accept this control now (error {win32}).',
    next: 'Some services cannot be paused while they start. Wait a minute and try again, or leave the service out.',
  },
  'cannot-accept-control-now': {
    happened: '{serviceName} is busy changing its state and cannot take a control now.',
    next: 'Wait until its state has settled, then try again.',
  },
  'dependents-running': {
    happened: 'Other running services depend on {serviceName}.',
    next: 'See which ones under Dependencies in the Services console.',
  },
  'request-timeout': {
    happened: '{serviceName} did not answer Windows within 30 seconds.',
    next: 'The service may still do what was asked. Look at its state in a minute. If it hangs, see its event log; while it does, Windows passes no order to any other service.',
  },
  'marked-for-delete': {
    happened: '{serviceName} is marked for deletion.',
    next: 'Somebody is removing it. Close all Services consoles, or restart the server to finish the removal.',
  },
  'database-locked': {
    happened: 'Windows has locked its list of services.',
    next: 'This lasts seconds, for example during a start of Windows. Wait and try again.',
  },
  'shutdown-in-progress': {
    happened: 'Windows is shutting down and takes no more orders.',
    next: 'Wait for the restart. The run is kept and goes on afterwards.',
  },
  'rpc-unavailable': {
    happened: 'The service control manager does not answer (error {win32}).',
    next: 'Check that the Remote Procedure Call service is running, then try again.',
  },
  'handle-invalid': {
    happened: 'The connection to the service control manager was lost ({operation}, error {win32}).',
    next: 'Try again. It is opened anew each time.',
  },
  'start-hung': {
    happened: '{serviceName} hung while starting.',
    next: 'Look at its event log and at its process. Start it again when the cause is gone.',
  },
  'service-specific-error': {
    happened: '{serviceName} reported an error of its own and did not start.',
    next: 'Its event log says what the error means. Solve it, then bring the service back again.',
  },
  'dependency-failed': {
    happened: 'A service that {serviceName} needs did not start.',
    next: 'Start the service it depends on first, then bring this one back again.',
  },
  'logon-failed': {
    happened: 'Windows could not log on with the account of {serviceName}.',
    next: 'Check the account and its password in the Services console, then bring the service back again.',
  },
  'invalid-service-name': {
    happened: 'Windows does not accept "{serviceName}" as a service name.',
    next: 'Use the short name as "lync-drain services" shows it.',
  },
  'unknown-win32': {
    happened: 'Windows answered {operation} with error {win32}{serviceName, select, none {} other { for {serviceName}}}.',
    next: 'Run "net helpmsg {win32}" to see what Windows says about it.',
  },
  'pending-too-long': {
    happened: '{serviceName} makes no progress: it has been "{state}" for too long.',
    next: 'Look at its event log. Do not end its process while calls run. The step can be tried again at any time.',
  },
  'stopped-instead': {
    happened: '{serviceName} stopped when it should have paused. Its sessions may have been cut.',
    next: 'Look at its event log. The way back starts it again.',
  },
  'ended-while-changing': {
    happened: '{serviceName} ended while its state was being changed.',
    next: 'Look at its event log. A recovery action may start it again. Then look at the status.',
  },
  'state-reverted': {
    happened: '{serviceName} did what was asked, and then changed again by itself{state, select, none {} other {: it is "{state}" now}}.',
    next: 'Look for a monitoring tool, a script or a recovery action that controls this service. Then try again.',
  },
  'start-type-reverted': {
    happened: 'The start type of {serviceName} was set to {wanted}, but Windows shows {now} afterwards.',
    next: 'Look for a group policy or a tool that sets start types. Stop it, then try again.',
  },
  'not-pausable': {
    happened: '{serviceName} cannot be paused.',
    next: 'Leave it out (in the terminal: "--override pausable:{serviceName}"). It will then keep taking new work.',
  },
  'resumed-from-outside': {
    happened: 'Somebody resumed {serviceName} while it was being drained. It takes new calls again.',
    next: 'Find out who and why. Then drain again to pause it, or go back into service.',
  },
  'started-by-itself': {
    happened: '{serviceName} started by itself after the restart. It takes calls again.',
    next: 'Drain again to pause it, or go back into service. For the next restart use the stronger hold "Disabled".',
  },
  'start-type-changed-outside': {
    happened: 'Somebody changed the start type of {serviceName} to {now}. We had set it to {ours}.',
    next: 'Drain again to hold it, or choose on the way back: keep what is there now, or restore the original.',
  },
  'state-differs': {
    happened:
      '{serviceName} was "{stateBefore}" before and is "{state}" now. This maintenance did not do that: another person or program did.',
    next: 'Decide: "lync-drain resume --original" brings it back to "{stateBefore}", "lync-drain resume --keep" leaves it as it is.',
  },
  'stop-by-hand': {
    happened:
      '{serviceName} was "{stateBefore}" before and is "{state}" now. Lync Drain never stops a service, because that cuts its sessions.',
    next: 'Stop it in the Services console if it is to be stopped, then run "lync-drain resume" again; or leave it as it is with "lync-drain resume --keep".',
  },
  'start-type-moved': {
    happened: 'The start type of {serviceName} was {first} when this maintenance found it. Another person has set it to {now} since.',
    next: 'The way back restores {now}. If {first} is right, set it in the Services console after the way back.',
  },
  'service-missing': {
    happened: '{serviceName} is not on this server any more.',
    next: 'Check whether it was removed or renamed. The record still holds its original settings.',
  },
  'configuration-unreadable': {
    happened: 'The settings of {serviceName} cannot be read, so its start type is not known.',
    next: 'Run as administrator and try again. Nothing is written until the settings can be read.',
  },
  'control-not-delivered': {
    happened:
      '{serviceName} could not be given the order: {blocking} has not answered Windows, and until it does Windows passes no order on.',
    next: 'Look at {blocking} first: its event log, its process. When it has answered or its process has ended, give the order again.',
  },
  'evidence-unreadable': {
    happened: 'Nobody can say how many sessions {serviceName} carries: {reason}.',
    next: 'Look at it yourself, then accept it by hand (in the terminal: "lync-drain accept {serviceName} --note TEXT").{uncountable, select, none { "lync-drain doctor" says what would make it known.} other {}}',
  },
  leak: {
    happened:
      'New work reached {serviceName} although it is paused: {before} before, {after} now{from, select, none {} other {, from {from}}}.',
    next: 'A load balancer may still send to this server. Take the server out of it. People added to a running meeting count too.',
  },
  stalled: {
    happened:
      '{serviceName} still carries {count, plural, one {# session} other {# sessions}}, and none ended for {minutes, plural, one {# minute} other {# minutes}}.',
    next: 'Call the people who are connected, keep waiting, or go back into service. Nothing is cut by itself.',
  },
} as const satisfies Partial<ProblemTexts>;
