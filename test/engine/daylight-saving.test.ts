import { describe, expect, it } from 'vitest';

import { pauseEndXml } from '../../electron/adapters/windows/tasks/pause-end-xml.js';
import { formatTime, formatUtc } from '../../electron/core/language/time.js';
import { DRAIN_ALL, type EngineHarness, HOURS, NO_WAIT, PATIENT, QUICK_PAUSE, RESUME_ALL } from '../harness/engine/engine-harness.js';
import { harnessesOf } from '../harness/engine/open-harnesses.js';
import { FakePauseEndTask } from '../harness/tasks/fake-pause-end-task.js';
import { inTimeZone } from '../harness/time-zone.js';

/** Times are kept in UTC, so that a clock that is put forward or back by law moves nothing; only what is shown is local. */

const MINUTE_MS = 60_000;
const FIVE_MINUTES = { ...QUICK_PAUSE, forMs: 5 * MINUTE_MS };

const openHarness = harnessesOf('quiet');

/** The server of the harness stands in November 2026; here it has run on until this moment (UTC). */
async function openAt(at: string): Promise<EngineHarness> {
  const harness = await openHarness();
  harness.pass(Date.parse(at) - harness.time.nowMs());
  return harness;
}

const CHANGES = [
  {
    name: 'put forward',
    ...{ at: '2027-03-28T00:58:00.000Z', minutesEast: 60, until: '2027-03-28T01:03:00.000Z' },
    shown: ['2027-03-28 01:58:00', '2027-03-28 03:03:00'],
  },
  {
    name: 'put back',
    ...{ at: '2027-10-31T00:58:00.000Z', minutesEast: 120, until: '2027-10-31T01:03:00.000Z' },
    shown: ['2027-10-31 02:58:00', '2027-10-31 02:03:00'],
  },
] as const;

describe.each(CHANGES)('a clock that is $name in the middle', ({ at, minutesEast, shown, until }) => {
  inTimeZone('Europe/Berlin', at, minutesEast);

  it('is shown as the clock on the wall has it, and in UTC in documents', () => {
    expect([formatTime(at, null), formatTime(until, null)]).toEqual(shown);
    expect(formatTime(until, at)).toBe(shown[1].slice(-8));
    expect(formatUtc(until)).toBe(until.slice(0, 19).replace('T', ' '));
  });

  it('ends a quick pause after its five minutes, by the process that waits and by the task', async () => {
    const harness = await openAt(at);
    const task = new FakePauseEndTask();
    harness.pauseEndTask = task;
    const first = harness.begin();
    await first.engine.pause(FIVE_MINUTES, first.by, first.listen, NO_WAIT);
    expect([first.records.findOpen()?.run?.order.until, task.until]).toEqual([until, until]);
    const xml = pauseEndXml({ program: 'x', args: [], until }).toString('utf16le');
    expect(xml).toContain(`<StartBoundary>${until.slice(0, 17)}30Z</StartBoundary>`);
    // The task does nothing before its time, and brings everything back then.
    const byTask = harness.begin();
    const early = await byTask.engine.resume({ ...RESUME_ALL, ifPauseOver: true }, byTask.by, byTask.listen, PATIENT);
    expect([early.outcome, byTask.records.findOpen() === null]).toEqual(['nothing-to-do', false]);
    harness.pass(5 * MINUTE_MS);
    const due = await byTask.engine.resume({ ...RESUME_ALL, ifPauseOver: true }, byTask.by, byTask.listen, PATIENT);
    expect([due.outcome, task.until]).toEqual(['returned', null]);
  });

  it('ends a quick pause that somebody waits for at the same time', async () => {
    const harness = await openAt(at);
    const { engine, by, listen, records } = harness.begin();
    expect((await engine.pause(FIVE_MINUTES, by, listen, PATIENT)).outcome).toBe('returned');
    const orders = records.list()[0]!.entries.filter(({ type }) => type === 'ordered');
    expect(orders.map((order) => order.at)).toEqual([at, until]);
  });

  it('neither shortens nor begins anew the hold time of a drain, and is no clock that was set', async () => {
    const holdTimeMs = 5 * MINUTE_MS;
    const harness = await openAt(at);
    const { engine, by, listen, records } = harness.begin();
    const { outcome, checklist } = await engine.drain({ ...DRAIN_ALL, services: ['RTCCPS'], holdTimeMs }, by, listen, HOURS);
    expect(outcome).toBe('ready');
    expect(checklist!.proof!.heldMs).toBeGreaterThanOrEqual(holdTimeMs);
    expect(harness.time.nowMs() - Date.parse(at)).toBeLessThan(holdTimeMs + MINUTE_MS);
    const types = records.list()[0]!.entries.map(({ type }) => type);
    expect(types.filter((type) => type === 'restarted' || type === 'withdrawn' || type === 'awake')).toEqual([]);
  });
});

describe('a day that begins at one, because the clock is put forward at midnight', () => {
  inTimeZone('Africa/Cairo', '2026-04-23T21:59:59.000Z', 120);

  it('is another day than the one before', () => {
    const [last, first] = ['2026-04-23T21:59:59.000Z', '2026-04-23T22:00:00.000Z'];
    expect([formatTime(last, null), formatTime(first, null)]).toEqual(['2026-04-23 23:59:59', '2026-04-24 01:00:00']);
    expect([formatTime(last, first), formatTime(first, first)]).toEqual(['2026-04-23 23:59:59', '01:00:00']);
  });
});
