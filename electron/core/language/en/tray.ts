import type { TrayTexts } from '../app-topics.js';

/** Windows cuts a tooltip after 127 characters (NOTIFYICONDATAW.szTip), so the state comes first. */
export const tray = {
  'state-not-read': 'Reading the services…',
  'state-unreadable': 'The services cannot be read. Open the checklist to see why.',
  'state-record-broken': 'The record of the open maintenance cannot be used. Nothing is done: open the checklist.',
  'state-no-rights': 'No rights to control services. Start Lync Drain as administrator.',
  'state-no-services': 'No Lync service is installed here.',
  'state-in-service': 'In service: {count, plural, one {# service takes} other {# services take}} calls',
  'state-paused-outside': '{count, plural, one {# service is} other {# services are}} paused, not by Lync Drain',
  'state-not-running': '{count, plural, one {# service does} other {# services do}} not run',
  'state-changing': 'Changing {count, plural, one {# service} other {# services}}…',
  'state-draining': 'Draining: {sessions, plural, one {# session} other {# sessions}} left',
  'state-draining-unknown':
    'Draining: {sessions, plural, =0 {sessions of } one {at least # session left, } other {at least # sessions left, }}{count, plural, one {# service} other {# services}} unknown',
  'state-holding':
    'Draining: no sessions left{accepted, select, none {} other { but what was accepted}}, watching {seconds, plural, one {# second} other {# seconds}} more',
  'state-needs-acceptance': 'Draining: {count, plural, one {# service needs} other {# services need}} your word. Open the checklist.',
  'state-ready-not-safe':
    'Planned services are quiet; the server is NOT safe to restart ({count, plural, one {# reason} other {# reasons}}).',
  'state-signed-services': 'Services signed off; the server is NOT safe to restart ({count, plural, one {# reason} other {# reasons}}).',
  'state-cuts': 'A restart cuts up to {count, plural, one {# accepted session} other {# accepted sessions}}',
  'state-failed-over': 'Failed over: all services are stopped and disabled. Only Invoke-CsComputerFailBack undoes it.',
  'state-lost': 'Sessions of {count, plural, one {# service} other {# services}} may have been cut. Open the checklist.',
  'state-ready-lost': 'Safe to restart now, but sessions of {count, plural, one {# service} other {# services}} may have been cut before.',
  'state-partly-paused': '{paused} of {count} services paused; the others take calls',
  'state-quick-pause':
    'Paused: {unknown, plural, =0 {{sessions, plural, one {# session} other {# sessions}}} other {{sessions, plural, =0 {sessions unknown} one {at least # session} other {at least # sessions}}}}; takes calls again in {minutes} min',
  'state-paused':
    'Paused: {unknown, plural, =0 {{sessions, plural, one {# session} other {# sessions}}} other {{sessions, plural, =0 {sessions unknown} one {at least # session} other {at least # sessions}}}}; takes no new calls until you say',
  'state-ready': 'Safe to restart: no session is left. Sign off in the checklist.',
  'state-ready-accepted': 'Can be restarted: what no source can count was accepted by hand. Sign off in the checklist.',
  'state-confirmed': 'Signed off: safe to restart',
  'state-returning': 'Coming back into service…',
  'state-problems': '{count, plural, one {# service needs} other {# services need}} you. Open the checklist.',
  'state-stalled': 'Sessions of {count, plural, one {# service} other {# services}} do not end. Open the checklist.',
  'state-started-again': '{count, plural, one {# service} other {# services}} started by themselves after the restart',
  'menu-pause': 'Pause new calls',
  'menu-pause-minutes': 'For {count, plural, one {# minute} other {# minutes}}',
  'menu-pause-hours': 'For {count, plural, one {# hour} other {# hours}}',
  'menu-pause-until-told': 'Until I say',
  'menu-pause-one': 'One service only',
  'menu-keep-paused': 'Stay paused until I say',
  'menu-start-maintenance': 'Start maintenance…',
  'menu-go-on': 'Go on with maintenance…',
  'menu-finish': 'Finish the order that was cut off',
  'menu-back-in-service': 'Back in service',
  'menu-open': 'Open checklist',
  'menu-exit': 'Exit',
} satisfies TrayTexts;
