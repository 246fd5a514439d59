import { afterAll, beforeAll, expect, it } from 'vitest';

import { describeWhere } from '../harness/describe-where.js';
import { AV_CONFERENCING, LyncServer, MANUAL, MEDIATION } from '../harness/windows/lync-server.js';
import { jsonLines, waitForChanges } from '../harness/windows/packaged-cli.js';
import { SERVICE_PAUSED, SERVICE_RUNNING } from '../harness/windows/scm-witness.js';
import type { Finished } from '../harness/windows/windows-server.js';
import { WINDOWS } from '../harness/windows/wine.js';

const DRAIN = ['drain', '--json', '--hold-time', '1s', '--timeout', '1m'] as const;

describeWhere(WINDOWS)('what the packaged edition says of a restart', () => {
  let lync: LyncServer;
  beforeAll(async () => {
    lync = await LyncServer.start(MEDIATION, AV_CONFERENCING);
  });
  afterAll(() => lync.stop());

  const resultOf = ({ stdout }: Finished) => jsonLines(stdout).at(-1);

  it('is that one service alone can be updated, and the server not restarted, while another one carries people', async () => {
    const [, people] = await lync.openSessions().then(async ([call, ...others]) => {
      await call!.close();
      return [call, ...others];
    });
    const drain = await lync.cli.run(...DRAIN, MEDIATION.serviceName);
    expect(resultOf(drain)).toMatchObject({ outcome: 'ready', exitCode: 0 });
    const seen = await lync.look();
    expect(seen.map(({ state }) => state)).toEqual([SERVICE_PAUSED, SERVICE_RUNNING]);

    const refused = await lync.cli.run('confirm', '--json');
    expect(resultOf(refused)).toMatchObject({ exitCode: 3 });
    expect(refused.stdout).toContain(AV_CONFERENCING.serviceName);
    expect(refused.stdout + refused.stderr).not.toMatch(/without cutting/);
    expect((await lync.cli.run('confirm', '--services-only')).exitCode).toBe(0);
    await people!.ping();
    await people!.close();
    expect((await lync.cli.run('resume')).exitCode).toBe(0);
    expect(await lync.look()).toEqual(lync.asBefore);
  });

  it('tells of people who were cut, and how many, when somebody stops a paused service', async () => {
    const people = [await lync.services[1]!.openSession(), await lync.services[1]!.openSession(), await lync.services[1]!.openSession()];
    const drain = await lync.cli.launch(...DRAIN);
    await waitForChanges(drain);
    expect(await lync.look()).toEqual(lync.all(SERVICE_PAUSED, MANUAL));
    await people[0]!.close();
    await expect
      .poll(async () => (await lync.cli.status()).services.find(({ serviceName }) => serviceName === AV_CONFERENCING.serviceName)?.sessions)
      .toMatchObject({ count: 2 });
    // The drain reads every 0.8 s: its own last reading must be the one that `status` saw.
    await new Promise((resolve) => setTimeout(resolve, 2_000));
    await lync.server.witness.stop(AV_CONFERENCING.serviceName);
    const ended = await drain.ended;
    expect(resultOf(ended)).toMatchObject({ outcome: 'lost', exitCode: 6 });
    expect(ended.exitCode).toBe(6);
    expect(ended.stdout).toMatch(/RTCAVMCU stopped; 2 sessions may have been cut/);
    expect(ended.stdout + ended.stderr).not.toMatch(/without cutting/);

    const report = await lync.cli.run('report', '--format', 'md');
    expect(report.stdout).toMatch(/RTCAVMCU stopped; 2 sessions may have been cut/);
    // It was running before, and the run held it: the way back starts it unasked.
    expect((await lync.cli.run('resume')).exitCode).toBe(0);
    expect(await lync.look()).toEqual(lync.asBefore);
  });
});

describeWhere(WINDOWS)('what the packaged edition says of web sessions', () => {
  let lync: LyncServer;
  beforeAll(async () => {
    // A conferencing server makes it a Front End: alone the two are a Director, whose registrar nothing proves empty.
    lync = await LyncServer.start({ serviceName: 'RTCSRV', port: 5061 }, { serviceName: 'W3SVC', port: 0 }, AV_CONFERENCING);
    await lync.counters.add(String.raw`\LS:WEB - UCWA(_Total)\UCWA - Active Session Count=value 3`);
  });
  afterAll(() => lync.stop());

  it('is that they still run, at the sign-off and after it', async () => {
    const caveats = [
      {},
      { id: 'caveat-web-sessions', message: '3 web sessions still run: this server is still in the web load balancer.' },
    ];
    expect(jsonLines((await lync.cli.run(...DRAIN)).stdout).at(-1)).toMatchObject({ outcome: 'ready', restart: 'safe', caveats });
    expect(jsonLines((await lync.cli.run('confirm', '--json')).stdout).at(-1)).toMatchObject({ outcome: 'confirmed', caveats });
    expect(await lync.cli.status()).toMatchObject({ restart: 'safe', caveats });
    const resume = await lync.cli.launch('resume');
    await expect.poll(() => lync.look()).toEqual(lync.asBefore);
    const endpoint = await lync.services[0]!.openSession();
    const { exitCode, stderr } = await resume.ended;
    expect([exitCode, stderr]).toEqual([0, expect.stringContaining('Front-End: port 5061 listens; 1 endpoint is registered.')]);
    await endpoint.close();
  });
});
