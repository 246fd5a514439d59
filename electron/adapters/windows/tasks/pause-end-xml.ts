import { SECOND_MS } from '../../../contract/time-units.js';
import { encodeTask, execElement } from './task-xml.js';

/** What ends a quick pause, and when. */
export interface PauseEnd {
  /** Full path of the command line edition's launcher. */
  readonly program: string;
  readonly args: readonly string[];
  /** UTC, ISO 8601. */
  readonly until: string;
}

/** A living process ends the pause at its time: the task comes behind it. */
const BEHIND_MS = 30 * SECOND_MS;

/** SYSTEM, whatever it is called here (Microsoft, "Well-known SIDs"). */
const SYSTEM = 'S-1-5-18';

/** Services with delayed start begin two minutes after the others (AutoStartDelay): what starts by itself is not started by us. */
const AFTER_BOOT = 'PT3M';

/**
 * Tried again so often for so long: another command may hold the lock at the end, or be killed while it brings the services back.
 * What has been done is not done again, and the task removes itself when the pause is over.
 */
const AGAIN = { every: 'PT5M', during: 'PT2H' };

/** The usual priority of a task is 7, which slows its disk and memory down (Microsoft, "TaskSettings.Priority"); 5 is that of a program. */
const PRIORITY = 5;

/**
 * The task that ends a quick pause: as SYSTEM, half a minute after the pause's end and after a restart of Windows, also later if the
 * computer was off or asleep then, on battery too, without a time limit (a Front-End may take an hour to start).
 */
export function pauseEndXml({ program, args, until }: PauseEnd): Buffer {
  return encodeTask([
    '  <RegistrationInfo><Description>Brings the Lync services back when the quick pause of Lync Drain is over, although nobody is signed in. Removes itself.</Description></RegistrationInfo>',
    '  <Triggers>',
    `    <BootTrigger><Enabled>true</Enabled>${repetition()}<Delay>${AFTER_BOOT}</Delay></BootTrigger>`,
    `    <TimeTrigger><Enabled>true</Enabled><StartBoundary>${startBoundary(until)}</StartBoundary>${repetition()}</TimeTrigger>`,
    '  </Triggers>',
    '  <Principals>',
    `    <Principal id="System"><UserId>${SYSTEM}</UserId><RunLevel>HighestAvailable</RunLevel></Principal>`,
    '  </Principals>',
    '  <Settings>',
    '    <MultipleInstancesPolicy>IgnoreNew</MultipleInstancesPolicy>',
    '    <DisallowStartIfOnBatteries>false</DisallowStartIfOnBatteries>',
    '    <StopIfGoingOnBatteries>false</StopIfGoingOnBatteries>',
    '    <StartWhenAvailable>true</StartWhenAvailable>',
    '    <AllowStartOnDemand>true</AllowStartOnDemand>',
    '    <Enabled>true</Enabled>',
    '    <ExecutionTimeLimit>PT0S</ExecutionTimeLimit>',
    `    <Priority>${PRIORITY}</Priority>`,
    '  </Settings>',
    '  <Actions Context="System">',
    `    ${execElement(program, args)}`,
    '  </Actions>',
  ]);
}

function repetition(): string {
  return `<Repetition><Interval>${AGAIN.every}</Interval><Duration>${AGAIN.during}</Duration></Repetition>`;
}

/** In whole seconds, rounded up, and in UTC: setting another time zone, or summer time, must not move the end. */
function startBoundary(until: string): string {
  const at = Math.ceil((Date.parse(until) + BEHIND_MS) / SECOND_MS) * SECOND_MS;
  return new Date(at).toISOString().replace(/\.\d+Z$/, 'Z');
}
