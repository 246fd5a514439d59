import { createSocket, type Socket } from 'node:dgram';
import { once } from 'node:events';

import { afterAll, beforeAll, expect, it } from 'vitest';

import { describeWhere } from '../harness/describe-where.js';
import { LyncServer, MANUAL } from '../harness/windows/lync-server.js';
import { jsonLines, waitForChanges } from '../harness/windows/packaged-cli.js';
import { SERVICE_PAUSED } from '../harness/windows/scm-witness.js';
import type { Session } from '../harness/windows/session-service.js';
import { WINDOWS } from '../harness/windows/wine.js';

/** People sign in from outside by port 443; RTCMRAUTH, which carries no session, is what tells an Edge server. */
const ACCESS_EDGE = { serviceName: 'RTCSRV', port: 443 } as const;
/** Media comes by UDP, so that it takes no connection at all. */
const RELAY = { serviceName: 'RTCMEDIARELAY' } as const;
const AUTHENTICATION = { serviceName: 'RTCMRAUTH' } as const;
const RELAYED = [
  '\\LS:A/V Edge - UDP Counters(_Total)\\A/V Edge - Active Relay Sessions - Authenticated',
  '\\LS:A/V Edge - TCP Counters(_Total)\\A/V Edge - Active Relay Sessions - Authenticated',
];
const SIGNED_IN = '\\LS:SIP - Networking\\SIP - Unique users connected directly';
const DRAIN = ['drain', '--json', '--hold-time', '1s'] as const;

describeWhere(WINDOWS)('an Edge server with people on 443 and relayed media', () => {
  let lync: LyncServer;
  let people: readonly Session[];
  let media: readonly Socket[];

  beforeAll(async () => {
    lync = await LyncServer.start(RELAY, AUTHENTICATION, ACCESS_EDGE);
    await lync.counters.behave();
    people = [await lync.services[2]!.openSession(), await lync.services[2]!.openSession()];
    media = await Promise.all([50_010, 50_011, 3478].map((port) => openEndpoint(port)));
  });
  afterAll(async () => {
    for (const socket of media) socket.close();
    await lync.stop();
  });

  it('is not known to be empty without its counters, whatever connections say', async () => {
    const { services } = await lync.cli.status();
    const sessions = Object.fromEntries(services.map((service) => [service.serviceName, service.sessions]));
    expect(sessions).toMatchObject({
      RTCMEDIARELAY: { unknown: 'counter-missing' },
      RTCMRAUTH: { count: 0 },
      RTCSRV: { unknown: 'counter-missing' },
    });
    // Other programs of this computer may come to 443 too, while tests of several kinds run side by side.
    expect(sessions['RTCSRV']?.atLeast, JSON.stringify(sessions['RTCSRV'])).toBeGreaterThanOrEqual(2);
  });

  it('is drained without cutting anybody, never ready, and comes back', async () => {
    const drain = await lync.cli.run(...DRAIN, '--timeout', '15s');
    expect(drain.exitCode).toBe(4);
    expect(jsonLines(drain.stdout).at(-1)).not.toMatchObject({ outcome: 'ready' });
    expect(await lync.look()).toEqual(lync.all(SERVICE_PAUSED, MANUAL));
    for (const person of people) await person.ping();
    expect((await lync.cli.run('confirm')).exitCode).toBe(3);
    expect((await lync.cli.run('resume')).exitCode).toBe(0);
    expect(await lync.look()).toEqual(lync.asBefore);
  });

  it('is not quiet while people are on 443, whatever its counters say, and ready when nobody is', async () => {
    await lync.counters.behave(`${SIGNED_IN}=value 0`, ...RELAYED.map((path) => `${path}=value 3`));
    const drain = await lync.cli.launch(...DRAIN, '--timeout', '1m');
    await waitForChanges(drain);
    await new Promise((done) => setTimeout(done, 3_000));
    expect(jsonLines(await drain.stdout()).at(-1)).not.toMatchObject({ type: 'result' });
    await lync.counters.behave(`${SIGNED_IN}=value 0`, ...RELAYED.map((path) => `${path}=value 0`));
    expect(jsonLines((await drain.ended).stdout).at(-1)).toMatchObject({ outcome: 'needs-acceptance', exitCode: 4, ready: false });
    for (const person of people) await person.ping();
    for (const person of people) await person.close();
    const drained = await lync.cli.run(...DRAIN, '--timeout', '1m');
    expect(jsonLines(drained.stdout).at(-1)).toMatchObject({ outcome: 'ready', exitCode: 0 });
    expect((await lync.cli.run('resume')).exitCode).toBe(0);
    expect(await lync.look()).toEqual(lync.asBefore);
  });
});

async function openEndpoint(port: number): Promise<Socket> {
  const socket = createSocket('udp4').bind(port, '127.0.0.1');
  await once(socket, 'listening');
  return socket;
}
