import { beforeEach, describe, expect, it } from 'vitest';

import type { ServerSession } from '../../electron/apps/tray/server-session.js';
import type { EngineEvent } from '../../electron/engine/engine.js';
import type { Host } from '../../electron/ports/host.js';
import { checklist, NOON, row, run } from '../harness/fakes/checklists.js';
import { FakeEngine } from '../harness/fakes/fake-engine.js';
import { FakeHealth } from '../harness/fakes/fake-health.js';
import { openSession } from '../harness/fakes/session.js';
import { settle } from '../harness/fakes/stepped-time.js';

const RESUME = { services: null, stayStopped: false, conflicts: null } as const;
const CLOSED = checklist({ run: run({ phase: 'closed' }), services: [row('RTCSRV')] });

function starting(sinceMs: number): EngineEvent {
  return {
    ...{ type: 'waiting', at: NOON, upMs: 0, serviceName: 'RTCSRV', step: 'start', state: 'start-pending' },
    ...{ sinceMs, isAnswered: true },
  };
}

describe('the event list after a way back', () => {
  let engine: FakeEngine;
  let health: FakeHealth;
  let session: ServerSession;
  let upMs: number;
  let whileAsleep: () => void;

  beforeEach(async () => {
    upMs = 0;
    whileAsleep = () => undefined;
    engine = new FakeEngine();
    engine.checklist = checklist({ run: run({ phase: 'returning' }), services: [row('RTCSRV', { state: 'paused' })] });
    engine.result = { outcome: 'returned', checklist: CLOSED };
    health = new FakeHealth();
    const host = {
      now: () => ({ at: NOON, upMs }),
      sleep: async (milliseconds: number) => {
        upMs += milliseconds;
        whileAsleep();
      },
    } as Host;
    session = openSession(engine, { host, health });
    session.parts.store.change({ checklist: engine.checklist });
  });

  const told = () =>
    session.parts.store.state.events
      .filter(({ kind }) => kind.startsWith('front-end'))
      .map(({ kind, level, params }) => ({ kind, level, ...params }));

  async function bringBack(): Promise<void> {
    expect(session.orders.resume(RESUME)).toEqual({ ok: true, value: null });
    await session.orders.settled();
    await settle();
  }

  it('says what was seen of the Front-End', async () => {
    health.counts = [0, 31];
    await bringBack();
    expect(told()).toEqual([{ kind: 'front-end-back', level: 'info', listens: 'true', registered: 31 }]);
  });

  it('calls for attention where the endpoints do not come back, and shows what is unknown as unknown', async () => {
    health.listening = false;
    health.counts = [null];
    await bringBack();
    expect(told()).toEqual([{ kind: 'front-end-back', level: 'attention', listens: 'false', registered: 'unknown' }]);
    expect(upMs).toBe(60_000);
  });

  it('says nothing of endpoints on a Director', async () => {
    engine.result = { outcome: 'returned', checklist: { ...CLOSED, installed: { ...CLOSED.installed, role: 'director' } } };
    health.counts = [0];
    await bringBack();
    expect(told()).toEqual([{ kind: 'front-end-back', level: 'info', listens: 'true', registered: 'uncounted' }]);
  });

  it('says how many groups are not placed, once for each number', async () => {
    health.placement = { notPlaced: 3, groups: null };
    engine.events = [starting(0), starting(60_000), starting(61_000)];
    await bringBack();
    expect(told()[0]).toEqual({ kind: 'front-end-starting', level: 'info', notPlaced: 3, groups: 'unknown' });
    expect(told().filter(({ kind }) => kind === 'front-end-starting')).toHaveLength(1);
    expect(health.askedSince).toEqual([NOON, NOON]);
  });

  it('says no more of it when the next order begins', async () => {
    health.counts = [0];
    whileAsleep = () => {
      whileAsleep = () => undefined;
      session.orders.resume(RESUME);
    };
    engine.result = { outcome: 'returned', checklist: CLOSED };
    await bringBack();
    await session.orders.settled();
    await settle();
    expect(told()).toHaveLength(1);
  });
});
