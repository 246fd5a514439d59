import { afterAll, afterEach, beforeAll, expect, it } from 'vitest';

import { describeWhere } from '../harness/describe-where.js';
import { AV_CONFERENCING, AUTO, MEDIATION, DISABLED, LyncServer, MANUAL, WEB_CONFERENCING } from '../harness/windows/lync-server.js';
import { jsonLines, waitForChanges, waitForLine, type JsonLine, type PackagedCli } from '../harness/windows/packaged-cli.js';
import { SERVICE_PAUSED, SERVICE_RUNNING } from '../harness/windows/scm-witness.js';
import { SessionService, type Session } from '../harness/windows/session-service.js';
import type { Finished, Running } from '../harness/windows/windows-server.js';
import { WINDOWS } from '../harness/windows/wine.js';

const DRAIN = ['drain', '--json', '--hold-time', '1s', '--timeout', '2m'] as const;

describeWhere(WINDOWS)('several people at one server', () => {
  let lync: LyncServer;
  let infrastructure: readonly SessionService[];
  beforeAll(async () => {
    lync = await LyncServer.start(MEDIATION, AV_CONFERENCING, WEB_CONFERENCING);
    infrastructure = await Promise.all(
      ['REPLICA', 'W3SVC', 'Backup Agent'].map((serviceName) => SessionService.install(lync.server, { serviceName, startType: AUTO })),
    );
    for (const service of infrastructure) await service.start();
  });
  afterEach(async () => {
    expect(await lync.look()).toEqual(lync.asBefore);
    // What is no Lync service, or Lync's own infrastructure, is never touched.
    for (const service of infrastructure) {
      expect((await service.events()).map(({ event }) => event)).toEqual(['started']);
      expect(await lync.server.witness.query(service.serviceName)).toMatchObject({ state: SERVICE_RUNNING, startType: AUTO });
    }
  });
  afterAll(() => lync.stop());

  it('lets one of two drains work, and tells the other one who it is', async () => {
    const [session, ...others] = await lync.openSessions();
    for (const other of others) await other.close();
    const drains = [await lync.cli.launch(...DRAIN), await lync.cli.launch(...DRAIN)] as const;
    const second = await Promise.race(drains.map(({ ended }) => ended));
    expectHeld(second);
    const runs = await Promise.all(drains.map(async ({ stdout }) => jsonLines(await stdout()).filter(({ type }) => type === 'run')));
    expect(runs.flat()).toHaveLength(1);

    await session!.ping();
    await session!.close();
    const ends = await Promise.all(drains.map(({ ended }) => ended));
    expect(ends.map(({ exitCode }) => exitCode).sort()).toEqual([0, 8]);
    await expectWayBack(lync.cli);
  });

  it('refuses the way back while a drain waits, and lets others look on until it is ready', async () => {
    const sessions = await lync.openSessions();
    const drain = await startDrain(lync.cli);
    const whileWaiting = await lync.cli.run('resume', '--json');
    expectHeld(whileWaiting);
    expect(await lync.look()).toEqual(lync.all(SERVICE_PAUSED, MANUAL));

    const watch = await lync.cli.launch('watch', '--json');
    await waitForLine(watch, ({ type }) => type === 'sessions');
    expect(await lync.cli.status()).toMatchObject({ ready: false, run: { phase: 'draining' } });
    await endAll(sessions);
    for (const { ended } of [drain, watch]) {
      const { exitCode, stdout } = await ended;
      expect(exitCode).toBe(0);
      expect(jsonLines(stdout).at(-1)).toMatchObject({ type: 'result', outcome: 'ready' });
    }
    await expectWayBack(lync.cli);
  });

  it('shows a drain in status as soon as it has changed something', async () => {
    const sessions = await lync.openSessions();
    const drain = await lync.cli.launch(...DRAIN);
    await waitForLine(drain, (line) => line.type === 'step' && line['state'] === 'done');
    const { run, services } = await lync.cli.status();
    expect(run).toMatchObject({ phase: 'draining' });
    expect(services.filter(({ planned }) => planned).map(({ originalStartType }) => originalStartType)).toEqual(['auto', 'auto', 'auto']);
    await endAll(sessions);
    expect((await drain.ended).exitCode).toBe(0);
    await expectWayBack(lync.cli);
  });

  it('ends a drain when somebody changes a start type, and says which', async () => {
    const sessions = await lync.openSessions();
    const drain = await startDrain(lync.cli);
    await lync.server.witness.setStartType('RTCAVMCU', AUTO);
    await expectChangedOutside(drain, 'LD-2209', 'RTCAVMCU');
    expect(await lync.server.witness.query('RTCAVMCU')).toMatchObject({ state: SERVICE_PAUSED, startType: AUTO });
    await endAll(sessions);
    await expectWayBack(lync.cli);
  });

  it('ends a drain when somebody resumes a service, and says which', async () => {
    const sessions = await lync.openSessions();
    const drain = await startDrain(lync.cli);
    await lync.server.witness.resume('RTCAVMCU');
    await expectChangedOutside(drain, 'LD-2207', 'RTCAVMCU');
    expect(await lync.server.witness.query('RTCAVMCU')).toMatchObject({ state: SERVICE_RUNNING });
    await endAll(sessions);
    await expectWayBack(lync.cli);
  });

  it.for([
    { choice: '--keep', startType: DISABLED },
    { choice: '--original', startType: AUTO },
  ])('asks before it overwrites a start type that somebody set meanwhile, and does as told with $choice', async ({ choice, startType }) => {
    expect((await lync.cli.run(...DRAIN)).exitCode).toBe(0);
    await lync.server.witness.setStartType('RTCAVMCU', DISABLED);
    expect(await lync.cli.status()).toMatchObject({ ready: true });

    const asking = await lync.cli.run('resume', '--json');
    expect(asking.exitCode).toBe(7);
    expect(resultOf(asking)).toMatchObject({ outcome: 'changed-outside', problem: { code: 'LD-5006' } });
    expect(await lync.server.witness.query('RTCAVMCU')).toMatchObject({ state: SERVICE_PAUSED, startType: DISABLED });

    await expectWayBack(lync.cli, choice);
    expect(await lync.server.witness.query('RTCAVMCU')).toMatchObject({ state: SERVICE_RUNNING, startType });
    await lync.server.witness.setStartType('RTCAVMCU', AUTO);
  });

  it('pauses for a while and goes back by itself, start types untouched', async () => {
    const sessions = await lync.openSessions();
    const pause = await lync.cli.launch('pause', '--for', '5s', '--json');
    await lync.server.witness.waitForState('RTCDATAMCU', SERVICE_PAUSED);
    expect(await lync.look()).toEqual(lync.all(SERVICE_PAUSED, AUTO));
    const { exitCode, stdout } = await pause.ended;
    expect(exitCode).toBe(0);
    expect(jsonLines(stdout).at(-1)).toMatchObject({ type: 'result', outcome: 'returned' });
    expect(jsonLines(stdout).flatMap(({ type, step }) => (type === 'step' ? [step] : []))).not.toContain('manual');
    for (const session of sessions) await session.ping();
    await endAll(sessions);
    expect((await lync.cli.status()).run).toBeNull();
  });
});

