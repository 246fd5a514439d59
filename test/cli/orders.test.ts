import { describe, expect, test } from 'vitest';

import { EXIT_CODES, type OutcomeKind } from '../../electron/contract/outcome.js';
import { problem } from '../../electron/contract/problem.js';
import type { EngineEvent } from '../../electron/engine/engine.js';
import { Stage } from '../harness/cli/stage.js';
import { checklist, drainingRow, NOON, run } from '../harness/fakes/checklists.js';

const INSTANT = { at: NOON, upMs: 0 };

describe('an order', () => {
  test('is refused without rights before anything is asked of the engine', async () => {
    for (const command of ['pause', 'drain', 'confirm', 'resume']) {
      const stage = new Stage();
      stage.elevated = false;
      const { exitCode, err } = await stage.run(command);
      expect([exitCode, stage.engine.ordered]).toEqual([9, []]);
      expect(err).toContain('LD-1101');
    }
  });

  test('carries what was typed, and the settings where nothing was', async () => {
    const stage = new Stage();
    stage.settings = { ...stage.settings, services: ['RTCRGS'], holdTimeMs: 5_000, timeoutMs: 7_000, hold: 'disabled' };
    await stage.run('drain');
    await stage.run('drain', 'RTCSRV', '--hold', 'manual', '--hold-time', '90s', '--timeout', '2h', '--override', 'a', '--reason', 'CHG');
    await stage.run('drain', '--keep-start-type', '--no-wait');
    const [fromSettings, typed, neither] = stage.engine.ordered;
    const by = { user: 'CONTOSO\\ann', face: 'cli', processId: 77 };
    expect(fromSettings).toMatchObject({
      request: { services: ['RTCRGS'], holdTimeMs: 5_000, hold: 'disabled', reason: null, overrides: [] },
      by,
      wait: { timeoutMs: 7_000 },
    });
    expect(typed).toMatchObject({
      request: { services: ['RTCSRV'], holdTimeMs: 90_000, hold: 'demand', reason: 'CHG', overrides: ['a'] },
      wait: { timeoutMs: 7_200_000 },
    });
    expect(neither).toMatchObject({ request: { hold: null }, wait: { timeoutMs: 0 } });
  });

  test('to pause, confirm and go back carries what was typed', async () => {
    const stage = new Stage();
    await stage.run('pause', '--for', '15m');
    await stage.run('confirm', '--note', 'patched');
    await stage.run('resume', 'RTCSRV', '--stay-stopped', '--keep');
    expect(stage.engine.ordered.map(({ method, request }) => [method, request])).toEqual([
      ['pause', { services: null, forMs: 900_000, reason: null, overrides: [] }],
      ['confirm', { note: 'patched', servicesOnly: false }],
      ['resume', { services: ['RTCSRV'], stayStopped: true, conflicts: 'keep' }],
    ]);
  });

  test('to drain with --dry-run is a plan', async () => {
    const stage = new Stage();
    await stage.run('drain', '--dry-run');
    expect(stage.engine.ordered.map(({ method }) => method)).toEqual(['plan']);
  });

  test.each(Object.entries(EXIT_CODES) as [OutcomeKind, number][])('that ends %s leaves with %d', async (outcome, exitCode) => {
    const stage = new Stage();
    stage.engine.result = { outcome };
    expect((await stage.run('drain')).exitCode).toBe(exitCode);
  });

  test('is interrupted by the first signal, and says that the drain goes on', async () => {
    const stage = new Stage();
    stage.engine.meanwhile = () => stage.interruption.abort();
    stage.engine.result = { outcome: 'interrupted', problem: problem('interrupted') };
    const { exitCode, err } = await stage.run('drain');
    expect(exitCode).toBe(130);
    expect(err).toContain('The drain goes on');
    expect(err).toContain('lync-drain watch');
    expect(err.replace(/\s+/g, ' ')).toContain('"lync-drain resume"');
    expect((await stage.run('resume')).err).toContain('You stopped the way back in the middle.');
  });

  test('tells a mistyped service with what was meant', async () => {
    const stage = new Stage();
    stage.engine.result = { outcome: 'usage', problem: problem('unknown-service', { name: 'RTCMEDSVR' }), checklist: null };
    expect((await stage.run('drain', 'RTCMEDSVR')).err).toContain('Did you mean RTCMEDSRV?');
    stage.engine.result = { outcome: 'usage', problem: problem('unknown-service', { name: 'Lync Server RTCSRV' }), checklist: null };
    expect((await stage.run('drain', 'Lync Server RTCSRV')).err.replace(/\s+/g, ' ')).toContain('Did you mean RTCSRV?');
  });
});

