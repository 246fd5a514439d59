import { describe, expect, it } from 'vitest';

import { pauseEndXml } from '../../electron/adapters/windows/tasks/pause-end-xml.js';

const PROGRAM = 'C:\\Program Files\\Lync Drain\\cli\\lync-drain.exe';
const xmlOf = (until = '2026-11-29T12:00:00.000Z', args: readonly string[] = ['resume']): string =>
  pauseEndXml({ program: PROGRAM, args, until }).toString('utf16le');

describe('the description of the task that ends a pause', () => {
  it('is UTF-16 with a byte order mark, in schema 1.2', () => {
    expect([...pauseEndXml({ program: 'x', args: [], until: '2026-11-29T12:00:00.000Z' }).subarray(0, 2)]).toEqual([0xff, 0xfe]);
    expect(xmlOf().slice(1)).toMatch(/^<\?xml version="1\.0" encoding="UTF-16"\?>\r\n<Task version="1\.2" /);
  });

  it('begins half a minute after the end, in UTC and in whole seconds', () => {
    expect(xmlOf()).toContain('<StartBoundary>2026-11-29T12:00:30Z</StartBoundary>');
    expect(xmlOf('2026-11-29T23:59:45.001Z')).toContain('<StartBoundary>2026-11-30T00:00:16Z</StartBoundary>');
  });

  it('begins also after a restart, when services with delayed start have begun', () => {
    expect(xmlOf()).toMatch(/<BootTrigger><Enabled>true<\/Enabled>.*<Delay>PT3M<\/Delay><\/BootTrigger>/);
  });

  it("has the elements of a trigger in the order of Task Scheduler's schema, which refuses any other", () => {
    // Microsoft, "triggerBaseType Complex Type" (a sequence), then what "bootTriggerType" adds to it.
    const sequence = ['Enabled', 'StartBoundary', 'EndBoundary', 'Repetition', 'ExecutionTimeLimit', 'Delay'];
    for (const kind of ['BootTrigger', 'TimeTrigger']) {
      const inside = new RegExp(`<${kind}>(.*)</${kind}>`).exec(xmlOf())?.[1] ?? '';
      const places = sequence.map((name) => inside.indexOf(`<${name}>`)).filter((place) => place >= 0);
      expect(places.length).toBeGreaterThanOrEqual(3);
      expect(places).toEqual([...places].sort((one, other) => one - other));
    }
  });

  it('is tried again, one at a time', () => {
    expect(xmlOf().match(/<Repetition><Interval>PT5M<\/Interval><Duration>PT2H<\/Duration><\/Repetition>/g)).toHaveLength(2);
    expect(xmlOf()).toContain('<MultipleInstancesPolicy>IgnoreNew</MultipleInstancesPolicy>');
  });

  it.each([
    '<UserId>S-1-5-18</UserId><RunLevel>HighestAvailable</RunLevel>',
    '<StartWhenAvailable>true</StartWhenAvailable>',
    '<DisallowStartIfOnBatteries>false</DisallowStartIfOnBatteries>',
    '<StopIfGoingOnBatteries>false</StopIfGoingOnBatteries>',
    '<ExecutionTimeLimit>PT0S</ExecutionTimeLimit>',
    '<Priority>5</Priority>',
  ])('says %s', (element) => {
    expect(xmlOf()).toContain(element);
  });

  it('starts the program itself, and no shell, with every argument as it is', () => {
    const xml = xmlOf(undefined, ['resume', '--data', 'D:\\R&D "x"\\']);
    expect(xml).toContain(`<Exec><Command>${PROGRAM}</Command>`);
    expect(xml).toContain('<Arguments>&quot;resume&quot; &quot;--data&quot; &quot;D:\\R&amp;D \\&quot;x\\&quot;\\\\&quot;</Arguments>');
  });
});
