import { join } from 'node:path';

import { afterAll, beforeAll, expect, it } from 'vitest';

import { describeWhere } from '../harness/describe-where.js';
import { AUTO, MANUAL, MEDIATION, WEB_CONFERENCING } from '../harness/windows/lync-server.js';
import { jsonLines, packageEdition, PackagedCli, type JsonLine } from '../harness/windows/packaged-cli.js';
import { SERVICE_PAUSED, SERVICE_RUNNING, SERVICE_STOPPED } from '../harness/windows/scm-witness.js';
import { SessionService, type SessionServiceOptions } from '../harness/windows/session-service.js';
import { StubCounters } from '../harness/windows/stub-counters.js';
import { WindowsServer } from '../harness/windows/windows-server.js';
import { WINDOWS } from '../harness/windows/wine.js';

/** What one misbehaving service makes of a drain, as seen from outside. */
interface Misbehaviour {
  readonly name: string;
  readonly service: Partial<SessionServiceOptions>;
  readonly exitCode: number;
  readonly outcome: string;
  /** Code of the service's problem in the result; null for none. */
  readonly problem: string | null;
  readonly state: number;
  readonly startType: number;
}

const MISBEHAVIOURS: readonly Misbehaviour[] = [
  {
    name: 'pauses slowly, its checkpoint moving',
    service: { onPause: 'slow:2500' },
    exitCode: 0,
    outcome: 'ready',
    problem: null,
    state: SERVICE_PAUSED,
    startType: MANUAL,
  },
  {
    name: 'goes on running for a while after it took the pause',
    service: { onPause: 'late:1500' },
    exitCode: 0,
    outcome: 'ready',
    problem: null,
    state: SERVICE_PAUSED,
    startType: MANUAL,
  },
  {
    name: 'blocks in its handler',
    service: { onPause: 'block:3000' },
    exitCode: 0,
    outcome: 'ready',
    problem: null,
    state: SERVICE_PAUSED,
    startType: MANUAL,
  },
  // Wine passes a handler's error over: all that shows is a service that goes on running until patience is at its end.
  {
    name: 'refuses',
    service: { onPause: 'refuse:1052' },
    exitCode: 1,
    outcome: 'failed',
    problem: 'LD-2201',
    state: SERVICE_RUNNING,
    startType: AUTO,
  },
  {
    name: 'stops instead',
    service: { onPause: 'stop' },
    exitCode: 1,
    outcome: 'failed',
    problem: 'LD-2202',
    state: SERVICE_STOPPED,
    startType: MANUAL,
  },
  // Wine never notices that a service's process is gone: all that shows is the broken connection (error 109).
  {
    name: 'crashes',
    service: { onPause: 'crash' },
    exitCode: 1,
    outcome: 'failed',
    problem: 'LD-2199',
    state: SERVICE_RUNNING,
    startType: AUTO,
  },
  {
    name: 'cannot be paused',
    service: { isNotPausable: true },
    exitCode: 3,
    outcome: 'blocked',
    problem: null,
    state: SERVICE_RUNNING,
    startType: AUTO,
  },
];

describeWhere(WINDOWS)('a service that misbehaves when it is paused', () => {
  let server: WindowsServer;
  beforeAll(async () => {
    [server] = await Promise.all([WindowsServer.start(), packageEdition()]);
  });
  afterAll(() => server.stop());

  // A pause of which nothing was seen is waited for on the way back, for up to two minutes.
  it.for(MISBEHAVIOURS)('$name', { timeout: 300_000 }, (misbehaviour) => expectMisbehaviour(server, misbehaviour));
});

/** A running service whose counters say how many sessions it has. */
async function startCounted(server: WindowsServer, options: SessionServiceOptions): Promise<SessionService> {
  const service = await SessionService.install(server, { startType: AUTO, ...options });
  await (await StubCounters.on(server)).count(service.serviceName, service.log);
  await service.start();
  return service;
}

