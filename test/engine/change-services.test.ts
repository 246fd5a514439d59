import { describe, expect, it } from 'vitest';

import type { ProblemId } from '../../electron/contract/problem.js';
import type { Actor, Change, EntryDraft } from '../../electron/contract/run.js';
import { changeServices } from '../../electron/engine/change-services.js';
import { createContext, type EngineContext } from '../../electron/engine/engine-context.js';
import type { EngineEvent } from '../../electron/engine/engine.js';
import type { EngineParts } from '../../electron/engine/parts.js';
import { WorkingRun } from '../../electron/engine/working-run.js';
import { moving, ScriptedControl, SERVICE, type Scene } from '../harness/engine/scripted-control.js';
import { AUTO, AUTO_DELAYED, factsOf, MANUAL, recordedOf, runOf } from '../harness/fakes/server-facts.js';

const BY: Actor = { user: 'CONTOSO\\admin', face: 'cli', processId: 1 };
const PAUSE: Change = { kind: 'pause' };
const SET_MANUAL: Change = { kind: 'set-start', from: AUTO, to: MANUAL };
const HEALTHY: readonly Scene[] = [
  [0, { state: 'pause-pending' }],
  [1_000, { state: 'paused' }],
];

interface Tried {
  /** Null: given up. */
  readonly result: 'done' | 'failed' | null;
  /** What was written and what was ordered, in the order in which it happened. */
  readonly happened: readonly string[];
  readonly stored: readonly EntryDraft[];
  readonly events: readonly EngineEvent[];
}

/** Makes one change of one service. */
async function attempt(
  control: ScriptedControl,
  change: Change,
  more: { readonly deadlineUpMs?: EngineContext['deadlineUpMs']; readonly signal?: AbortSignal } = {},
  append: ((draft: EntryDraft) => void) | null = null,
): Promise<Tried> {
  const stored: EntryDraft[] = [];
  const events: EngineEvent[] = [];
  const happened = control.sent;
  const writer = {
    run: runOf([recordedOf(SERVICE)]),
    append: (_now: unknown, ...drafts: EntryDraft[]): void => {
      for (const draft of drafts) append?.(draft);
      stored.push(...drafts);
      happened.push(...drafts.map((draft) => `wrote ${draft.type}`));
    },
    close: () => undefined,
  };
  const unused = {} as Omit<EngineParts, 'serviceControl' | 'host'>;
  const parts: EngineParts = { ...unused, serviceControl: control, host: control.host };
  const listen = (event: EngineEvent): void => void events.push(event);
  const wait = { timeoutMs: null, signal: more.signal ?? new AbortController().signal };
  const context = { ...createContext(parts, BY, listen, wait), deadlineUpMs: more.deadlineUpMs ?? null };
  const ended = (): EntryDraft | undefined => stored.find(({ type }) => type === 'changed' || type === 'failed');
  const turnsOf = () => (ended() === undefined ? [{ serviceName: SERVICE, group: 0, step: change }] : []);
  const task = { turnsOf, unreadable: new Map(), readings: null };
  await changeServices(context, new WorkingRun(writer, parts, listen), factsOf({ [SERVICE]: {} }), task);
  const end = ended()?.type;
  return { result: end === undefined ? null : end === 'changed' ? 'done' : 'failed', happened, stored, events };
}

function failureOf({ stored }: Tried): ProblemId | null {
  const failed = stored.find((draft) => draft.type === 'failed');
  return failed?.problem.id ?? null;
}

function ordersOf({ happened }: Tried): readonly string[] {
  return happened.filter((what) => !what.startsWith('wrote') && what !== 'interrogate');
}

function refusing(refusals: readonly (ProblemId | number)[], ...scenes: readonly Scene[]): ScriptedControl {
  const control = new ScriptedControl(...scenes);
  control.refusals.push(...refusals);
  return control;
}

