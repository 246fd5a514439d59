import { describe, expect, it } from 'vitest';

import { readActivityAnswer, readActivityLevel } from '../../electron/adapters/powershell/activity-answer.js';
import { activityScript } from '../../electron/adapters/powershell/activity-script.js';
import { windowsPowerShell } from '../../electron/adapters/powershell/windows-powershell.js';

const printed = (value: unknown): string => `LYNC-DRAIN-ANSWER:${Buffer.from(JSON.stringify(value)).toString('base64')}`;

describe('ActivityLevel', () => {
  it.each([
    ['Concurrent Calls=3', { 'Concurrent Calls': 3 }],
    ['Active Conferences=1, Connected Users = 20', { 'Active Conferences': 1, 'Connected Users': 20 }],
    ['Calls=-1', { Calls: -1 }],
    ['Gleichzeitige Anrufe=2', { 'Gleichzeitige Anrufe': 2 }],
    ['Messages in Server=0,Incoming Requests per Second=0', { 'Messages in Server': 0, 'Incoming Requests per Second': 0 }],
    ['', {}],
    ['  ', {}],
  ])('reads %j', (text, expected) => {
    const activity = readActivityLevel(text);
    expect({ ...activity, values: Object.fromEntries(activity.values) }).toEqual({ text, values: expected, isWhole: true });
  });

  it.each([
    ['Concurrent Calls=3,Average Wait=12.5', { 'Concurrent Calls': 3 }],
    ['Concurrent Calls=3;Agents=2', { 'Concurrent Calls': 3, Agents: 2 }],
    ['Calls=1,234', { Calls: 1 }],
    ['Calls=0,Users', { Calls: 0 }],
    ['Calls=0,Users=', { Calls: 0 }],
    ['Calls=1.5', {}],
    ['=0', {}],
    ['Calls=0,Calls=1', { Calls: 1 }],
    ['Calls==0', {}],
    ['Calls=0,', { Calls: 0 }],
    ['3 calls', {}],
  ])('does not take %j for read whole, because the rest could hide sessions', (text, found) => {
    const activity = readActivityLevel(text);
    expect(activity.isWhole).toBe(false);
    expect(Object.fromEntries(activity.values)).toEqual(found);
  });
});

describe('the answer of the script', () => {
  it.each([
    '',
    'Willkommen',
    'LYNC-DRAIN-ANSWER:',
    'LYNC-DRAIN-ANSWER:%%%',
    printed(null),
    printed({ outcome: 'read' }),
    printed({ outcome: 'other' }),
  ])('is a failure when it is %j', (output) => {
    expect(readActivityAnswer(output)).toMatchObject({ reason: 'cmdlet-failed' });
  });

  it.each([
    ['between other lines', 'Hello\r\n', '\r\nBye'],
    ['behind a greeting without a line end', 'Welcome to Lync! ', '\n'],
    ["behind a terminal's sequence, and before one", '\u001b[?1h', '\u001b[?1l\n'],
    ['behind an answer that a module made up', `${printed({ outcome: 'read', services: [] })} `, '\n'],
    ['behind a mark without an answer', 'LYNC-DRAIN-ANSWER:LYNC-DRAIN-ANSWER:%%\n', ''],
  ])('is found %s', (_, before, after) => {
    expect(readActivityAnswer(`${before}${printed({ outcome: 'module-missing' })}${after}`)).toMatchObject({ reason: 'cmdlet-missing' });
  });
});

describe('why the cmdlet failed', () => {
  const restricted = 'powershell-restricted';
  const denied = 'cmdlet-denied';

  it.each([
    // about_Execution_Policies: a module that may not be loaded, and its format files.
    [
      restricted,
      {
        errorId: 'UnauthorizedAccess,Microsoft.PowerShell.Commands.ImportModuleCommand',
        category: 'SecurityError',
        types: ['System.Management.Automation.PSSecurityException'],
      },
    ],
    [
      restricted,
      {
        errorId: 'FormatXmlUpdateException,Microsoft.PowerShell.Commands.ImportModuleCommand',
        category: 'InvalidOperation',
        types: ['System.InvalidOperationException'],
      },
    ],
    // about_Language_Modes: what AppLocker and Windows Defender Application Control allow.
    [
      restricted,
      {
        errorId: 'MethodInvocationNotSupportedInConstrainedLanguage',
        category: 'InvalidOperation',
        types: ['System.Management.Automation.RuntimeException'],
      },
    ],
    // No Lync rights, or none on the services or the counters.
    [denied, { errorId: 'ProcessingFailed,Get-CsWindowsService', category: 'PermissionDenied', types: [] }],
    [
      denied,
      {
        errorId: 'ProcessingFailed,Get-CsWindowsService',
        category: 'InvalidOperation',
        types: ['System.InvalidOperationException', 'System.UnauthorizedAccessException'],
      },
    ],
    [denied, { errorId: 'AccessDenied,Get-CsWindowsService', category: 'NotSpecified', types: [] }],
    [
      'cmdlet-failed',
      { errorId: 'ProcessingFailed,Get-CsWindowsService', category: 'InvalidOperation', types: ['System.InvalidOperationException'] },
    ],
    // An answer of an earlier version of the script.
    ['cmdlet-failed', { errorId: 'NotAllowed' }],
  ])('is %s by what is not translated: %j', (reason, failure) => {
    expect(readActivityAnswer(printed({ outcome: 'failed', message: 'Zugriff verweigert', ...failure }))).toMatchObject({
      kind: 'unavailable',
      reason,
    });
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
