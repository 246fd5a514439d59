import { SEPARATOR } from './tray.js';

/** The tray's menu in its states. The first row says the state, in a sentence that the menu's height knows nothing of. */

const LAST = [SEPARATOR, 'Open checklist', 'Exit'];

export const IN_SERVICE = ['In service…', SEPARATOR, 'Pause new calls', 'Start maintenance…', 'Back in service', ...LAST];
export const PAUSED = ['Paused…', SEPARATOR, 'Pause new calls', 'Go on with maintenance…', 'Back in service', ...LAST];
export const COUNTING_DOWN = [
  'Paused…',
  SEPARATOR,
  'Pause new calls',
  'Stay paused until I say',
  'Go on with maintenance…',
  'Back in service',
  ...LAST,
];
/** Its orders can be read, and not be given. */
export const WORKING = ['Changing…', ...PAUSED.slice(1)];

export const HOW_LONG = ['For 15 minutes', 'For 1 hour', 'Until I say'];
export const PAUSE = [...HOW_LONG, SEPARATOR, 'One service only'];
