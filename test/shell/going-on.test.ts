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

  /** An app that starts, reads the server, does what it wants by itself, and is closed. */
  async function startApp(isOver: (program: Program) => boolean = () => true): Promise<Program> {
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
    await session.orders.settled();
    await session.close();
    program.end();
    return program;
  }

  async function cutADrain(): Promise<void> {
    const first = harness.begin({ at: 'after-order', count: CUT_AFTER });
    await first.engine.drain(DRAIN_ALL, first.by, first.listen, HOURS).catch(() => null);
  }

  it('is gone on with where its process was killed', async () => {
    await cutADrain();
    expect((await startApp()).orders).toContain('pause RTCSRV');
  });

  it('is left alone after a restart, also once the restart is recorded', async () => {
    await cutADrain();
    await harness.server.console.restart();
    harness.pass(10 * MINUTE_MS);
    const isRestartRecorded = ({ records }: Program): boolean => records.list()[0]!.entries.some(({ type }) => type === 'restarted');
    expect((await startApp(isRestartRecorded)).orders).toEqual([]);
    expect((await startApp()).orders).toEqual([]);
  });

  it('is left alone where somebody stopped it', async () => {
    const { engine, by, end } = harness.begin();
    const stop = new AbortController();
    await engine.drain(DRAIN_ALL, by, (event) => event.type === 'step' && event.state === 'done' && stop.abort(), {
      timeoutMs: 0,
      signal: stop.signal,
    });
    end();
    expect((await startApp()).orders).toEqual([]);
  });
});
