import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { afterEach, beforeEach, describe, expect, it } from 'vitest';

import { claimOnce } from '../../electron/adapters/storage/claim-once.js';
import { nodeFileSystem } from '../../electron/adapters/storage/file-system.js';
import { WindowsEventLog, type EventLogPatience } from '../../electron/adapters/windows/services/windows-event-log.js';
import { loggedEvent } from '../../electron/contract/logged-event.js';

const RUN = '20261123-021405-7f3a';
const KEY = 'SYSTEM\\CurrentControlSet\\Services\\EventLog\\Application\\Lync Drain';
const READY = loggedEvent('ready', { runId: RUN });

let folder: string;
let reports: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'lync-drain-events-'));
  reports = join(folder, 'reports');
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

/** The event log with a reporter of our own in the place of lync-drain-events.exe. */
function logWith(
  script: string,
  registered: () => Promise<string | null> = async () => 'C:\\lync-drain-events.exe',
  patience?: EventLogPatience,
): WindowsEventLog {
  const file = join(folder, 'reporter.cjs');
  writeFileSync(file, `const fs = require('node:fs'); const words = process.argv.slice(2); ${script}`);
  const asked = (key: string, value: string): Promise<string | null> => {
    expect([key, value]).toEqual([KEY, 'EventMessageFile']);
    return registered();
  };
  return new WindowsEventLog({ reporter: { program: process.execPath, args: [file] }, readMachineText: asked, patience });
}

const REPORT = (): string => `fs.appendFileSync(${JSON.stringify(reports)}, JSON.stringify(words) + '\\n');`;
const reported = (): readonly unknown[] =>
  existsSync(reports)
    ? readFileSync(reports, 'utf8')
        .trim()
        .split('\n')
        .map((line) => JSON.parse(line) as unknown)
    : [];

describe('the event log of Windows', () => {
  it('gets type, whole identifier and inserts of each event, in order', async () => {
    const log = logWith(REPORT());
    log.write(READY);
    log.write(loggedEvent('withdrawn', { runId: RUN, code: 'LD-5003' }));
    log.write(loggedEvent('lost', { runId: RUN, serviceName: 'RTCSRV', count: 9, certainty: 'exact' }));
    await expect.poll(() => reported().length, { timeout: 10_000 }).toBe(3);
    // Severity in the two highest bits, the number in the lowest sixteen.
    expect(reported()).toEqual([
      ['4', String(0x4000_0000 + 1002), RUN],
      ['2', String(0x8000_0000 + 1005), RUN, 'LD-5003'],
      ['1', String(0xc000_0000 + 1006), RUN, 'RTCSRV', '9', 'exact'],
    ]);
  });

  it('gets nothing where no source is registered, or where that cannot be read', async () => {
    for (const registered of [async () => null, async () => Promise.reject(new Error('RegGetValueW: error 5'))]) {
      const log = logWith(REPORT(), registered);
      log.write(READY);
      await log.settle();
      expect(reported()).toEqual([]);
    }
    expect(await logWith('', async () => null).isRegistered()).toBe(false);
    expect(await logWith('', async () => Promise.reject(new Error('error 5'))).isRegistered()).toBeNull();
  });

  it('that refuses an event costs that event alone', async () => {
    const log = logWith(`${REPORT()} process.exit(4);`);
    log.write(READY);
    log.write(READY);
    await expect.poll(() => reported().length, { timeout: 10_000 }).toBe(2);
  });

  it('whose program is missing costs nothing', async () => {
    const reporter = { program: join(folder, 'missing.exe'), args: [] };
    const log = new WindowsEventLog({ reporter, readMachineText: async () => 'C:\\lync-drain-events.exe' });
    log.write(READY);
    log.write(READY);
    await log.settle();
  });

  it('that hangs keeps nobody longer than its patience, and gets no further event', async () => {
    const log = logWith(`${REPORT()} setInterval(() => {}, 1000);`, undefined, { reportMs: 600, settleMs: 300 });
    for (let count = 0; count < 200; count += 1) log.write(READY);
    const before = performance.now();
    await log.settle();
    expect(performance.now() - before).toBeLessThan(2_000);
    await new Promise((resolve) => setTimeout(resolve, 600));
    log.write(READY);
    await log.settle();
    expect(reported().length).toBeLessThanOrEqual(1);
  });
});

describe('a claim', () => {
  it('is the first one of all processes, and stays', () => {
    mkdirSync(join(folder, 'runs'));
    const claim = (name: string): boolean => claimOnce(nodeFileSystem, folder, name);
    expect([claim('1.reminded-4'), claim('1.reminded-4'), claim('1.reminded-8')]).toEqual([true, false, true]);
  });

  it('is given where nothing can be written: twice is better than never', () => {
    expect(claimOnce(nodeFileSystem, join(folder, 'missing'), '1.reminded-4')).toBe(true);
  });
});