const ODD_NAMES = ['Call Centre (x64) & more', '[Legacy] "Bridge"', "it's 100% ours", '会议 服务'];

describeWhere(WINDOWS)('services of any name', () => {
  let lync: LyncServer;
  beforeAll(async () => {
    lync = await LyncServer.start(MEDIATION, ...ODD_NAMES.map((serviceName) => ({ serviceName })));
  });
  afterAll(() => lync.stop());

  it('are drained only when named in full, with a warning, and go back exactly', async () => {
    const all = await lync.cli.run(...DRAIN);
    expect(resultOf(all)).toMatchObject({ outcome: 'ready' });
    const [mediation, ...others] = await lync.look();
    expect(mediation).toEqual({ serviceName: 'RTCMEDSRV', state: SERVICE_PAUSED, startType: MANUAL });
    expect(others).toEqual(lync.asBefore.slice(1));
    await expectWayBack(lync.cli);

    // Wine does not say whose connections are whose, so only the administrator can know their sessions.
    const accepted = ODD_NAMES.flatMap((name) => ['--override', `evidence:${name}`]);
    const drain = await lync.cli.run(...DRAIN, ...ODD_NAMES, ...accepted, '--reason', 'looked at them');
    expect(resultOf(drain)).toMatchObject({ outcome: 'ready', exitCode: 0 });
    const warnings = jsonLines(drain.stdout).filter(({ type, result }) => type === 'check' && result === 'warn');
    expect(warnings.map(({ id }) => id)).toEqual(expect.arrayContaining(ODD_NAMES.map((name) => `lync:${name}`)));
    expect((await lync.look()).slice(1)).toEqual(lync.all(SERVICE_PAUSED, MANUAL).slice(1));
    expect((await lync.look())[0]).toEqual(lync.asBefore[0]);
    await expectWayBack(lync.cli);
    expect(await lync.look()).toEqual(lync.asBefore);
  });
});

/** A drain that has changed everything and waits for sessions to end. */
async function startDrain(cli: PackagedCli): Promise<Running> {
  const drain = await cli.launch(...DRAIN);
  await waitForChanges(drain);
  return drain;
}

async function endAll(sessions: readonly Session[]): Promise<void> {
  for (const session of sessions) {
    await session.ping();
    await session.close();
  }
}

/** The line that ends `--json` output. */
interface ResultLine extends JsonLine {
  readonly problem: { readonly code: string; readonly message: string } | null;
}

function resultOf({ stdout }: Finished): ResultLine | undefined {
  return jsonLines(stdout).at(-1) as ResultLine | undefined;
}

/** Refused, because another administrator's drain works: the owner is named, in words and for programs. */
function expectHeld(finished: Finished): void {
  expect(finished.exitCode).toBe(8);
  const result = resultOf(finished);
  expect(result).toMatchObject({ outcome: 'locked', problem: { code: 'LD-5001' } });
  expect(result?.problem?.message).toMatch(/drain.*process \d+|process \d+.*drain/i);
}

async function expectChangedOutside(drain: Running, code: string, serviceName: string): Promise<void> {
  const ended = await drain.ended;
  expect(ended.exitCode).toBe(7);
  const result = resultOf(ended);
  expect(result).toMatchObject({ outcome: 'changed-outside', problem: { code } });
  expect(result?.problem?.message).toContain(serviceName);
}

async function expectWayBack(cli: PackagedCli, ...choice: readonly string[]): Promise<void> {
  const resume = await cli.run('resume', '--json', ...choice);
  expect(resultOf(resume)).toMatchObject({ outcome: 'returned', exitCode: 0 });
  expect(resume.exitCode).toBe(0);
}
