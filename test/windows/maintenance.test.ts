import { afterAll, beforeAll, expect, it } from 'vitest';

import { describeWhere } from '../harness/describe-where.js';
import { AV_CONFERENCING, LyncServer, MANUAL, MEDIATION, WEB_CONFERENCING } from '../harness/windows/lync-server.js';
import { jsonLines, waitForChanges } from '../harness/windows/packaged-cli.js';
import { SERVICE_PAUSED } from '../harness/windows/scm-witness.js';
import { WINDOWS } from '../harness/windows/wine.js';

const HOLD_SECONDS = 3;

describeWhere(WINDOWS)('a maintenance with the packaged Windows edition', () => {
  let lync: LyncServer;

  beforeAll(async () => {
    const installed = [MEDIATION, AV_CONFERENCING, WEB_CONFERENCING];
    lync = await LyncServer.start(...installed.map((service) => ({ ...service, displayName: `Lync Server ${service.serviceName}` })));
  });
  afterAll(() => lync.stop());

  it('drains without cutting a session, is ready only after the last one and the hold time, and goes back exactly', async () => {
    const { server, cli, services } = lync;
    const names = services.map(({ serviceName }) => serviceName);
    const sessions = await lync.openSessions();
    const before = await Promise.all(names.map((name) => server.witness.query(name)));

    const drain = await cli.launch('drain', '--json', '--hold-time', `${HOLD_SECONDS}s`, '--timeout', '2m', '--reason', 'CHG-1234');
    await waitForChanges(drain);
    expect(await lync.look()).toEqual(lync.all(SERVICE_PAUSED, MANUAL));
    for (const service of services) await expect(service.openSession()).rejects.toThrow('ECONNREFUSED');
    for (const session of sessions) await session.ping();
    for (const session of sessions.slice(1)) await session.close();
    await new Promise((done) => setTimeout(done, 2 * HOLD_SECONDS * 1000));
    expect(jsonLines(await drain.stdout()).some((line) => line.type === 'result')).toBe(false);
    await sessions[0]!.ping();

    const lastEnded = Date.now();
    await sessions[0]!.close();
    const ended = await drain.ended;
    expect(Date.now() - lastEnded).toBeGreaterThanOrEqual(HOLD_SECONDS * 1000);
    expect(ended.exitCode).toBe(0);
    expect(jsonLines(ended.stdout).at(-1)).toMatchObject({ type: 'result', exitCode: 0, outcome: 'ready' });
    expect(await cli.status()).toMatchObject({ ready: true, run: { phase: 'ready' } });

    expect((await cli.run('confirm', '--note', 'all quiet')).exitCode).toBe(0);
    expect((await cli.run('resume')).exitCode).toBe(0);
    const after = await Promise.all(names.map((name) => server.witness.query(name)));
    expect(after).toEqual(before.map((one) => ({ ...one, checkpoint: 0, waitHint: 0 })));
    expect(await lync.look()).toEqual(lync.asBefore);
    expect((await cli.status()).run).toBeNull();
    for (const service of services) {
      const events = (await service.events()).map(({ event }) => event);
      expect(events).toEqual(['started', 'accepted', 'paused', 'closed', 'continued']);
    }
  });
});
