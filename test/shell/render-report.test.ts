import { beforeEach, describe, expect, it } from 'vitest';

import { renderReport } from '../../electron/apps/tray/render-report.js';
import { problem, ProblemError } from '../../electron/contract/problem.js';
import { noKinds, type ServiceEnds } from '../../electron/contract/session-ends.js';
import { createMessages } from '../../electron/core/language/messages.js';
import type { EndsRequest } from '../../electron/engine/engine.js';
import { DRAIN_ALL, EngineHarness, NO_WAIT, PATIENT, RESUME_ALL } from '../harness/engine/engine-harness.js';

const AT = '2031-05-06T07:08:09.000Z';
const HEADING = 'Who was still connected at 2031-05-06 07:08:09 UTC';
const ADDRESS = '203.0.113.77';

let harness: EngineHarness;
let asked: EndsRequest[];

beforeEach(async () => {
  harness = await EngineHarness.open('quiet');
  asked = [];
  const { engine, by, listen } = harness.begin();
  await engine.drain(DRAIN_ALL, by, listen, NO_WAIT);
});

const CONNECTED: ServiceEnds = {
  ...{ serviceName: 'RTCSRV', displayName: 'Lync Server Front-End', state: 'paused', usesUdp: false },
  tcp: {
    ...{ known: true, connections: 1, kinds: { ...noKinds(), client: 1 } },
    ends: [{ address: ADDRESS, port: 50_000, localPort: 5061, kind: 'client', sign: 'no-server', ageMs: 60_000, isAgeExact: true }],
  },
};

async function render(language: 'en' | 'zh-CN' = 'en', failure: ProblemError | null = null): Promise<string> {
  const [read] = harness.begin().records.list();
  if (read === undefined) throw new Error('no run');
  const listEnds = async (request: EndsRequest) => {
    asked.push(request);
    if (failure !== null) throw failure;
    return { services: [CONNECTED], serversTrouble: null };
  };
  return renderReport(read, { engine: { listEnds }, host: { now: () => ({ at: AT, upMs: 1 }) } }, createMessages(language));
}

describe('the report of the window', () => {
  it('says how many are connected to each service of an open run, without an address, and waits for no server', async () => {
    const html = await render();
    expect(html).toContain(HEADING);
    expect(html).toMatch(/RTCSRV \(Lync Server Front-End\)[\s\S]{0,60}1[\s\S]{0,40}1 with a client/);
    expect(html).not.toContain(ADDRESS);
    expect(asked).toEqual([{ services: null, most: expect.any(Number) as number, waitsForServers: false }]);
    expect(await render('zh-CN')).toContain('2031-05-06 07:08:09');
  });

  it('says nothing of who is connected, and asks nobody, once the run is over', async () => {
    const { engine, by, listen } = harness.begin();
    await engine.resume(RESUME_ALL, by, listen, PATIENT);
    expect(await render()).not.toContain(HEADING);
    expect(asked).toEqual([]);
  });

  it('tells the record where the server cannot be looked at', async () => {
    const html = await render('en', new ProblemError(problem('not-elevated', { user: 'CONTOSO\\ann' })));
    expect([html.includes('RTCSRV'), html.includes(HEADING)]).toEqual([true, false]);
  });
});
