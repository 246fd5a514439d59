import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { performance } from 'node:perf_hooks';
import { promisify } from 'node:util';

import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';

import { provideCounterReader } from '../../build/native-programs.mjs';
import type { CounterAnswer } from '../../electron/contract/evidence-answers.js';
import { describeWhere } from '../harness/describe-where.js';
import { AdapterProcess } from '../harness/windows/adapter-process.js';
import { StubCounters } from '../harness/windows/stub-counters.js';
import { WindowsServer } from '../harness/windows/windows-server.js';
import { WINDOWS } from '../harness/windows/wine.js';

const USERS = '\\LS:AVMCU - Operations\\AVMCU - Number of Users';
const CALLS = '\\LS:MediationServer - Inbound Calls(_Total)\\- Current';
const WEB_USERS = '\\LS:DATAMCU*\\*- Connected Users';
const ONE = 'LS:DATAMCU - One';
const TWO = 'LS:DATAMCU - Two';
const names = (...all: readonly string[]) => all.map((name) => `name ${name}`);
const value = (number: number): CounterAnswer => ({ kind: 'value', value: number });

describeWhere(WINDOWS)('the counter reader, on Windows', () => {
  let server: WindowsServer;
  let stub: StubCounters;
  let adapter: AdapterProcess;

  beforeAll(async () => {
    server = await WindowsServer.start();
    stub = await StubCounters.on(server);
    adapter = await AdapterProcess.start(server);
  });
  afterAll(() => server.stop());
  beforeEach(async () => {
    await stub.behave();
    await adapter.call('counters', 'release');
  });

  const read = (...paths: readonly string[]) => adapter.call<Record<string, CounterAnswer>>('counters', 'read', paths);

  it('gives values as they are, and says of each counter why it has none', async () => {
    await stub.behave(`${USERS}=value 12`, `${CALLS}=value -2`, '\\Ö\\計=value 1', '\\a\\b=refuse C0000BDB', '\\a\\c=data C0000BBA');
    expect(await read(USERS, CALLS, '\\Ö\\計', '\\a\\b', '\\a\\c', '\\a\\d')).toEqual({
      [USERS]: value(12),
      [CALLS]: value(-2),
      '\\Ö\\計': value(1),
      '\\a\\b': { kind: 'unreadable', reason: 'counter-denied', raw: '0xc0000bdb' },
      '\\a\\c': { kind: 'unreadable', reason: 'counter-broken', raw: '0xc0000bba' },
      '\\a\\d': { kind: 'unreadable', reason: 'counter-missing', raw: '0xc0000bb9' },
    });
  });

  it('holds one query open until it is released', async () => {
    await stub.behave(`${USERS}=value 1`);
    const before = await stub.queries();
    await read(USERS);
    await stub.behave(`${USERS}=value 2`, `${CALLS}=value 3`);
    expect(await read(USERS, CALLS)).toEqual({ [USERS]: value(2), [CALLS]: value(3) });
    expect(await stub.queries()).toEqual([...before, 'open']);
    await adapter.call('counters', 'release');
    expect(await stub.queries()).toEqual([...before, 'open', 'close']);
  });

  it('finds counters by parts of their English names, and sums them up', async () => {
    await stub.behave(
      ...names(
        'System',
        ONE,
        'DATAMCU - Connected Users',
        TWO,
        'LS:ImMcu - IMMcu',
        'IMMCU - Connected Users',
        'DATAMCU - Connected Users',
        'DATAMCU - Connected Users Rate',
      ),
      `\\${ONE}\\DATAMCU - Connected Users=value 5`,
      `\\${TWO}\\DATAMCU - Connected Users=refuse 800007D1`,
      `\\${TWO}(_Total)\\DATAMCU - Connected Users=value 2`,
      `\\${TWO}\\DATAMCU - Connected Users Rate=value 50`,
      '\\LS:ImMcu - IMMcu\\IMMCU - Connected Users=value 100',
    );
    expect(await read(WEB_USERS)).toEqual({ [WEB_USERS]: value(7) });
  });

  it.each([
    ['that nothing fits', undefined, undefined, { reason: 'counter-missing' }],
    ['a value that cannot be true', 'value 5', 'value -3', { value: -3 }],
    ['that one of the counters is broken', 'value 5', 'data C0000BBA', { reason: 'counter-broken' }],
    ['that one of the counters is denied', 'value 0', 'refuse C0000BDB', { reason: 'counter-denied' }],
  ])('says of counters found by parts of their names %s', async (_, one, two, said) => {
    const lines = [
      [ONE, one],
      [TWO, two],
    ].flatMap(([object, what]) => (what === undefined ? [] : [`\\${object}\\DATAMCU - Connected Users=${what}`]));
    await stub.behave(...names(ONE, TWO, 'DATAMCU - Connected Users'), ...lines);
    expect(await read(WEB_USERS)).toMatchObject({ [WEB_USERS]: said });
  });

  it('has no values when a collection fails, or no query can be opened', async () => {
    await stub.behave(`${USERS}=value 1`, 'collect 800007D5');
    expect(await read(USERS, CALLS)).toMatchObject({
      [USERS]: { reason: 'counter-failed', raw: '0x800007d5' },
      [CALLS]: { reason: 'counter-missing' },
    });
    await adapter.call('counters', 'release');
    await stub.behave(`${USERS}=value 1`, 'open C0000BBB');
    expect(await read(USERS)).toMatchObject({ [USERS]: { reason: 'counter-failed', raw: '0xc0000bbb' } });
  });

  it('has room for a performance library that needs much stack, and no ear for what one prints', async () => {
    await stub.behave(`${USERS}=value 4`, 'stack 143360', 'print');
    expect(await read(USERS)).toEqual({ [USERS]: value(4) });
    expect(await read(USERS)).toEqual({ [USERS]: value(4) });
    await stub.behave(`${USERS}=value 5`, 'stack 4000000');
    expect(await read(USERS)).toEqual({ [USERS]: value(5) });
  });

  it.each(['open', 'add', 'collect'])('costs a reading five seconds when a performance library hangs (%s)', async (where) => {
    await stub.behave(`${USERS}=value 1`, `hang ${where}`);
    const begun = performance.now();
    expect(await read(USERS)).toMatchObject({ [USERS]: { reason: 'did-not-answer' } });
    expect(performance.now() - begun).toBeLessThan(7_000);
    const again = performance.now();
    expect(await read(USERS)).toMatchObject({ [USERS]: { reason: 'did-not-answer' } });
    await adapter.call('counters', 'release');
    expect(performance.now() - again).toBeLessThan(2_000);
    await restart();
  });

  it.each([
    ['crashes when a counter is added', 'crash add'],
    ['crashes when it collects', 'crash collect'],
    ['overflows the stack', 'stack 20000000'],
  ])('costs a reading its counters when a performance library %s', async (_, behaviour) => {
    await stub.behave(`${USERS}=value 1`, behaviour);
    const begun = performance.now();
    expect(await read(USERS)).toMatchObject({ [USERS]: { reason: 'counter-failed', raw: expect.stringContaining('ended') as string } });
    expect(performance.now() - begun).toBeLessThan(5_000);
    await restart();
  });

  it('ends when nobody is there to ask, also while a performance library hangs', async () => {
    await stub.behave(`${USERS}=value 1`, 'hang collect');
    const { command, env } = server.wine;
    for (const request of ['', `read 1 1\n${USERS}\n`]) {
      const child = spawn(command, [await provideCounterReader()], { env, stdio: ['pipe', 'ignore', 'ignore'] });
      const ended = once(child, 'exit');
      child.stdin.write(request);
      await new Promise((done) => setTimeout(done, 2_000));
      expect(child.exitCode).toBeNull();
      child.stdin.end();
      expect(await ended).toEqual([0, null]);
    }
  });

  it.each([
    ['another word', 'drop 1\n'],
    ['more than it takes', 'read 1 1000\n'],
    ['a line that is too long', `read 1 1\n${'x'.repeat(5_000)}\n`],
    ['a word too many', 'read 1 1 1\n'],
    ['no text', 'read 1 1\n\\\xff\n'],
  ])('ends when it is asked something else: %s', async (_, text) => {
    const { command, env } = server.wine;
    const child = spawn(command, [await provideCounterReader()], { env, stdio: ['pipe', 'ignore', 'ignore'] });
    child.stdin.on('error', () => undefined);
    child.stdin.write(text, 'latin1');
    expect(await once(child, 'exit')).toEqual([2, null]);
  });

  it('needs no library that Windows Server 2008 R2 has not', async () => {
    const { stdout } = await promisify(execFile)('x86_64-w64-mingw32-objdump', ['-p', await provideCounterReader()]);
    const libraries = [...stdout.matchAll(/DLL Name: (\S+)/g)].map(([, name]) => name?.toLowerCase());
    expect(libraries.sort()).toEqual(['advapi32.dll', 'kernel32.dll', 'msvcrt.dll']);
  });

  /** A new adapter process: the one before keeps its counter reader resting. */
  async function restart(): Promise<void> {
    adapter = await AdapterProcess.start(server);
  }
});
