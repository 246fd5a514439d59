import { chmod, mkdtemp, readFile, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { describe, expect, test } from 'vitest';

import { parsePlacement, readPlacementLog } from '../../electron/adapters/windows/evidence/health/placement-log.js';
import { createWindowsHealth } from '../../electron/adapters/windows/evidence/health/windows-health.js';
import { IPV4_ROW, IPV6_ROW, openTcpTable, type RowLayout, type TcpTable } from '../../electron/adapters/windows/evidence/tcp/tcp-table.js';
import type { CounterAnswer } from '../../electron/contract/evidence-answers.js';

const REGISTERED = '\\LS:USrv - Endpoint Cache\\USrv - Active Registered Endpoints';
const SINCE = '2026-11-28T02:00:00.000Z';

/** An event as wevtutil writes it; the sentence of the event is not in it. */
function event(...data: readonly string[]): string {
  return (
    `<Event xmlns='http://schemas.microsoft.com/win/2004/08/events/event'><System><Provider Name='LS User Services'/>` +
    `<EventID Qualifiers='33774'>32174</EventID><Channel>Lync Server</Channel></System>` +
    `<EventData>${data.map((one) => `<Data>${one}</Data>`).join('')}</EventData></Event>`
  );
}

describe('the event that tells of the placement', () => {
  test.each([
    ['group, not placed, all', event('{01A7E6F0-3C11-5A2B-9C77-0A2D4B0F1E33}', '3', '7'), { notPlaced: 3, groups: 7 }],
    ['names beside the values', event('x').replace('<Data>x', "<Data Name='param1'>2"), { notPlaced: 2, groups: null }],
    ['spaces and line ends', event('{01A7}', ' 1\r\n', '1'), { notPlaced: 1, groups: 1 }],
    ['all are placed', event('{01A7}', '0', '5'), { notPlaced: 0, groups: 5 }],
    ['no number', event('{01A7E6F0-3C11-5A2B-9C77-0A2D4B0F1E33}'), null],
    ['more than there are: not the order that we know', event('{01A7}', '7', '3'), null],
    ['a number no pool has', event('{01A7}', '12345678'), null],
    ['no event', '', null],
  ])('%s', (_, xml, expected) => {
    expect(parsePlacement(xml)).toEqual(expected);
  });

  test('is asked for with the newest first, of this start alone, by the full path', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'lync-drain-log-'));
    await writeFile(join(folder, 'answer'), `\uFEFF${event('{01A7}', '2', '4')}`, 'utf16le');
    await writeFile(join(folder, 'wevtutil.exe'), `#!/bin/sh\nprintf '%s\\n' "$@" >'${folder}/asked'\ncat '${folder}/answer'\n`);
    await chmod(join(folder, 'wevtutil.exe'), 0o755);
    expect(await readPlacementLog(folder, SINCE)).toEqual({ notPlaced: 2, groups: 4 });
    expect((await readFile(join(folder, 'asked'), 'utf8')).trimEnd().split('\n')).toEqual([
      'query-events',
      'Lync Server',
      `/query:*[System[(EventID=32174) and TimeCreated[@SystemTime>='${SINCE}']]]`,
      '/count:1',
      '/reversedirection:true',
      '/format:xml',
      '/unicode:true',
    ]);
  });

  test('is unknown where there is no such program', async () => {
    expect(await readPlacementLog(join(tmpdir(), 'nothing-here'), SINCE)).toBeNull();
  });
});

describe('what a real server shows of its Front-End', () => {
  const health = (tables: () => Promise<readonly TcpTable[]>, answer: CounterAnswer) =>
    createWindowsHealth({
      counters: { read: async () => new Map([[REGISTERED, answer]]), release: async () => undefined },
      readTables: tables,
      readSystemFolder: async () => {
        throw new Error('no system folder');
      },
    });
  const table = (layout: RowLayout, ...rows: readonly { readonly state: number; readonly port: number }[]): TcpTable => {
    const words = new Int32Array(1 + rows.length * layout.rowWords);
    words[0] = rows.length;
    rows.forEach(({ state, port }, index) => {
      const at = 1 + index * layout.rowWords;
      words[at + layout.state] = state;
      // Network order; the upper half is not defined.
      words[at + layout.localPort] = 0x7f550000 | ((port & 0xff) << 8) | (port >> 8);
    });
    return openTcpTable(words, layout);
  };
  const LISTEN = { state: 2, port: 5061 };
  const value: CounterAnswer = { kind: 'value', value: 214 };

  test.each([
    ['IPv4', [table(IPV4_ROW, { state: 5, port: 5061 }, LISTEN), table(IPV6_ROW)], true],
    ['IPv6 alone', [table(IPV4_ROW), table(IPV6_ROW, { state: 2, port: 80 }, LISTEN)], true],
    ['a connection is no listener', [table(IPV4_ROW, { state: 5, port: 5061 }), table(IPV6_ROW)], false],
    ['another port', [table(IPV4_ROW, { state: 2, port: 5060 }), table(IPV6_ROW)], false],
  ] as const)('listens: %s', async (_, tables, expected) => {
    expect(await health(async () => tables, value).listens()).toBe(expected);
  });

  test('tells unknown from zero', async () => {
    const broken = (): Promise<never> => Promise.reject(new Error('no table'));
    const missing: CounterAnswer = { kind: 'unreadable', reason: 'counter-missing', raw: '0xC0000BB8' };
    expect(await health(broken, value).listens()).toBeNull();
    expect(await health(broken, value).countRegistered()).toBe(214);
    expect(await health(broken, { kind: 'value', value: 0 }).countRegistered()).toBe(0);
    expect(await health(broken, missing).countRegistered()).toBeNull();
    expect(await health(broken, missing).readPlacement(SINCE)).toBeNull();
  });
});
