import { afterAll, beforeAll, expect, it } from 'vitest';

import { describeWhere } from '../harness/describe-where.js';
import { SessionService } from '../harness/windows/session-service.js';
import { WindowsServer } from '../harness/windows/windows-server.js';
import { WINDOWS } from '../harness/windows/wine.js';

const RUNNING = 4;
const PAUSED = 7;

describeWhere(WINDOWS)('the session service our tests rely on', () => {
  let server: WindowsServer;
  beforeAll(async () => {
    server = await WindowsServer.start();
  });
  afterAll(() => server.stop());

  it('keeps its sessions and takes no new ones while it is paused', async () => {
    const service = await SessionService.install(server, { serviceName: 'RTCMEDSRV', port: 15070 });
    await server.witness.start('RTCMEDSRV');
    await server.witness.waitForState('RTCMEDSRV', RUNNING);
    const session = await service.openSession();
    await server.witness.pause('RTCMEDSRV');
    expect((await server.witness.query('RTCMEDSRV')).state).toBe(PAUSED);
    await expect(service.openSession()).rejects.toThrow('ECONNREFUSED');
    await session.ping();
    await server.witness.resume('RTCMEDSRV');
    const second = await service.openSession();
    await session.close();
    await second.close();
    await server.witness.stop('RTCMEDSRV');
    const events = await service.events();
    expect(events.map(({ event }) => event)).toEqual([
      'started',
      'accepted',
      'paused',
      'continued',
      'accepted',
      'closed',
      'closed',
      'stopped',
    ]);
    expect(events[1]?.peer).toBe(events[5]?.peer);
  });

  it('still takes sessions while paused when it is told to leak', async () => {
    const service = await SessionService.install(server, { serviceName: 'LEAKS', port: 15071, keepsListening: true });
    await server.witness.start('LEAKS');
    await server.witness.waitForState('LEAKS', RUNNING);
    await server.witness.pause('LEAKS');
    const session = await service.openSession();
    await session.close();
    expect((await service.events()).map(({ event }) => event)).toContain('accepted');
  });
});
