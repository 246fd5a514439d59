import { describe, expect, it } from 'vitest';

import { atMoments } from '../harness/engine/administrators.js';
import { DRAIN_ALL, type EngineHarness, HOURS, type Program, NO_WAIT, SIGN_OFF } from '../harness/engine/engine-harness.js';
import { harnessesOf } from '../harness/engine/open-harnesses.js';
import { carrying } from '../harness/engine/server-of.js';

const SECOND_MS = 1_000;
const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const HELD = { ...DRAIN_ALL, holdTimeMs: 30_000 };
/** A restart takes longer than two readings of one boot may differ by. */
const SET_BY = [
  ['forward', 10 * MINUTE_MS],
  ['back', -10 * MINUTE_MS],
  ['forward by a day', 24 * HOUR_MS],
  ['back by a day', -24 * HOUR_MS],
] as const;

const openHarness = harnessesOf('quiet');

function entriesOf({ records }: Program, type: string): readonly unknown[] {
  return records.list()[0]!.entries.filter((entry) => entry.type === type);
}

/** Windows was started so long ago. */
async function openStarted(uptimeMs: number): Promise<EngineHarness> {
  return openHarness('quiet', 1, (state) => ({ ...state, bootedAtMs: state.clock.simulatedMs - uptimeMs }));
}

/** The computer sleeps: time goes on, and the monotonic clock stands still. */
function sleep(harness: EngineHarness, milliseconds: number): void {
  harness.clocks.sleptMs += milliseconds;
  harness.pass(milliseconds);
}

describe.each([
  ['for days', 20 * 24 * HOUR_MS],
  ['for five minutes', 5 * MINUTE_MS],
])('a clock that is set on a server that runs %s', (_, uptimeMs) => {
  it.each(SET_BY)('%s is no restart, and withdraws no sign-off', async (_direction, byMs) => {
    const harness = await openStarted(uptimeMs);
    const program = harness.begin();
    const { engine, by, listen, events } = program;
    await engine.drain(HELD, by, listen, HOURS);
    await engine.confirm(SIGN_OFF, by, listen);
    harness.clocks.wallAheadMs += byMs;
    harness.pass(SECOND_MS);
    expect(await engine.observe()).toMatchObject({ ready: true, losses: [], run: { phase: 'confirmed', restart: null } });
    expect(await engine.watch(by, listen, HOURS)).toMatchObject({ outcome: 'ready', checklist: { run: { phase: 'confirmed' } } });
    expect(events.filter(({ type }) => type === 'restarted' || type === 'withdrawn')).toEqual([]);
    // And a real one is still told.
    await harness.server.console.restart();
    harness.pass(10 * MINUTE_MS);
    expect((await engine.observe()).run?.restart).not.toBeNull();
  });

  it.each(SET_BY)('%s begins the hold time again, and ends nothing else', async (_direction, byMs) => {
    const harness = await openStarted(uptimeMs);
    const program = harness.begin();
    const { engine, by, listen } = program;
    await engine.drain(HELD, by, listen, NO_WAIT);
    let setAtMs = 0;
    atMoments(harness, {
      20: () => {
        harness.clocks.wallAheadMs += byMs;
        setAtMs = harness.time.nowMs();
      },
    });
    const result = await engine.watch(by, listen, HOURS);
    expect(result).toMatchObject({ outcome: 'ready', checklist: { losses: [], restart: { kind: 'safe' } } });
    expect(harness.time.nowMs() - setAtMs).toBeGreaterThanOrEqual(HELD.holdTimeMs);
    expect(entriesOf(program, 'restarted')).toEqual([]);
  });

  it.each(SET_BY)('%s shows as a gap of the proof, which stands if nothing is there now', async (_direction, byMs) => {
    const harness = await openStarted(uptimeMs);
    const { engine, by, listen } = harness.begin();
    await engine.drain(HELD, by, listen, HOURS);
    harness.clocks.wallAheadMs += byMs;
    harness.pass(SECOND_MS);
    const { outcome, checklist } = await engine.confirm(SIGN_OFF, by, listen);
    expect(outcome).toBe('confirmed');
    expect(checklist!.proof!.longestGapMs).toBeGreaterThan(9 * MINUTE_MS);
  });
});

