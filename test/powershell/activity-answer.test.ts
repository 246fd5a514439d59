import { describe, expect, it } from 'vitest';

import { readActivityAnswer, readActivityLevel } from '../../electron/lync/powershell/activity-answer.js';
import { activityScript } from '../../electron/lync/powershell/activity-script.js';
import { windowsPowerShell } from '../../electron/lync/powershell/windows-powershell.js';

const printed = (value: unknown): string => `LYNC-DRAIN-ANSWER:${Buffer.from(JSON.stringify(value)).toString('base64')}`;

describe('ActivityLevel', () => {
  it.each([
    ['Concurrent Calls=3', { 'Concurrent Calls': 3 }],
    ['Active Conferences=1, Connected Users = 20', { 'Active Conferences': 1, 'Connected Users': 20 }],
    ['Calls=-1', { Calls: -1 }],
    ['', {}],
    ['  ', {}],
  ])('reads %j', (text, expected) => {
    expect(Object.fromEntries(readActivityLevel(text))).toEqual(expected);
  });

  it.each(['Calls=1,234', 'Calls=0,Users', 'Calls=0,Users=', 'Calls=1.5', '=0', 'Calls=0,Calls=1', 'Calls==0', 'Calls=0,'])(
    'tells nothing from %j, of which half could hide sessions',
    (text) => {
      expect(readActivityLevel(text).size).toBe(0);
    },
  );
});

describe('the answer of the script', () => {
  it.each(['', 'Willkommen', 'LYNC-DRAIN-ANSWER:', 'LYNC-DRAIN-ANSWER:%%%', printed(null), printed({ outcome: 'read' }), printed({ outcome: 'other' })])(
    'is a failure when it is %j',
    (output) => {
      expect(readActivityAnswer(output)).toMatchObject({ reason: 'cmdlet-failed' });
    },
  );

  it('is found between other lines', () => {
    expect(readActivityAnswer(`Hello\r\n${printed({ outcome: 'module-missing' })}\r\nBye`)).toMatchObject({ reason: 'cmdlet-missing' });
  });
});

describe('the script', () => {
  it('is one line of ASCII, whatever it is about', () => {
    expect(activityScript("C:\\模块'; Remove-Item C:\\ -Recurse\r\n#")).toMatch(/^[\x20-\x7e]+$/);
  });

  it('has values in Base64 only', () => {
    expect(activityScript("'; Remove-Item C:\\")).not.toContain('Remove-Item');
  });
});

describe('Windows PowerShell', () => {
  it('is started by its full path, with nothing in its environment that could load a library', () => {
    const { program, environment } = windowsPowerShell('D:\\WINNT\\system32', {
      COR_PROFILER_PATH: 'C:\\Users\\ann\\planted.dll',
      PSModulePath: 'C:\\Users\\ann',
      SystemRoot: 'C:\\Users\\ann',
      PATH: 'C:\\Users\\ann',
      USERNAME: 'ann',
    });
    expect(program).toBe('D:\\WINNT\\system32\\WindowsPowerShell\\v1.0\\powershell.exe');
    expect(environment).toEqual({ USERNAME: 'ann', SystemRoot: 'D:\\WINNT', windir: 'D:\\WINNT', PATH: 'D:\\WINNT\\system32' });
  });
});
