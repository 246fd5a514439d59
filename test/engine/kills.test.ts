import { describe, expect, it } from 'vitest';

import type { CommandResult, DrainRequest } from '../../electron/engine/engine.js';
import {
  differences,
  EngineHarness,
  DRAIN_ALL,
  HOURS,
  Killed,
  PATIENT,
  RESUME_ALL,
  type KillPoint,
  type Program,
} from '../harness/engine/engine-harness.js';

/** A short hold time, so that most of a run is what is killed in it. */
const ALL: DrainRequest = { ...DRAIN_ALL, holdTimeMs: 2_000 };
const THREE: DrainRequest = { ...ALL, services: ['RTCRGS', 'RTCCPS', 'RTCSRV'] };

async function withHarness(body: (harness: EngineHarness) => Promise<void>): Promise<void> {
  const harness = await EngineHarness.open('quiet');
  try {
    await body(harness);
  } finally {
    harness.close();
  }
}

function drain({ engine, by, listen }: Program, request: DrainRequest): Promise<CommandResult> {
  return engine.drain(request, by, listen, HOURS);
}

function resume({ engine, by, listen }: Program): Promise<CommandResult> {
  return engine.resume(RESUME_ALL, by, listen, PATIENT);
}

/** @returns whether the program was killed before its command ended */
async function isKilledIn(program: Program, command: (program: Program) => Promise<unknown>): Promise<boolean> {
  try {
    await command(program);
  } catch (error) {
    if (!(error instanceof Killed)) throw error;
  }
  return program.isOver();
}

async function expectWholeMaintenance(
  harness: EngineHarness,
  before: Awaited<ReturnType<EngineHarness['snapshot']>>,
  request: DrainRequest,
): Promise<void> {
  expect(await drain(harness.begin(), request)).toMatchObject({ outcome: 'ready', problem: null });
  expect(await resume(harness.begin())).toMatchObject({ outcome: 'returned', problem: null });
  expect(differences(before, await harness.snapshot())).toEqual([]);
  expect((await harness.begin().engine.observe()).run).toBeNull();
}

/** Kills a drain, then carries the maintenance through. @returns false when the drain was over before */
async function killDrain(killAt: KillPoint, request: DrainRequest): Promise<boolean> {
  let isKilled = false;
  await withHarness(async (harness) => {
    const before = await harness.snapshot();
    isKilled = await isKilledIn(harness.begin(killAt), (program) => drain(program, request));
    await expectWholeMaintenance(harness, before, request);
  });
  return isKilled;
}

/** Kills a drain, then gives it up. */
async function killDrainAndGiveUp(killAt: KillPoint, request: DrainRequest): Promise<boolean> {
  let isKilled = false;
  await withHarness(async (harness) => {
    const before = await harness.snapshot();
    isKilled = await isKilledIn(harness.begin(killAt), (program) => drain(program, request));
    expect(['returned', 'nothing-to-do']).toContain((await resume(harness.begin())).outcome);
    expect(differences(before, await harness.snapshot())).toEqual([]);
  });
  return isKilled;
}

async function killWayBack(killAt: KillPoint, request: DrainRequest): Promise<boolean> {
  let isKilled = false;
  await withHarness(async (harness) => {
    const before = await harness.snapshot();
    await drain(harness.begin(), request);
    isKilled = await isKilledIn(harness.begin(killAt), resume);
    expect(['returned', 'nothing-to-do']).toContain((await resume(harness.begin())).outcome);
    expect(differences(before, await harness.snapshot())).toEqual([]);
  });
  return isKilled;
}

/** Every place of that kind, from the first until the command comes through. */
async function atEveryPlace(
  at: 'before-order' | 'after-order' | 'file-operation',
  kill: (killAt: KillPoint) => Promise<boolean>,
): Promise<number> {
  for (let count = 1; ; count += 1) {
    if (!(await kill({ at, count }))) return count - 1;
  }
}

const TIMEOUT_MS = 120_000;

describe('killed while draining', () => {
  it.each(['before-order', 'after-order'] as const)(
    '%s: the next drain becomes ready and the way back is exact',
    { timeout: TIMEOUT_MS },
    async (at) => {
      expect(await atEveryPlace(at, (killAt) => killDrain(killAt, ALL))).toBeGreaterThan(20);
    },
  );

  it('at every file operation: the next drain becomes ready and the way back is exact', { timeout: TIMEOUT_MS }, async () => {
    expect(await atEveryPlace('file-operation', (killAt) => killDrain(killAt, THREE))).toBeGreaterThan(60);
  });

  it('at every file operation: the way back alone puts everything back', { timeout: TIMEOUT_MS }, async () => {
    expect(await atEveryPlace('file-operation', (killAt) => killDrainAndGiveUp(killAt, THREE))).toBeGreaterThan(60);
  });
});

describe('killed on the way back', () => {
  it.each(['before-order', 'after-order'] as const)('%s: the next way back is exact', { timeout: TIMEOUT_MS }, async (at) => {
    expect(await atEveryPlace(at, (killAt) => killWayBack(killAt, ALL))).toBeGreaterThan(20);
  });

  it('at every file operation: the next way back is exact', { timeout: TIMEOUT_MS }, async () => {
    expect(await atEveryPlace('file-operation', (killAt) => killWayBack(killAt, THREE))).toBeGreaterThan(60);
  });
});
