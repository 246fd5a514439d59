import { afterEach, beforeEach, describe, expect, it } from 'vitest';

import type { ServerSession } from '../../electron/apps/tray/server-session.js';
import type { Engine } from '../../electron/engine/engine.js';
import { EngineHarness, DRAIN_ALL, HOURS, type Program } from '../harness/engine/engine-harness.js';
import { openSession } from '../harness/fakes/session.js';

const MINUTE_MS = 60_000;
/** In the middle of the pauses. */
const CUT_AFTER = 4;

describe('an order that was cut short, when the app is started again', () => {
  let harness: EngineHarness;

  beforeEach(async () => {
    harness = await EngineHarness.open('quiet');
  });
  afterEach(() => harness.close());

  /** An app that starts, reads the server, does what it wants by itself or is told to, and is closed. */
  async function startApp(
    isOver: (program: Program) => boolean = () => true,
    tell: (session: ServerSession) => unknown = () => undefined,
  ): Promise<Program> {
    const program = harness.begin();
    const { engine, records, by } = program;
    const looks: Engine = {
      ...engine,
      drain: (request, _, listen, wait) => engine.drain(request, by, listen, wait),
      watch: (_, listen, wait) => engine.watch(by, listen, { ...wait, timeoutMs: 1_000 }),
    };
    const session: ServerSession = openSession(looks, { records, host: harness.server.host }, { clock: harness.time });
    session.start();
    await expect.poll(() => session.parts.store.state.checklist).not.toBeNull();
    await expect.poll(() => isOver(program)).toBe(true);
    await tell(session);
    await session.orders.settled();
    await session.close();
    program.end();
    return program;
  }

  async function cutADrain(): Promise<void> {
    const first = harness.begin({ at: 'after-order', count: CUT_AFTER });
    await first.engine.drain(DRAIN_ALL, first.by, first.listen, HOURS).catch(() => null);
  }

  /** What the window and the menu show of it. */
  const cutOffOf = ({ parts }: ServerSession): unknown => parts.store.snapshot().cutOff;

  it('is gone on with where its process was killed, when an administrator says so', async () => {
    await cutADrain();
    const shown: unknown[] = [];
    const { orders } = await startApp(undefined, (session) => {
      shown.push(
        cutOffOf(session),
        session.parts.store.state.events.map(({ kind, params }) => [kind, params['command']]),
      );
      expect(session.goOn()).toEqual({ ok: true, value: null });
      shown.push(cutOffOf(session));
    });
    expect(shown).toEqual(['drain', expect.arrayContaining([['cut-off', 'drain']]), null]);
    expect(orders).toContain('pause RTCSRV');
  });

  it('waits where nobody says so, whatever is read meanwhile', async () => {
    await cutADrain();
    const shown: unknown[] = [];
    const { orders } = await startApp(undefined, async (session) => {
      const { checklist } = session.parts.store.state;
      session.readNow();
      await expect.poll(() => session.parts.store.state.checklist !== checklist).toBe(true);
      shown.push(cutOffOf(session));
    });
    expect([orders, shown]).toEqual([[], ['drain']]);
  });

  it('is asked about no more when another program has gone on with it', async () => {
    await cutADrain();
    const { orders } = await startApp(undefined, async (session) => {
      expect(cutOffOf(session)).toBe('drain');
      const other = harness.begin();
      await other.engine.drain(DRAIN_ALL, other.by, other.listen, { ...HOURS, timeoutMs: 0 });
      session.readNow();
      await expect.poll(() => cutOffOf(session)).toBeNull();
    });
    expect(orders).toEqual([]);
  });

  it('is left alone after a restart, also once the restart is recorded', async () => {
    await cutADrain();
    await harness.server.console.restart();
    harness.pass(10 * MINUTE_MS);
    const isAsked = (session: ServerSession): void => expect(cutOffOf(session)).toBeNull();
    const isRestartRecorded = ({ records }: Program): boolean => records.list()[0]!.entries.some(({ type }) => type === 'restarted');
    expect((await startApp(isRestartRecorded, isAsked)).orders).toEqual([]);
    expect((await startApp(undefined, isAsked)).orders).toEqual([]);
  });

  it('is left alone where somebody stopped it', async () => {
    const { engine, by, end } = harness.begin();
    const stop = new AbortController();
    await engine.drain(DRAIN_ALL, by, (event) => event.type === 'step' && event.state === 'done' && stop.abort(), {
      timeoutMs: 0,
      signal: stop.signal,
    });
    end();
    expect((await startApp(undefined, (session) => expect(cutOffOf(session)).toBeNull())).orders).toEqual([]);
  });
});
