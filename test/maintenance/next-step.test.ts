import { describe, expect, it } from 'vitest';

import { problem } from '../../electron/contract/problem.js';
import type { RecordedService, Run } from '../../electron/contract/run.js';
import { nextDrainStep, type NextStep } from '../../electron/core/maintenance/next-step.js';
import { RunView } from '../../electron/core/maintenance/run-view.js';
import {
  AUTO,
  DISABLED,
  DONE,
  DONE_EARLIER,
  drainedOf,
  factsOf,
  INTENDED,
  MANUAL,
  recordedOf,
  runOf,
  second,
  type Given,
} from '../harness/fakes/server-facts.js';

const PAUSED: Given = { state: 'paused', start: MANUAL };

function next(
  services: Readonly<Record<string, Given>>,
  recorded: readonly RecordedService[],
  order: Partial<Run['order']> = {},
  isReady = false,
): NextStep {
  return nextDrainStep(new RunView(factsOf(services), runOf(recorded, order)), isReady);
}

describe('the next step of a drain', () => {
  it('pauses one service after another, in plan order', () => {
    const recorded = [recordedOf('RTCMEDSRV'), recordedOf('RTCSRV')];
    expect(next({ RTCMEDSRV: {}, RTCSRV: {} }, recorded)).toEqual({ kind: 'pause', serviceName: 'RTCMEDSRV' });
    expect(next({ RTCMEDSRV: { state: 'paused' }, RTCSRV: {} }, recorded)).toEqual({ kind: 'pause', serviceName: 'RTCSRV' });
  });

  it('sets start types only when every pause is done', () => {
    const recorded = [recordedOf('RTCMEDSRV', { pause: DONE }), recordedOf('RTCSRV', { pause: DONE })];
    expect(next({ RTCMEDSRV: { state: 'paused' }, RTCSRV: { state: 'paused' } }, recorded)).toEqual({
      kind: 'set-start',
      serviceName: 'RTCMEDSRV',
      from: AUTO,
      to: MANUAL,
    });
  });

  it('sets a stopped automatic service to Manual too, because a restart would start it', () => {
    expect(next({ RTCRGS: { state: 'stopped' } }, [recordedOf('RTCRGS')])).toMatchObject({ kind: 'set-start', serviceName: 'RTCRGS' });
  });

  it('leaves a disabled service disabled', () => {
    expect(next({ RTCRGS: { state: 'stopped', start: DISABLED } }, [recordedOf('RTCRGS')])).toEqual({ kind: 'wait' });
  });

  it('disables where that was ordered, also what is Manual already', () => {
    const step = next({ RTCRGS: { state: 'paused', start: MANUAL } }, [recordedOf('RTCRGS', { pause: DONE })], { hold: 'disabled' });
    expect(step).toMatchObject({ kind: 'set-start', to: { startType: 'disabled' } });
  });

  it('leaves start types alone where that was ordered', () => {
    expect(next({ RTCRGS: { state: 'paused' } }, [recordedOf('RTCRGS', { pause: DONE })], { hold: null })).toEqual({ kind: 'wait' });
  });

  it('waits for a service that is already on its way', () => {
    expect(next({ RTCRGS: { state: 'pause-pending' } }, [recordedOf('RTCRGS', { pause: INTENDED })])).toEqual({
      kind: 'await-state',
      serviceName: 'RTCRGS',
    });
  });

  it('sends a pause again whose sending the record never saw the end of', () => {
    expect(next({ RTCRGS: {} }, [recordedOf('RTCRGS', { pause: INTENDED })])).toEqual({ kind: 'pause', serviceName: 'RTCRGS' });
  });

  it('does not pause again what somebody resumed, but says so', () => {
    expect(next({ RTCRGS: { state: 'running', start: MANUAL } }, [drainedOf('RTCRGS')])).toEqual({
      kind: 'finish',
      outcome: 'changed-outside',
      problem: problem('resumed-from-outside', { serviceName: 'RTCRGS' }),
    });
  });

  it('says that a service started by itself when the server was restarted in between', () => {
    const facts = factsOf(
      { RTCRGS: { state: 'running', start: MANUAL } },
      { at: second(600).at, upMs: 60_000 },
      { bootedAt: second(540).at },
    );
    expect(nextDrainStep(new RunView(facts, runOf([drainedOf('RTCRGS')])), false)).toMatchObject({
      outcome: 'changed-outside',
      problem: { id: 'started-by-itself' },
    });
  });

  it('pauses again what somebody resumed when it is ordered anew', () => {
    const recorded = drainedOf('RTCRGS', { pause: DONE_EARLIER, setStart: DONE_EARLIER });
    expect(next({ RTCRGS: { state: 'running', start: MANUAL } }, [recorded])).toEqual({ kind: 'pause', serviceName: 'RTCRGS' });
  });

  it('says so when somebody set the start type back', () => {
    expect(next({ RTCRGS: { state: 'paused', start: AUTO } }, [drainedOf('RTCRGS')])).toMatchObject({
      kind: 'finish',
      outcome: 'changed-outside',
      problem: problem('start-type-changed-outside', { serviceName: 'RTCRGS', ours: 'demand', now: 'auto' }),
    });
  });

  it('does not mind when somebody chose the stronger hold', () => {
    expect(next({ RTCRGS: { state: 'paused', start: DISABLED } }, [drainedOf('RTCRGS')])).toEqual({ kind: 'wait' });
  });

  it('goes on with the others when one refuses, and names it at the end', () => {
    const refusal = problem('control-not-accepted', { serviceName: 'RTCMEDSRV', win32: 1052, operation: 'ControlService' });
    const refused = recordedOf('RTCMEDSRV', { pause: { kind: 'failed', problem: refusal, stale: false } });
    expect(next({ RTCMEDSRV: {}, RTCSRV: {} }, [refused, recordedOf('RTCSRV')])).toEqual({ kind: 'pause', serviceName: 'RTCSRV' });
    expect(next({ RTCMEDSRV: {}, RTCSRV: PAUSED }, [refused, drainedOf('RTCSRV')])).toEqual({
      kind: 'finish',
      outcome: 'partly',
      problem: refusal,
    });
  });

  it('has failed when nothing could be paused', () => {
    const refusal = problem('access-denied', { serviceName: 'RTCSRV', win32: 5, operation: 'ControlService' });
    const refused = recordedOf('RTCSRV', { pause: { kind: 'failed', problem: refusal, stale: false } });
    expect(next({ RTCSRV: {} }, [refused])).toEqual({ kind: 'finish', outcome: 'failed', problem: refusal });
  });

  it('never sets Manual on a service that goes on taking calls', () => {
    const refused = recordedOf('RTCSRV', {
      pause: { kind: 'failed', problem: problem('access-denied', { win32: 5, operation: 'ControlService' }), stale: false },
    });
    expect(next({ RTCSRV: {} }, [refused]).kind).toBe('finish');
  });

  it('waits on for the others after a service stopped instead of pausing, and does not call that a success', () => {
    const stopped = recordedOf('RTCRGS', {
      pause: { kind: 'failed', problem: problem('stopped-instead', { serviceName: 'RTCRGS' }), stale: false },
      setStart: DONE,
      ourStart: MANUAL,
    });
    const services = { RTCRGS: { state: 'stopped', start: MANUAL }, RTCSRV: PAUSED } as const;
    expect(next(services, [stopped, drainedOf('RTCSRV')])).toEqual({ kind: 'wait' });
    expect(next(services, [stopped, drainedOf('RTCSRV')], {}, true)).toMatchObject({
      outcome: 'partly',
      problem: { id: 'stopped-instead' },
    });
  });

  it('is over when ready', () => {
    expect(next({ RTCSRV: PAUSED }, [drainedOf('RTCSRV')], {}, true)).toEqual({ kind: 'finish', outcome: 'ready', problem: null });
  });

  it('leaves out what was overridden', () => {
    expect(next({ RTCMEDSRV: {}, RTCSRV: PAUSED }, [recordedOf('RTCMEDSRV', { leftOut: true }), drainedOf('RTCSRV')])).toEqual({
      kind: 'wait',
    });
  });

  it('is over after the pauses when only a pause was ordered', () => {
    const order = { command: 'pause', hold: null } as const;
    expect(next({ RTCSRV: { state: 'paused' } }, [recordedOf('RTCSRV', { pause: DONE })], order)).toMatchObject({ outcome: 'paused' });
  });
});
