import { describe, expect, it } from 'vitest';

import type { Entry } from '../../electron/contract/run.js';
import { countUnfinished } from '../../electron/core/maintenance/unfinished.js';
import type { EngineEvent } from '../../electron/engine/engine.js';
import {
  type EngineHarness,
  DRAIN_ALL,
  HOURS,
  NO_WAIT,
  PATIENT,
  QUICK_PAUSE,
  RESUME_ALL,
  type Program,
} from '../harness/engine/engine-harness.js';
import { harnessesOf } from '../harness/engine/open-harnesses.js';
import { AUTO } from '../harness/fakes/server-facts.js';

const SHORT = { ...DRAIN_ALL, holdTimeMs: 5_000 };
const MINUTE_MS = 60_000;

const openHarness = harnessesOf('stalled');

function entriesOf({ records }: Program): readonly Entry[] {
  return records.list()[0]!.entries;
}

function outsideChangesOf(program: Program): readonly string[] {
  return entriesOf(program).flatMap((entry) => (entry.type === 'outside-change' ? [`${entry.problem.id} ${entry.serviceName}`] : []));
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
  async function begin(first: 'pause' | 'drain'): Promise<{ harness: EngineHarness; program: Program }> {
    const harness = await openHarness('stalled');
    const program = harness.begin();
    const { engine, by, listen } = program;
    if (isSecond) await (first === 'pause' ? engine.pause(QUICK_PAUSE, by, listen, NO_WAIT) : engine.drain(SHORT, by, listen, NO_WAIT));
    return { harness, program };
  }

  it('is told once by whoever looks on, and shown as a problem', async () => {
    const { harness, program } = await begin('pause');
    const { engine, by, listen } = program;
    await engine.drain(SHORT, by, listen, NO_WAIT);
    await engine.watch(by, listen, { ...PATIENT, timeoutMs: MINUTE_MS });
    await harness.server.console.control('RTCSRV', 'continue');
    await engine.watch(by, listen, { ...PATIENT, timeoutMs: MINUTE_MS });
    expect(outsideChangesOf(program)).toEqual(['resumed-from-outside RTCSRV']);
    const row = (await engine.observe()).services.find(({ serviceName }) => serviceName === 'RTCSRV');
    expect(row).toMatchObject({ steps: { pause: 'failed' }, problem: { id: 'resumed-from-outside' } });
  });

  it('ends a waiting drain, which does not pause it again', async () => {
    const { harness, program } = await begin('pause');
    const resume = whileWaiting(() => void harness.server.console.control('RTCSRV', 'continue'));
    expect(await program.engine.drain(SHORT, program.by, resume, HOURS)).toMatchObject({
      outcome: 'changed-outside',
      problem: { id: 'resumed-from-outside' },
    });
    expect(program.orders.filter((order) => order.includes('RTCSRV'))).toEqual(['pause RTCSRV', 'set RTCSRV demand']);
    expect(outsideChangesOf(program)).toEqual(['resumed-from-outside RTCSRV']);
  });

  it('ends a waiting drain, which does not set a start type again', async () => {
    const { harness, program } = await begin('drain');
    const setAutomatic = whileWaiting(() => void harness.server.console.setStart('RTCRGS', AUTO));
    const result = await program.engine.drain(SHORT, program.by, setAutomatic, HOURS);
    expect(result).toMatchObject({
      outcome: 'changed-outside',
      problem: { id: 'start-type-changed-outside', params: { serviceName: 'RTCRGS' } },
    });
    expect(program.orders.filter((order) => order.startsWith('set RTCRGS'))).toEqual(['set RTCRGS demand']);
    expect((await harness.snapshot()).get('RTCRGS')?.start).toEqual(AUTO);
  });
});

describe('a further order', () => {
  it('changes again what was undone before it was given', async () => {
    const harness = await openHarness('quiet');
    const { engine, by, listen, orders } = harness.begin();
    await engine.drain(SHORT, by, listen, NO_WAIT);
    await harness.server.console.control('RTCSRV', 'continue');
    await harness.server.console.setStart('RTCRGS', AUTO);
    await harness.time.sleep(MINUTE_MS);
    const before = orders.length;
    expect((await engine.drain(SHORT, by, listen, HOURS)).outcome).toBe('ready');
    expect(orders.slice(before)).toEqual(['pause RTCSRV', 'set RTCRGS demand']);
  });

  it('notices what becomes of a pause that was cut off before its outcome was written', async () => {
    const harness = await openHarness('stalled');
    const first = harness.begin({ at: 'after-order', count: 1 });
    await first.engine.drain({ ...SHORT, services: ['RTCSRV'] }, first.by, first.listen, HOURS).catch(() => null);
    await harness.time.sleep(MINUTE_MS);
    const program = harness.begin();
    const resume = whileWaiting(() => void harness.server.console.control('RTCSRV', 'continue'));
    const result = await program.engine.drain({ ...SHORT, services: ['RTCSRV'] }, program.by, resume, HOURS);
    expect(result).toMatchObject({ outcome: 'changed-outside', problem: { id: 'resumed-from-outside' } });
    expect(program.orders).not.toContain('pause RTCSRV');
  });

  it('keeps a proof of quiet, so that it is ready at once', async () => {
    const harness = await openHarness('quiet');
    const program = harness.begin();
    const { engine, by, listen } = program;
    await engine.drain(DRAIN_ALL, by, listen, HOURS);
    const since = harness.time.nowMs();
    expect((await engine.drain(DRAIN_ALL, by, listen, HOURS)).outcome).toBe('ready');
    expect(harness.time.nowMs() - since).toBeLessThan(DRAIN_ALL.holdTimeMs / 2);
    expect(entriesOf(program).filter(({ type }) => type === 'quiet')).toHaveLength(1);
  });

  it('proves quiet anew where it had to pause a service again', async () => {
    const harness = await openHarness('quiet');
    const program = harness.begin();
    const { engine, by, listen } = program;
    await engine.drain(DRAIN_ALL, by, listen, HOURS);
    await harness.server.console.control('RTCSRV', 'continue');
    await harness.time.sleep(MINUTE_MS);
    const since = harness.time.nowMs();
    expect((await engine.drain(DRAIN_ALL, by, listen, HOURS)).outcome).toBe('ready');
    expect(harness.time.nowMs() - since).toBeGreaterThanOrEqual(DRAIN_ALL.holdTimeMs);
    expect(entriesOf(program).filter(({ type }) => type === 'quiet')).toHaveLength(2);
  });

  it('takes no service for paused by the run that had come back and was paused by somebody else', async () => {
    const harness = await openHarness('quiet');
    const program = harness.begin();
    const { engine, by, listen, orders, records } = program;
    await engine.drain(SHORT, by, listen, HOURS);
    await engine.resume({ ...RESUME_ALL, services: ['RTCRGS'] }, by, listen, PATIENT);
    await harness.server.console.control('RTCRGS', 'pause');
    await harness.time.sleep(MINUTE_MS);
    const before = orders.length;
    await engine.drain(SHORT, by, listen, NO_WAIT);
    expect(orders.slice(before)).toEqual(['set RTCRGS demand']);
    expect(records.findOpen()?.run?.services.get('RTCRGS')?.pause).toEqual({ kind: 'none' });
  });
});
