import { readFileSync } from 'node:fs';

import { afterEach, beforeEach, describe, expect, it } from 'vitest';

import type { StartSetting } from '../../electron/contract/service.js';
import type { EngineEvent } from '../../electron/engine/engine.js';
import {
  EngineHarness,
  DRAIN_ALL,
  HOURS,
  NO_WAIT,
  PATIENT,
  QUICK_PAUSE,
  RESUME_ALL,
  type Program,
} from '../harness/engine/engine-harness.js';
import { AUTO, DISABLED, MANUAL } from '../harness/fakes/server-facts.js';

const SHORT = { ...DRAIN_ALL, holdTimeMs: 5_000 };
const HOUR_MS = 3_600_000;

describe('a start type that somebody changes before the run sets one', () => {
  let harness: EngineHarness;
  let program: Program;

  beforeEach(async () => {
    harness = await EngineHarness.open('quiet');
    program = harness.begin();
    // What it is at first; everything here is about RTCRGS.
    expect(await startNow()).toEqual({ startType: 'auto', delayed: true });
  });
  afterEach(() => harness.close());

  async function startNow(): Promise<StartSetting | undefined> {
    return (await harness.snapshot()).get('RTCRGS')?.start;
  }

  function startOnUndoCard(): string | undefined {
    const run = program.events.find((event) => event.type === 'run');
    return /^RTCRGS (.+?)\r?$/m.exec(readFileSync(run!.undoCardPath!, 'utf8'))?.[1];
  }

  /** It is set from outside once all pauses are done, when the first start type is set. */
  function meanwhile(start: StartSetting): (event: EngineEvent) => void {
    let isDone = false;
    return (event) => {
      program.listen(event);
      if (isDone || event.type !== 'step' || event.step !== 'pause' || event.state !== 'done' || event.serviceName !== 'RTCRGS') return;
      isDone = true;
      void harness.server.console.setStart('RTCRGS', start);
    };
  }

  it.each([
    ['Automatic', AUTO, 'auto'],
    ['Manual', MANUAL, 'demand'],
    ['Disabled', DISABLED, 'disabled'],
  ] as const)('between a pause and a drain comes back as it was set: %s', async (_, start, shown) => {
    const { engine, by, listen } = program;
    await engine.pause(QUICK_PAUSE, by, listen, NO_WAIT);
    expect(startOnUndoCard()).toBe('auto-delayed');
    await harness.server.console.setStart('RTCRGS', start);
    harness.pass(HOUR_MS);
    const drained = await engine.drain(SHORT, by, listen, HOURS);
    expect(drained.checklist?.services.find(({ serviceName }) => serviceName === 'RTCRGS')?.originalStartType).toBe(shown);
    expect(startOnUndoCard()).toBe(shown);
    expect((await engine.resume(RESUME_ALL, by, listen, PATIENT)).outcome).toBe('returned');
    expect(await startNow()).toEqual(start);
  });

  it('within the drain comes back as it was set, and the undo card says so before it is replaced', async () => {
    const { engine, by, listen } = program;
    const cards: unknown[] = [];
    const set = meanwhile(AUTO);
    const hear = (event: EngineEvent): void => {
      set(event);
      if (event.type === 'step' && event.serviceName === 'RTCRGS' && event.step === 'manual' && event.state === 'doing') {
        cards.push(startOnUndoCard());
      }
    };
    expect((await engine.drain(SHORT, by, hear, HOURS)).outcome).toBe('ready');
    expect(cards).toEqual(['auto']);
    expect((await engine.resume(RESUME_ALL, by, listen, PATIENT)).outcome).toBe('returned');
    expect(await startNow()).toEqual(AUTO);
  });

  it('is what a later change is compared with on the way back', async () => {
    const { engine, by, listen } = program;
    await engine.drain(SHORT, by, meanwhile(AUTO), HOURS);
    await harness.server.console.setStart('RTCRGS', DISABLED);
    const conflict = await engine.resume(RESUME_ALL, by, listen, PATIENT);
    expect(conflict).toMatchObject({
      outcome: 'changed-outside',
      problem: { id: 'conflict', params: { original: 'auto', ours: 'demand', now: 'disabled' } },
    });
    expect((await engine.resume({ ...RESUME_ALL, conflicts: 'original' }, by, listen, PATIENT)).outcome).toBe('returned');
    expect(await startNow()).toEqual(AUTO);
  });

  it('and was kept when it came back is what it comes back to after another drain', async () => {
    const { engine, by, listen } = program;
    await engine.drain(SHORT, by, listen, HOURS);
    await harness.server.console.setStart('RTCRGS', AUTO);
    await engine.resume({ ...RESUME_ALL, services: ['RTCRGS'], conflicts: 'keep' }, by, listen, PATIENT);
    expect((await engine.drain(SHORT, by, listen, HOURS)).outcome).toBe('ready');
    expect((await engine.resume(RESUME_ALL, by, listen, PATIENT)).outcome).toBe('returned');
    expect(await startNow()).toEqual(AUTO);
  });

  it('does not replace the original once the run has set one', async () => {
    const { engine, by, listen } = program;
    await engine.drain(SHORT, by, listen, HOURS);
    await harness.server.console.setStart('RTCRGS', AUTO);
    await engine.drain(SHORT, by, listen, HOURS);
    expect(startOnUndoCard()).toBe('auto-delayed');
    await engine.resume(RESUME_ALL, by, listen, PATIENT);
    expect(await startNow()).toEqual({ startType: 'auto', delayed: true });
  });
});
