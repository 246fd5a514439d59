import { win32 } from 'node:path';

import type { PowerShellPlace } from './powershell-port.js';

/**
 * All that PowerShell gets of our environment. The rest could be set by other programs of the user for an elevated one to
 * fall for (COR_PROFILER loads a library into every .NET program).
 */
const PASSED_ON = [
  'ALLUSERSPROFILE',
  'APPDATA',
  'COMPUTERNAME',
  'CommonProgramFiles',
  'LOCALAPPDATA',
  'LOGONSERVER',
  'NUMBER_OF_PROCESSORS',
  'PROCESSOR_ARCHITECTURE',
  'ProgramData',
  'ProgramFiles',
  'SystemDrive',
  'TEMP',
  'TMP',
  'USERDNSDOMAIN',
  'USERDOMAIN',
  'USERNAME',
  'USERPROFILE',
];

/**
 * Windows PowerShell, which Lync's modules are made for, in the 64 bits of our own process.
 * @param systemFolder as Windows says it
 */
export function windowsPowerShell(systemFolder: string, environment: NodeJS.ProcessEnv): PowerShellPlace {
  const windows = win32.dirname(systemFolder);
  const passedOn = PASSED_ON.map((name) => [name, environment[name]]).filter((entry): entry is [string, string] => entry[1] !== undefined);
  return {
    program: win32.join(systemFolder, 'WindowsPowerShell', 'v1.0', 'powershell.exe'),
    environment: { ...Object.fromEntries(passedOn), SystemRoot: windows, windir: windows, PATH: systemFolder },
  };
}