describe('a sign-off of a server whose services were stopped since, so that no process tells the boot', () => {
  /** Windows runs for five minutes; then the clock steps by ten. */
  async function signOffAndStep(hidesBootId: boolean): Promise<{ readonly harness: EngineHarness; readonly program: Program }> {
    const harness = await openStarted(5 * MINUTE_MS);
    harness.clocks.hidesBootId = hidesBootId;
    const program = harness.begin();
    const { engine, by, listen } = program;
    await engine.drain(HELD, by, listen, HOURS);
    expect((await engine.confirm(SIGN_OFF, by, listen)).outcome).toBe('confirmed');
    for (const [name, { state }] of await harness.snapshot()) if (state === 'paused') await harness.server.console.control(name, 'stop');
    harness.pass(MINUTE_MS);
    await engine.watch(by, listen, NO_WAIT);
    harness.clocks.wallAheadMs += 10 * MINUTE_MS;
    harness.pass(SECOND_MS);
    await engine.watch(by, listen, NO_WAIT);
    return { harness, program };
  }

  it('stands when the clock steps soon after the boot: the boot id stayed', async () => {
    const { program } = await signOffAndStep(false);
    expect((await program.engine.observe()).run).toMatchObject({ phase: 'confirmed', restart: null });
    expect([...entriesOf(program, 'restarted'), ...entriesOf(program, 'withdrawn')]).toEqual([]);
    expect(entriesOf(program, 'run-opened')).toMatchObject([{ computer: { bootId: expect.stringMatching(/^smss\.exe \d+$/) as string } }]);
  });

  it('is seen to be of an earlier boot once Windows was started again', async () => {
    const { harness, program } = await signOffAndStep(false);
    await harness.server.console.restart();
    harness.pass(10 * MINUTE_MS);
    expect((await program.engine.observe()).run?.restart).not.toBeNull();
  });

  it('is taken to be of an earlier boot where Windows tells no id: clocks alone cannot know better', async () => {
    const { program } = await signOffAndStep(true);
    expect((await program.engine.observe()).run?.restart).not.toBeNull();
  });
});

describe('a computer that sleeps', () => {
  it.each([
    ['for days', 20 * 24 * HOUR_MS],
    ['for five minutes', 5 * MINUTE_MS],
  ])('is not restarted, however long it ran before: %s', async (_, uptimeMs) => {
    const harness = await openStarted(uptimeMs);
    const program = harness.begin();
    const { engine, by, listen } = program;
    await engine.drain(HELD, by, listen, HOURS);
    sleep(harness, 3 * HOUR_MS);
    expect(await engine.observe()).toMatchObject({ ready: true, losses: [], run: { restart: null } });
    const { outcome, checklist } = await engine.confirm(SIGN_OFF, by, listen);
    expect(outcome).toBe('confirmed');
    expect(checklist!.proof!.longestGapMs).toBeGreaterThanOrEqual(3 * HOUR_MS);
    expect(entriesOf(program, 'restarted')).toEqual([]);
  });

  it('begins the hold time again', async () => {
    const harness = await openStarted(20 * 24 * HOUR_MS);
    const { engine, by, listen } = harness.begin();
    await engine.drain(HELD, by, listen, NO_WAIT);
    let awakeAtMs = 0;
    atMoments(harness, {
      20: () => {
        sleep(harness, 20 * SECOND_MS);
        awakeAtMs = harness.time.nowMs();
      },
    });
    expect((await engine.watch(by, listen, HOURS)).outcome).toBe('ready');
    expect(harness.time.nowMs() - awakeAtMs).toBeGreaterThanOrEqual(HELD.holdTimeMs);
  });
});

describe('after a gap in which nobody looked', () => {
  it('a sign-off needs a zero now', async () => {
    const harness = await openHarness();
    const { engine, by, listen } = harness.begin();
    await engine.drain(HELD, by, listen, HOURS);
    await harness.change(carrying('RTCMEDSRV', 1));
    harness.pass(HOUR_MS);
    expect(await engine.confirm(SIGN_OFF, by, listen)).toMatchObject({
      outcome: 'blocked',
      problem: { id: 'not-ready', params: { because: 'blocks-sessions' } },
    });
    await harness.change(carrying('RTCMEDSRV', 0));
    // The proof was contradicted: a new hold time, and not the one of before.
    expect(await engine.confirm(SIGN_OFF, by, listen)).toMatchObject({
      outcome: 'blocked',
      problem: { params: { because: 'blocks-hold-time' } },
    });
    expect((await engine.watch(by, listen, HOURS)).outcome).toBe('ready');
    expect((await engine.confirm(SIGN_OFF, by, listen)).outcome).toBe('confirmed');
  });

  it('a sign-off needs the same processes', async () => {
    const harness = await openHarness();
    const { engine, by, listen } = harness.begin();
    await engine.drain(HELD, by, listen, HOURS);
    for (const action of ['stop', 'start', 'pause'] as const) {
      await harness.server.console.control('RTCMEDSRV', action);
      harness.pass(MINUTE_MS);
    }
    expect(await engine.confirm(SIGN_OFF, by, listen)).toMatchObject({
      outcome: 'blocked',
      problem: { id: 'not-ready', params: { because: 'blocks-hold-time' } },
    });
  });

  it('a sign-off is given if all is as it was', async () => {
    const harness = await openHarness();
    const { engine, by, listen } = harness.begin();
    await engine.drain(HELD, by, listen, HOURS);
    harness.pass(5 * HOUR_MS);
    const { outcome, checklist } = await engine.confirm(SIGN_OFF, by, listen);
    expect(outcome).toBe('confirmed');
    expect(checklist!.proof!.longestGapMs).toBeGreaterThanOrEqual(5 * HOUR_MS);
  });
});
