import { describe, expect, it } from 'vitest';

import type { Checklist } from '../../electron/contract/checklist.js';
import { viewProgress, type StepId, type StepMark } from '../../renderer/steps/progress.js';
import { IN_SERVICE, paused, withRows, withSteps } from '../harness/renderer/services.js';
import { ANN, CHECKLIST, POOL_BLOCKS, RUN, minutesAgo } from '../harness/renderer/snapshots.js';

const PAUSE = { ...RUN, command: 'pause' } as const;
const QUIET = { kind: 'quiet', heldMs: 60_000, samples: 12 } as const;
const CONFIRMED = { at: minutesAgo(1), by: ANN, note: null, scope: 'server', cut: 0 } as const;

function currentOf(checklist: Partial<Checklist>, isTimed = false): StepId {
  return viewProgress({ ...CHECKLIST, ...checklist }, isTimed ? { until: minutesAgo(-5), leftMs: 300_000 } : null).current;
}

function markOf(id: StepId, checklist: Partial<Checklist>): StepMark | undefined {
  return viewProgress({ ...CHECKLIST, ...checklist }, null).steps.find((step) => step.id === id)?.mark;
}

describe('the step to work on', () => {
  it('is preflight while no run is open', () => {
    expect(currentOf({})).toBe('preflight');
  });

  it('is pause until every planned service is paused', () => {
    const services = withRows(paused(), {
      RTCSRV: { state: 'running', steps: { pause: 'failed', manual: 'done', wait: 'todo', confirm: 'todo' } },
    });
    expect(currentOf({ run: RUN, services })).toBe('pause');
  });

  it('is set Manual after a pause that has no end', () => {
    expect(currentOf({ run: PAUSE, services: paused({}, 'skipped') })).toBe('manual');
  });

  it('stays set Manual when all went quiet under a pause, because that is not safe to restart', () => {
    expect(currentOf({ run: { ...PAUSE, phase: 'ready' }, ready: true, quiet: QUIET, services: paused({}, 'skipped') })).toBe('manual');
  });

  it('is confirm after a drain that was told to leave the start types: there stands why the server is not safe to restart', () => {
    expect(currentOf({ run: { ...RUN, phase: 'ready' }, ready: true, quiet: QUIET, services: paused({}, 'skipped') })).toBe('confirm');
  });

  it('is wait during a quick pause, which is never confirmed', () => {
    const services = paused({}, 'skipped');
    expect(currentOf({ run: { ...PAUSE, until: minutesAgo(-5) }, services }, true)).toBe('wait');
    expect(currentOf({ run: { ...PAUSE, phase: 'ready', until: minutesAgo(-5) }, services }, true)).toBe('wait');
  });

  it('is wait while sessions are left, and confirm when ready', () => {
    expect(currentOf({ run: RUN, services: paused({ RTCSRV: 4 }) })).toBe('wait');
    expect(currentOf({ run: { ...RUN, phase: 'ready' }, services: paused(), ready: true, quiet: QUIET })).toBe('confirm');
  });

  it('goes on without a service that was brought back alone', () => {
    const services = withRows(paused({ RTCSRV: 4 }), {
      RTCCAA: {
        state: 'running',
        returned: 'restored',
        wayBack: 'done',
        steps: { pause: 'todo', manual: 'todo', wait: 'todo', confirm: 'todo' },
      },
    });
    expect(currentOf({ run: RUN, services })).toBe('wait');
  });

  it('goes back to pause when a service was resumed from outside', () => {
    const services = withRows(paused(), { RTCSRV: { steps: { pause: 'failed', manual: 'done', wait: 'todo', confirm: 'todo' } } });
    expect(currentOf({ run: RUN, services })).toBe('pause');
  });

  it('is the work once it is confirmed, and the way back once that is ordered', () => {
    expect(currentOf({ run: { ...RUN, phase: 'confirmed', confirmed: CONFIRMED }, services: paused() })).toBe('restart');
    expect(currentOf({ run: { ...RUN, phase: 'returning', command: 'resume' }, services: paused() })).toBe('way-back');
  });
});

describe('the marks of the steps', () => {
  it('warn of a check that blocks before the run, and not after it', () => {
    expect(markOf('preflight', { checks: [POOL_BLOCKS] })).toBe('failed');
    expect(markOf('preflight', { checks: [{ ...POOL_BLOCKS, overridden: true }] })).toBe('doing');
    expect(markOf('preflight', { checks: [POOL_BLOCKS], run: RUN, services: paused() })).toBe('done');
  });

  it('never show as done what was passed over on an early way back', () => {
    const early: Partial<Checklist> = {
      run: { ...RUN, phase: 'returning', command: 'resume' },
      services: paused({ RTCSRV: 4 }),
      quiet: { kind: 'busy', sessions: 4, unknown: [] },
    };
    expect(markOf('pause', early)).toBe('done');
    for (const id of ['wait', 'confirm', 'restart'] as const) expect(markOf(id, early)).toBe('skipped');
  });

  it('count what is through, by hand or not needed included, and what failed', () => {
    const services = withRows(withSteps(IN_SERVICE, { pause: 'done' }), {
      RTCSRV: { steps: { pause: 'failed', manual: 'todo', wait: 'todo', confirm: 'todo' } },
      RTCCPS: { steps: { pause: 'skipped', manual: 'todo', wait: 'todo', confirm: 'todo' } },
    });
    const pause = viewProgress({ ...CHECKLIST, run: RUN, services }, null).steps[1];
    expect(pause?.tally).toEqual({ total: 9, done: 8, failed: 1 });
    expect(pause?.mark).toBe('failed');
  });
});
