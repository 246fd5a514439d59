import { beforeEach, describe, expect, it } from 'vitest';

import { answerCalls, type Answering } from '../../electron/apps/tray/answer-call.js';
import { createCallHandlers, type AppActions } from '../../electron/apps/tray/call-handlers.js';
import type { CallName } from '../../electron/contract/ipc-channels.js';
import { noKinds, type SessionEnd } from '../../electron/contract/session-ends.js';
import { checklist, row } from '../harness/fakes/checklists.js';
import { FakeEngine } from '../harness/fakes/fake-engine.js';

const END: SessionEnd = {
  ...{ address: '10.9.0.1', port: 50_001, localPort: 5061, kind: 'client', sign: 'port' },
  ...{ ageMs: 0, isAgeExact: true },
};

let engine: FakeEngine;
let calls: ReadonlyMap<CallName, Answering>;

function show(...addresses: readonly string[]): void {
  const ends = addresses.map((address) => ({ ...END, address }));
  const tcp = { known: true, connections: ends.length, kinds: { ...noKinds(), client: ends.length }, ends } as const;
  engine.ends = { services: [{ serviceName: 'RTCSRV', displayName: 'x', state: 'running', tcp, usesUdp: false }], serversTrouble: null };
}

const call = (name: CallName, request: unknown) => calls.get(name)!(request);

beforeEach(() => {
  engine = new FakeEngine();
  const state = { checklist: checklist({ services: [row('RTCSRV')] }) };
  const shown = () => ({ parts: { server: { engine }, store: { state } } });
  calls = answerCalls(createCallHandlers({ shown } as unknown as AppActions));
  show('10.9.0.1', '10.9.0.2');
});

describe('the window', () => {
  it('is given the remote ends of a service that it was shown, twenty at most, without waiting for Lync', async () => {
    expect(await call('listEnds', { serviceName: 'rtcsrv' })).toMatchObject({ ok: true, value: { services: [{ serviceName: 'RTCSRV' }] } });
    expect(engine.ordered.at(-1)).toMatchObject({
      method: 'listEnds',
      request: { services: ['rtcsrv'], most: 20, waitsForServers: false },
    });
  });

  it('is given none of a service that it was not shown', async () => {
    expect(await call('listEnds', { serviceName: 'Spooler' })).toMatchObject({ ok: false, problem: { id: 'unknown-service' } });
    expect(engine.ordered).toEqual([]);
  });

  it('is given names of addresses that it was shown', async () => {
    engine.names = new Map([['10.9.0.1', { kind: 'name', name: 'pc-1' }]]);
    await call('listEnds', { serviceName: 'RTCSRV' });
    expect(await call('findNames', { addresses: ['10.9.0.1'] })).toEqual({
      ok: true,
      value: [{ address: '10.9.0.1', found: { kind: 'name', name: 'pc-1' } }],
    });
  });

  it('cannot have DNS asked about any other address', async () => {
    await call('listEnds', { serviceName: 'RTCSRV' });
    expect(await call('findNames', { addresses: ['10.9.0.1', '10.9.0.3'] })).toMatchObject({
      ok: false,
      problem: { id: 'request-refused' },
    });
    expect(await call('findNames', { addresses: ['pc-1.contoso.com'] })).toMatchObject({ ok: false, problem: { id: 'request-refused' } });
    expect(engine.ordered.some(({ method }) => method === 'findNames')).toBe(false);
  });

  it('may still ask about those of a list before', async () => {
    await call('listEnds', { serviceName: 'RTCSRV' });
    show('10.9.0.7');
    await call('listEnds', { serviceName: 'RTCSRV' });
    expect(await call('findNames', { addresses: ['10.9.0.1', '10.9.0.7'] })).toMatchObject({ ok: true });
  });
});
