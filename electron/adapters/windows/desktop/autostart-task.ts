import { encodeTask, execElement } from '../tasks/task-xml.js';

/** What the scheduled task starts. */
export interface AutostartTask {
  /** Full path of our program. */
  readonly program: string;
  readonly args: readonly string[];
}

export const TASK_NAME = 'Lync Drain';

/** Lets the logon finish before an icon is added. */
const DELAY = 'PT15S';

/** The local Administrators group, whatever it is called here. */
const ADMINISTRATORS = 'S-1-5-32-544';

/**
 * The task: at the logon of any administrator, with highest privileges (so that no question is asked), delayed, without a time limit,
 * on battery too.
 */
export function autostartXml({ program, args }: AutostartTask): Buffer {
  return encodeTask([
    '  <RegistrationInfo><Description>Starts the Lync Drain tray app when an administrator signs in.</Description></RegistrationInfo>',
    '  <Triggers>',
    `    <LogonTrigger><Enabled>true</Enabled><Delay>${DELAY}</Delay></LogonTrigger>`,
    '  </Triggers>',
    '  <Principals>',
    `    <Principal id="Administrators"><GroupId>${ADMINISTRATORS}</GroupId><RunLevel>HighestAvailable</RunLevel></Principal>`,
    '  </Principals>',
    '  <Settings>',
    // Every session may have its own tray; within one, the app itself sees to it that it runs once.
    '    <MultipleInstancesPolicy>Parallel</MultipleInstancesPolicy>',
    '    <DisallowStartIfOnBatteries>false</DisallowStartIfOnBatteries>',
    '    <StopIfGoingOnBatteries>false</StopIfGoingOnBatteries>',
    '    <AllowStartOnDemand>true</AllowStartOnDemand>',
    '    <ExecutionTimeLimit>PT0S</ExecutionTimeLimit>',
    // As whatever a person starts; 7, which is usual for tasks, would be below normal, and slow while the server is busy.
    '    <Priority>5</Priority>',
    '    <Enabled>true</Enabled>',
    '  </Settings>',
    '  <Actions Context="Administrators">',
    `    ${execElement(program, args)}`,
    '  </Actions>',
  ]);
}
