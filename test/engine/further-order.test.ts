import { describe, expect, it } from 'vitest';

import type { Entry } from '../../electron/contract/run.js';
import type { EngineEvent } from '../../electron/engine/engine.js';
import { countUnfinished } from '../../electron/maintenance/unfinished.js';
import { type Drill, DRAIN_ALL, HOURS, NO_WAIT, PATIENT, QUICK_PAUSE, RESUME_ALL, type Life } from './drill.js';
import { drillsOf } from './open-drills.js';
import { AUTO } from '../fakes/server-facts.js';

const SHORT = { ...DRAIN_ALL, holdTimeMs: 5_000 };
const MINUTE_MS = 60_000;

const openDrill = drillsOf('stalled');

function entriesOf({ records }: Life): readonly Entry[] {
  return records.list()[0]!.entries;
}

function outsideChangesOf(life: Life): readonly string[] {
  return entriesOf(life).flatMap((entry) => (entry.type === 'outside-change' ? [`${entry.problem.id} ${entry.serviceName}`] : []));
}

/** Does something once, as soon as a command that has nothing left to change has looked a few times. */
function whileWaiting(doIt: () => void): (event: EngineEvent) => void {
  let looks = 0;
  return (event) => {
    if (event.type === 'sessions' && countUnfinished(event.checklist) === 0 && (looks += 1) === 5) doIt();
  };
}

describe.each([
  ['the only order', false],
  ['a second order, as the window gives them', true],
])('under %s, what somebody undoes', (_, isSecond) => {
  async function begin(first: 'pause' | 'drain'): Promise<{ drill: Drill; life: Life }> {
    const drill = await openDrill('stalled');
    const life = drill.begin();
    const { engine, by, listen } = life;
    if (isSecond) await (first === 'pause' ? engine.pause(QUICK_PAUSE, by, listen, NO_WAIT) : engine.drain(SHORT, by, listen, NO_WAIT));
    return { drill, life };
  }

  it('is told once by whoever looks on, and shown as a problem', async () => {
    const { drill, life } = await begin('pause');
    const { engine, by, listen } = life;
    await engine.drain(SHORT, by, listen, NO_WAIT);
    await engine.watch(by, listen, { ...PATIENT, timeoutMs: MINUTE_MS });
    await drill.server.console.control('RTCSRV', 'continue');
    await engine.watch(by, listen, { ...PATIENT, timeoutMs: MINUTE_MS });
    expect(outsideChangesOf(life)).toEqual(['resumed-from-outside RTCSRV']);
    const row = (await engine.observe()).services.find(({ serviceName }) => serviceName === 'RTCSRV');
    expect(row).toMatchObject({ steps: { pause: 'failed' }, problem: { id: 'resumed-from-outside' } });
  });

  it('ends a waiting drain, which does not pause it again', async () => {
    const { drill, life } = await begin('pause');
    const resume = whileWaiting(() => void drill.server.console.control('RTCSRV', 'continue'));
    expect(await life.engine.drain(SHORT, life.by, resume, HOURS)).toMatchObject({ outcome: 'changed-outside', problem: { id: 'resumed-from-outside' } });
    expect(life.orders.filter((order) => order.includes('RTCSRV'))).toEqual(['pause RTCSRV', 'set RTCSRV demand']);
    expect(outsideChangesOf(life)).toEqual(['resumed-from-outside RTCSRV']);
  });

  it('ends a waiting drain, which does not set a start type again', async () => {
    const { drill, life } = await begin('drain');
    const setAutomatic = whileWaiting(() => void drill.server.console.setStart('RTCRGS', AUTO));
    const result = await life.engine.drain(SHORT, life.by, setAutomatic, HOURS);
    expect(result).toMatchObject({ outcome: 'changed-outside', problem: { id: 'start-type-changed-outside', params: { serviceName: 'RTCRGS' } } });
    expect(life.orders.filter((order) => order.startsWith('set RTCRGS'))).toEqual(['set RTCRGS demand']);
    expect((await drill.snapshot()).get('RTCRGS')?.start).toEqual(AUTO);
  });
});

describe('a further order', () => {
  it('changes again what was undone before it was given', async () => {
    const drill = await openDrill('quiet');
    const { engine, by, listen, orders } = drill.begin();
    await engine.drain(SHORT, by, listen, NO_WAIT);
    await drill.server.console.control('RTCSRV', 'continue');
    await drill.server.console.setStart('RTCRGS', AUTO);
    await drill.time.sleep(MINUTE_MS);
    const before = orders.length;
    expect((await engine.drain(SHORT, by, listen, HOURS)).outcome).toBe('ready');
    expect(orders.slice(before)).toEqual(['pause RTCSRV', 'set RTCRGS demand']);
  });

  it('notices what becomes of a pause that was cut off before its outcome was written', async () => {
    const drill = await openDrill('stalled');
    const first = drill.begin({ at: 'after-order', count: 1 });
    await first.engine.drain({ ...SHORT, services: ['RTCSRV'] }, first.by, first.listen, HOURS).catch(() => null);
    await drill.time.sleep(MINUTE_MS);
    const life = drill.begin();
    const resume = whileWaiting(() => void drill.server.console.control('RTCSRV', 'continue'));
    const result = await life.engine.drain({ ...SHORT, services: ['RTCSRV'] }, life.by, resume, HOURS);
    expect(result).toMatchObject({ outcome: 'changed-outside', problem: { id: 'resumed-from-outside' } });
    expect(life.orders).not.toContain('pause RTCSRV');
  });

  it('keeps a proof of quiet, so that it is ready at once', async () => {
    const drill = await openDrill('quiet');
    const life = drill.begin();
    const { engine, by, listen } = life;
    await engine.drain(DRAIN_ALL, by, listen, HOURS);
    const since = drill.time.nowMs();
    expect((await engine.drain(DRAIN_ALL, by, listen, HOURS)).outcome).toBe('ready');
    expect(drill.time.nowMs() - since).toBeLessThan(DRAIN_ALL.holdTimeMs / 2);
    expect(entriesOf(life).filter(({ type }) => type === 'quiet')).toHaveLength(1);
  });

  it('proves quiet anew where it had to pause a service again', async () => {
    const drill = await openDrill('quiet');
    const life = drill.begin();
    const { engine, by, listen } = life;
    await engine.drain(DRAIN_ALL, by, listen, HOURS);
    await drill.server.console.control('RTCSRV', 'continue');
    await drill.time.sleep(MINUTE_MS);
    const since = drill.time.nowMs();
    expect((await engine.drain(DRAIN_ALL, by, listen, HOURS)).outcome).toBe('ready');
    expect(drill.time.nowMs() - since).toBeGreaterThanOrEqual(DRAIN_ALL.holdTimeMs);
    expect(entriesOf(life).filter(({ type }) => type === 'quiet')).toHaveLength(2);
  });

  it('takes no service for paused by the run that had come back and was paused by somebody else', async () => {
    const drill = await openDrill('quiet');
    const life = drill.begin();
    const { engine, by, listen, orders, records } = life;
    await engine.drain(SHORT, by, listen, HOURS);
    await engine.resume({ ...RESUME_ALL, services: ['RTCRGS'] }, by, listen, PATIENT);
    await drill.server.console.control('RTCRGS', 'pause');
    await drill.time.sleep(MINUTE_MS);
    const before = orders.length;
    await engine.drain(SHORT, by, listen, NO_WAIT);
    expect(orders.slice(before)).toEqual(['set RTCRGS demand']);
    expect(records.findOpen()?.run?.services.get('RTCRGS')?.pause).toEqual({ kind: 'none' });
  });
});
