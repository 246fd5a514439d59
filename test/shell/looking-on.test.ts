import { readFileSync, writeFileSync } from 'node:fs';

import { afterEach, beforeEach, describe, expect, it } from 'vitest';

import type { ServerSession } from '../../electron/apps/tray/server-session.js';
import type { Checklist } from '../../electron/contract/checklist.js';
import { EngineHarness, DRAIN_ALL, HOURS, NO_WAIT, QUICK_PAUSE, RESUME_ALL, type Program } from '../harness/engine/engine-harness.js';
import { openSession } from '../harness/fakes/session.js';

const MINUTE_MS = 60_000;

/** The same bytes with one of a line changed. */
function flipInLine(bytes: Buffer, line: number): Buffer {
  const flipped = Buffer.from(bytes);
  const begin =
    bytes
      .toString('latin1')
      .split('\n')
      .slice(0, line - 1)
      .join('\n').length + 1;
  flipped[begin + 20] = (flipped[begin + 20] ?? 0) ^ 1;
  return flipped;
}

/** A tray over the real engine, a simulated server, and another process beside it. */
describe('a tray', () => {
  let harness: EngineHarness;
  let session: ServerSession;
  let other: Program;
  const seen: Checklist[] = [];

  const state = () => session.parts.store.state;
  const events = (kind: string) => state().events.filter((event) => event.kind === kind);
  const failures = () => state().events.filter(({ level }) => level === 'failure');
  const redRows = () =>
    seen.flatMap(({ services }) => services.filter((row) => row.problem !== null).map((row) => `${row.serviceName} ${row.problem?.id}`));

  /** @param beforehand what happens before the tray is started */
  async function open(scenario: string, beforehand: () => Promise<void> = async () => undefined): Promise<void> {
    harness = await EngineHarness.open(scenario);
    other = harness.begin();
    await beforehand();
    const { engine, records, by } = harness.begin();
    session = openSession(engine, { records, host: harness.server.host }, { by: { ...by, face: 'tray' }, clock: harness.time });
    session.parts.store.onChange(() => {
      const { checklist } = state();
      if (checklist !== null && checklist !== seen.at(-1)) seen.push(checklist);
    });
    session.start();
    await expect.poll(() => state().checklist).not.toBeNull();
  }

  const isIdle = () => state().activity.kind === 'idle';
  const phase = () => state().checklist?.run?.phase ?? null;

  beforeEach(() => {
    seen.length = 0;
  });
  afterEach(async () => {
    await session.close();
    harness.close();
  });

  describe('that looks on while another process works', () => {
    beforeEach(() => open('quiet'));

    it('takes nothing for a change from outside that the other one makes', async () => {
      expect(await other.engine.drain(DRAIN_ALL, other.by, other.listen, HOURS)).toMatchObject({ outcome: 'ready' });
      await expect.poll(phase).toBe('ready');
      expect(await other.engine.resume(RESUME_ALL, other.by, other.listen, HOURS)).toMatchObject({ outcome: 'returned' });
      await expect.poll(phase).toBeNull();
      expect({ outside: events('outside-change'), withdrawn: events('withdrawn'), failures: failures(), rows: redRows() }).toEqual({
        outside: [],
        withdrawn: [],
        failures: [],
        rows: [],
      });
    });

    it('says who is at work before anything is pressed, and no more when that one is done', async () => {
      let worker = state().worker;
      await other.engine.drain(DRAIN_ALL, other.by, () => (worker ??= state().worker), HOURS);
      expect(worker).toMatchObject({ user: other.by.user, face: 'cli', command: 'drain' });
      await expect.poll(() => state().worker).toBeNull();
    });
  });

  describe('whose watch ends to look again', () => {
    beforeEach(() => open('busy'));

    it('tells of no failure: not when its icon is pressed, nor when start types are set', async () => {
      session.orders.drain(DRAIN_ALL);
      await expect.poll(() => isIdle() && phase() === 'draining').toBe(true);
      session.readNow();
      await expect.poll(() => seen.length).toBeGreaterThan(2);
      session.orders.drain(DRAIN_ALL);
      session.readNow();
      await expect.poll(() => isIdle() && phase() === 'draining').toBe(true);
      expect(failures()).toEqual([]);
    });

    it('tells of none at the end of a quick pause', async () => {
      session.orders.pause({ ...QUICK_PAUSE, forMs: MINUTE_MS });
      await expect.poll(() => isIdle() && phase() === 'draining').toBe(true);
      await expect.poll(() => events('returned').length, { timeout: 20_000 }).toBe(1);
      expect(failures()).toEqual([]);
    });
  });

  it('shows the services as they are, and the undo card, while the record is damaged; and orders nothing by it', async () => {
    let whole: Buffer = Buffer.alloc(0);
    await open('quiet', async () => {
      await other.engine.drain(DRAIN_ALL, other.by, other.listen, NO_WAIT);
      const [{ path } = { path: '' }] = other.records.list();
      whole = readFileSync(path);
      writeFileSync(path, flipInLine(whole, 4));
    });
    const [read] = other.records.list();
    await expect.poll(() => state().readingProblem?.id).toBe('record-damaged');
    expect(state().brokenRecord).toMatchObject({ runId: read!.runId, undoCard: { path: other.records.undoCardPath(read!.runId) } });
    expect(state().checklist?.services.filter((row) => row.state === 'paused').length).toBeGreaterThan(0);
    expect(session.orders.resume(RESUME_ALL)).toMatchObject({ ok: false, problem: { id: 'record-damaged' } });
    await harness.server.console.control('RTCRGS', 'continue');
    await expect.poll(() => state().checklist?.services.find(({ serviceName }) => serviceName === 'RTCRGS')?.state).toBe('running');
    writeFileSync(read!.path, whole);
    await expect.poll(() => [state().readingProblem, state().brokenRecord, phase()]).toEqual([null, null, 'draining']);
  });

  it('tells of new work on a service that a quick pause has paused', async () => {
    await open('leak');
    await other.engine.pause(QUICK_PAUSE, other.by, other.listen, NO_WAIT);
    await expect.poll(() => events('leak').length, { timeout: 20_000 }).toBeGreaterThan(0);
    expect(events('leak')[0]).toMatchObject({ level: 'attention' });
  });
});