describe('one change of one service', () => {
  it('writes its intention before the order and its outcome after it', async () => {
    const tried = await attempt(new ScriptedControl(...HEALTHY), PAUSE);
    expect(tried.result).toBe('done');
    expect(tried.happened).toEqual(['wrote intended', 'pause', 'wrote changed']);
    expect(tried.events).toMatchObject([
      { type: 'step', state: 'doing' },
      { type: 'step', state: 'done' },
    ]);
  });

  it('gives no order when the intention cannot be written', async () => {
    const control = new ScriptedControl(...HEALTHY);
    const isFull = (): never => {
      throw new Error('disk full');
    };
    await expect(attempt(control, PAUSE, {}, isFull)).rejects.toThrow('disk full');
    expect(control.sent).toEqual([]);
  });

  it.each<{ id: ProblemId; change: Change }>([
    { id: 'cannot-accept-control-now', change: PAUSE },
    { id: 'database-locked', change: PAUSE },
    { id: 'rpc-unavailable', change: PAUSE },
    { id: 'handle-invalid', change: PAUSE },
    { id: 'database-locked', change: SET_MANUAL },
    { id: 'handle-invalid', change: SET_MANUAL },
  ])('is tried again after $id, which passes by itself: $change.kind', async ({ id, change }) => {
    const tried = await attempt(refusing([id, id, id], [0, { state: 'running' }], [3_100, { state: 'paused' }]), change);
    expect(tried.result).toBe('done');
    expect(ordersOf(tried)).toHaveLength(4);
    expect(tried.stored.filter(({ type }) => type === 'intended')).toHaveLength(1);
  });

  it.each([PAUSE, SET_MANUAL])('is not tried for ever: $kind', async (change) => {
    const control = refusing(Array<ProblemId>(100).fill('database-locked'), [0, { state: 'running' }]);
    const tried = await attempt(control, change);
    expect([tried.result, failureOf(tried)]).toEqual(['failed', 'database-locked']);
    expect(control.time.nowMs()).toBe(30_000);
  });

  it('is not tried again after any other refusal', async () => {
    const tried = await attempt(refusing(['access-denied'], [0, { state: 'running' }]), PAUSE);
    expect([tried.result, failureOf(tried)]).toEqual(['failed', 'access-denied']);
    expect(tried.happened).toEqual(['wrote intended', 'pause', 'wrote failed']);
  });

  it('is done when the service gets there although Windows stopped waiting for it', async () => {
    const tried = await attempt(refusing(['request-timeout'], [0, { state: 'pause-pending' }], [2_000, { state: 'paused' }]), PAUSE);
    expect(tried.result).toBe('done');
    expect(ordersOf(tried)).toEqual(['pause']);
  });

  it('is ordered once more where Windows did not reach a handler in time, and is not done before it holds', async () => {
    const tried = await attempt(
      refusing(['request-timeout'], [0, { state: 'running' }], [10_000, { state: 'pause-pending' }], [12_000, { state: 'paused' }]),
      PAUSE,
    );
    expect(tried.result).toBe('done');
    expect(ordersOf(tried)).toEqual(['pause', 'pause']);
  });

  it('names the refusal when the service never got there', async () => {
    const tried = await attempt(refusing(['request-timeout', 'request-timeout', 'request-timeout'], [0, { state: 'running' }]), PAUSE);
    expect(failureOf(tried)).toBe('request-timeout');
    expect(ordersOf(tried)).toHaveLength(2);
  });

  it('does not start again what did not answer, for a start waits for no other handler', async () => {
    const tried = await attempt(refusing(['request-timeout'], [0, { state: 'stopped' }]), { kind: 'start' });
    expect(failureOf(tried)).toBe('request-timeout');
    expect(ordersOf(tried)).toEqual(['start']);
  });

  it.each<[string, readonly Scene[]]>([
    ['was faster', [[0, { state: 'running' }]]],
    [
      'has begun it',
      [
        [0, { state: 'start-pending' }],
        [2_000, { state: 'running' }],
      ],
    ],
  ])('is done when it is refused because somebody else %s', async (_, scenes) => {
    expect((await attempt(refusing(['already-running'], ...scenes), { kind: 'start' })).result).toBe('done');
  });

  it.each<[ProblemId, Partial<Scene[1]>]>([
    ['stopped-instead', { state: 'stopped', win32ExitCode: 0 }],
    ['ended-while-changing', { state: 'stopped', win32ExitCode: 1066, serviceSpecificExitCode: 42 }],
    ['state-reverted', { state: 'running' }],
  ])('says %s when it ended elsewhere', async (id, status) => {
    expect(failureOf(await attempt(new ScriptedControl([0, { state: 'pause-pending' }], [1_000, status]), PAUSE))).toBe(id);
  });

  it.each<[ProblemId, Partial<Scene[1]>]>([
    ['stopped-instead', { state: 'stopped', win32ExitCode: 0 }],
    ['ended-while-changing', { state: 'stopped', win32ExitCode: 1067 }],
    ['unknown-win32', { state: 'running' }],
  ])('says %s of a service whose process ended before it answered (error 109)', async (id, status) => {
    const ERROR_BROKEN_PIPE = 109;
    expect(failureOf(await attempt(refusing([ERROR_BROKEN_PIPE], [0, status]), PAUSE))).toBe(id);
  });

  it('says with which number a service ended that was too fast to be seen starting', async () => {
    const tried = await attempt(new ScriptedControl([0, { state: 'stopped', win32ExitCode: 1067 }]), { kind: 'start' });
    expect(tried.stored.at(-1)).toMatchObject({ type: 'failed', problem: { id: 'ended-while-changing', params: { win32: 1067 } } });
  });

  it.each(['running', 'pause-pending'] as const)('asks a service that stays %s to report, now and then', async (state) => {
    const tried = await attempt(new ScriptedControl([0, { state }]), PAUSE);
    expect(tried.happened.filter((what) => what === 'interrogate')).toHaveLength(3);
  });

  it('leaves the intention standing at the deadline', async () => {
    const control = new ScriptedControl(...moving('pause-pending', 0, 600_000, 1_000));
    const tried = await attempt(control, PAUSE, { deadlineUpMs: 5_000 });
    expect(tried.happened.filter((what) => what.startsWith('wrote'))).toEqual(['wrote intended']);
    expect([tried.result, control.time.nowMs()]).toEqual([null, 5_000]);
  });

  it('orders nothing any more when it was told to stop', async () => {
    const control = new ScriptedControl(...HEALTHY);
    const tried = await attempt(control, PAUSE, { signal: AbortSignal.abort() });
    expect([tried.happened, control.time.nowMs()]).toEqual([[], 0]);
  });
});

describe('writing a start type', () => {
  it('is done when it reads back as written', async () => {
    expect((await attempt(new ScriptedControl([0, { state: 'paused' }]), SET_MANUAL)).result).toBe('done');
  });

  it.each<[string, Change, typeof AUTO]>([
    ['the type', SET_MANUAL, AUTO],
    ['the delayed flag', { kind: 'restore-start', from: MANUAL, to: AUTO_DELAYED }, AUTO],
  ])('has failed when %s reads back as something else', async (_, change, reads) => {
    const control = new ScriptedControl([0, { state: 'paused' }]);
    control.startBecomes = reads;
    expect(failureOf(await attempt(control, change))).toBe('start-type-reverted');
  });
});
