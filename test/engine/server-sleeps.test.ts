import { describe, expect, it } from 'vitest';

import { atMoments } from '../harness/engine/administrators.js';
import {
  differences,
  DRAIN_ALL,
  type EngineHarness,
  HOURS,
  NO_WAIT,
  PATIENT,
  type Program,
  QUICK_PAUSE,
  RESUME_ALL,
} from '../harness/engine/engine-harness.js';
import { harnessesOf } from '../harness/engine/open-harnesses.js';
import { adjusting, allOf, carrying } from '../harness/engine/server-of.js';

/** The server sleeps or hibernates in the middle: Windows is the same one afterwards, and so are its processes. */

const SECOND_MS = 1_000;
const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const SERVICES = ['RTCMEDSRV', 'RTCCPS'];
const HELD: typeof DRAIN_ALL = { ...DRAIN_ALL, services: SERVICES, holdTimeMs: 30_000 };

const openHarness = harnessesOf('quiet');

/** Whether the monotonic clock counts the sleep depends on Windows and on what is asked. */
const SLEEPS = [
  ['sleeps, and its monotonic clock stands still', 3 * HOUR_MS, 3 * HOUR_MS],
  ['sleeps, and its monotonic clock goes on', 3 * HOUR_MS, 0],
  ['hibernates for two days, and its monotonic clock stands still', 48 * HOUR_MS, 48 * HOUR_MS],
] as const;

function told({ records }: Program): readonly string[] {
  return records.list()[0]!.entries.map(({ type }) => type);
}

function slow(serviceName: string, order: 'pause' | 'continue'): Parameters<EngineHarness['change']>[0] {
  return adjusting(serviceName, (service) => ({ ...service, pace: { ...service.pace, [order]: 10 * SECOND_MS } }));
}

describe.each(SLEEPS)('a server that %s', (_, sleepMs, standsStillMs) => {
  function sleep(harness: EngineHarness): void {
    harness.clocks.sleptMs += standsStillMs;
    harness.pass(sleepMs);
  }

  it('soon after the last call: what was held before is nothing, and zero is held anew once it is awake', async () => {
    const harness = await openHarness('quiet', 1, carrying('RTCMEDSRV', 2));
    const program = harness.begin();
    const { engine, by, listen } = program;
    let awakeAtMs = 0;
    atMoments(harness, {
      30: () => harness.change(carrying('RTCMEDSRV', 0)),
      // Within the hold time, which began with the end of the call.
      50: () => {
        sleep(harness);
        awakeAtMs = harness.time.nowMs();
      },
    });
    const { outcome, checklist } = await engine.drain(HELD, by, listen, { ...HOURS, timeoutMs: 100 * HOUR_MS });
    expect([outcome, checklist?.losses, checklist?.run?.restart]).toEqual(['ready', [], null]);
    expect(harness.time.nowMs() - awakeAtMs).toBeGreaterThanOrEqual(HELD.holdTimeMs);
    expect(told(program).filter((type) => ['restarted', 'awake', 'lost', 'outside-change'].includes(type))).toEqual([]);
  });

  it('in the middle of a pause and of a way back: both are taken to their end', async () => {
    const harness = await openHarness('quiet', 1, allOf(slow('RTCMEDSRV', 'pause'), slow('RTCMEDSRV', 'continue')));
    const before = await harness.snapshot();
    const first = harness.begin();
    atMoments(harness, { 2: () => sleep(harness) });
    const drained = await first.engine.drain(HELD, first.by, first.listen, { ...HOURS, timeoutMs: 100 * HOUR_MS });
    expect(drained.outcome).toBe('ready');
    const second = harness.begin();
    atMoments(harness, { 2: () => sleep(harness) });
    const returned = await second.engine.resume(RESUME_ALL, second.by, second.listen, PATIENT);
    expect([returned.outcome, differences(before, await harness.snapshot())]).toEqual(['returned', []]);
  });

  it('over the end of a quick pause: it ends as soon as the server is awake', async () => {
    const harness = await openHarness();
    const before = await harness.snapshot();
    const { engine, by, listen, records } = harness.begin();
    let awakeAtMs = 0;
    atMoments(harness, {
      60: () => {
        sleep(harness);
        awakeAtMs = harness.time.nowMs();
      },
    });
    const { outcome } = await engine.pause({ ...QUICK_PAUSE, forMs: 15 * MINUTE_MS }, by, listen, PATIENT);
    const [, back] = records.list()[0]!.entries.filter(({ type }) => type === 'ordered');
    expect([outcome, differences(before, await harness.snapshot())]).toEqual(['returned', []]);
    expect(Date.parse(back!.at) - awakeAtMs).toBeLessThan(2 * SECOND_MS);
  });

  it('while nobody waits: the same drain goes on, and is ready only by what is seen afterwards', async () => {
    const harness = await openHarness('quiet', 1, carrying('RTCMEDSRV', 1));
    const { engine, by, listen } = harness.begin();
    await engine.drain(HELD, by, listen, NO_WAIT);
    sleep(harness);
    expect(await engine.observe()).toMatchObject({ ready: false, losses: [], run: { phase: 'draining', restart: null } });
    await harness.change(carrying('RTCMEDSRV', 0));
    const awakeAtMs = harness.time.nowMs();
    expect((await engine.watch(by, listen, HOURS)).outcome).toBe('ready');
    expect(harness.time.nowMs() - awakeAtMs).toBeGreaterThanOrEqual(HELD.holdTimeMs);
  });
});

it('a clock that is set back in a quick pause does not lengthen it', async () => {
  const harness = await openHarness();
  const { engine, by, listen, records } = harness.begin();
  atMoments(harness, { 60: () => void (harness.clocks.wallAheadMs -= HOUR_MS) });
  const begunAtMs = harness.time.nowMs();
  expect((await engine.pause({ ...QUICK_PAUSE, forMs: 3 * MINUTE_MS }, by, listen, PATIENT)).outcome).toBe('returned');
  expect(harness.time.nowMs() - begunAtMs).toBeLessThan(5 * MINUTE_MS);
  expect(records.findOpen()).toBeNull();
});
