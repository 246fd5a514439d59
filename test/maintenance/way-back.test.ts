import { describe, expect, it } from 'vitest';

import { problem } from '../../electron/contract/problem.js';
import type { RecordedService, Run } from '../../electron/contract/run.js';
import { wayBackPlaces } from '../../electron/core/maintenance/next-step.js';
import { RunView } from '../../electron/core/maintenance/run-view.js';
import { decideWayBack, type WayBackDecision } from '../../electron/core/maintenance/way-back.js';
import {
  AUTO,
  AUTO_DELAYED,
  DISABLED,
  DONE,
  drainedOf,
  factsOf,
  INTENDED,
  MANUAL,
  recordedOf,
  runOf,
  type Given,
} from '../harness/fakes/server-facts.js';

function decide(given: Given, recorded: RecordedService, order: Partial<Run['order']> = {}): WayBackDecision {
  const run = runOf([recorded], { command: 'resume', ...order });
  return decideWayBack(factsOf({ [recorded.serviceName]: given }), recorded, run.order);
}

const PAUSED: Given = { state: 'paused', start: MANUAL };

describe('the way back of one service', () => {
  it('restores the start type before anything else', () => {
    expect(decide(PAUSED, drainedOf('RTCMEDSRV'))).toEqual({ kind: 'restore-start', from: MANUAL, to: AUTO });
  });

  it('continues what is paused once the start type is back', () => {
    expect(decide({ state: 'paused', start: AUTO }, drainedOf('RTCMEDSRV'))).toEqual({ kind: 'continue' });
  });

  it('starts what a restart left stopped and had been running', () => {
    expect(decide({ state: 'stopped', start: AUTO }, drainedOf('RTCMEDSRV'))).toEqual({ kind: 'start' });
  });

  it('starts nothing when told to stay stopped', () => {
    const step = decide({ state: 'stopped', start: AUTO }, drainedOf('RTCMEDSRV'), { stayStopped: true });
    expect(step).toEqual({ kind: 'later' });
    expect(decide({ state: 'paused', start: AUTO }, drainedOf('RTCMEDSRV'), { stayStopped: true })).toEqual({ kind: 'later' });
  });

  it('is over when it runs with its own start type', () => {
    expect(decide({ state: 'running', start: AUTO }, drainedOf('RTCMEDSRV'))).toEqual({ kind: 'settled', how: 'restored' });
  });

  it('leaves stopped what had been stopped', () => {
    const recorded = drainedOf('RTCMEDSRV', { original: { displayName: 'x', state: 'stopped', start: AUTO }, pause: { kind: 'none' } });
    expect(decide({ state: 'stopped', start: AUTO }, recorded)).toEqual({ kind: 'settled', how: 'restored' });
  });

  it('leaves paused what had been paused before the run', () => {
    const recorded = recordedOf('RTCMEDSRV', { original: { displayName: 'x', state: 'paused', start: AUTO } });
    expect(decide({ state: 'paused', start: AUTO }, recorded)).toEqual({ kind: 'settled', how: 'was-as-before' });
  });

  it('asks about what the run never touched and is stopped now', () => {
    expect(decide({ state: 'stopped', start: AUTO }, recordedOf('RTCMEDSRV'))).toMatchObject({
      kind: 'asked',
      start: null,
      state: { conflict: { original: 'running', now: 'stopped' } },
    });
    expect(decide({ state: 'stopped', start: AUTO }, recordedOf('RTCMEDSRV', { choice: 'original' }))).toEqual({ kind: 'start' });
    const kept = { state: 'stopped', start: null } as const;
    expect(decide({ state: 'stopped', start: AUTO }, recordedOf('RTCMEDSRV', { kept }))).toEqual({ kind: 'settled', how: 'kept' });
  });

  it('starts what it held before a restart could start it, although it never had to pause it', () => {
    const recorded = drainedOf('RTCMEDSRV', { pause: { kind: 'none' } });
    expect(decide({ state: 'stopped', start: AUTO }, recorded)).toEqual({ kind: 'start' });
  });

  it('asks about what another person paused, although the run held it', () => {
    const recorded = drainedOf('RTCMEDSRV', { pause: { kind: 'none' } });
    expect(decide({ state: 'paused', start: AUTO }, recorded)).toMatchObject({
      kind: 'asked',
      state: { conflict: { original: 'running', now: 'paused' } },
    });
    expect(decide({ state: 'paused', start: AUTO }, { ...recorded, choice: 'original' })).toEqual({ kind: 'continue' });
  });

  it('waits for a service that is on its way', () => {
    expect(decide({ state: 'start-pending', start: AUTO }, drainedOf('RTCMEDSRV'))).toEqual({ kind: 'await-state' });
  });

  it('restores the delayed flag as well', () => {
    const recorded = drainedOf('RTCMEDSRV', { original: { displayName: 'x', state: 'running', start: AUTO_DELAYED } });
    expect(decide({ state: 'paused', start: AUTO }, { ...recorded, restoreStart: INTENDED })).toEqual({
      kind: 'restore-start',
      from: AUTO,
      to: AUTO_DELAYED,
    });
  });

  it('does not compare a delayed flag that Windows cannot read', () => {
    const recorded = drainedOf('RTCMEDSRV', {
      original: { displayName: 'x', state: 'running', start: { startType: 'auto', delayed: null } },
    });
    expect(decide({ state: 'paused', start: AUTO }, recorded)).toEqual({ kind: 'continue' });
  });

  it('takes back a change whose completion the record never saw', () => {
    const recorded = drainedOf('RTCMEDSRV', { setStart: INTENDED });
    expect(decide(PAUSED, recorded).kind).toBe('restore-start');
  });

  it('finds nothing to restore when the intended change never happened', () => {
    const recorded = drainedOf('RTCMEDSRV', { setStart: INTENDED });
    expect(decide({ state: 'paused', start: AUTO }, recorded)).toEqual({ kind: 'continue' });
  });

  it('asks when somebody set a third start type meanwhile', () => {
    expect(decide({ state: 'paused', start: DISABLED }, drainedOf('RTCMEDSRV'))).toMatchObject({
      kind: 'asked',
      start: { conflict: { original: 'auto', ours: 'demand', now: 'disabled' } },
      state: null,
    });
  });

  it('lets a service run again while it asks about a start type that does not keep it from running', () => {
    expect(decide({ state: 'paused', start: AUTO_DELAYED }, drainedOf('RTCMEDSRV'))).toEqual({ kind: 'continue' });
    expect(decide({ state: 'running', start: AUTO_DELAYED }, drainedOf('RTCMEDSRV'))).toMatchObject({ kind: 'asked', state: null });
  });

  it('keeps the third start type when told to, and still continues', () => {
    expect(decide({ state: 'paused', start: DISABLED }, drainedOf('RTCMEDSRV', { choice: 'keep' }))).toEqual({ kind: 'continue' });
    expect(decide({ state: 'running', start: DISABLED }, drainedOf('RTCMEDSRV', { choice: 'keep' }))).toEqual({
      kind: 'settled',
      how: 'kept',
    });
  });

  it('writes the original over the third start type only when told to', () => {
    const step = decide({ state: 'paused', start: DISABLED }, drainedOf('RTCMEDSRV', { choice: 'original' }));
    expect(step).toEqual({ kind: 'restore-start', from: DISABLED, to: AUTO });
  });

  it('gives up on a service that stopped again right after it was started', () => {
    const step = decide({ state: 'stopped', start: AUTO }, drainedOf('RTCMEDSRV', { restart: DONE }));
    expect(step).toEqual({ kind: 'failed', problem: problem('state-reverted', { serviceName: 'RTCMEDSRV' }) });
  });

  it('gives up on a start type that a policy sets back again', () => {
    expect(decide(PAUSED, drainedOf('RTCMEDSRV', { restoreStart: DONE }))).toEqual({ kind: 'continue' });
    const step = decide({ state: 'running', start: MANUAL }, drainedOf('RTCMEDSRV', { restoreStart: DONE }));
    expect(step).toEqual({
      kind: 'failed',
      problem: problem('start-type-reverted', { serviceName: 'RTCMEDSRV', wanted: 'auto', now: 'demand' }),
    });
  });

  it('does not repeat a step that failed under the same order', () => {
    const denied = problem('access-denied', { serviceName: 'RTCMEDSRV', win32: 5, operation: 'StartServiceW' });
    const recorded = drainedOf('RTCMEDSRV', { restart: { kind: 'failed', problem: denied, stale: false } });
    expect(decide({ state: 'stopped', start: AUTO }, recorded)).toEqual({ kind: 'failed', problem: denied });
    const later = drainedOf('RTCMEDSRV', { restart: { kind: 'failed', problem: denied, stale: true } });
    expect(decide({ state: 'stopped', start: AUTO }, later)).toEqual({ kind: 'start' });
  });

  it('says so when the service is gone, and lets it go only when told to', () => {
    const recorded = drainedOf('RTCMEDSRV');
    const { order } = runOf([recorded], { command: 'resume' });
    expect(decideWayBack(factsOf({}), recorded, order)).toMatchObject({ kind: 'failed', problem: { id: 'service-missing' } });
    expect(decideWayBack(factsOf({}), drainedOf('RTCMEDSRV', { choice: 'original' }), order).kind).toBe('failed');
    expect(decideWayBack(factsOf({}), drainedOf('RTCMEDSRV', { choice: 'keep' }), order)).toEqual({ kind: 'settled', how: 'kept' });
  });

  it.each(['paused', 'pause-pending'] as const)('leaves paused what had been %s, also when the run paused it again', (state) => {
    const recorded = drainedOf('RTCMEDSRV', { original: { displayName: 'x', state, start: AUTO } });
    expect(decide({ state: 'paused', start: AUTO }, recorded)).toEqual({ kind: 'settled', how: 'restored' });
  });

  it('continues what had been stopped, was started by somebody, and was paused by the run', () => {
    const recorded = drainedOf('RTCMEDSRV', { original: { displayName: 'x', state: 'stopped', start: AUTO } });
    expect(decide({ state: 'paused', start: AUTO }, recorded)).toEqual({ kind: 'continue' });
    expect(decide({ state: 'stopped', start: AUTO }, recorded)).toEqual({ kind: 'settled', how: 'restored' });
  });
});

