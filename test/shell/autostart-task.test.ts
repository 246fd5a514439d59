import { describe, expect, it } from 'vitest';

import { autostartXml } from '../../electron/adapters/windows/desktop/autostart-task.js';

const text = (program: string, args: readonly string[] = []): string => autostartXml({ program, args }).toString('utf16le');

describe('the scheduled task', () => {
  it('starts with highest privileges at the logon of any administrator, delayed, and without a time limit', () => {
    const xml = text('C:\\Program Files\\Lync Drain\\Lync Drain.exe');
    expect(xml).toContain('<LogonTrigger><Enabled>true</Enabled><Delay>PT15S</Delay></LogonTrigger>');
    expect(xml).toContain('<GroupId>S-1-5-32-544</GroupId><RunLevel>HighestAvailable</RunLevel>');
    expect(xml).toContain('<ExecutionTimeLimit>PT0S</ExecutionTimeLimit>');
    expect(xml).toContain('<Command>C:\\Program Files\\Lync Drain\\Lync Drain.exe</Command></Exec>');
  });

  it('is UTF-16 with a byte order mark, as its first line says', () => {
    expect([...autostartXml({ program: 'x', args: [] }).subarray(0, 2)]).toEqual([0xff, 0xfe]);
    expect(text('x').slice(1)).toMatch(/^<\?xml version="1\.0" encoding="UTF-16"\?>\r\n/);
  });

  it('keeps every character of a path what it is', () => {
    expect(text('D:\\R&D <x>\\维护.exe')).toContain('<Command>D:\\R&amp;D &lt;x&gt;\\维护.exe</Command>');
  });

  it.each([
    ['--data=D:\\my data', '"--data=D:\\my data"'],
    ['ends in \\', '"ends in \\\\"'],
    ['a "quoted" word', '"a \\"quoted\\" word"'],
  ])('quotes the argument %s so that Windows reads it back as one', (arg, quoted) => {
    expect(text('x', [arg])).toContain(`<Arguments>${quoted.replace(/"/g, '&quot;')}</Arguments>`);
  });
});
