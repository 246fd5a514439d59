import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import { connect, createServer } from 'node:net';

import { afterAll, beforeAll, expect, it } from 'vitest';

import type { CounterAnswer, UdpCount } from '../../electron/contract/evidence-answers.js';
import type { SessionReading } from '../../electron/contract/sessions.js';
import { describeWhere } from '../harness/describe-where.js';
import { AdapterProcess } from '../harness/windows/adapter-process.js';
import { SessionService } from '../harness/windows/session-service.js';
import { WindowsServer } from '../harness/windows/windows-server.js';
import { WINDOWS } from '../harness/windows/wine.js';

const UP_TIME = '\\System\\System Up Time';
const MISSING = '\\LS:USrv - Endpoint Cache\\USrv - Active Registered Endpoints';

describeWhere(WINDOWS)('session evidence, on Windows', () => {
  let server: WindowsServer;
  let adapter: AdapterProcess;

  beforeAll(async () => {
    server = await WindowsServer.start();
    adapter = await AdapterProcess.start(server, '--small-buffers');
  });
  afterAll(() => server.stop());

  async function read(serviceName: string): Promise<SessionReading> {
    const status = await adapter.serviceControl.readStatus(serviceName);
    const readings = await adapter.call<Record<string, SessionReading>>('evidence', 'read', [status]);
    return readings[serviceName]!;
  }

  async function readCounters(...paths: string[]): Promise<Record<string, CounterAnswer>> {
    return adapter.call('counters', 'read', paths);
  }

  it('counts real connections as they come and go, also while the service is paused', async () => {
    const service = await SessionService.install(server, { serviceName: 'RTCCPS', port: 5075 });
    await service.start();
    expect(await read('RTCCPS')).toMatchObject({ kind: 'unknown', reason: 'cmdlet-not-asked', arrivals: [], signs: { connections: 0 } });

    const sessions = await Promise.all([service.openSession(), service.openSession(), service.openSession()]);
    const opened = await read('RTCCPS');
    expect(opened).toMatchObject({ kind: 'unknown', atLeast: { count: 3, evidence: 'tcp', ageMs: 0 } });
    const ports = (opened.arrivals ?? []).map((arrival) => arrival.port);
    expect(new Set(ports)).toEqual(new Set(sessions.map((session) => session.localPort)));

    await adapter.serviceControl.sendControl('RTCCPS', 'pause');
    const paused = await read('RTCCPS');
    expect(paused).toMatchObject({ atLeast: { count: 3 }, arrivals: [] });
    expect(new Set(paused.signs?.ends.map((end) => end.port))).toEqual(new Set(ports));

    await sessions[0].close();
    await expect.poll(() => read('RTCCPS')).toMatchObject({ atLeast: { count: 2 } });
    await Promise.all([sessions[1].close(), sessions[2].close()]);
    await expect.poll(() => read('RTCCPS')).toMatchObject({ kind: 'unknown', signs: { connections: 0, ends: [] } });
  });

  it('counts 300 connections, in tables that outgrow their buffers', async () => {
    const service = await SessionService.install(server, { serviceName: 'RTCDATAMCU', port: 8057 });
    await service.start();
    await read('RTCDATAMCU');
    const sessions = await Promise.all(Array.from({ length: 300 }, () => service.openSession()));
    const reading = await read('RTCDATAMCU');
    expect(reading).toMatchObject({ kind: 'unknown', reason: 'counter-missing', atLeast: { count: 300, evidence: 'tcp' } });
    expect(reading.arrivals).toHaveLength(20);
    await adapter.serviceControl.sendControl('RTCDATAMCU', 'pause');
    expect((await read('RTCDATAMCU')).signs?.ends).toHaveLength(200);
    await Promise.all(sessions.map((session) => session.close()));
    await expect.poll(() => read('RTCDATAMCU')).toMatchObject({ kind: 'unknown', signs: { connections: 0 } });
  });

  it('counts a connection over IPv6 on the port of a service', async () => {
    const listener = createServer().listen(5076, '::1');
    await once(listener, 'listening');
    const client = connect(5076, '::1');
    await once(client, 'connect');
    const service = await SessionService.install(server, { serviceName: 'RTCATS' });
    await service.start();
    try {
      expect(await read('RTCATS')).toMatchObject({ kind: 'unknown', atLeast: { count: 1, evidence: 'tcp' } });
    } finally {
      client.destroy();
      listener.close();
    }
  });

  it('says nothing of a service without known ports, because Wine names no owners', async () => {
    const service = await SessionService.install(server, { serviceName: 'Unheard of', port: 7_431 });
    await service.start();
    const session = await service.openSession();
    expect(await read('Unheard of')).toMatchObject({ kind: 'unknown', reason: 'no-evidence', raw: null, signs: { connections: null } });
    await session.close();
  });

  it('reads the UDP endpoints of both families, and says nothing of a process because Wine names no owners', async () => {
    const sockets = [createSocket('udp4').bind(0, '127.0.0.1'), createSocket('udp6').bind(0, '::1')];
    await Promise.all(sockets.map((socket) => once(socket, 'listening')));
    try {
      const ports = await adapter.call<number[]>('udpPorts', 'read');
      expect(ports).toEqual(expect.arrayContaining(sockets.map((socket) => socket.address().port)));
      const watch = { serviceName: 'RTCMEDIARELAY', processId: 400, ports: [{ from: 1, to: 65_535 }] };
      expect(await adapter.call<Record<string, UdpCount | null>>('udp', 'count', [watch])).toEqual({ RTCMEDIARELAY: null });
    } finally {
      for (const socket of sockets) socket.close();
    }
  });

  it('carries nothing when the service is stopped', async () => {
    await SessionService.install(server, { serviceName: 'RTCRGS', port: 5071 });
    expect(await read('RTCRGS')).toEqual({ kind: 'count', count: 0, evidence: 'stopped', arrivals: [] });
  });

  it('reads a counter by its English name, and says which are missing', async () => {
    const answers = await readCounters(UP_TIME, MISSING, 'no path at all');
    expect(answers[UP_TIME]).toMatchObject({ kind: 'value' });
    expect(answers[MISSING]).toMatchObject({ kind: 'unreadable', reason: 'counter-missing' });
    expect(answers['no path at all']).toMatchObject({ kind: 'unreadable' });
  });

  it('reads counters again after the handles were given back', async () => {
    const before = (await readCounters(UP_TIME))[UP_TIME];
    await adapter.call('evidence', 'release');
    const after = (await readCounters(UP_TIME))[UP_TIME];
    expect(before).toMatchObject({ kind: 'value' });
    expect(after).toMatchObject({ kind: 'value' });
  });

  it('takes connections for no more than "at least" where a counter is missing', async () => {
    const service = await SessionService.install(server, { serviceName: 'RTCSRV', port: 5061 });
    await service.start();
    const session = await service.openSession();
    expect(await read('RTCSRV')).toMatchObject({ kind: 'unknown', reason: 'counter-missing', atLeast: { count: 1, evidence: 'tcp' } });
    await session.close();
  });

  it('does not make a quiet service of one whose only evidence is a missing counter', async () => {
    const service = await SessionService.install(server, { serviceName: 'RTCMEDSRV', port: 5070 });
    await service.start();
    expect(await read('RTCMEDSRV')).toMatchObject({ kind: 'unknown', reason: 'counter-missing' });
  });
});
