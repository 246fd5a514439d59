import { execFile } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { performance } from 'node:perf_hooks';
import { promisify } from 'node:util';

import { build } from 'esbuild';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';

import { CounterReader, type ReaderPatience } from '../../electron/adapters/windows/evidence/counters/counter-reader.js';
import type { CounterAnswer } from '../../electron/contract/evidence-answers.js';

const STAND_IN = resolve('test/harness/sessions/stand-in-reader.mjs');

/** A start of Node takes a while on a busy machine: only what is meant to be silent may meet a deadline. */
const PATIENT: ReaderPatience = { deadlineMs: 20_000, silenceMs: 40_000, restMs: 60_000, longestRestMs: 100_000, renewalMs: 60_000 };
const DID_NOT_ANSWER = { kind: 'unreadable', reason: 'did-not-answer' };

describe('the counter reader', () => {
  let folder: string;
  let log: string;
  const readers: CounterReader[] = [];

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'lync-drain-counters-'));
    log = join(folder, 'log');
  });
  afterEach(async () => {
    await Promise.all(readers.splice(0).map((reader) => reader.release()));
    rmSync(folder, { recursive: true, force: true });
  });

  function open(patience: Partial<ReaderPatience> = {}): CounterReader {
    const reader = new CounterReader({ program: process.execPath, args: [STAND_IN, log] }, { ...PATIENT, ...patience });
    readers.push(reader);
    return reader;
  }

  /** How many were started so far, or have ended by themselves. */
  function count(what: 'started' | 'ended'): number {
    try {
      return readFileSync(log, 'utf8')
        .split('\n')
        .filter((line) => line.startsWith(what)).length;
    } catch {
      return 0;
    }
  }

  async function readOne(reader: CounterReader, path: string): Promise<CounterAnswer | undefined> {
    return (await reader.read([path])).get(path);
  }

  it('gives each counter what Windows said of it, from one process', async () => {
    const reader = open();
    const paths = ['value 12', 'value -3', 'status c0000bb8', 'status c0000bdb', 'status 800007d8', 'status c0000bbb', 'status 00000005'];
    expect(Object.fromEntries(await reader.read(paths))).toEqual({
      'value 12': { kind: 'value', value: 12 },
      'value -3': { kind: 'value', value: -3 },
      'status c0000bb8': { kind: 'unreadable', reason: 'counter-missing', raw: '0xc0000bb8' },
      'status c0000bdb': { kind: 'unreadable', reason: 'counter-denied', raw: '0xc0000bdb' },
      'status 800007d8': { kind: 'unreadable', reason: 'counter-broken', raw: '0x800007d8' },
      'status c0000bbb': { kind: 'unreadable', reason: 'counter-failed', raw: '0xc0000bbb' },
      'status 00000005': { kind: 'unreadable', reason: 'counter-denied', raw: '0x00000005' },
    });
    await reader.read(['value 1']);
    expect(count('started')).toBe(1);
  });

  it('asks for a path once that is given twice', async () => {
    expect([...(await open().read(['value 1', 'value 1']))]).toEqual([['value 1', { kind: 'value', value: 1 }]]);
  });

  it('is not started before it is asked for a counter', async () => {
    const reader = open();
    expect(await reader.read([])).toEqual(new Map());
    await reader.release();
    expect(count('started')).toBe(0);
  });

  it('is understood in pieces of any size', async () => {
    expect(await readOne(open(), 'slow')).toEqual({ kind: 'value', value: 0 });
  });

  it('answers readings that come together one after another', async () => {
    const reader = open();
    const all = await Promise.all([1, 2, 3].map((number) => readOne(reader, `value ${number}`)));
    expect(all).toEqual([1, 2, 3].map((value) => ({ kind: 'value', value })));
    expect(count('started')).toBe(1);
  });

  it.each(['hang', 'half'])(
    'costs a reading its counters at the deadline when it hangs, and those that follow no time at all (%s)',
    async (hang) => {
      const reader = open({ deadlineMs: 300 });
      const begun = performance.now();
      expect(await readOne(reader, hang)).toMatchObject(DID_NOT_ANSWER);
      expect(performance.now() - begun).toBeLessThan(5_000);
      const again = performance.now();
      expect(await readOne(reader, 'value 1')).toMatchObject(DID_NOT_ANSWER);
      expect(performance.now() - again).toBeLessThan(100);
    },
  );

  it('is killed when it is silent for too long, and started again after a rest', async () => {
    const reader = open({ deadlineMs: 200, silenceMs: 400, restMs: 400 });
    expect(await readOne(reader, 'hang')).toMatchObject(DID_NOT_ANSWER);
    await expect.poll(() => readOne(reader, 'value 1'), { timeout: 20_000 }).toEqual({ kind: 'value', value: 1 });
    expect(count('started')).toBeGreaterThanOrEqual(2);
  });

  it('serves again without a new start when its answer comes late', async () => {
    const reader = open({ deadlineMs: 400 });
    await expect.poll(() => readOne(reader, 'value 1'), { timeout: 20_000 }).toEqual({ kind: 'value', value: 1 });
    expect(await readOne(reader, 'late:900')).toMatchObject(DID_NOT_ANSWER);
    await expect.poll(() => readOne(reader, 'value 1'), { timeout: 20_000 }).toEqual({ kind: 'value', value: 1 });
    expect(count('started')).toBe(1);
  });

  it.each([
    ['crashes', 'crash:5', 'the counter reader ended: exit code 5'],
    ['prints something else', 'garbage', 'not an answer: "Hello, I am a performance library."'],
    ['never ends its answer', 'flood', 'characters instead of an answer'],
    ['says more than it was asked', 'more', 'not an answer: "value 1"'],
    ['answers another request', 'other-request', 'not an answer: "answer 999 1"'],
  ])('costs a reading its counters when it %s, and rests', async (_, path, raw) => {
    const reader = open();
    expect(await readOne(reader, path)).toEqual({
      kind: 'unreadable',
      reason: 'counter-failed',
      raw: expect.stringContaining(raw) as string,
    });
    expect(await readOne(reader, 'value 1')).toMatchObject({ reason: 'counter-failed' });
    expect(count('started')).toBe(1);
  });

  it('rests longer each time, up to a limit, until an answer comes', async () => {
    const reader = open({ restMs: 200, longestRestMs: 800 });
    const starts: number[] = [];
    while (starts.length < 4) {
      await readOne(reader, 'crash:1');
      if (count('started') > starts.length) starts.push(performance.now());
      await new Promise((done) => setTimeout(done, 10));
    }
    const [first = 0, second = 0, third = 0, fourth = 0] = starts;
    expect(second - first).toBeGreaterThanOrEqual(200);
    expect(third - second).toBeGreaterThanOrEqual(400);
    expect(fourth - third).toBeGreaterThanOrEqual(800);
    // After eight times a tenth of a second without a limit, it would be 1.6 s.
    await expect.poll(async () => (await readOne(reader, 'value 1'))?.kind, { interval: 10, timeout: 1_500 }).toBe('value');
    await readOne(reader, 'crash:1');
    const begun = performance.now();
    await expect.poll(async () => (await readOne(reader, 'value 1'))?.kind, { interval: 10, timeout: 20_000 }).toBe('value');
    expect(performance.now() - begun).toBeLessThan(700);
  });

  it('says what is wrong when there is no such program', async () => {
    const reader = new CounterReader({ program: join(folder, 'missing.exe'), args: [] });
    expect(await readOne(reader, 'value 1')).toMatchObject({ reason: 'counter-failed', raw: expect.stringContaining('ENOENT') as string });
    await reader.release();
  });

  it('refuses paths that would be taken for several', async () => {
    expect(await readOne(open(), 'value 1\nvalue 2')).toMatchObject({ kind: 'unreadable', reason: 'counter-failed' });
  });

  it('ends when it is released, and is started again by the next reading', async () => {
    const reader = open();
    await readOne(reader, 'value 1');
    await reader.release();
    await reader.release();
    expect(count('ended')).toBe(1);
    expect(await readOne(reader, 'value 2')).toEqual({ kind: 'value', value: 2 });
    expect(count('started')).toBe(2);
  });

  it('lets a reading finish before it is released', async () => {
    const reader = open();
    const reading = readOne(reader, 'late:300');
    await reader.release();
    expect(await reading).toEqual({ kind: 'value', value: 0 });
    expect(count('ended')).toBe(1);
  });

  it('is released at once while it hangs, and in two seconds when it does not end', async () => {
    const hanging = open({ deadlineMs: 200 });
    await readOne(hanging, 'hang');
    const begun = performance.now();
    await hanging.release();
    expect(performance.now() - begun).toBeLessThan(1_000);
    const stubborn = open();
    await readOne(stubborn, 'stubborn');
    await stubborn.release();
    expect(performance.now() - begun).toBeLessThan(10_000);
  });

  it.each([
    ['has answered', 'value 1', '"value":1'],
    ['hangs', 'hang', 'did-not-answer'],
  ])('keeps no process alive, also when it %s', async (_, path, said) => {
    const outfile = join(folder, 'program.mjs');
    const reader = `new CounterReader(${JSON.stringify({ program: process.execPath, args: [STAND_IN, log] })}, ${JSON.stringify({ ...PATIENT, deadlineMs: 2_000 })})`;
    const contents = `import { CounterReader } from './electron/adapters/windows/evidence/counters/counter-reader.ts';
      console.log(JSON.stringify([...await ${reader}.read([${JSON.stringify(path)}])]));`;
    await build({ stdin: { contents, resolveDir: resolve('.') }, outfile, bundle: true, platform: 'node', format: 'esm' });
    const { stdout } = await promisify(execFile)(process.execPath, [outfile], { timeout: 15_000 });
    expect(stdout).toContain(said);
    await expect.poll(() => count('ended'), { timeout: 10_000 }).toBe(1);
  });

  it('is replaced after a while when a counter could not be read, because PDH keeps what it found missing', async () => {
    const reader = open({ renewalMs: 0 });
    await readOne(reader, 'value 1');
    await readOne(reader, 'value 1');
    expect(count('started')).toBe(1);
    await readOne(reader, 'status c0000bb8');
    await readOne(reader, 'value 1');
    expect(count('started')).toBe(2);
    await expect.poll(() => count('ended')).toBe(1);
  });

  it('is replaced at once when Windows lost its query', async () => {
    const reader = open();
    expect(await readOne(reader, 'status c0000bbc')).toMatchObject({ reason: 'counter-failed' });
    expect(await readOne(reader, 'value 1')).toEqual({ kind: 'value', value: 1 });
    expect(count('started')).toBe(2);
  });

  it('is replaced when it ended between two readings', async () => {
    const reader = open();
    expect(await readOne(reader, 'crash-afterwards')).toEqual({ kind: 'value', value: 0 });
    await new Promise((done) => setTimeout(done, 500));
    expect(await readOne(reader, 'value 1')).toEqual({ kind: 'value', value: 1 });
  });
});