/** Each with a service and a data folder of its own: what one leaves behind must not excuse the next. */
async function expectMisbehaviour(server: WindowsServer, misbehaviour: Misbehaviour): Promise<void> {
  try {
    await startCounted(server, { ...MEDIATION, ...misbehaviour.service });
    await expectDrain(server, misbehaviour);
  } finally {
    await remove(server, 'RTCMEDSRV');
  }
}

/** Stops a service as far as it lets itself be stopped, and resolves when there is none of this name any more. */
async function remove({ witness }: WindowsServer, serviceName: string): Promise<void> {
  await witness.stop(serviceName).catch(() => undefined);
  await witness.delete(serviceName);
  await expect.poll(() => witness.list(), { timeout: 30_000 }).not.toContain(serviceName);
}

async function expectDrain(server: WindowsServer, misbehaviour: Misbehaviour): Promise<void> {
  const cli = new PackagedCli(server, join(server.folder, `data of ${misbehaviour.name}`));
  const drain = await cli.run('drain', '--json', '--hold-time', '1s', '--timeout', '1m');
  const result = jsonLines(drain.stdout).at(-1) as ResultLine;
  expect(result).toMatchObject({ type: 'result', exitCode: misbehaviour.exitCode, outcome: misbehaviour.outcome });
  expect(drain.exitCode).toBe(misbehaviour.exitCode);
  expect(result.services.find((one) => one.serviceName === 'RTCMEDSRV')?.problem?.code ?? null).toBe(misbehaviour.problem);
  expect(await server.witness.query('RTCMEDSRV')).toMatchObject({ state: misbehaviour.state, startType: misbehaviour.startType });

  // Whatever it did, the way back brings it back as it was.
  expect((await cli.run('resume')).exitCode).toBe(0);
  expect(await server.witness.query('RTCMEDSRV')).toMatchObject({ state: SERVICE_RUNNING, startType: AUTO });
  expect((await cli.status()).run).toBeNull();
}

interface ResultLine extends JsonLine {
  readonly services: readonly { readonly serviceName: string; readonly problem: { readonly code: string } | null }[];
}

describeWhere(WINDOWS)('a service that misbehaves afterwards', () => {
  let server: WindowsServer;
  let cli: PackagedCli;
  beforeAll(async () => {
    [server] = await Promise.all([WindowsServer.start(), packageEdition()]);
    cli = new PackagedCli(server);
  });
  afterAll(() => server.stop());

  it('is reported when it goes on running by itself, and the drain is not ready', async () => {
    const service = await startCounted(server, { ...MEDIATION, resumesAfterMs: 2500 });
    const session = await service.openSession();
    const drain = await cli.run('drain', '--json', '--hold-time', '1s', '--timeout', '1m');
    expect(drain.exitCode).toBe(7);
    expect(jsonLines(drain.stdout).at(-1)).toMatchObject({ outcome: 'changed-outside', problem: { code: 'LD-2207' } });
    expect((await cli.status()).ready).toBe(false);
    await session.ping();
    await session.close();
    expect((await cli.run('resume')).exitCode).toBe(0);
    await remove(server, 'RTCMEDSRV');
  });

  it('is reported as a leak when it still takes new sessions, and the drain waits for those as well', async () => {
    const service = await startCounted(server, { ...WEB_CONFERENCING, keepsListening: true });
    const first = await service.openSession();
    const drain = await cli.launch('drain', '--json', '--hold-time', '1s', '--timeout', '1m');
    await server.witness.waitForState('RTCDATAMCU', SERVICE_PAUSED);
    await new Promise((done) => setTimeout(done, 3000));
    const second = await service.openSession();
    const from = `127.0.0.1:${second.localPort}`;
    await first.close();
    await new Promise((done) => setTimeout(done, 3000));
    expect(jsonLines(await drain.stdout()).at(-1)).not.toMatchObject({ type: 'result' });
    await second.close();
    const ended = await drain.ended;
    expect(ended.exitCode).toBe(0);
    const leak = jsonLines(ended.stdout).find((line) => line.type === 'leak');
    expect(leak).toMatchObject({ serviceName: 'RTCDATAMCU', from });
    expect((await cli.run('resume')).exitCode).toBe(0);
  });
});
