import { describe, expect, test } from 'vitest';

import type { Original, RecordedService, Run } from '../../electron/contract/run.js';
import { createMessages } from '../../electron/core/language/messages.js';
import { quoteForCmd, undoCard } from '../../electron/core/language/undo-card.js';
import { recordedOf, runOf } from '../harness/fakes/server-facts.js';

function recorded(serviceName: string, original: Omit<Original, 'displayName'>): RecordedService {
  return recordedOf(serviceName, { original: { displayName: `Lync Server ${serviceName}`, ...original } });
}

function cardRun(...services: RecordedService[]): Run {
  return runOf(services, {}, { id: '20261123-020000-abcd', source: 'windows', reason: 'CHG-1234' });
}

const RUN = cardRun(
  recorded('RTCMEDSRV', { state: 'running', start: { startType: 'auto', delayed: true } }),
  recorded('RTCATS', { state: 'stopped', start: { startType: 'disabled', delayed: false } }),
  recorded('RTCSRV', { state: 'running', start: { startType: 'auto', delayed: false } }),
);

describe('the undo card', () => {
  const lines = undoCard(RUN, createMessages('en')).split('\n');

  test('restores every start type with its delayed flag', () => {
    expect(lines).toContain('sc.exe config RTCMEDSRV start= delayed-auto');
    expect(lines).toContain('sc.exe config RTCSRV start= auto');
    expect(lines).toContain('sc.exe config RTCATS start= disabled');
  });

  test('brings the Front-End back first, and leaves stopped what was stopped', () => {
    const commands = lines.filter((line) => /^sc\.exe (continue|start) /.test(line));
    expect(commands).toEqual(['sc.exe continue RTCSRV', 'sc.exe start RTCSRV', 'sc.exe continue RTCMEDSRV', 'sc.exe start RTCMEDSRV']);
  });

  test('names server, run, time, user and reason', () => {
    const page = lines.join('\n');
    for (const fact of ['FE01', RUN.id, RUN.openedAt, 'CONTOSO\\ann', 'CHG-1234']) expect(page).toContain(fact);
  });

  test('can be pasted as it is: below the first step every line is a command, a heading or a remark', () => {
    const steps = lines.slice(lines.findIndex((line) => line.startsWith('STEP 1')));
    for (const line of steps) expect(line).toMatch(/^(sc\.exe |rem |STEP \d|-+$|$)/);
  });

  test('lets nothing that people typed be taken for a command, whatever is pasted', () => {
    const typed = 'CHG-1 & net stop RTCSRV\n> plan.txt';
    const page = undoCard({ ...RUN, reason: typed, openedBy: { ...RUN.openedBy, user: 'CONTOSO\\a&b' } }, createMessages('en')).split('\n');
    expect(page.filter((line) => /&|>/.test(line)).map((line) => line.slice(0, 4))).toEqual(['rem ', 'rem ']);
  });

  test('removes the task that ends the pause, if there is one', () => {
    const withTask: Run = { ...RUN, order: { ...RUN.order, endTask: 'Lync Drain pause end 0123456789abcdef' } };
    const command = 'schtasks.exe /Delete /TN "Lync Drain pause end 0123456789abcdef" /F';
    const page = undoCard(withTask, createMessages('en')).split('\n');
    expect(page).toContain(command);
    const bringsBack = page.indexOf('sc.exe start RTCMEDSRV');
    expect(page.indexOf(command)).toBeGreaterThan(bringsBack);
    expect(lines.join('\n')).not.toContain('schtasks');
    const steps = page.slice(page.findIndex((line) => line.startsWith('STEP 1')));
    for (const line of steps) expect(line).toMatch(/^(sc\.exe |schtasks\.exe |rem |STEP \d|-+$|$)/);
  });

  test('has the same commands in Chinese', () => {
    const commandsOf = (text: string) => text.split('\n').filter((line) => line.startsWith('sc.exe'));
    expect(commandsOf(undoCard(RUN, createMessages('zh-CN')))).toEqual(commandsOf(lines.join('\n')));
  });
});

describe('a service name at a Command Prompt', () => {
  test.each([
    ['RTCSRV', 'RTCSRV'],
    ['MSSQL$RTC', 'MSSQL$RTC'],
    ['My Service (2)', '"My Service (2)"'],
    ['a&b', '"a&b"'],
    ['100%PATH%', '^"100^%PATH^%^"'],
    ['say "hi" & go', '^"say \\^"hi\\^" ^& go^"'],
    ['服务', '"服务"'],
  ])('%s is written %s', (name, written) => {
    expect(quoteForCmd(name)).toBe(written);
  });
});
