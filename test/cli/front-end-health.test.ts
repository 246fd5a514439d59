import { beforeEach, describe, expect, test } from 'vitest';

import type { ServerRole } from '../../electron/contract/installed-server.js';
import type { EngineEvent } from '../../electron/engine/engine.js';
import { Stage } from '../harness/cli/stage.js';
import { checklist, NOON, row, run } from '../harness/fakes/checklists.js';
import { FakeHealth } from '../harness/fakes/fake-health.js';

let stage: Stage;
let health: FakeHealth;

beforeEach(() => {
  stage = new Stage();
  health = new FakeHealth();
  stage.health = health;
  stage.columns = 300;
  stage.engine.goesOn = () => new Promise((resolve) => setImmediate(resolve));
  stage.engine.result = { outcome: 'returned', checklist: checklist({ run: run({ phase: 'closed' }), services: [row('RTCSRV')] }) };
});

function waiting(sinceMs: number, serviceName = 'rtcsrv', state: 'start-pending' | 'continue-pending' = 'start-pending'): EngineEvent {
  return { type: 'waiting', at: NOON, upMs: 0, serviceName, step: 'start', state, sinceMs, isAnswered: true };
}

describe('a Front-End that came back', () => {
  test('is waited for until endpoints register again, and what was seen is told', async () => {
    health.counts = [0, 0, 7];
    const { err, exitCode } = await stage.run('resume');
    expect(exitCode).toBe(0);
    expect(err).toBe(
      'The services are back. Waiting at most a minute until endpoints register again. Ctrl-C ends only the waiting.\n' +
        'Front-End: port 5061 listens; 7 endpoints are registered.\n',
    );
    expect(stage.upMs).toBe(4_000);
  });

  test('is not waited for longer than a minute, and what is missing is told; the way back is done all the same', async () => {
    health.counts = [0];
    health.listening = false;
    const { err, exitCode } = await stage.run('resume');
    expect([exitCode, stage.upMs]).toEqual([0, 60_000]);
    expect(err).toContain('Front-End: port 5061 does not listen; no endpoint has registered yet.\n');
  });

  test('shows nothing that is not known as zero, and does not wait for it', async () => {
    health.counts = [null];
    health.listening = null;
    const { err } = await stage.run('resume');
    expect(err).toBe('Front-End: it is not known whether port 5061 listens; how many endpoints are registered is not known.\n');
    expect(stage.upMs).toBe(0);
  });

  test('is no longer waited for when the user stops it', async () => {
    health.counts = [0];
    stage.engine.meanwhile = () => stage.interruption.abort();
    const { exitCode } = await stage.run('resume');
    expect([exitCode, stage.upMs]).toEqual([0, 0]);
  });

  test('is told with --json before the result, and as null where it is not known', async () => {
    health.counts = [null];
    const objects = (await stage.run('resume', '--json')).json();
    expect(objects.at(-2)).toEqual({ type: 'health', at: NOON, listens: true, registered: null });
    expect(objects.at(-1)).toMatchObject({ type: 'result', outcome: 'returned' });
  });

  test.each([
    ['the maintenance stays open', 'returned', run({ phase: 'returning' }), row('RTCSRV')],
    ['it stays stopped as before', 'returned', run({ phase: 'closed' }), row('RTCSRV', { state: 'stopped' })],
    ['it was not part of it', 'returned', run({ phase: 'closed' }), row('RTCMEDSRV')],
    ['the way back failed', 'failed', run({ phase: 'closed' }), row('RTCSRV')],
  ] as const)('is not asked if %s', async (_, outcome, summary, service) => {
    stage.engine.result = { outcome, checklist: checklist({ run: summary, services: [service] }) };
    await stage.run('resume');
    expect(health.looks).toBe(0);
  });

  function returnOn(role: ServerRole): void {
    const { installed } = checklist();
    const closed = checklist({ run: run({ phase: 'closed' }), services: [row('RTCSRV')], installed: { ...installed, role } });
    stage.engine.result = { outcome: 'returned', checklist: closed };
  }

  test.each(['edge', 'mediation'] as const)('is not asked on a server that has none: %s', async (role) => {
    returnOn(role);
    await stage.run('resume');
    expect(health.looks).toBe(0);
  });

  test('is asked only for its port on a Director, which keeps no registrations', async () => {
    returnOn('director');
    health.counts = [0];
    expect((await stage.run('resume')).err).toBe('Front-End: port 5061 listens.\n');
    expect((await stage.run('resume', '--json')).json()).toContainEqual({ type: 'health', at: NOON, listens: true, registered: null });
    health.listening = false;
    expect((await stage.run('resume')).err).toBe(
      'The services are back. Waiting at most a minute until port 5061 listens. Ctrl-C ends only the waiting.\n' +
        'Front-End: port 5061 does not listen.\n',
    );
  });
});

describe('a Front-End that takes long to start', () => {
  test('tells every minute how many groups the pool has not placed, if that changed', async () => {
    stage.engine.events = [waiting(0), waiting(30_000), waiting(60_000), waiting(120_000)];
    health.placement = { notPlaced: 3, groups: 7 };
    const err = (await stage.run('resume')).err.replace(/\s+/g, ' ');
    expect(health.askedSince).toEqual([NOON, NOON, NOON]);
    expect(err.match(/not placed its users yet/g)).toHaveLength(1);
    expect(err).toContain('Routing groups that may not be placed: 3 of 7. This can take up to an hour: leave it alone.');
  });

  test('tells the number alone if the log says no more, and nothing if it says nothing', async () => {
    stage.engine.events = [waiting(60_000)];
    health.placement = { notPlaced: 1, groups: null };
    expect((await stage.run('resume')).err).toContain('Routing groups that may not be placed: 1.');
    health.placement = null;
    expect((await stage.run('resume')).err).not.toContain('placed');
  });

  test('tells nothing of it when the way back was over first', async () => {
    stage.engine.events = [waiting(60_000)];
    stage.engine.goesOn = async () => undefined;
    health.placement = { notPlaced: 3, groups: 7 };
    health.readPlacement = () => new Promise((resolve) => setImmediate(() => resolve(health.placement)));
    expect((await stage.run('resume', '--json')).json().map(({ type }) => type)).toEqual(['waiting', 'health', 'result']);
  });

  test('asks for no other service, and for no other state', async () => {
    stage.engine.events = [waiting(60_000, 'RTCMEDSRV'), waiting(60_000, 'RTCSRV', 'continue-pending')];
    await stage.run('resume');
    expect(health.askedSince).toEqual([]);
  });

  test('is an object with --json', async () => {
    stage.engine.events = [waiting(60_000)];
    health.placement = { notPlaced: 3, groups: 7 };
    expect((await stage.run('resume', '--json')).json()).toContainEqual({ type: 'placement', at: NOON, notPlaced: 3, groups: 7 });
  });
});
