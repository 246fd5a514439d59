import type { ProblemTexts } from '../topics.js';

/** Codes 4xxx to 9xxx: our own state, the run, the application, ourselves. */
export const runProblems = {
  'data-folder-unwritable': {
    happened:
      'In the data folder, {path} cannot be written{code, select, none {} unelevated {: this program runs without administrator rights} other { ({code})}}. Nothing was changed.',
    next: '{code, select, unelevated {Open the terminal or the app with "Run as administrator" and try again.} other {Free space on the disk or mend the permissions, then give the same command again.{undoCard, select, none {} other { To bring the services back without it, follow the undo card {undoCard}.}}}}',
  },
  'data-folder-unprotected': {
    happened:
      '{account, select, own {Programs without administrator rights could have written in {path}, since your own account may ({writableBy})} other {Other people could have written in {path} ({writableBy})}}, so it is not trusted. Nothing was changed.',
    next: 'Look at what is in there. Then run "lync-drain doctor --repair", which lets only Administrators and SYSTEM write there.',
  },
  'data-folder-not-repaired': {
    happened:
      'It could not be set right who may write {path}: {code, select, link {it is a link, or a second name of a file elsewhere} other {{code}}}. What was set right before stays so.',
    next: '{code, select, link {Look where it leads, and take it out of the data folder. Then run "lync-drain doctor --repair" again.} other {Take it over with "takeown /A /F" and its path, then run "lync-drain doctor --repair" again.}}',
  },
  'record-damaged': {
    happened: 'The record {path} is damaged at line {line}. What can be read is shown; nothing was changed.',
    next: 'Use the undo card beside the record to restore the services by hand, then move the damaged file away.',
  },
  'record-newer': {
    happened: 'The record {path} was written by a newer version. Nothing was changed.',
    next: 'Use that newer version to finish the run.',
  },
  'record-not-written': {
    happened:
      'The record {path} could not be written{code, select, none {} other { ({code})}}{after, select, none {, so the change was not made.} other {. What was changed before stays changed; nothing more was done.}}',
    next: 'Free space on the disk or mend the permissions, then give the same command again.{undoCard, select, none {} other { To bring the services back without it, follow the undo card {undoCard}.}}',
  },
  'settings-damaged': {
    happened: 'The settings file {path} cannot be used ({detail}).',
    next: 'Mend the file, or delete it to go back to the usual settings. Until then looking and "lync-drain resume" work, with the usual settings.',
  },
  'record-tail-lost': {
    happened:
      'The last lines of the record {path} are missing{anchored, select, none {} other {: it has {entries} entries and had {anchored} or more}}.{services, select, none {} other { It does not say what these services were before, and they are held: {services}.}} Nothing was changed.',
    next: 'Run "lync-drain resume": it brings back what the record still holds, and names what it does not. The commands for every service are on the undo card {undoCard}.',
  },
  'original-lost': {
    happened: 'The record lost what these services were before, and they are held: {services}. The others are back.',
    next: 'Bring them back with the commands on the undo card {undoCard}, then run "lync-drain resume" again. To leave them as they are, run "lync-drain resume --keep".',
  },
  'data-folder-impossible': {
    happened:
      '{path} cannot be the data folder: {fault, select, device {Windows keeps the name "{name}" for a device} other {Windows allows no "{name}" in a name}}. Nothing was changed.',
    next: 'Name another folder with --data or in LYNC_DRAIN_DATA.',
  },
  'settings-service-unknown': {
    happened:
      'The settings file {path} names the service "{serviceName}" under "services", and no such service is installed on this computer. Nothing was changed.',
    next: 'Take the name out of the file, or name the services in the command. {suggestion, select, none {"lync-drain services" shows what is installed.} other {Did you mean "{suggestion}"?}}',
  },
  'record-of-other-computer': {
    happened:
      'The open run belongs to {source, select, simulated {a simulated server} other {{computer}}}, not to this computer. Nothing was changed.',
    next: 'Finish it {source, select, simulated {with --simulate} other {on {computer}}}, or name another data folder with --data.',
  },
  'data-folder-unreadable': {
    happened:
      'In the data folder, {path} cannot be read{code, select, none {} unelevated {: this program runs without administrator rights} other { ({code})}}. Nothing was changed.',
    next: '{code, select, unelevated {Open the terminal or the app with "Run as administrator" and try again.} other {Run as administrator, or mend the permissions.}}',
  },
  'simulation-damaged': {
    happened: 'The saved state of the simulated server, {path}, cannot be read.',
    next: 'Delete the file to begin with a new simulated server. No real server is involved.',
  },
  'several-open-runs': {
    happened: 'More than one run is open: {runs}. Nothing was changed.',
    next: 'Compare them with "lync-drain report RUN", restore what the wrong one changed, and move its file away.',
  },
  'run-in-usual-folder': {
    happened:
      'The maintenance {runId} of this server is open in the usual data folder ({path}), and another folder was named with --data or LYNC_DRAIN_DATA. Nothing was changed.',
    next: 'Give the command without them: "lync-drain status" shows that maintenance, "lync-drain resume" brings its services back.',
  },
  'lock-held': {
    happened:
      '{user, select, none {Somebody} other {{user}}} is at work on this server{command, select, none {} other {: "{command}" ({face}) on {computer}, process {processId}, since {since}}}.',
    next: '{user, select, none {Wait a minute. If it stays so and nobody is at work, delete {path}.} other {{thisComputer, select, none {Wait for it or speak with them. You can look on at any time: "lync-drain watch".} other {From {thisComputer} nobody can see whether that process still works. If {computer} is the former name of this server, or nobody is at work there, delete {path}.}}}}',
  },
  'no-open-run': {
    happened: 'No maintenance is going on here.',
    next: 'Begin one with "lync-drain drain". Past ones are in "lync-drain history".',
  },
  'not-ready': {
    happened: 'The planned services are not ready.',
    next: 'Do what each reason against a restart says, or wait. Sign off when the status says ready.',
  },
  'still-draining': {
    happened:
      'The time to wait is over{left, select, none {, and the planned services are not ready yet. The drain goes on: what is paused stays paused, running sessions go on.} other {. What is paused stays paused, but {left, plural, one {# service is} other {# services are}} not paused and held yet.}}',
    next: '{left, select, none {Keep looking with "lync-drain watch",} other {Give the same command again to go on,}} or go back with "lync-drain resume".',
  },
  'blocked-by-check': {
    happened: 'A check stands in the way: {check}{more, plural, =0 {} one {, and one more} other {, and # more}}. Nothing was changed.',
    next: 'Solve what it says.{override, select, none { It cannot be overridden.} other { If you must go on all the same, override it (in the terminal: "--override {override}").}}',
  },
  conflict: {
    happened:
      '{serviceName}: the original start type was {original}, {ours, select, none {} other {we set {ours}, and }}now it is {now}. Another person or program changed it.',
    next: 'Decide for each: keep what is there now, or restore what was there before (in the terminal: --keep or --original).',
  },
  interrupted: {
    happened:
      '{command, select, resume {You stopped the way back in the middle. What is back stays back, the rest stays paused.} pause {You stopped waiting. What is paused stays paused.} confirm {You stopped waiting. Nothing was signed off: what is paused stays paused.} scheduled {You stopped waiting. What is paused stays paused until the scheduled task ends the pause at its time.} countdown {You stopped waiting. What is paused stays paused, and does not go back by itself any more, unless the tray app is open.} other {{left, select, none {You stopped watching. The drain goes on: what is paused stays paused, running sessions go on.} other {You stopped the drain in the middle. What is paused stays paused, running sessions go on.}}}}{left, select, none {} other { {left, plural, one {# service is} other {# services are}} not paused and held yet.}}',
    next: '{command, select, resume {Finish it with "lync-drain resume".} confirm {Sign off again with "lync-drain confirm", or go back with "lync-drain resume".} other {{left, select, none {Look again with "lync-drain watch",} other {Give the same command again to go on,}} or go back with "lync-drain resume".}}',
  },
  'already-returning': {
    happened: 'The way back has begun already.',
    next: 'Finish it with "lync-drain resume". To take the services out again instead, run "lync-drain drain".',
  },
  'partly-done': {
    happened: 'Some services failed. The others are done.',
    next: 'Look at each failed service, solve its problem, and give the same command again. What is done stays done.',
  },
  'not-in-run': {
    happened: '{serviceName} is not part of this run.',
    next: 'Run "lync-drain status" to see which services are.',
  },
  'request-refused': {
    happened: 'The window asked for something that is not allowed now. Nothing was changed.',
    next: 'Close the window and open it again from the tray.',
  },
  'sender-refused': {
    happened: 'A request came from somewhere else than our own window. It was refused.',
    next: 'Close the window and open it again from the tray. If this comes again, check this server for unwanted software.',
  },
  busy: {
    happened: 'The program is still at work on your last order.',
    next: 'Wait until it is done, then try again.',
  },
  'restart-not-confirmed': {
    happened: 'The server is not confirmed, so it is not restarted from here.',
    next: 'Confirm first. If you must restart all the same, do it in Windows: running calls are cut then.',
  },
  'restart-refused': {
    happened: 'Windows refused to restart or shut down{code, select, none {} other { (error {code})}}.',
    next: 'Restart the server from the Start menu. The run is kept and goes on afterwards.',
  },
  'restart-scheduled': {
    happened: 'A restart or shutdown of this server is scheduled already, so Windows refused another one (error 1190).',
    next: 'Wait for it, or call it off with "shutdown /a" and try again. The run is kept either way.',
  },
  'others-signed-in': {
    happened: 'Other people are signed in to this server{users, select, none {} other {: {users}}}. It was not restarted or shut down.',
    next: 'Ask them to sign out, or try again and confirm that they are signed out. Their unsaved work is lost then.',
  },
  'computer-locked': {
    happened: 'A session on this server is locked, so Windows refused to restart or shut down (error 1271).',
    next: 'Unlock it or sign it out (Task Manager, Users), then try again.',
  },
  'restart-not-allowed': {
    happened: 'Windows does not let you restart or shut down this server (error 5).',
    next: 'Run as administrator. If you do already, a policy takes the right "Shut down the system" from you; ask an administrator who has it.',
  },
  'signed-in-unreadable': {
    happened: 'Windows did not say who else is signed in to this server.',
    next: 'Look in Task Manager (Users). Windows refuses a restart that is not forced while others are signed in.',
  },
  'autostart-not-changed': {
    happened: 'Starting with Windows could not be changed.',
    next: 'Run as administrator and try again, or change the task "Lync Drain" in the Task Scheduler.',
  },
  'not-printed': {
    happened: 'The report was not printed{detail, select, none {} other {: {detail}}}.',
    next: 'Check the printer, or save the report and print it on another computer.',
  },
  'maintenance-open': {
    happened: 'A maintenance is going on already, so there is no quick pause now.',
    next: 'Go on with it, or go back into service first with "lync-drain resume".',
  },
  'pause-task-unsafe': {
    happened:
      'A quick pause needs a scheduled task that ends it as SYSTEM, also when you have signed out. That task must not start the program from {path}: {because, select, mapped {the drive letter belongs to your session only} remote {the folder is on another computer} other {others may change it{writableBy, select, none {} other { ({writableBy})}}}}. Nothing was paused.',
    next: 'Put Lync Drain where only administrators can write, for example below C:\\Program Files, and start it there. Or pause without the task: "lync-drain pause --for 15m --no-end-task". Such a pause ends by itself only while the command or the tray app runs.',
  },
  'pause-task-not-made': {
    happened:
      'Windows did not make the scheduled task that ends the quick pause also when you have signed out{detail, select, none {} other { ({detail})}}. Nothing was paused.',
    next: 'Look whether the service "Task Scheduler" runs, and try again. Or pause without the task: "lync-drain pause --for 15m --no-end-task". Such a pause ends by itself only while the command or the tray app runs.',
  },
  'way-back-interrupted': {
    happened:
      'You stopped the way back in the middle: {back, plural, =0 {no service is} one {# service is} other {# services are}} back, {left, plural, one {# service is} other {# services are}} not{services, select, none {} other {: {services}}}.',
    next: 'Finish it with "lync-drain resume". Until then the services that are not back take no calls.',
  },
  'window-failed': {
    happened: 'The window could not show this: {detail}.',
    next: 'Press "Show again". Your orders go on, and what was recorded is safe.{logPath, select, none {} other { The details are in {logPath}.}}',
  },
  internal: {
    happened: 'Something went wrong inside Lync Drain{detail, select, none {} other {: {detail}}}.',
    next: 'What was recorded is safe. {logPath, select, none {Run it again with -v to see the details.} other {The details are in {logPath}.}}',
  },
} as const satisfies Partial<ProblemTexts>;
