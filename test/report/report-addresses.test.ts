import { describe, expect, it } from 'vitest';

import { problem } from '../../electron/contract/problem.js';
import type { ReadRun } from '../../electron/contract/read-run.js';
import type { EntryDraft } from '../../electron/contract/run.js';
import { noKinds, type EndsList } from '../../electron/contract/session-ends.js';
import { createMessages } from '../../electron/core/language/messages.js';
import { htmlReport } from '../../electron/core/report/html-report.js';
import { buildReport } from '../../electron/core/report/report.js';
import { Stage } from '../harness/cli/stage.js';
import { ANN, fold, placed, RUN_ID, WHOLE_RUN } from '../harness/record/entries.js';

const english = createMessages('en');
const AT = '2026-11-23T03:00:00.000Z';
const ADDRESS = /\b\d{1,3}(\.\d{1,3}){3}\b|2001:db8/;

/** Every entry that holds an address. */
const WITH_ADDRESSES: readonly EntryDraft[] = [
  ...WHOLE_RUN.slice(0, 6),
  { type: 'leaked', serviceName: 'RTCMEDSRV', before: 3, after: 4, from: '10.0.0.7' },
  { type: 'leaked', serviceName: 'RTCMEDSRV', before: 4, after: 5, from: null },
  {
    ...{ type: 'accepted', by: ANN, serviceName: 'RTCSRV', note: 'looked', processId: 7, count: 2 },
    ...{ ends: ['10.0.0.8:50001', '[2001:db8::9]:50002'], cut: null, inAdvance: false },
  },
  { type: 'acceptance-ended', serviceName: 'RTCSRV', because: 'new-connection', detail: '10.0.0.9:50003' },
  { type: 'acceptance-ended', serviceName: 'RTCSRV', because: 'more-sessions', detail: '3' },
  {
    type: 'withdrawn',
    problem: problem('acceptance-ended', { serviceName: 'RTCSRV', because: 'connection', detail: '10.0.0.10:50004' }),
  },
];

const CONNECTED: EndsList = {
  services: [
    {
      ...{ serviceName: 'RTCSRV', displayName: 'Lync Server Front-End', state: 'paused', usesUdp: false },
      tcp: {
        ...{ known: true, connections: 3, kinds: { ...noKinds(), client: 2, unknown: 1 } },
        ends: [
          { address: '10.9.0.1', port: 50_001, localPort: 5061, kind: 'client', sign: 'port', ageMs: 90_000, isAgeExact: true },
          { address: '10.9.0.2', port: 50_002, localPort: 5061, kind: 'unknown', sign: null, ageMs: 90_000, isAgeExact: false },
        ],
      },
    },
    { serviceName: 'RTCRGS', displayName: 'x', state: 'running', usesUdp: true, tcp: { known: false, reason: 'tcp-failed' } },
    { serviceName: 'RTCCPS', displayName: 'x', state: 'stopped', usesUdp: true, tcp: { known: false, reason: 'no-owner' } },
  ],
  serversTrouble: null,
};

function readOf(drafts: readonly EntryDraft[]): ReadRun {
  const entries = placed(...drafts);
  return {
    ...{ runId: RUN_ID, path: 'runs/run.jsonl', run: fold(entries), entries, entryCount: entries.length },
    entriesAfter: (seq) => entries.slice(seq),
    damage: null,
  };
}

describe('a report', () => {
  it('holds no remote address unless it is asked for, in any entry', () => {
    const hidden = htmlReport(readOf(WITH_ADDRESSES), english, { connected: { at: AT, list: CONNECTED } });
    expect(hidden).not.toMatch(ADDRESS);
    expect(hidden).toContain('3 before, 4 now, from an address that is not shown');
    expect(hidden).toContain('a connection from an address that is not shown came');
    expect(hidden).toContain('there are more sessions now (3)');
    const shown = htmlReport(readOf(WITH_ADDRESSES), english, { withAddresses: true, connected: { at: AT, list: CONNECTED } });
    for (const address of ['10.0.0.7', '10.0.0.9:50003', '10.0.0.10:50004', '10.9.0.1:50001']) expect(shown).toContain(address);
  });

  it('counts who was connected when it was made, by kind; unknown is no number', () => {
    const [counts, ...more] = buildReport(readOf(WITH_ADDRESSES), english, { connected: { at: AT, list: CONNECTED } }).connected;
    expect(more).toEqual([]);
    expect(counts).toEqual({
      title: 'Who was still connected at 2026-11-23 03:00:00 UTC',
      header: ['Service', 'Connections', 'Probably with'],
      rows: [
        ['RTCSRV (Lync Server Front-End)', '3', '2 with clients, 1 unknown'],
        ['RTCRGS (x)', 'Connections: not known, because the list of connections could not be read.', '-'],
      ],
    });
  });

  it('lists remote ends when addresses are asked for, and says how many it leaves out', () => {
    const options = { withAddresses: true, connected: { at: AT, list: CONNECTED } };
    expect(buildReport(readOf(WITH_ADDRESSES), english, options).connected[1]?.rows).toEqual([
      ['RTCSRV', '10.9.0.1:50001', 'client', '1 min 30 s'],
      ['RTCSRV', '10.9.0.2:50002', 'unknown', 'at least 1 min 30 s'],
      ['RTCSRV', '2 of 3 shown, people first, of each kind the oldest.', '', ''],
    ]);
  });

  it('of a run that is closed, or that nobody asked for, says nothing of now', () => {
    expect(buildReport(readOf(WHOLE_RUN), english).connected).toEqual([]);
  });
});

describe('report, of an open run', () => {
  function stageOf(drafts: readonly EntryDraft[]): Stage {
    const stage = new Stage();
    stage.runs = [readOf(drafts)];
    stage.engine.ends = CONNECTED;
    return stage;
  }

  it.each(['md', 'html', 'json'])('as %s has counts, and addresses only with --with-addresses', async (format) => {
    const stage = stageOf(WITH_ADDRESSES);
    const { out, exitCode } = await stage.run('report', RUN_ID, '--format', format);
    expect(exitCode).toBe(0);
    expect(out).not.toMatch(ADDRESS);
    expect((await stage.run('report', RUN_ID, '--format', format, '--with-addresses')).out).toMatch(/10\.9\.0\.1/);
  });

  it('as JSON keeps how many ends were accepted, and says who is connected', async () => {
    const report = JSON.parse((await stageOf(WITH_ADDRESSES).run('report', RUN_ID, '--json')).out) as unknown;
    expect(report).toMatchObject({
      connected: {
        serversKnown: true,
        services: [
          { serviceName: 'RTCSRV', connections: 3, kinds: { client: 2, unknown: 1 } },
          { connections: null, connectionsUnknown: 'tcp-failed' },
          {},
        ],
      },
    });
    expect(JSON.stringify(report)).toContain('"ends":["hidden","hidden"]');
    expect(JSON.stringify(report)).not.toContain('remoteEnds');
  });

  it('does without who is connected where the server cannot be looked at', async () => {
    const stage = stageOf(WITH_ADDRESSES);
    stage.engine.failure = problem('not-elevated', { user: 'CONTOSO\\ann' });
    const report = JSON.parse((await stage.run('report', RUN_ID, '--json')).out) as unknown;
    expect(report).toMatchObject({ connected: null });
  });

  it('asks nobody for a run that is closed', async () => {
    const stage = stageOf(WHOLE_RUN);
    await stage.run('report', RUN_ID);
    expect(stage.engine.ordered).toEqual([]);
  });
});