describe('the way back of all services', () => {
  it('begins with the Front-End and ends with Mediation', () => {
    const names = ['RTCMEDSRV', 'RTCIMMCU', 'RTCRGS', 'RTCSRV'];
    const run = runOf(
      names.map((name) => drainedOf(name)),
      { command: 'resume' },
    );
    const facts = factsOf(Object.fromEntries(names.map((name) => [name, PAUSED])));
    expect(wayBackPlaces(new RunView(facts, run)).map(({ service }) => service.serviceName)).toEqual([
      'RTCSRV',
      'RTCIMMCU',
      'RTCRGS',
      'RTCMEDSRV',
    ]);
  });

  it('has a place for what was left out only where the run had changed it before', () => {
    const recorded = [drainedOf('RTCRGS', { leftOut: true }), recordedOf('RTCCPS', { leftOut: true })];
    const places = wayBackPlaces(new RunView(factsOf({ RTCRGS: PAUSED, RTCCPS: {} }), runOf(recorded, { command: 'resume' })));
    expect(places).toMatchObject([{ service: { serviceName: 'RTCRGS' }, step: { kind: 'restore-start' } }]);
  });

  it('touches only what was ordered back', () => {
    const run = runOf([drainedOf('RTCRGS'), drainedOf('RTCSRV')], { command: 'resume', services: ['RTCRGS'] });
    const places = wayBackPlaces(new RunView(factsOf({ RTCRGS: PAUSED, RTCSRV: PAUSED }), run));
    expect(places.map(({ service }) => service.serviceName)).toEqual(['RTCRGS']);
  });
});
