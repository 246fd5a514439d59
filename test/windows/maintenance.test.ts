import { afterAll, beforeAll, expect, it } from 'vitest';

import { describeOnWindows } from './harness/describe-on-windows.js';
import { jsonLines, packageEdition, PackagedCli, waitForLine } from './harness/packaged-cli.js';
import { SERVICE_PAUSED, SERVICE_RUNNING } from './harness/scm-witness.js';
import { type Session, SessionService } from './harness/session-service.js';
import { WindowsServer } from './harness/windows-server.js';

const AUTO = 2;
const MANUAL = 3;
const HOLD_SECONDS = 3;

describeOnWindows('a maintenance with the packaged Windows edition', () => {
  let server: WindowsServer;
  let cli: PackagedCli;
  const services = new Map<string, SessionService>();

  beforeAll(async () => {
    [server] = await Promise.all([WindowsServer.start(), packageEdition()]);
    cli = new PackagedCli(server);
    for (const [serviceName, port] of [['RTCCPS', 5075], ['RTCATS', 5076], ['RTCDATAMCU', 8057]] as const) {
      const service = await SessionService.install(server, { serviceName, port, startType: AUTO, displayName: `Lync Server ${serviceName}` });
      await service.start();
      services.set(serviceName, service);
    }
  });
  afterAll(() => server.stop());

  it('drains without cutting a session, is ready only after the last one and the hold time, and goes back exactly', async () => {
    const names = [...services.keys()];
    const sessions: Session[] = [];
    for (const service of services.values()) sessions.push(await service.openSession());
    const before = await Promise.all(names.map((name) => server.witness.query(name)));

    const drain = await cli.launch('drain', '--json', '--hold-time', `${HOLD_SECONDS}s`, '--timeout', '2m', '--reason', 'CHG-1234');
    await waitForLine(drain, (line) => line.type === 'sessions');
    for (const name of names) {
      expect(await server.witness.query(name)).toMatchObject({ state: SERVICE_PAUSED, startType: MANUAL });
      await expect(services.get(name)!.openSession()).rejects.toThrow('ECONNREFUSED');
    }
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
    for (const name of names) expect(await server.witness.query(name)).toMatchObject({ state: SERVICE_RUNNING, startType: AUTO });
    expect((await cli.status()).run).toBeNull();
    for (const service of services.values()) {
      const events = (await service.events()).map(({ event }) => event);
      expect(events).toEqual(['started', 'accepted', 'paused', 'closed', 'continued']);
    }
  });
});
