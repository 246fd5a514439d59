import { afterEach, beforeEach, describe, expect, it } from 'vitest';

import { offerPauseWithoutTask } from '../../electron/apps/tray/pause-choice.js';
import type { ServerSession } from '../../electron/apps/tray/server-session.js';
import { MINUTE_MS } from '../../electron/contract/time-units.js';
import type { PauseRequest } from '../../electron/engine/engine.js';
import { checklist, row } from '../harness/fakes/checklists.js';
import { CommandedEngine } from '../harness/fakes/commanded-engine.js';
import { openSession } from '../harness/fakes/session.js';
import { UNSAFE } from '../harness/tasks/pause-end-task-contract.js';

const QUARTER: PauseRequest = { services: ['RTCSRV'], forMs: 15 * MINUTE_MS, reason: 'CHG-1', overrides: ['pool-members'] };

describe('a quick pause that no scheduled task could end', () => {
  let engine: CommandedEngine;
  let session: ServerSession;

  beforeEach(async () => {
    engine = new CommandedEngine();
    session = openSession(engine);
    engine.show(checklist({ services: [row('RTCSRV')] }));
    session.start();
    await expect.poll(() => session.parts.store.state.checklist).not.toBeNull();
  });
  afterEach(async () => {
    for (const order of engine.orders) order.end({ outcome: 'interrupted', problem: null, checklist: null });
    await session.close();
  });

  const blocked = { outcome: 'blocked', problem: UNSAFE, checklist: null } as const;
  const asked: unknown[] = [];
  const answering = (answer: boolean) => async (obstacle: unknown) => (asked.push(obstacle), answer);

  it('is offered again without the task, with the reason, and begins as it was ordered', async () => {
    session.orders.pause(QUARTER);
    const offered = offerPauseWithoutTask(session, answering(true));
    engine.orders[0]!.end(blocked);
    await offered;
    expect(asked.splice(0)).toEqual([UNSAFE]);
    expect(engine.orders.map(({ request }) => request)).toEqual([QUARTER, { ...QUARTER, withoutEndTask: true }]);
  });

  it('is not given when the answer is not to pause', async () => {
    session.orders.pause(QUARTER);
    const offered = offerPauseWithoutTask(session, answering(false));
    engine.orders[0]!.end(blocked);
    await offered;
    expect(engine.orders).toHaveLength(1);
  });

  it('is told to the window with what it can order instead', async () => {
    session.orders.pause(QUARTER);
    engine.orders[0]!.end(blocked);
    await session.orders.settled();
    expect(session.parts.store.snapshot().lastResult).toMatchObject({ problem: UNSAFE, refusedPause: QUARTER });
  });

  it.each([
    ['the pause began', { outcome: 'paused', problem: null, checklist: null }],
    ['something else blocks it', { outcome: 'blocked', problem: { id: 'no-lync-service', params: {} }, checklist: null }],
  ] as const)('is not asked about when %s', async (_, result) => {
    asked.length = 0;
    session.orders.pause(QUARTER);
    const offered = offerPauseWithoutTask(session, answering(true));
    engine.orders[0]!.end(result);
    await offered;
    expect([asked, engine.orders.length]).toEqual([[], 1]);
    expect(session.parts.store.state.lastResult).not.toHaveProperty('refusedPause');
  });
});
