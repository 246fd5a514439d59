import { beforeEach, describe, expect, it } from 'vitest';

import type { ServiceStatus } from '../../electron/contract/service.js';
import { listServiceEnds } from '../../electron/engine/list-ends.js';
import { EngineHarness } from '../harness/engine/engine-harness.js';
import { boundControl } from '../harness/fakes/bound-control.js';

let harness: EngineHarness;
/** What happened, in order. */
let happened: string[];

beforeEach(async () => {
  harness = await EngineHarness.open('quiet');
  happened = [];
});

/** @param whileWaiting happens while Lync is asked for its servers */
async function list(services: readonly string[], waitsForServers: boolean, whileWaiting: () => Promise<void> = async () => undefined) {
  const listed: (readonly ServiceStatus[])[] = [];
  const { serviceControl } = harness.server;
  const parts = {
    serviceControl: {
      ...boundControl(serviceControl),
      listServices: () => {
        happened.push('services');
        return serviceControl.listServices();
      },
    },
    openSessionEnds: async () => ({
      settle: async () => {
        happened.push('servers');
        await whileWaiting();
      },
      list: async (watched: readonly ServiceStatus[]) => {
        happened.push('ends');
        listed.push(watched);
        return { services: [], serversTrouble: null };
      },
      findNames: async () => new Map(),
      end: () => undefined,
    }),
  };
  await listServiceEnds(parts, { services, most: null, waitsForServers });
  return listed[0] ?? [];
}

describe('who is connected to a service', () => {
  it('is read from one list of the services, if nothing is waited for', async () => {
    expect((await list(['rtcsrv'], false)).map(({ serviceName }) => serviceName)).toEqual(['RTCSRV']);
    expect(happened).toEqual(['services', 'servers', 'ends']);
  });

  it('is read from a list of after the waiting: its process may be another one by then', async () => {
    const before = (await harness.server.serviceControl.readStatus('RTCRGS')).processId;
    const [watched] = await list(['RTCRGS'], true, async () => {
      for (const kind of ['stop', 'start'] as const) {
        expect(await harness.server.console.control('RTCRGS', kind)).toBe(0);
        harness.pass(60_000);
      }
    });
    expect(happened).toEqual(['services', 'servers', 'services', 'ends']);
    expect(watched?.processId).not.toBe(before);
  });

  it('asks Lync nothing about a service that is not there', async () => {
    await expect(list(['RTCXYZ'], true)).rejects.toThrow(/unknown-service/);
    expect(happened).toEqual(['services']);
  });
});