describe('progress', () => {
  const events: readonly EngineEvent[] = [
    { type: 'run', runId: 'R1', opened: true, undoCardPath: 'data/R1.txt', ...INSTANT },
    { type: 'step', serviceName: 'RTCSRV', step: 'pause', state: 'doing', problem: null, ...INSTANT },
    { type: 'step', serviceName: 'RTCSRV', step: 'pause', state: 'done', problem: null, ...INSTANT },
    {
      type: 'step',
      serviceName: 'RTCRGS',
      step: 'manual',
      state: 'failed',
      problem: problem('start-type-reverted', { serviceName: 'RTCRGS', wanted: 'demand', now: 'auto' }),
      ...INSTANT,
    },
    { type: 'leak', serviceName: 'RTCSRV', before: 1, after: 3, from: '10.0.0.7', ...INSTANT },
    { type: 'stalled', serviceName: 'RTCIMMCU', count: 1, sinceMs: 660_000, ...INSTANT },
    {
      type: 'sessions',
      checklist: checklist({
        run: run(),
        services: [drainingRow('RTCSRV')],
        curve: [{ ...INSTANT, sessions: 2 }],
        quiet: { kind: 'busy', sessions: 2, unknown: [] },
      }),
      ...INSTANT,
    },
  ];

  test('goes to stderr in words, and data alone to stdout', async () => {
    const stage = new Stage();
    stage.engine.events = events;
    const { out, err } = await stage.run('drain');
    const said = err.replace(/\s+/g, ' ');
    for (const sentence of [
      'Maintenance R1 is open. How to undo everything by hand: data/R1.txt',
      'RTCSRV: paused',
      'RTCRGS: set start type failed',
      'The start type of RTCRGS was set to Manual, but Windows shows Automatic afterwards.',
      'New work reached RTCSRV although it is paused: 1 before, 3 now, from 10.0.0.7.',
      'RTCIMMCU still carries 1 session, and none ended for 11 minutes.',
      'Usually a chat window that was left open.',
      '2 sessions left: RTCSRV 2',
    ]) {
      expect(said).toContain(sentence);
    }
    expect(out).not.toContain('RTCSRV: paused');
  });

  test('with -q is alarms and failures alone', async () => {
    const stage = new Stage();
    stage.engine.events = events;
    stage.engine.result = { outcome: 'ready' };
    const { err, out } = await stage.run('drain', '-q');
    expect(err.match(/LD-\d{4}/g)).toEqual(['LD-2205', 'LD-3002', 'LD-3003']);
    for (const progress of ['Maintenance R1', 'RTCSRV: paused', '2 sessions left']) expect(err).not.toContain(progress);
    expect(out).toBe('');
  });

  test('says what to do about a leak once for each service, and every leak', async () => {
    const stage = new Stage();
    const leak = (serviceName: string, after: number): EngineEvent => ({
      type: 'leak',
      serviceName,
      before: after - 1,
      after,
      from: null,
      ...INSTANT,
    });
    stage.engine.events = [leak('RTCSRV', 2), leak('RTCSRV', 3), leak('RTCDATAMCU', 5), leak('RTCSRV', 4)];
    const { err } = await stage.run('drain');
    expect(err.match(/LD-3002/g)).toHaveLength(4);
    expect(err.match(/A load balancer may still send/g)).toHaveLength(2);
  });

  test('draws over itself on a terminal, never wider than it', async () => {
    const stage = new Stage();
    stage.isTerminal = true;
    stage.columns = 60;
    stage.engine.events = events;
    const { err } = await stage.run('drain', '--no-color');
    expect(err).toContain('\u001b[');
    const lines = err.replace(/\u001b\[\d*[A-Z]|\r/g, '').split('\n');
    expect(lines.filter((line) => line.length > 59)).toEqual([]);
  });

  test('with --json is one object a line, ended by the result', async () => {
    const stage = new Stage();
    stage.engine.events = events;
    stage.engine.result = {
      outcome: 'partly',
      problem: problem('partly-done'),
      checklist: checklist({ run: run(), services: [drainingRow('RTCSRV')] }),
    };
    const { json, exitCode } = await stage.run('drain', '--json');
    const lines = json();
    expect(lines.map((line) => line['type'])).toEqual(['run', 'step', 'step', 'step', 'leak', 'stalled', 'sessions', 'result']);
    expect(lines[0]).toEqual({ type: 'run', at: NOON, runId: 'R1', opened: true, undoCardPath: 'data/R1.txt' });
    expect(lines[3]).toMatchObject({ serviceName: 'RTCRGS', step: 'manual', state: 'failed', problem: { code: 'LD-2205' } });
    expect(lines[4]).toEqual({ type: 'leak', at: NOON, serviceName: 'RTCSRV', before: 1, after: 3, from: '10.0.0.7' });
    expect(lines[6]).toMatchObject({
      ready: false,
      phase: 'draining',
      sessions: 2,
      services: [{ serviceName: 'RTCSRV', sessions: { count: 2, evidence: 'counter' } }],
    });
    expect(lines[7]).toMatchObject({
      schema: 1,
      exitCode: 6,
      outcome: 'partly',
      problem: { code: 'LD-5009' },
      ready: false,
      services: [{ serviceName: 'RTCSRV' }],
    });
    expect(exitCode).toBe(6);
  });
});
