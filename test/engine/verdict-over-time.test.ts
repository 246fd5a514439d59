import { describe, expect, it } from 'vitest';

import type { Checklist } from '../../electron/contract/checklist.js';
import { DRAIN_ALL, HOURS, type Program, SIGN_OFF } from '../harness/engine/engine-harness.js';
import { harnessesOf } from '../harness/engine/open-harnesses.js';
import { allOf, carrying, swift } from '../harness/engine/server-of.js';

const SECOND_MS = 1_000;
const MINUTE_MS = 60_000;
const HELD = { ...DRAIN_ALL, holdTimeMs: 30_000 };

const openHarness = harnessesOf('quiet');

/** The last reading of a `watch` that lasts so long. */
async function readForWatch({ engine, by }: Program, forMs: number): Promise<Checklist> {
  const watched = await engine.watch(by, () => undefined, { ...HOURS, timeoutMs: forMs, untilClosed: true });
  return watched.checklist!;
}

const reasonIds = ({ restart }: Checklist): readonly string[] => restart.reasons.map(({ id }) => id);

describe('the verdict of a server that was ready', () => {
  it('rests on a proof that grows while somebody looks, and shows the gap while nobody does', async () => {
    const harness = await openHarness();
    const program = harness.begin();
    const drained = (await program.engine.drain(HELD, program.by, program.listen, HOURS)).checklist!;
    const grown = await readForWatch(program, MINUTE_MS);
    expect(grown.restart.kind).toBe('safe');
    expect(grown.proof!.since).toBe(drained.proof!.since);
    expect(grown.proof!.heldMs).toBeGreaterThanOrEqual(drained.proof!.heldMs + MINUTE_MS - SECOND_MS);
    expect(grown.proof!.readings).toBeGreaterThan(drained.proof!.readings + 5);
    expect(grown.proof!.longestGapMs).toBeLessThan(10 * SECOND_MS);

    harness.pass(5 * MINUTE_MS);
    const looked = await readForWatch(program, SECOND_MS);
    expect(looked.restart.kind).toBe('safe');
    expect(looked.proof!.longestGapMs).toBeGreaterThanOrEqual(5 * MINUTE_MS);
    expect((await program.engine.confirm(SIGN_OFF, program.by, program.listen)).checklist!.proof!.longestGapMs).toBeGreaterThanOrEqual(
      5 * MINUTE_MS,
    );
  });

  it.each([
    ['the computer sleeps', (harness: Awaited<ReturnType<typeof openHarness>>) => (harness.clocks.sleptMs += 20 * MINUTE_MS)],
    ['the clock is set', (harness: Awaited<ReturnType<typeof openHarness>>) => (harness.clocks.wallAheadMs += 20 * MINUTE_MS)],
  ])('stands over a gap in which %s as long as the same processes show zero now, and no longer', async (_, jump) => {
    const harness = await openHarness();
    const program = harness.begin();
    await program.engine.drain(HELD, program.by, program.listen, HOURS);
    jump(harness);
    harness.pass(20 * MINUTE_MS);
    const looked = await readForWatch(program, SECOND_MS);
    expect(looked.restart.kind).toBe('safe');
    expect(looked.proof!.longestGapMs).toBeGreaterThanOrEqual(20 * MINUTE_MS);
    await harness.change(carrying('RTCIMMCU', 1));
    expect(reasonIds(await program.engine.observe())).toEqual(['sessions:RTCIMMCU']);
  });

  it('is taken back when a service takes calls again, and needs a new hold time when it is paused once more', async () => {
    const harness = await openHarness('quiet', 1, swift('RTCCPS'));
    const program = harness.begin();
    await program.engine.drain(HELD, program.by, program.listen, HOURS);
    await harness.server.console.control('RTCCPS', 'continue');
    harness.pass(SECOND_MS);
    const awake = await readForWatch(program, SECOND_MS);
    expect(awake.ready).toBe(false);
    expect(reasonIds(awake)).toContain('not-paused:RTCCPS');
    await harness.server.console.control('RTCCPS', 'pause');
    harness.pass(SECOND_MS);
    const paused = await readForWatch(program, SECOND_MS);
    expect(paused.restart.kind).toBe('not-safe');
    expect(reasonIds(paused)).toContain('not-proved:RTCCPS');
    expect(await program.engine.confirm(SIGN_OFF, program.by, program.listen)).toMatchObject({ outcome: 'blocked' });
    expect((await readForWatch(program, HELD.holdTimeMs + 5 * SECOND_MS)).restart.kind).toBe('safe');
  });

  it('says of a service at zero whether it is waited for, or is to be added first', async () => {
    const harness = await openHarness('quiet', 1, allOf(swift('RTCCPS'), swift('RTCCAA')));
    const { engine, by, listen } = harness.begin();
    await harness.server.console.control('RTCCPS', 'pause');
    harness.pass(SECOND_MS);
    const { checklist } = await engine.drain({ ...HELD, services: ['RTCCAA'] }, by, listen, { ...HOURS, timeoutMs: 5 * SECOND_MS });
    const notProved = checklist!.restart.reasons.filter(({ problem }) => problem.id === 'not-proved-yet');
    expect(notProved.map(({ serviceName, problem }) => [serviceName, problem.params['outside']])).toEqual([
      ['RTCCPS', 'yes'],
      ['RTCCAA', undefined],
    ]);
  });
});
