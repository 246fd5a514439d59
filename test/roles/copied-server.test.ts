import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { afterAll, describe, expect, it } from 'vitest';

import { copyServer } from '../../electron/adapters/simulator/copied-server.js';
import { readInventoryFile } from '../../electron/adapters/simulator/inventory-file.js';
import { ROLE_SCENARIOS } from '../../electron/adapters/simulator/role-inventory.js';
import { buildServer } from '../../electron/adapters/simulator/scenarios.js';
import { inventoryJson } from '../../electron/apps/cli/json/inventory-json.js';
import type { Json } from '../../electron/apps/cli/json/json-value.js';
import { ProblemError } from '../../electron/contract/problem.js';
import { differences, DRAIN_ALL, type EngineHarness, HOURS, PATIENT, QUICK_PAUSE, RESUME_ALL } from '../harness/engine/engine-harness.js';
import { harnessesOf } from '../harness/engine/open-harnesses.js';

const folder = mkdtempSync(join(tmpdir(), 'lync-drain-copy-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const openHarness = harnessesOf('default');
const SECOND_MS = 1_000;

/** With the pool of its own, as the product has it. */
async function open(scenario: string): Promise<EngineHarness> {
  const harness = await openHarness(scenario);
  harness.pool = harness.server.simulation.look().state.pool ?? harness.pool;
  return harness;
}

/** What `services --json` prints. */
async function describeServer(harness: EngineHarness): Promise<Json> {
  return inventoryJson(await harness.begin().engine.readInventory());
}

function write(text: string | Buffer): string {
  const path = join(folder, `${Math.random()}.json`);
  writeFileSync(path, text);
  return path;
}

/** A simulated server from that file. */
async function openCopy(path: string, mishaps = 'default'): Promise<EngineHarness> {
  const inventory = readInventoryFile(path);
  const harness = await openHarness('default', 7, ({ createdAtMs }) =>
    buildServer(mishaps, 7, createdAtMs, copyServer(inventory, 7, createdAtMs)),
  );
  harness.pool = inventory.pool;
  return harness;
}

async function copyOf(original: EngineHarness, mishaps?: string): Promise<EngineHarness> {
  return openCopy(write(JSON.stringify(await describeServer(original))), mishaps);
}

/** Who is connected is not copied: those are people, and a description is handed on. Nor is the time of the reading. */
function withoutPeople(told: Json): unknown {
  return JSON.parse(JSON.stringify(told, (key, value: unknown) => (key === 'signs' || key === 'at' ? undefined : value)));
}

const SERVERS = [
  ...ROLE_SCENARIOS.map(({ id }) => id),
  ...[
    'shared-process',
    'automatic-dependent',
    'old-windows',
    'no-cmdlets',
    'no-counters',
    'unknown-evidence',
    'failed-over',
    'unknown-role',
  ],
  ...['trigger-start', 'delayed-without-auto', 'disabled', 'slow-cmdlets'],
];

describe('a copy of a server', () => {
  it.each(SERVERS)('is told as the server itself, field by field: %s', async (scenario) => {
    const original = await open(scenario);
    const told = await describeServer(original);
    const copy = await copyOf(original);
    expect(withoutPeople(await describeServer(copy))).toEqual(withoutPeople(told));
  });

  it('holds paused, stopped and pending services as they are', async () => {
    const original = await open('default');
    await original.server.console.control('RTCIMMCU', 'pause');
    await original.server.console.control('RTCATS', 'stop');
    original.pass(60 * SECOND_MS);
    await original.server.console.control('RTCSRV', 'pause');
    const told = await describeServer(original);
    const copy = await copyOf(original);
    expect(withoutPeople(await describeServer(copy))).toEqual(withoutPeople(told));
    expect((await copy.snapshot()).get('RTCSRV')?.state).toBe('pause-pending');
    copy.pass(60 * SECOND_MS);
    expect((await copy.snapshot()).get('RTCSRV')?.state).toBe('paused');
  });

  it('stands still for a while, and then lives', async () => {
    const original = await open('default');
    const copy = await copyOf(original);
    const first = withoutPeople(await describeServer(copy));
    copy.pass(9 * SECOND_MS);
    const second = withoutPeople(await describeServer(copy));
    const counts = (told: unknown): unknown =>
      (told as { services: { sessions: { count: number } }[] }).services.map(({ sessions }) => sessions.count);
    expect(counts(second)).toEqual(counts(first));
    copy.pass(120 * SECOND_MS);
    expect(counts(withoutPeople(await describeServer(copy)))).not.toEqual(counts(first));
  });

  it('is the same server for the same file, in every process', async () => {
    const original = await open('edge');
    const path = write(JSON.stringify(await describeServer(original)));
    const [one, other] = [await openCopy(path), await openCopy(path)];
    for (const harness of [one, other]) harness.pass(90 * SECOND_MS);
    expect(await describeServer(one)).toEqual(await describeServer(other));
  });

  it('is drained and brought back exactly', async () => {
    const copy = await copyOf(await open('branch-appliance-2015'));
    const before = await copy.snapshot();
    const { engine, by, listen } = copy.begin();
    expect((await engine.drain({ ...DRAIN_ALL, holdTimeMs: 5_000 }, by, listen, HOURS)).outcome).toBe('needs-acceptance');
    await engine.accept({ services: ['RTCSRV'], note: 'looked at it', cut: null }, by, listen);
    await copy.server.console.restart();
    copy.pass(600 * SECOND_MS);
    expect((await engine.resume(RESUME_ALL, by, listen, PATIENT)).outcome).toBe('returned');
    expect(differences(before, await copy.snapshot())).toEqual([]);
  });

  it('says no more of a service than the server did: what was unknown for good stays unknown', async () => {
    const original = await open('no-cmdlets');
    const copy = await copyOf(original);
    const { engine, by, listen } = copy.begin();
    await engine.pause(QUICK_PAUSE, by, listen, { ...HOURS, timeoutMs: 0 });
    copy.pass(3_600 * SECOND_MS);
    const { services } = await engine.observe();
    expect(services.find(({ serviceName }) => serviceName === 'RTCRGS')?.sessions).toMatchObject({
      kind: 'unknown',
      reason: 'cmdlet-missing',
    });
  });
});

describe('a mishap on a copy', () => {
  it('befalls the services that are there', async () => {
    const copy = await copyOf(await open('edge'), 'access-denied-for-one,stalled');
    const { engine, by, listen } = copy.begin();
    const drained = await engine.drain({ ...DRAIN_ALL, holdTimeMs: 5_000 }, by, listen, { ...HOURS, timeoutMs: 1_800_000 });
    copy.pass(3_600 * SECOND_MS);
    const [first] = drained.checklist!.services;
    expect(first).toMatchObject({ serviceName: 'RTCDATAPROXY', state: 'running', problem: { id: 'access-denied' } });
    expect(await copy.countSessions('RTCSRV')).toBe(1);
  });

  it('is refused where it is a server of its own', async () => {
    const original = await open('edge');
    await expect(copyOf(original, 'director')).rejects.toThrow(/conflicting-options.*--server-file.*--simulate=director/);
    expect(() => buildServer('edge,director', 1, 0)).toThrow(/conflicting-options/);
    expect(() => buildServer('edge,leek', 1, 0)).toThrow(/unknown-scenario.*leek/);
  });
});

describe('the description of a server', () => {
  const problemOf = (path: string): unknown => {
    try {
      return readInventoryFile(path);
    } catch (error) {
      return error instanceof ProblemError ? error.problem : error;
    }
  };

  it.each([
    ['what is no JSON', 'Services: none', /JSON/],
    ['another JSON', '{"schema":1}', /services/],
    ['a later schema', '{"schema":2,"services":[]}', /schema/],
    ['a service without a name', '{"schema":1,"services":[{"serviceName":""}]}', /services\.0\.serviceName/],
    ['no service at all', '{"schema":1,"services":[]}', /services/],
    ['a cut file', '{"schema":1,"services":[{"serviceNa', /JSON/],
  ])('is refused if it is %s, with what is wrong', (_, text, detail) => {
    const path = write(text);
    expect(problemOf(path)).toMatchObject({ id: 'server-file-wrong', params: { path, detail: expect.stringMatching(detail) as string } });
  });

  it('is refused if it cannot be read, with the reason', () => {
    const missing = join(folder, 'missing.json');
    expect(problemOf(missing)).toEqual({ id: 'server-file-unreadable', params: { path: missing, code: 'ENOENT' } });
    expect(problemOf(folder)).toMatchObject({ id: 'server-file-unreadable', params: { code: 'EISDIR' } });
    expect(problemOf(write(' '.repeat(5_000_001)))).toMatchObject({ id: 'server-file-unreadable', params: { code: 'EFBIG' } });
  });

  it('is read as PowerShell writes it, and as an earlier version wrote it', async () => {
    const text = JSON.stringify(await describeServer(await open('mediation')));
    const inventory = readInventoryFile(write(text));
    expect(readInventoryFile(write(Buffer.from(`\uFEFF${text}`, 'utf16le')))).toEqual(inventory);
    expect(readInventoryFile(write(`\uFEFF${text}`))).toEqual(inventory);
    const row = {
      serviceName: 'RTCMEDSRV',
      displayName: 'Lync',
      state: 'running',
      startType: 'auto-delayed',
      processId: 8,
      pausable: true,
    };
    const early = { schema: 1, at: '', services: [{ ...row, sessions: { count: 3, evidence: 'counter' } }] };
    expect(readInventoryFile(write(JSON.stringify(early)))).toMatchObject({
      installed: { product: { known: false, reason: 'not-told' } },
      pool: { known: false, reason: 'not-told' },
      services: [{ serviceName: 'RTCMEDSRV', start: { startType: 'auto', delayed: true }, dependents: null, sessions: { count: 3 } }],
      otherServices: [],
    });
  });
});
