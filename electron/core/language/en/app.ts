import type { AppTexts } from '../app-topics.js';
import { frontEndTexts } from './front-end.js';

/** What the app tells by itself: balloons and the window's event list, and the few dialogs of the main process. */
export const app = {
  events: {
    'run-opened': 'A maintenance run was opened.',
    'tail-lost': 'The last lines of the record are missing. The way back goes by what it still holds.',
    'step-done':
      '{serviceName}: {step, select, pause {paused} manual {start type set} continue {continued} start {started} restore-start-type {start type restored} other {done}}.',
    'step-failed':
      '{serviceName} could not be {step, select, pause {paused} manual {given its start type} continue {continued} start {started} restore-start-type {given its start type back} other {changed}}.',
    'service-waiting':
      '{serviceName} is slow to {step, select, pause {pause} continue {continue} start {start} other {change}}: {seconds} s so far.',
    leak: 'New work reached {serviceName} although it is paused: {before} became {after}{from, select, none {} other { (from {from})}}.',
    lost: 'Sessions of {serviceName} may have been cut.',
    accepted: '{serviceName} was accepted by hand by {user}.',
    awake: '{serviceName} was running again meanwhile.',
    'acceptance-ended': 'The acceptance of {serviceName} does not hold any more.',
    stalled: 'The {count, plural, one {# session} other {# sessions}} of {serviceName} did not end for {minutes} min.',
    'outside-change': '{serviceName} was changed from outside.',
    yielded: 'Another server of the pool went down too. This one goes back.',
    withdrawn: 'What was proved or signed off does not stand any more.',
    restarted: 'The server was restarted. {count, plural, one {# planned service runs} other {# planned services run}} now.',
    'lock-taken-over': 'Took over from a process of {user} that had ended.',
    ready: 'The planned services are quiet{accepted, select, none {} other { or accepted by hand}}.',
    'needs-acceptance':
      '{count, plural, one {# service needs} other {# services need}} your word: nothing can count {count, plural, one {its} other {their}} sessions, and all others have none.',
    'still-draining': 'Sessions are still going on after {minutes} min. The drain goes on.',
    returned: 'Back in service.',
    'front-end-starting': frontEndTexts.starting,
    'front-end-back': frontEndTexts.back,
    'command-failed': 'The order was not carried out.',
    'watch-failed': 'The wait cannot be recorded, so it will not end by itself.',
    'reading-failed': 'The services cannot be read.',
    'record-broken': 'The record of the open maintenance cannot be gone on with. Nothing is done by it.',
    'reading-recovered': 'The services can be read again.',
    'cut-off':
      '{command, select, pause {The pause was} resume {The way back was} other {The drain was}} cut off in the middle. It goes on when you say so, in the menu or the window.',
    'quick-pause-ends': 'The pause is over; taking calls again.',
    'open-run-reminder': 'A maintenance has been open for {hours} h. Bring the server back when the work is done.',
    'shutdown-seen': 'Windows is shutting down or restarting.',
    'session-end-seen': 'Somebody is signing out. The server stays as it is; the app starts again at the next sign-in.',
    'tray-restored': 'Explorer was restarted; the icon is back.',
    'app-failed': 'Lync Drain made a mistake and goes on.',
  },
  titles: {
    'cut-off': 'The last order was cut off in the middle.',
    'tail-lost': 'The last lines of the record are missing.',
    leak: 'New work reached {serviceName} although it is paused.',
    'needs-acceptance': '{count, plural, one {# service needs} other {# services need}} your word.',
    'record-broken': 'The record of the maintenance is broken.',
    'open-run-reminder': 'A maintenance has been open for {hours} h.',
    'front-end-starting': 'The Front-End is still starting.',
    'front-end-back': 'The Front-End runs, but not all of it is seen yet.',
  },
  dialogs: {
    exitTitle: 'Exit Lync Drain?',
    exitDetail:
      'A run is open. The server stays as it is, but nobody watches the sessions or ends the pause until you start Lync Drain again.',
    exitConfirm: 'Exit',
    exitCancel: 'Keep running',
    saveReport: 'Save report',
    pauseTitle: 'Pause without a scheduled task?',
    pauseDetail: '{reason} Without the task it ends by itself only while this app or a command runs: not if you sign out or restart.',
    pauseConfirm: 'Pause without it',
    pauseCancel: 'Do not pause',
  },
} satisfies AppTexts;
