import { afterEach, beforeEach, describe, expect, it } from 'vitest';

import type { ServerSession } from '../../electron/apps/tray/server-session.js';
import type { AppServer } from '../../electron/apps/tray/session-parts.js';
import { findSignedIn } from '../../electron/apps/tray/signed-in.js';
import type { Checklist } from '../../electron/contract/checklist.js';
import { problem, ProblemError } from '../../electron/contract/problem.js';
import type { SignedInSession } from '../../electron/contract/signed-in.js';
import type { Power } from '../../electron/ports/power.js';
import { checklist, drainingRow, NOON, pausedRow, row, run, SAFE, signedOff } from '../harness/fakes/checklists.js';
import { CommandedEngine, type GivenOrder } from '../harness/fakes/commanded-engine.js';
import { openSession } from '../harness/fakes/session.js';
import { settle, settled, SteppedTime } from '../harness/fakes/stepped-time.js';

const DRAIN = { services: null, holdTimeMs: 60_000, hold: 'demand', reason: null, overrides: [] } as const;
/** Every glance is over by then. */
const A_GLANCE_LATER_MS = 1_500;
const RESUME = { services: null, stayStopped: false, conflicts: null } as const;
const PAUSE = { services: null, forMs: null, reason: null, overrides: [] } as const;

