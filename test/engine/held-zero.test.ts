import { describe, expect, it } from 'vitest';

import type { SimulatedService } from '../../electron/adapters/simulator/simulated-state.js';
import { overviewOf } from '../../electron/core/maintenance/run-overview.js';
import { DRAIN_ALL, type EngineHarness, HOURS, type Program, SIGN_OFF } from '../harness/engine/engine-harness.js';
import { harnessesOf } from '../harness/engine/open-harnesses.js';
import { adjusting, allOf, carrying, swift } from '../harness/engine/server-of.js';

/** A drain has ended because one service needs an acceptance. Minutes in which nobody looks follow, then it is accepted. */
const openHarness = harnessesOf('quiet');
const UNCOUNTED = { brokenNumber: 1_073_741_824 };
const DRAIN = { ...DRAIN_ALL, holdTimeMs: 5_000 };
const GAP_MS = 600_000;

async function drained(adjust = carrying('RTCRGS', 0, UNCOUNTED)): Promise<{ readonly harness: EngineHarness; readonly first: Program }> {
  const harness = await openHarness('quiet', 1, allOf(adjust, swift('RTCCPS')));
  const first = harness.begin();
  const ended = await first.engine.drain(DRAIN, first.by, first.listen, HOURS);
  expect(ended).toMatchObject({ outcome: 'needs-acceptance' });
  first.end();
  return { harness, first };
}

function accept({ engine, by, listen }: Program, service = 'RTCRGS'): ReturnType<Program['engine']['accept']> {
  return engine.accept({ services: [service], note: 'looked at it', cut: null }, by, listen);
}

function typesOf(records: Program['records']): readonly string[] {
  return records
    .findOpen()!
    .entriesAfter(0)
    .map(({ type }) => type);
}

function countable(service: SimulatedService): SimulatedService {
  const { brokenNumber: _broken, ...sessions } = service.sessions!;
  return { ...service, sessions };
}

describe('an acceptance after a time in which nobody looked', () => {
  it('makes the run ready at once, and the gap is shown', async () => {
    const { harness } = await drained();
    harness.pass(GAP_MS);
    const program = harness.begin();
    const { checklist } = await accept(program);
    expect(checklist).toMatchObject({ ready: true, quiet: { kind: 'quiet' }, restart: { kind: 'accepted' } });
    expect(checklist!.proof!.heldMs).toBeGreaterThanOrEqual(GAP_MS + DRAIN.holdTimeMs);
    expect(checklist!.proof!.longestGapMs).toBeGreaterThanOrEqual(GAP_MS);
    expect(await program.engine.confirm(SIGN_OFF, program.by, program.listen)).toMatchObject({ outcome: 'confirmed' });
    const read = program.records.findOpen()!;
    expect(overviewOf(read.run!, read.entriesAfter(0)).proof!.longestGapMs).toBeGreaterThanOrEqual(GAP_MS);
  });

  it('lacks only the other word if two services need one, and is ready with that', async () => {
    const { harness } = await drained(allOf(carrying('RTCRGS', 0, UNCOUNTED), carrying('RTCASMCU', 0, UNCOUNTED)));
    harness.pass(GAP_MS);
    expect((await accept(harness.begin())).checklist).toMatchObject({
      ready: false,
      quiet: { kind: 'needs-acceptance', unknown: ['RTCASMCU'] },
    });
    harness.pass(GAP_MS);
    expect((await accept(harness.begin(), 'RTCASMCU')).checklist).toMatchObject({ ready: true, restart: { kind: 'accepted' } });
  });

  it('is not ready while a service that had held zero has a session, nor without a new hold time after it', async () => {
    const { harness } = await drained();
    harness.pass(GAP_MS);
    await harness.change(carrying('RTCCPS', 1));
    expect((await accept(harness.begin())).checklist).toMatchObject({ ready: false, quiet: { kind: 'busy', sessions: 1 } });
    await harness.change(carrying('RTCCPS', 0));
    const { engine, by, listen } = harness.begin();
    expect((await engine.drain(DRAIN, by, listen, { ...HOURS, timeoutMs: 0 })).checklist).toMatchObject({
      ready: false,
      quiet: { kind: 'holding' },
    });
    expect((await engine.watch(by, listen, HOURS)).outcome).toBe('ready');
  });

  it('needs a new hold time if a service that had held zero is paused in another process', async () => {
    const { harness } = await drained();
    for (const control of ['stop', 'start', 'pause'] as const) {
      await harness.server.console.control('RTCCPS', control);
      harness.pass(1_000);
    }
    harness.pass(GAP_MS);
    expect((await accept(harness.begin())).checklist).toMatchObject({ ready: false, restart: { kind: 'not-safe' } });
  });

  it('does not prove by it a service that could not be counted then', async () => {
    const { harness } = await drained();
    harness.pass(GAP_MS);
    await harness.change(adjusting('RTCRGS', countable));
    const { engine, by, listen } = harness.begin();
    expect((await engine.drain(DRAIN, by, listen, { ...HOURS, timeoutMs: 0 })).checklist).toMatchObject({
      ready: false,
      quiet: { kind: 'holding' },
    });
  });

  it('does not count what was held for a longer hold time', async () => {
    const { harness } = await drained();
    harness.pass(GAP_MS);
    const { engine, by, listen } = harness.begin();
    await engine.drain({ ...DRAIN, holdTimeMs: 120_000 }, by, listen, { ...HOURS, timeoutMs: 0 });
    expect((await accept(harness.begin())).checklist).toMatchObject({ ready: false, quiet: { kind: 'holding' } });
  });
});

describe('what held zero', () => {
  it('is recorded once, however long the acceptance is waited for', async () => {
    const { harness } = await drained();
    const { engine, by, listen, records } = harness.begin();
    await engine.watch(by, listen, { ...HOURS, untilClosed: true, timeoutMs: 120_000 });
    harness.pass(GAP_MS);
    await engine.watch(by, listen, { ...HOURS, untilClosed: true, timeoutMs: 120_000 });
    expect(typesOf(records).filter((type) => type === 'held-zero')).toEqual(['held-zero']);
  });
});
