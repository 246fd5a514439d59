import { describe, expect, it } from 'vitest';

import type { ProblemId } from '../../electron/contract/problem.js';
import type { Change, EntryDraft } from '../../electron/contract/run.js';
import { changeService, type ChangeContext, type ChangeResult } from '../../electron/engine/change-service.js';
import type { EngineEvent } from '../../electron/engine/engine.js';
import { WorkingRun } from '../../electron/engine/working-run.js';
import { AUTO, AUTO_DELAYED, MANUAL, recordedOf, runOf } from '../fakes/server-facts.js';
import { ScriptedControl, SERVICE, type Scene } from './scripted-control.js';

const PAUSE: Change = { kind: 'pause' };
const SET_MANUAL: Change = { kind: 'set-start', from: AUTO, to: MANUAL };
const HEALTHY: readonly Scene[] = [[0, { state: 'pause-pending' }], [1_000, { state: 'paused' }]];

interface Tried {
  readonly result: ChangeResult;
  /** What was written and what was ordered, in the order in which it happened. */
  readonly happened: readonly string[];
  readonly stored: readonly EntryDraft[];
  readonly events: readonly EngineEvent[];
}

async function attempt(control: ScriptedControl, change: Change, more: Partial<ChangeContext> = {}): Promise<Tried> {
  const stored: EntryDraft[] = [];
  const events: EngineEvent[] = [];
  const happened = control.sent;
  const writer = {
    run: runOf([recordedOf(SERVICE)]),
    append: (_now: unknown, ...drafts: EntryDraft[]): void => {
      stored.push(...drafts);
      happened.push(...drafts.map((draft) => `wrote ${draft.type}`));
    },
    close: () => undefined,
  };
  const parts = { serviceControl: control, host: control.host };
  const working = new WorkingRun(writer, control.host, (event) => events.push(event));
  const { signal } = new AbortController();
  const result = await changeService({ parts, working, deadlineUpMs: null, signal, ...more }, SERVICE, change);
  return { result, happened, stored, events };
}

function failureOf({ stored }: Tried): ProblemId | null {
  const failed = stored.find((draft) => draft.type === 'failed');
  return failed?.problem.id ?? null;
}

function refusing(ids: readonly ProblemId[], ...scenes: readonly Scene[]): ScriptedControl {
  const control = new ScriptedControl(...scenes);
  control.refusals.push(...ids);
  return control;
}

describe('one change of one service', () => {
  it('writes its intention before the order and its outcome after it', async () => {
    const tried = await attempt(new ScriptedControl(...HEALTHY), PAUSE);
    expect(tried.result).toBe('done');
    expect(tried.happened).toEqual(['wrote intended', 'pause', 'wrote changed']);
    expect(tried.events).toMatchObject([{ type: 'step', state: 'doing' }, { type: 'step', state: 'done' }]);
  });

  it('gives no order when the intention cannot be written', async () => {
    const control = new ScriptedControl(...HEALTHY);
    const parts = { serviceControl: control, host: control.host };
    const writer = {
      run: runOf([]),
      append: () => {
        throw new Error('disk full');
      },
      close: () => undefined,
    };
    const working = new WorkingRun(writer, control.host, () => undefined);
    const { signal } = new AbortController();
    await expect(changeService({ parts, working, deadlineUpMs: null, signal }, SERVICE, PAUSE)).rejects.toThrow('disk full');
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
    const tried = await attempt(refusing([id, id, id], [0, { state: 'running' }], [3_000, { state: 'paused' }]), change);
    expect(tried.result).toBe('done');
    expect(tried.happened.filter((what) => !what.startsWith('wrote') && what !== 'interrogate')).toHaveLength(4);
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
    const tried = await attempt(refusing(['request-timeout'], [0, { state: 'running' }], [10_000, { state: 'pause-pending' }], [12_000, { state: 'paused' }]), PAUSE);
    expect(tried.result).toBe('done');
  });

  it('names the refusal when the service never got there', async () => {
    expect(failureOf(await attempt(refusing(['request-timeout'], [0, { state: 'running' }]), PAUSE))).toBe('request-timeout');
  });

  it.each<[string, readonly Scene[]]>([
    ['was faster', [[0, { state: 'running' }]]],
    ['has begun it', [[0, { state: 'start-pending' }], [2_000, { state: 'running' }]]],
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

  it('says with which number a service ended that was too fast to be seen starting', async () => {
    const tried = await attempt(new ScriptedControl([0, { state: 'stopped', win32ExitCode: 1067 }]), { kind: 'start' });
    expect(tried.stored.at(-1)).toMatchObject({ type: 'failed', problem: { id: 'ended-while-changing', params: { win32: 1067 } } });
  });

  it('leaves the intention standing when nobody waits for it any more', async () => {
    const tried = await attempt(new ScriptedControl([0, { state: 'pause-pending' }]), PAUSE, { deadlineUpMs: 3_000 });
    expect(tried.result).toBe('given-up');
    expect(tried.happened.filter((what) => what.startsWith('wrote'))).toEqual(['wrote intended']);
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
