import { readFileSync, rmSync, truncateSync } from 'node:fs';
import { join } from 'node:path';

import { afterEach, beforeEach, describe, expect, it } from 'vitest';

import { differences, EngineHarness, DRAIN_ALL, NO_WAIT, PATIENT, RESUME_ALL, type Program } from '../harness/engine/engine-harness.js';

const SHORT = { ...DRAIN_ALL, holdTimeMs: 5_000, services: ['RTCRGS', 'RTCCPS', 'RTCSRV'] };

/** A backup or a file system took the last lines of the record; the chain is whole as far as it goes. */
describe('a record whose last lines are missing', () => {
  let harness: EngineHarness;
  let before: Awaited<ReturnType<EngineHarness['snapshot']>>;

  beforeEach(async () => {
    harness = await EngineHarness.open('quiet');
    before = await harness.snapshot();
    const { engine, by, listen } = harness.begin();
    await engine.drain(SHORT, by, listen, NO_WAIT);
  });
  afterEach(() => harness.close());

  function recordOf(program: Program): { path: string; lines: readonly string[] } {
    const { path } = program.records.findOpen()!;
    return { path, lines: readFileSync(path, 'utf8').trimEnd().split('\n') };
  }

  function cutTo(count: number): Program {
    const program = harness.begin();
    const { path, lines } = recordOf(program);
    truncateSync(
      path,
      Buffer.byteLength(
        lines
          .slice(0, count)
          .map((line) => `${line}\n`)
          .join(''),
      ),
    );
    return harness.begin();
  }

  it('brings everything back from its originals, cut behind them at any line, after saying so', async () => {
    const { lines } = recordOf(harness.begin());
    const originals = Math.max(...lines.map((line, index) => (line.includes('"type":"original"') ? index + 1 : 0)));
    for (let kept = originals; kept < lines.length; kept += 1) {
      const { engine, by, events, listen } = cutTo(kept);
      for (const refused of [
        await engine.drain(SHORT, by, listen, NO_WAIT),
        await engine.confirm({ note: null, servicesOnly: false }, by, listen),
      ]) {
        expect([refused.outcome, refused.problem?.id], `${kept} lines`).toEqual(['state-unreadable', 'record-tail-lost']);
      }
      const { outcome, problem } = await engine.resume(RESUME_ALL, by, listen, PATIENT);
      expect([outcome, problem], `${kept} lines`).toEqual(['returned', null]);
      expect(
        events.find((event) => event.type === 'tail-lost'),
        `${kept} lines`,
      ).toMatchObject({ entries: kept });
      expect(differences(before, await harness.snapshot()), `${kept} lines`).toEqual([]);
      harness.close();
      harness = await EngineHarness.open('quiet');
      const next = harness.begin();
      await next.engine.drain(SHORT, next.by, next.listen, NO_WAIT);
    }
  });

  it('keeps the loss in the record, and is told once', async () => {
    const { engine, by, listen, records } = cutTo(5);
    await engine.resume(RESUME_ALL, by, listen, PATIENT);
    const types = records.list()[0]!.entries.map(({ type }) => type);
    expect(types.filter((type) => type === 'tail-lost')).toHaveLength(1);
    expect(types.at(-1)).toBe('closed');
  });

  it('does not close where it no longer says what a service was that is held: that service is named, with the undo card', async () => {
    rmSync(join(harness.folder, 'runs', `${harness.begin().records.findOpen()!.runId}.anchor`));
    const { engine, by, listen, records } = cutTo(3);
    expect((await engine.drain(SHORT, by, listen, NO_WAIT)).problem?.id).toBe('record-tail-lost');
    const { outcome, problem } = await engine.resume(RESUME_ALL, by, listen, PATIENT);
    expect([outcome, problem?.id]).toEqual(['partly', 'original-lost']);
    expect(problem?.params['undoCard']).toBe(records.undoCardPath(records.findOpen()!.runId));
    const kept = await engine.resume({ ...RESUME_ALL, conflicts: 'keep' }, by, listen, PATIENT);
    expect([kept.outcome, records.findOpen()]).toEqual(['returned', null]);
  });
});

describe('a run whose program was killed before it recorded what the services were', () => {
  it('shows its services as still to be paused, goes on, and can be closed', async () => {
    const harness = await EngineHarness.open('quiet');
    const before = await harness.snapshot();
    const first = harness.begin();
    await first.engine.drain(SHORT, first.by, first.listen, NO_WAIT);
    const { path, runId } = first.records.findOpen()!;
    await first.engine.resume(RESUME_ALL, first.by, first.listen, PATIENT);
    const opening = readFileSync(path, 'utf8')
      .split('\n')
      .slice(0, 2)
      .map((line) => `${line}\n`)
      .join('');
    truncateSync(path, Buffer.byteLength(opening));
    for (const name of [`${runId}.anchor`, `${runId}.undo.txt`]) rmSync(join(harness.folder, 'runs', name), { force: true });

    const { engine, by, listen, records } = harness.begin();
    const { run, services } = await engine.observe();
    expect(run?.phase).toBe('draining');
    const rows = services.filter(({ planned }) => planned);
    expect(rows.map(({ serviceName, steps }) => [serviceName, steps.pause])).toEqual([
      ['RTCRGS', 'todo'],
      ['RTCCPS', 'todo'],
      ['RTCSRV', 'todo'],
    ]);
    expect((await engine.resume(RESUME_ALL, by, listen, PATIENT)).outcome).toBe('returned');
    expect(records.findOpen()).toBeNull();
    expect(differences(before, await harness.snapshot())).toEqual([]);
    harness.close();
  });
});
