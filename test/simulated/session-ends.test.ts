import { describe, expect, it } from 'vitest';

import { createSimulatedEnds } from '../../electron/adapters/simulator/simulated-ends.js';
import type { EndKind, ServiceEnds } from '../../electron/contract/session-ends.js';
import { listServiceEnds } from '../../electron/engine/list-ends.js';
import { SimulatedTrial } from '../harness/simulated/simulated-trial.js';

const MINUTE = 60_000;

async function endsOf(trial: SimulatedTrial, services: readonly string[] | null = null, most: number | null = null) {
  const openSessionEnds = async () => createSimulatedEnds(trial.server.simulation);
  const list = await listServiceEnds({ serviceControl: trial.control, openSessionEnds }, { services, most, waitsForServers: true });
  return { ...list, of: (name: string): ServiceEnds => list.services.find(({ serviceName }) => serviceName === name)! };
}

function kindsOf({ tcp }: ServiceEnds): Partial<Record<EndKind, number>> {
  if (!tcp.known) throw new Error(tcp.reason);
  return Object.fromEntries(Object.entries(tcp.kinds).filter(([, count]) => count > 0));
}

describe('the remote ends of a simulated server', () => {
  it('are those of every service that carries sessions, in drain order, each of its kind', async () => {
    const list = await endsOf(await SimulatedTrial.open());
    expect(list.services.map(({ serviceName }) => serviceName)[0]).toBe('RTCMEDSRV');
    expect(list.services.at(-1)?.serviceName).toBe('RTCSRV');
    expect(kindsOf(list.of('RTCMEDSRV'))).toEqual({ gateway: 1, 'pool-member': 1 });
    expect(Object.keys(kindsOf(list.of('RTCSRV')))).toEqual(['client']);
    expect(Object.keys(kindsOf(list.of('RTCDATAMCU')))).toEqual(['client', 'edge']);
    expect(list.serversTrouble).toBeNull();
    expect(list.of('RTCAVMCU')).toMatchObject({ usesUdp: true, tcp: { connections: 0 } });
    expect(list.of('RTCIMMCU').usesUdp).toBe(false);
  });

  it('grow older with its clock, and end with their sessions', async () => {
    const trial = await SimulatedTrial.open();
    const before = (await endsOf(trial, ['RTCSRV'])).of('RTCSRV').tcp;
    await trial.pass(MINUTE);
    const after = (await endsOf(trial, ['RTCSRV'])).of('RTCSRV').tcp;
    if (!before.known || !after.known) throw new Error('not known');
    const ages = new Map(before.ends.map(({ address, port, ageMs }) => [`${address} ${port}`, ageMs]));
    const stayed = after.ends.filter(({ address, port }) => ages.has(`${address} ${port}`));
    expect(stayed.length).toBeGreaterThan(0);
    expect(stayed.length).toBeLessThan(before.ends.length);
    for (const { address, port, ageMs } of stayed) expect(ageMs).toBe(ages.get(`${address} ${port}`)! + MINUTE);
  });

  it('are shown so many and counted all', async () => {
    const { tcp } = (await endsOf(await SimulatedTrial.open(), ['rtcsrv'], 3)).of('RTCSRV');
    expect(tcp).toMatchObject({ known: true, ends: { length: 3 } });
    expect(tcp.known && tcp.connections).toBeGreaterThan(50);
  });

  it('are clients on the ports of an Edge, also where not all servers are known', async () => {
    const list = await endsOf(await SimulatedTrial.open('edge'));
    expect(list.serversTrouble).toBe('not-told');
    expect(Object.keys(kindsOf(list.of('RTCSRV')))).toEqual(['client']);
    expect(Object.keys(kindsOf(list.of('RTCMEDIARELAY')))).toEqual(['unknown']);
    expect(list.of('RTCMEDIARELAY').usesUdp).toBe(true);
  });

  it('are unknown where neither cmdlets nor the port tell', async () => {
    const list = await endsOf(await SimulatedTrial.open('no-evidence'), ['RTCSRV', 'RTCMEDSRV']);
    expect(list.serversTrouble).toBe('cmdlet-denied');
    for (const kind of Object.keys(kindsOf(list.of('RTCSRV')))) expect(kind).toBe('unknown');
    expect(kindsOf(list.of('RTCMEDSRV'))).toEqual({ gateway: 1, 'pool-member': 1 });
  });

  it('are refused by a name that no service has', async () => {
    const trial = await SimulatedTrial.open();
    await expect(endsOf(trial, ['RTCSRV', 'RTCSVR'])).rejects.toMatchObject({
      problem: { id: 'unknown-service', params: { name: 'RTCSVR' } },
    });
  });

  it('can be those of any service that is named', async () => {
    expect((await endsOf(await SimulatedTrial.open(), ['W3SVC', 'w3svc'])).services).toMatchObject([{ serviceName: 'W3SVC' }]);
  });

  it('have names, but for some', async () => {
    const trial = await SimulatedTrial.open();
    const { tcp } = (await endsOf(trial, ['RTCSRV'])).of('RTCSRV');
    const addresses = tcp.known ? tcp.ends.map(({ address }) => address) : [];
    const names = await createSimulatedEnds(trial.server.simulation).findNames([...addresses, '10.50.0.2']);
    expect(names.get('10.50.0.2')).toEqual({ kind: 'name', name: 'gw01.contoso.com' });
    expect([...names.values()].filter(({ kind }) => kind === 'name').length).toBeGreaterThan(addresses.length / 2);
  });
});
