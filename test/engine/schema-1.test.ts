import { readFileSync } from 'node:fs';

import { expect, it } from 'vitest';

import { differences, DRAIN_ALL, HOURS, PATIENT, RESUME_ALL, SIGN_OFF } from '../harness/engine/engine-harness.js';
import { harnessesOf } from '../harness/engine/open-harnesses.js';
import { carrying } from '../harness/engine/server-of.js';

const openHarness = harnessesOf('quiet');

it('an open record of schema 1 keeps its first line, takes the new kinds of entry, and brings everything back', async () => {
  const harness = await openHarness('quiet', 1, carrying('RTCAVMCU', 0, { brokenNumber: 1_073_741_824 }));
  const before = await harness.snapshot();
  const { engine, by, listen, records } = harness.begin();
  const { host } = harness.server;
  const { name, bootedAt, source } = await host.computer();
  records.prepare();
  const lock = records.acquireLock({ ...by, command: 'drain' }, host.now());
  const runId = records.newRunId(host.now());
  const services = ['RTCAVMCU', 'RTCRGS'];
  const order = {
    command: 'drain',
    services,
    holdTimeMs: 5_000,
    hold: 'demand',
    until: null,
    stayStopped: false,
    reason: 'CHG-1',
  } as const;
  records
    .open(
      host.now(),
      { type: 'run-opened', schema: 1, runId, computer: { name, bootedAt, source }, by, product: '0.1.0' },
      { type: 'ordered', by, order },
    )
    .close();
  lock.release();
  const { path } = records.list()[0]!;
  const [opening] = readFileSync(path, 'utf8').split('\n');
  expect(opening).toContain('"schema":1');

  const request = { ...DRAIN_ALL, holdTimeMs: 5_000 };
  expect(await engine.drain(request, by, listen, HOURS)).toMatchObject({
    outcome: 'needs-acceptance',
    problem: { params: { services: 'RTCAVMCU' } },
  });
  await engine.accept({ services: ['RTCAVMCU'], note: 'looked at it', cut: null }, by, listen);
  expect((await engine.drain(request, by, listen, HOURS)).outcome).toBe('ready');
  expect(await engine.confirm(SIGN_OFF, by, listen)).toMatchObject({
    outcome: 'confirmed',
    checklist: { run: { id: runId, reason: 'CHG-1', confirmed: { scope: 'server' } } },
  });
  expect(await engine.resume(RESUME_ALL, by, listen, PATIENT)).toMatchObject({ outcome: 'returned', problem: null });

  expect(differences(before, await harness.snapshot())).toEqual([]);
  expect(readFileSync(path, 'utf8').split('\n')[0]).toBe(opening);
  const [read] = records.list();
  expect(read).toMatchObject({ damage: null, run: { closed: { outcome: 'returned' } } });
  const types = new Set(read!.entries.map(({ type }) => type));
  for (const type of ['observed', 'accepted', 'confirmed', 'closed'] as const) expect(types).toContain(type);
});
