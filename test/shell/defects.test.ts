import { describe, expect, it } from 'vitest';

import { Defects } from '../../electron/apps/tray/defects.js';
import type { Problem } from '../../electron/contract/problem.js';

/** Defects with a log in memory and a clock that is set by hand. */
class DefectsHarness {
  readonly log: unknown[] = [];
  readonly told: Problem[] = [];
  upMs = 1_000;
  logPath: string | null = '/data/logs/lync-drain.log';
  readonly defects = new Defects({
    writeLog: async (failure) => {
      this.log.push(failure);
      return this.logPath;
    },
    tell: (problem) => this.told.push(problem),
    upMs: () => this.upMs,
  });
}

describe('failures of the main process', () => {
  it('are in the log each time, and in the event list once', async () => {
    const { defects, log, told } = new DefectsHarness();
    const failure = new Error('disk on fire');
    await defects.note(failure);
    await defects.note(failure);
    expect(log).toEqual([failure, failure]);
    expect(told).toEqual([{ id: 'internal', params: { detail: 'disk on fire', logPath: '/data/logs/lync-drain.log' } }]);
  });

  it('are told without a path if the log cannot be written', async () => {
    const harness = new DefectsHarness();
    harness.logPath = null;
    await harness.defects.note('no error at all');
    expect(harness.told).toEqual([{ id: 'internal', params: { detail: 'no error at all' } }]);
  });

  it('do not fill the memory when each is another one', async () => {
    const { defects, log, told } = new DefectsHarness();
    for (let count = 0; count < 500; count += 1) await defects.note(new Error(`failure ${count}`));
    expect([log.length, told.length]).toEqual([500, 100]);
  });
});

describe('failures of the window', () => {
  it('say that they are the window’s, and answer where they are kept', async () => {
    const { defects, log, told } = new DefectsHarness();
    expect(await defects.noteFromWindow('TypeError: planted\n    at Frame (lync-drain://window/window.js:1:2)')).toBe(
      '/data/logs/lync-drain.log',
    );
    expect(log).toEqual(['In the window: TypeError: planted\n    at Frame (lync-drain://window/window.js:1:2)']);
    expect(told).toMatchObject([{ params: { detail: 'TypeError: planted' } }]);
  });

  it('cannot make up an entry of the log', async () => {
    const { defects, log } = new DefectsHarness();
    await defects.noteFromWindow('harmless\r\n2026-11-23T12:00:00.000Z Everything is in service\n2026-11-23');
    expect(log).toEqual(['In the window: harmless\n    2026-11-23T12:00:00.000Z Everything is in service\n    2026-11-23']);
  });

  it('are kept ten at once and one every ten seconds after that, and what is not kept is counted', async () => {
    const harness = new DefectsHarness();
    const report = async (text: string): Promise<boolean> => (await harness.defects.noteFromWindow(text)) !== null;
    for (let count = 0; count < 1_000; count += 1) expect(await report(`failure ${count}`)).toBe(count < 10);
    harness.upMs += 9_999;
    expect(await report('too soon')).toBe(false);
    harness.upMs += 1;
    expect(await report('in time')).toBe(true);
    expect(await report('again too soon')).toBe(false);
    expect(harness.log).toHaveLength(11);
    expect(harness.log[10]).toBe('In the window (991 before this one were too many and are not kept): in time');
  });

  it('save up no more than ten while there are none', async () => {
    const harness = new DefectsHarness();
    harness.upMs += 24 * 3_600_000;
    for (let count = 0; count < 20; count += 1) await harness.defects.noteFromWindow(`failure ${count}`);
    expect(harness.log).toHaveLength(10);
  });

  it('are cut short in the event list', async () => {
    const { defects, told } = new DefectsHarness();
    await defects.noteFromWindow('x'.repeat(8_000));
    expect(String(told[0]?.params['detail'])).toHaveLength(200);
  });
});
