import { afterEach, beforeEach, describe, expect, it } from 'vitest';

import type { ServerSession } from '../../electron/apps/tray/server-session.js';
import type { Checklist } from '../../electron/contract/checklist.js';
import type { Order } from '../../electron/contract/run.js';
import { checklist, NOON, pausedRow, run } from '../harness/fakes/checklists.js';
import { CommandedEngine } from '../harness/fakes/commanded-engine.js';
import { openSession, recordsOf, type Recorded } from '../harness/fakes/session.js';
import { settle, settled } from '../harness/fakes/stepped-time.js';

const UNTIL = '2026-11-23T12:00:01.000Z';
const AFTERWARDS = '2026-11-23T12:00:02.000Z';
const ORDER: Order = { command: 'pause', services: ['RTCSRV'], holdTimeMs: 0, hold: null, until: UNTIL, stayStopped: false, reason: null };
const BOB = { user: 'CONTOSO\\bob', face: 'cli', processId: 7, command: 'pause', computer: 'FE01', since: NOON } as const;

/** All services are paused, and count down. */
function counting(at: string, until: string | null = UNTIL): Checklist {
  return checklist({
    now: { at, upMs: Date.parse(at) - Date.parse('2026-11-23T11:00:00.000Z') },
    run: run({ command: 'pause', until }),
    services: [pausedRow('RTCSRV')],
  });
}

describe('a quick pause that counts down', () => {
  let engine: CommandedEngine;
  let session: ServerSession;
  let recorded: Recorded;

  const commands = () => engine.orders.map(({ command }) => command);
  const kinds = () => session.parts.store.state.events.map(({ kind }) => kind);

  async function sees(seen: Checklist): Promise<void> {
    engine.show(seen);
    session.readNow();
    await settled(() => session.parts.store.state.checklist?.now.at === seen.now.at);
    await settle();
  }

  beforeEach(async () => {
    engine = new CommandedEngine();
    recorded = { run: { id: '1', order: ORDER, bootedAtLast: '2026-11-23T11:00:00.000Z', orderedAt: { at: NOON, upMs: 1 } } };
    session = openSession(engine, { records: recordsOf(recorded) });
    engine.show(counting(NOON));
    session.start();
    await sees(counting(NOON));
  });

  afterEach(async () => {
    for (const order of engine.orders) order.end({ outcome: 'interrupted', problem: null, checklist: null });
    await session.close();
  });

  it('ends when its time is up, and not before', async () => {
    expect(commands()).toEqual([]);
    await sees(counting(UNTIL));
    expect(commands()).toEqual(['resume']);
    expect(kinds()).toContain('quick-pause-ends');
  });

  it('is left to whoever has the lock, and not said to be over', async () => {
    recorded.lockOwner = BOB;
    await sees(counting(UNTIL));
    await sees(counting(AFTERWARDS));
    expect([commands(), kinds()]).toEqual([[], []]);
  });

  it('can be made to stay, also where all services are paused', async () => {
    expect(session.keepPaused()).toEqual({ ok: true, value: null });
    expect(engine.orders).toMatchObject([{ command: 'pause', request: { services: ['RTCSRV'], forMs: null } }]);
  });

  it('that was made to stay in the last moment does not end', async () => {
    session.keepPaused();
    // A reading that was begun before the order was recorded, and ends after the old end.
    await sees(counting(UNTIL));
    recorded.run = { ...recorded.run!, order: { ...ORDER, until: null } };
    engine.show(counting(AFTERWARDS, null));
    engine.orders[0]!.end({ outcome: 'paused', problem: null, checklist: counting(AFTERWARDS, null) });
    await session.orders.settled();
    await sees(counting(AFTERWARDS, null));
    expect(commands()).toEqual(['pause']);
  });
});
