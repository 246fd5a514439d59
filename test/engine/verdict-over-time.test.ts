import { describe, expect, it } from 'vitest';

import type { Checklist } from '../../electron/contract/checklist.js';
import { DRAIN_ALL, HOURS, type Life, SIGN_OFF } from './drill.js';
import { drillsOf } from './open-drills.js';
import { carrying, swift } from './server-of.js';

const SECOND_MS = 1_000;
const MINUTE_MS = 60_000;
const HELD = { ...DRAIN_ALL, holdTimeMs: 30_000 };

const openDrill = drillsOf('quiet');

/** The last reading of somebody who looks on for so long. */
async function lookOn({ engine, by }: Life, forMs: number): Promise<Checklist> {
  const watched = await engine.watch(by, () => undefined, { ...HOURS, timeoutMs: forMs, untilClosed: true });
  return watched.checklist!;
}

const reasonIds = ({ restart }: Checklist): readonly string[] => restart.reasons.map(({ id }) => id);

describe('the verdict of a server that was ready', () => {
  it('rests on a proof that grows while somebody looks, and shows the gap while nobody does', async () => {
    const drill = await openDrill();
    const life = drill.begin();
    const drained = (await life.engine.drain(HELD, life.by, life.listen, HOURS)).checklist!;
    const grown = await lookOn(life, MINUTE_MS);
    expect(grown.restart.kind).toBe('safe');
    expect(grown.proof!.since).toBe(drained.proof!.since);
    expect(grown.proof!.heldMs).toBeGreaterThanOrEqual(drained.proof!.heldMs + MINUTE_MS - SECOND_MS);
    expect(grown.proof!.readings).toBeGreaterThan(drained.proof!.readings + 5);
    expect(grown.proof!.longestGapMs).toBeLessThan(10 * SECOND_MS);

    drill.pass(5 * MINUTE_MS);
    const looked = await lookOn(life, SECOND_MS);
    expect(looked.restart.kind).toBe('safe');
    expect(looked.proof!.longestGapMs).toBeGreaterThanOrEqual(5 * MINUTE_MS);
    expect((await life.engine.confirm(SIGN_OFF, life.by, life.listen)).checklist!.proof!.longestGapMs).toBeGreaterThanOrEqual(5 * MINUTE_MS);
  });

  it.each([
    ['the computer sleeps', (drill: Awaited<ReturnType<typeof openDrill>>) => (drill.clocks.sleptMs += 20 * MINUTE_MS)],
    ['the clock is set', (drill: Awaited<ReturnType<typeof openDrill>>) => (drill.clocks.wallAheadMs += 20 * MINUTE_MS)],
  ])('stands over a gap in which %s as long as the same processes show zero now, and no longer', async (_, jump) => {
    const drill = await openDrill();
    const life = drill.begin();
    await life.engine.drain(HELD, life.by, life.listen, HOURS);
    jump(drill);
    drill.pass(20 * MINUTE_MS);
    const looked = await lookOn(life, SECOND_MS);
    expect(looked.restart.kind).toBe('safe');
    expect(looked.proof!.longestGapMs).toBeGreaterThanOrEqual(20 * MINUTE_MS);
    await drill.change(carrying('RTCIMMCU', 1));
    expect(reasonIds(await life.engine.observe())).toEqual(['sessions:RTCIMMCU']);
  });

  it('is taken back when a service takes calls again, and needs a new hold time when it is paused once more', async () => {
    const drill = await openDrill('quiet', 1, swift('RTCCPS'));
    const life = drill.begin();
    await life.engine.drain(HELD, life.by, life.listen, HOURS);
    await drill.server.console.control('RTCCPS', 'continue');
    drill.pass(SECOND_MS);
    const awake = await lookOn(life, SECOND_MS);
    expect(awake.ready).toBe(false);
    expect(reasonIds(awake)).toContain('not-paused:RTCCPS');
    await drill.server.console.control('RTCCPS', 'pause');
    drill.pass(SECOND_MS);
    const paused = await lookOn(life, SECOND_MS);
    expect(paused.restart.kind).toBe('not-safe');
    expect(reasonIds(paused)).toContain('not-proved:RTCCPS');
    expect(await life.engine.confirm(SIGN_OFF, life.by, life.listen)).toMatchObject({ outcome: 'blocked' });
    expect((await lookOn(life, HELD.holdTimeMs + 5 * SECOND_MS)).restart.kind).toBe('safe');
  });
});
