// @vitest-environment happy-dom
import { act, createElement } from 'react';
import { afterEach, describe, expect, it } from 'vitest';

import type { Language } from '../../../electron/contract/app-snapshot.js';
import type { ServiceRow } from '../../../electron/contract/checklist.js';
import type { Answer } from '../../../electron/contract/ipc-channels.js';
import { problem } from '../../../electron/contract/problem.js';
import { noKinds, type EndsList, type EndsReading, type SessionEnd } from '../../../electron/contract/session-ends.js';
import { NO_SIGNS } from '../../../electron/contract/sessions.js';
import { ConnectedList } from '../../../renderer/components/services/connected-list.js';
import { drawPart, type DrawnPart } from '../../harness/renderer/drawn-part.js';
import { counted, IN_SERVICE } from '../../harness/renderer/services.js';
import { snapshotOf } from '../../harness/renderer/snapshots.js';

const CLIENT: SessionEnd = {
  ...{ address: '10.9.0.1', port: 50_001, localPort: 5061, kind: 'client', sign: 'no-server' },
  ...{ ageMs: 3_723_000, isAgeExact: true },
};
const UNTOLD: SessionEnd = {
  ...CLIENT,
  address: '2001:db8::9',
  port: 50_002,
  kind: 'unknown',
  sign: null,
  ageMs: 90_000,
  isAgeExact: false,
};

function row(serviceName: string, parts: Partial<ServiceRow> = {}): ServiceRow {
  return { ...IN_SERVICE.find((service) => service.serviceName === serviceName)!, ...parts };
}

function listOf(tcp: EndsReading, parts: Partial<EndsList> = {}, usesUdp = false): Answer<EndsList> {
  const service = { serviceName: 'RTCSRV', displayName: 'Lync Server Front-End', state: 'running', tcp, usesUdp } as const;
  return { ok: true, value: { services: [service], serversTrouble: null, ...parts } };
}

function known(ends: readonly SessionEnd[], connections = ends.length): EndsReading {
  return { known: true, connections, kinds: { ...noKinds(), client: connections - 1, unknown: 1 }, ends };
}

const NOBODY: EndsReading = { known: true, connections: 0, kinds: noKinds(), ends: [] };

let part: DrawnPart;
afterEach(() => part.remove());

async function open(answer: Answer<EndsList>, service: ServiceRow = row('RTCSRV'), language: Language = 'en'): Promise<void> {
  part = await drawPart(createElement(ConnectedList, { service }), snapshotOf({}, { language }), { listEnds: answer });
  await act(async () => undefined);
}

const asked = (call: string) => part.double.orders.filter((order) => order.call === call).map(({ request }) => request);

describe('who is connected to a service, in the window', () => {
  it('is asked for when it is drawn, and shown with age and kind', async () => {
    await open(listOf(known([CLIENT, UNTOLD])));
    expect(asked('listEnds')).toEqual([{ serviceName: 'RTCSRV' }]);
    expect(part.text()).toContain('Connections: 2 (1 with a client, 1 unknown).');
    expect(part.text()).toContain('10.9.0.1:500015061client1 h 2 min');
    expect(part.text()).toContain('[2001:db8::9]:500025061unknownat least 1 min 30 s');
    expect(part.text()).not.toContain('shown, people first');
    expect(part.double.refused).toEqual([]);
  });

  it('says how many of how many are shown', async () => {
    await open(listOf(known([CLIENT, UNTOLD], 1_234)));
    expect(part.text()).toMatch(/2 of 1.234 shown, people first/);
  });

  it('looks names up when the button is pressed and not before; the list stays', async () => {
    await open(listOf(known([CLIENT, UNTOLD, { ...CLIENT, port: 50_003 }])));
    expect(asked('findNames')).toEqual([]);
    part.double.answer('findNames', { ok: true, value: [{ address: '10.9.0.1', found: { kind: 'name', name: 'pc-1.contoso.com' } }] });
    await part.press(part.button('Look up names'));
    expect(asked('findNames')).toEqual([{ addresses: ['10.9.0.1', '2001:db8::9'] }]);
    expect(part.text()).toContain('1 h 2 minpc-1.contoso.com');
    expect(part.text()).toContain('at least 1 min 30 sno answer');
    part.double.answer('findNames', { ok: true, value: [{ address: '2001:db8::9', found: { kind: 'none' } }] });
    await part.press(part.button('Look up names'));
    expect(part.text()).toContain('at least 1 min 30 sno name');
    expect(part.text()).toContain('pc-1.contoso.com');
  });

  it('is read again by its button, and when the count or the state is another one', async () => {
    await open(listOf(known([CLIENT, UNTOLD])));
    await part.press(part.button('Read again'));
    expect(asked('listEnds')).toHaveLength(2);
    await part.redraw(snapshotOf({}));
    expect(asked('listEnds')).toHaveLength(2);
    await part.remove();
    await open(listOf(NOBODY), row('RTCSRV', { sessions: counted(9) }));
    expect(part.text()).toContain('Connections: none.');
  });

  it('is unknown with the reason, and never none, when the connections cannot be read', async () => {
    await open(listOf({ known: false, reason: 'no-owner' }));
    expect(part.text()).toContain('Connections: not known, because this Windows does not say');
    expect(part.text()).not.toContain('none');
  });

  it('says of UDP that there are ports and no remote ends', async () => {
    const media = row('RTCAVMCU', { sessions: { ...counted(7), signs: { ...NO_SIGNS, mediaPorts: 14 } } });
    await open(listOf(NOBODY, {}, true), media);
    expect(part.text()).toContain('Media: 14 UDP ports. UDP has no connections');
    await part.remove();
    await open(listOf(NOBODY, {}, true), row('RTCAVMCU'));
    expect(part.text()).toContain('how many is not known');
  });

  it('says why not every server is known', async () => {
    await open(listOf(NOBODY, { serversTrouble: 'cmdlet-denied' }));
    expect(part.text()).toContain('Not every server of Lync is known here, because this account may not use the Lync cmdlets.');
  });

  it('shows a refusal with its code', async () => {
    await open({ ok: false, problem: problem('unknown-service', { name: 'RTCSRV' }) });
    expect(part.text()).toContain('LD-1005');
  });

  it('speaks Chinese', async () => {
    await open(listOf(known([CLIENT, UNTOLD])), row('RTCSRV'), 'zh-CN');
    expect(part.text()).toContain('连接：2 个（客户端 1 个，未知 1 个）。');
    expect(part.buttons()).toEqual(['重新读取', '查询名称']);
  });
});