describe('a server session', () => {
  let clock: SteppedTime;
  let engine: CommandedEngine;
  let session: ServerSession;
  let turnedOff: string[];
  let others: readonly SignedInSession[];
  let isWindowVisible: boolean;
  let listen: AppServer['listen'];

  const state = () => session.parts.store.state;
  const kinds = () => state().events.map((event) => event.kind);
  const firstOrder = (): GivenOrder => engine.orders[0]!;

  async function sees(seen: Checklist | Error): Promise<void> {
    const looks = engine.looks;
    engine.show(seen);
    session.readNow();
    await settled(() => engine.looks > looks);
    await settle();
  }

  beforeEach(async () => {
    clock = new SteppedTime();
    engine = new CommandedEngine(clock);
    turnedOff = [];
    others = [];
    isWindowVisible = false;
    listen = () => null;
    const power: Power = {
      othersSignedIn: async () => others,
      turnOff: async (how, isForced) => void turnedOff.push(isForced ? `${how} by force` : how),
    };
    session = openSession(engine, { power, listen: (onNews) => listen(onNews) }, { isWindowVisible: () => isWindowVisible, clock });
    session.start();
    await settled(() => state().checklist !== null);
  });

  afterEach(async () => {
    for (const order of engine.orders) order.end({ outcome: 'interrupted', problem: null, checklist: null });
    await session.close();
  });

  it('takes one order at a time and gives it to the engine without waiting for quiet', async () => {
    expect(session.orders.drain(DRAIN)).toEqual({ ok: true, value: null });
    expect(session.orders.drain(DRAIN)).toMatchObject({ ok: false, problem: { id: 'busy' } });
    expect(engine.orders.map(({ command, wait }) => [command, wait?.timeoutMs])).toEqual([['drain', 0]]);
    firstOrder().end({ outcome: 'draining', problem: null, checklist: null });
    await session.orders.settled();
    expect(state()).toMatchObject({ activity: { kind: 'idle' }, lastResult: { command: 'drain', outcome: 'draining' } });
    expect(kinds()).toEqual([]);
  });

  it('shows what is being done to each service', () => {
    session.orders.drain(DRAIN);
    const step = { type: 'step', serviceName: 'RTCSRV', step: 'pause', problem: null, at: NOON, upMs: 1 } as const;
    firstOrder().listen({ ...step, state: 'doing' });
    firstOrder().listen({ ...step, state: 'done' });
    expect(state().activity).toMatchObject({ kind: 'working', services: [{ serviceName: 'RTCSRV', step: 'pause', state: 'done' }] });
    expect(kinds()).toEqual(['step-done']);
  });

  it('lists once that a service is slow, and calls nobody for one that starts', () => {
    session.orders.drain(DRAIN);
    const waiting = { type: 'waiting', serviceName: 'RTCSRV', state: 'pause-pending', isAnswered: true, at: NOON, upMs: 1 } as const;
    for (const sinceMs of [5_000, 30_000, 35_000, 60_000]) firstOrder().listen({ ...waiting, step: 'pause', sinceMs });
    firstOrder().listen({ ...waiting, step: 'start', state: 'start-pending', sinceMs: 30_000 });
    expect(state().events).toMatchObject([
      { kind: 'service-waiting', level: 'attention', params: { serviceName: 'RTCSRV', step: 'pause', seconds: 30 } },
      { kind: 'service-waiting', level: 'info', params: { step: 'start' } },
    ]);
  });

  it('tells why an order was not carried out', async () => {
    session.orders.drain(DRAIN);
    firstOrder().end({ outcome: 'locked', problem: problem('lock-held', { path: 'lock' }), checklist: null });
    await session.orders.settled();
    expect(state().lastResult).toMatchObject({ outcome: 'locked', problem: { id: 'lock-held' } });
    expect(state().events.at(-1)).toMatchObject({ kind: 'command-failed', level: 'failure', problem: { id: 'lock-held' } });
  });

  it.each<readonly [string, Checklist, () => ReturnType<ServerSession['orders']['drain']>, string]>([
    [
      'confirms nothing while draining',
      checklist({ run: run(), services: [drainingRow('RTCSRV')] }),
      () => session.orders.confirm({ note: null, servicesOnly: false }),
      'not-ready',
    ],
    ['brings nothing back when no run is open', checklist(), () => session.orders.resume(RESUME), 'no-open-run'],
    [
      'signs nothing off on the way back',
      checklist({ run: run({ phase: 'returning', command: 'resume' }) }),
      () => session.orders.confirm({ note: null, servicesOnly: false }),
      'already-returning',
    ],
    [
      'pauses nothing on the way back',
      checklist({ run: run({ phase: 'returning', command: 'resume' }) }),
      () => session.orders.pause(PAUSE),
      'already-returning',
    ],
    ['pauses nothing in a maintenance', checklist({ run: run() }), () => session.orders.pause(PAUSE), 'maintenance-open'],
    [
      'orders nothing without rights',
      checklist({ computer: { ...checklist().computer, elevated: false } }),
      () => session.orders.drain(DRAIN),
      'not-elevated',
    ],
  ])('%s', async (_name, seen, order, id) => {
    await sees(seen);
    expect(order()).toMatchObject({ ok: false, problem: { id } });
    expect(engine.orders).toEqual([]);
  });

  it('says once that the services cannot be read, orders nothing meanwhile, and says when they can be read again', async () => {
    await sees(new ProblemError(problem('rpc-unavailable', { win32: 1722, operation: 'EnumServicesStatusExW' })));
    await sees(new ProblemError(problem('rpc-unavailable', { win32: 1722, operation: 'EnumServicesStatusExW' })));
    expect(state().readingProblem?.id).toBe('rpc-unavailable');
    expect(session.orders.drain(DRAIN)).toMatchObject({ ok: false, problem: { id: 'rpc-unavailable' } });
    await sees(checklist());
    expect(state().readingProblem).toBeNull();
    expect(kinds()).toEqual(['reading-failed', 'reading-recovered']);
  });

  it('orders nothing by a record that lost its end but the way back, which needs its originals only', async () => {
    await sees(new ProblemError(problem('record-tail-lost', { path: 'runs/1.jsonl', entries: 12, undoCard: 'runs/1.undo.txt' })));
    expect(session.orders.drain(DRAIN)).toMatchObject({ ok: false, problem: { id: 'record-tail-lost' } });
    expect(session.orders.resume(RESUME)).toEqual({ ok: true, value: null });
    expect(engine.orders.map(({ command }) => command)).toEqual(['resume']);
  });

  it('looks on while a run drains, and stops looking on when it is to work itself', async () => {
    await sees(checklist({ run: run(), services: [drainingRow('RTCSRV')] }));
    await clock.advance(1_000);
    expect(engine.watchers.size).toBe(1);
    session.orders.resume(RESUME);
    expect(engine.watchers.size).toBe(0);
  });

  it('tells when somebody else opens a run, gets it ready, and closes it', async () => {
    const services = [drainingRow('RTCSRV')];
    await sees(checklist({ run: run(), services }));
    await sees(checklist({ run: run({ phase: 'ready' }), ready: true, services }));
    await sees(checklist());
    expect(kinds()).toEqual(['run-opened', 'ready', 'returned']);
  });

  it('tells once when only an administrator’s word is missing, and not while a source may still answer', async () => {
    const lacking = (reason: 'not-read-yet' | 'cmdlet-denied'): Checklist =>
      checklist({
        run: run(),
        services: [drainingRow('RTCRGS', { sessions: { kind: 'unknown', reason, raw: null } })],
        quiet: { kind: 'needs-acceptance', heldMs: 60_000, sessions: 0, unknown: ['RTCRGS'] },
      });
    await sees(checklist({ run: run(), services: [drainingRow('RTCRGS')] }));
    await sees(lacking('not-read-yet'));
    expect(kinds()).toEqual(['run-opened']);
    await sees(lacking('cmdlet-denied'));
    await sees(lacking('cmdlet-denied'));
    expect(kinds()).toEqual(['run-opened', 'needs-acceptance']);
  });

  it('does not say of an order that lost sessions that it was not carried out', async () => {
    session.orders.drain(DRAIN);
    firstOrder().end({
      outcome: 'lost',
      problem: problem('sessions-lost', { serviceName: 'RTCMEDSRV', how: 'ended', count: 5, certainty: 'exact' }),
      checklist: null,
    });
    await session.orders.settled();
    expect(kinds()).toEqual([]);
  });

  it('drops a reading that is older than the one it shows', async () => {
    await sees(checklist({ now: { at: NOON, upMs: 5_000_000 }, services: [row('RTCSRV')] }));
    await sees(checklist({ now: { at: NOON, upMs: 4_000_000 }, services: [] }));
    expect(state().checklist?.services).toHaveLength(1);
  });

  it('sees an outside change within a second also where a look at the server takes long', async () => {
    engine.readingTakesMs = 200;
    await sees(checklist({ now: { at: NOON, upMs: 5_000_000 } }));
    await clock.advance(200);
    expect(state().checklist?.now.upMs).toBe(5_000_000);
    engine.show(checklist({ now: { at: NOON, upMs: 6_000_000 }, services: [pausedRow('RTCSRV')] }));
    await clock.advance(1_000);
    expect(state().checklist?.now.upMs).toBe(6_000_000);
  });

  it('restarts only with the token of now, and only what a reading of now confirms', async () => {
    const services = [drainingRow('RTCSRV')];
    const confirmed = checklist({ run: run({ phase: 'confirmed', confirmed: signedOff() }), ready: true, restart: SAFE, services });
    await sees(confirmed);
    const token = session.parts.store.powerToken!;
    await expect(session.turnOff('restart', { token: 'f'.repeat(32), consent: null })).rejects.toMatchObject({
      problem: { id: 'restart-not-confirmed' },
    });
    engine.show(checklist({ run: run(), services }));
    await expect(session.turnOff('restart', { token, consent: null })).rejects.toMatchObject({ problem: { id: 'restart-not-confirmed' } });
    expect(session.parts.store.powerToken).toBeNull();
    await sees(confirmed);
    expect(session.parts.store.powerToken).not.toBe(token);
    await session.turnOff('shutDown', { token: session.parts.store.powerToken!, consent: null });
    expect(turnedOff).toEqual(['shutDown']);
  });

  it('signs others out by force only with a consent to exactly those who are signed in now', async () => {
    await sees(
      checklist({
        run: run({ phase: 'confirmed', confirmed: signedOff() }),
        ready: true,
        restart: SAFE,
        services: [drainingRow('RTCSRV')],
      }),
    );
    const token = session.parts.store.powerToken!;
    const bob = { sessionId: 3, user: 'CONTOSO\\bob', station: '', isDisconnected: true };
    const eve = { sessionId: 4, user: 'CONTOSO\\eve', station: 'RDP-Tcp#2', isDisconnected: false };
    const { power } = session.parts.server;
    others = [bob];
    const { consent } = await findSignedIn(power, clock);
    const refused = (users: string) => ({ problem: { id: 'others-signed-in', params: { users } } });
    await expect(session.turnOff('restart', { token, consent: null })).rejects.toMatchObject(refused('CONTOSO\\bob'));
    others = [bob, eve];
    await expect(session.turnOff('restart', { token, consent })).rejects.toMatchObject(refused('CONTOSO\\bob, CONTOSO\\eve'));
    others = [{ ...bob, user: 'CONTOSO\\carol' }];
    await expect(session.turnOff('restart', { token, consent })).rejects.toMatchObject(refused('CONTOSO\\carol'));
    expect(turnedOff).toEqual([]);
    others = [{ ...bob, isDisconnected: false, station: 'Console' }];
    await session.turnOff('restart', { token, consent });
    others = [];
    await session.turnOff('restart', { token, consent });
    expect(turnedOff).toEqual(['restart by force', 'restart']);
  });

  it('tells once that a wait cannot be recorded, though readings go well', async () => {
    const full = problem('data-folder-unwritable', { path: 'runs', code: 'ENOSPC' });
    engine.watch = async () => ({ outcome: 'state-unreadable', problem: full, checklist: null });
    await sees(checklist({ run: run() }));
    await sees(checklist({ run: run() }));
    await sees(checklist({ run: run() }));
    expect(state().events.filter(({ kind }) => kind === 'watch-failed')).toMatchObject([{ level: 'failure', problem: full }]);
  });

  it('only glances at a server in service while nobody looks, and reads it whole as soon as something is new', async () => {
    const looks = engine.looks;
    await clock.advance(2 * A_GLANCE_LATER_MS);
    expect(engine.glances).toBeGreaterThan(1);
    expect(engine.looks).toBe(looks);
    engine.show(checklist({ services: [row('RTCSRV', { state: 'stopped' })] }));
    await clock.advance(1_000);
    expect(state().checklist?.services[0]?.state).toBe('stopped');
  });

  it('is told of news where the server tells them, and asks only once after it began to listen', async () => {
    let tell: (() => void) | null = null;
    const unnoticed = checklist({ services: [row('RTCSRV', { state: 'paused' })] });
    listen = (onNews) => {
      tell = onNews;
      engine.show(unnoticed);
      return () => (tell = null);
    };
    session.readNow();
    await settled(() => state().checklist === unnoticed && tell !== null);
    const { looks, glances } = engine;
    await settle();
    await clock.advance(A_GLANCE_LATER_MS);
    expect([engine.looks, engine.glances]).toEqual([looks, glances]);
    listen = () => null;
    engine.show(checklist({ services: [row('RTCSRV', { state: 'stopped' })] }));
    tell!();
    await settled(() => state().checklist?.services[0]?.state === 'stopped');
    expect(tell).toBeNull();
  });

  it('reads the whole server again and again while a window shows it', async () => {
    isWindowVisible = true;
    session.readNow();
    const looks = engine.looks;
    await clock.advance(3 * A_GLANCE_LATER_MS);
    expect(engine.looks).toBeGreaterThan(looks + 2);
  });
});
