import { beforeEach, describe, expect, it } from 'vitest';

import { createLayeredEnds } from '../../electron/adapters/layered-evidence/layered-ends.js';
import { noKinds, type ListedEnds } from '../../electron/contract/session-ends.js';
import type { EndsQuestion, KnownServers } from '../../electron/ports/session-ends.js';
import { service } from '../harness/sessions/evidence-trial.js';

const NONE: ListedEnds = { connections: 0, kinds: noKinds(), ends: [] };
const ONE: ListedEnds = { connections: 1, kinds: { ...noKinds(), client: 1 }, ends: [] };

let question: EndsQuestion | null;
let answer: () => Promise<ReadonlyMap<string, ListedEnds | null>>;
let servers: KnownServers;

beforeEach(() => {
  question = null;
  answer = async () => new Map([['RTCSRV', ONE]]);
  servers = { byAddress: new Map(), trouble: null };
});

function ends(deadlineMs = 1_000) {
  return createLayeredEnds({
    connections: {
      list: (asked) => {
        question = asked;
        return answer();
      },
    },
    directory: { read: () => servers, settle: async () => undefined, end: () => undefined },
    names: { find: async () => new Map() },
    deadlineMs,
  });
}

describe('who is connected', () => {
  it('is asked for by the ports that carry sessions, and by the whole process where none are known', async () => {
    const services = [service('RTCSRV'), service('RTCASMCU'), service('RTCDATAMCU'), service('RTCAVMCU')];
    await ends().list(services, services, 7);
    expect(question?.watches.map(({ serviceName, ports, remotePorts }) => [serviceName, ports, remotePorts])).toEqual([
      ['RTCSRV', [5061], []],
      ['RTCASMCU', [], []],
      ['RTCDATAMCU', [8057], [8057]],
      ['RTCAVMCU', [], []],
    ]);
    expect(question).toMatchObject({ most: 7, servers });
  });

  it("is told apart from the server's own services, named or not", async () => {
    const [asked, other] = [service('RTCSRV'), service('RTCIMMCU')];
    await ends().list([asked], [asked, other, service('Spooler')], null);
    expect(question?.own.processIds).toEqual(expect.arrayContaining([asked.processId, other.processId]));
    expect(question?.own.ports).toContain(5061);
  });

  it('follows the ports of an Edge on an Edge', async () => {
    const services = [service('RTCSRV'), service('RTCMEDIARELAY')];
    const list = await ends().list(services, services, null);
    expect(question?.watches[0]).toMatchObject({ ports: [443], rules: { isForClients: false } });
    expect(list.services.map(({ usesUdp }) => usesUdp)).toEqual([false, true]);
  });

  it('is nobody for a stopped service, without asking', async () => {
    const stopped = service('RTCSRV', { state: 'stopped', processId: 0 });
    const list = await ends().list([stopped], [stopped], null);
    expect(list.services).toMatchObject([{ serviceName: 'RTCSRV', state: 'stopped', tcp: { known: true, ...NONE } }]);
    expect(question).toBeNull();
  });

  it.each([
    ['the table cannot be read', () => Promise.reject(new Error('error 87')), 'tcp-failed'],
    ['it does not answer', () => new Promise<never>(() => undefined), 'did-not-answer'],
    ['Windows names no owners', () => Promise.resolve(new Map([['RTCSRV', null]])), 'no-owner'],
    ['nothing is said of it', () => Promise.resolve(new Map<string, null>()), 'no-owner'],
  ] as const)('is not known, and never nobody, when %s', async (_, answers, reason) => {
    answer = answers;
    const services = [service('RTCSRV')];
    const list = await ends(30).list(services, services, null);
    expect(list.services).toMatchObject([{ tcp: { known: false, reason } }]);
  });

  it('says why not all servers are known', async () => {
    servers = { byAddress: new Map(), trouble: 'powershell-restricted' };
    expect((await ends().list([], [], null)).serversTrouble).toBe('powershell-restricted');
  });
});
