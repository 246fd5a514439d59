import { existsSync } from 'node:fs';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';

import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';

import { CmdletActivities } from '../../electron/adapters/powershell/cmdlet-activities.js';
import type { CmdletAnswer } from '../../electron/contract/evidence-answers.js';
import { ManualTime } from '../harness/fakes/manual-time.js';
import { statusOf } from '../harness/fakes/server-facts.js';

/** The same tests run against a real PowerShell where LYNC_DRAIN_TEST_POWERSHELL names one by its full path. */
const POWERSHELLS = [
  { name: 'the stand-in', program: resolve('test/powershell/stand-in.mjs'), startMs: 1_000 },
  ...[process.env['LYNC_DRAIN_TEST_POWERSHELL']]
    .filter((path) => path !== undefined)
    .map((program) => ({ name: program, program, startMs: 20_000 })),
];

/** Long enough for whatever answers at all. */
const PATIENT_MS = 60_000;

let folder: string;
let time: ManualTime;
let activities: CmdletActivities;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'lync-drain-powershell-'));
  time = new ManualTime();
});

afterEach(async () => {
  activities.end();
  vi.unstubAllEnvs();
  await rm(folder, { recursive: true, force: true });
});

const PAUSED = [statusOf('RTCCAA', { state: 'paused' })];
const RUNNING = [statusOf('RTCCAA', { state: 'running' }), statusOf('RTCMEDSRV', { state: 'paused' })];

/** Asks until there is an answer other than that there is none yet. */
async function answer(): Promise<Record<string, Record<string, number>> | Extract<CmdletAnswer, { kind: 'unavailable' }>> {
  for (;;) {
    const given = activities.readActivities(PAUSED);
    if (given.kind === 'activities') {
      return Object.fromEntries([...given.activities].map(([name, { values }]) => [name, Object.fromEntries(values)]));
    }
    if (given.reason !== 'not-read-yet') return given;
    await new Promise((done) => setTimeout(done, 10));
  }
}

/** Whole lines only: the file is there a moment before what is written into it. */
async function calls(): Promise<readonly string[]> {
  const path = join(folder, 'calls');
  return existsSync(path) ? (await readFile(path, 'utf8')).split('\n').slice(0, -1) : [];
}

async function untilCalled(times: number): Promise<string> {
  for (;;) {
    const pid = (await calls())[times - 1];
    if (pid !== undefined) return pid;
    await new Promise((done) => setTimeout(done, 10));
  }
}

function isAlive(processId: string): boolean {
  try {
    return process.kill(Number(processId), 0);
  } catch {
    return false;
  }
}

describe.each(POWERSHELLS)('Get-CsWindowsService in $name', ({ program, startMs }) => {
  const play = (scenario: string): Promise<void> => writeFile(join(folder, 'scenario'), scenario);

  async function open(scenario: string, options: { timeoutMs?: number; program?: string } = {}): Promise<CmdletActivities> {
    await play(scenario);
    const files = { SCENARIO_FILE: join(folder, 'scenario'), CALLS_FILE: join(folder, 'calls'), GATE_FILE: join(folder, 'gate') };
    return new CmdletActivities({
      place: { program: options.program ?? program, environment: { PATH: process.env['PATH'] ?? '', HOME: folder, ...files } },
      moduleFolder: scenario === 'no-module' ? folder : resolve('test/powershell/modules'),
      timeoutMs: options.timeoutMs ?? PATIENT_MS,
      nowMs: () => time.nowMs(),
    });
  }

  it('tells the activities of each service', async () => {
    activities = await open('answers');
    expect(await answer()).toEqual({ W3SVC: {}, RTCRGS: { Calls: 1, Agents: 0 }, RTCCAA: { 'Concurrent Calls': 3 } });
  });

  it('takes names and noise in another language as they are', async () => {
    activities = await open('speaks-german');
    expect(await answer()).toEqual({ RTCCAA: { 'Gleichzeitige Anrufe': 2 } });
  });

  it.each([
    ['greets without a line end', 'greets'],
    ['prints an answer of its own before ours', 'lies'],
  ])('is not misled by a module that %s', async (_, scenario) => {
    activities = await open(scenario);
    expect(await answer()).toMatchObject({ RTCCAA: { 'Concurrent Calls': 3 } });
  });

  it('takes the answer of a module that reads what we say to PowerShell, and starts another PowerShell for the next', async () => {
    activities = await open('reads-input');
    expect(await answer()).toMatchObject({ RTCCAA: { 'Concurrent Calls': 3 } });
    await play('answers');
    await time.sleep(5_000);
    await answer();
    expect(await untilCalled(2)).not.toBe(await untilCalled(1));
  });

  it('tells of a service whose activity the cmdlet leaves out that there is none', async () => {
    activities = await open('leaves-activity-out');
    expect(await answer()).toEqual({ RTCCAA: {} });
  });

  it('says within seconds that a policy restricts the language, and ends the PowerShell', async () => {
    activities = await open('restricts');
    const begun = performance.now();
    expect(await answer()).toMatchObject({ reason: 'powershell-restricted' });
    expect(performance.now() - begun).toBeLessThan(startMs + 3_000);
    await play('answers');
    await time.sleep(60_000);
    await vi.waitFor(async () => expect(await answer()).toMatchObject({ RTCCAA: { 'Concurrent Calls': 3 } }), { timeout: PATIENT_MS });
  });

  it('does not let a slow cmdlet hold up whoever asks', async () => {
    activities = await open('waits');
    expect(activities.readActivities(PAUSED)).toMatchObject({ reason: 'not-read-yet' });
    await untilCalled(1);
    expect(activities.readActivities(PAUSED)).toMatchObject({ reason: 'not-read-yet' });
    await writeFile(join(folder, 'gate'), '');
    expect(await answer()).toMatchObject({ RTCCAA: { 'Concurrent Calls': 3 } });
  });

  it('does not let a module that is slow to load hold up whoever asks', async () => {
    activities = await open('imports-slowly');
    for (let asked = 0; asked < 20; asked += 1) {
      const begun = performance.now();
      expect(activities.readActivities(PAUSED)).toMatchObject({ reason: 'not-read-yet' });
      expect(performance.now() - begun).toBeLessThan(500);
      await new Promise((done) => setTimeout(done, 10));
    }
    expect(await calls()).toEqual([]);
    await writeFile(join(folder, 'gate'), '');
    expect(await answer()).toMatchObject({ RTCCAA: { 'Concurrent Calls': 3 } });
  });

  it('takes a long answer whole', async () => {
    activities = await open('tells-much');
    const told = (await answer()) as Record<string, Record<string, number>>;
    expect(Object.keys(told)).toHaveLength(300);
    expect(Object.keys(told['SVC299'] ?? {})).toHaveLength(20);
  });

  it.each([
    ['no-module', 'cmdlet-missing', /not installed/],
    ['refuses', 'cmdlet-failed', /Zugriff verweigert/],
    ['denies', 'cmdlet-denied', /Zugriff verweigert/],
    ['is-no-script-to-run', 'powershell-restricted', /Skripts/],
    ['asks', 'cmdlet-failed', /NonInteractive/],
    ['exits', 'cmdlet-failed', /^ended: .*4/],
    ['crashes', 'cmdlet-failed', /^ended: .*3/],
    ['runs-away', 'cmdlet-failed', /^too-much-output: /],
    ['floods-errors', 'cmdlet-failed', /^too-much-output: /],
  ])('says why there is no answer when it %s', async (scenario, reason, raw) => {
    activities = await open(scenario);
    expect(await answer()).toMatchObject({ reason, raw: expect.stringMatching(raw) as string });
  });

  it('ends a PowerShell that hangs', async () => {
    activities = await open('hangs', { timeoutMs: startMs });
    expect(await answer()).toMatchObject({ reason: 'did-not-answer', raw: expect.stringMatching(/^timed-out: /) as string });
    await vi.waitFor(async () => expect(isAlive(await untilCalled(1))).toBe(false), { timeout: PATIENT_MS });
  });

  it('ends a PowerShell whose module never finishes loading', async () => {
    activities = await open('imports-slowly', { timeoutMs: startMs });
    expect(await answer()).toMatchObject({ reason: 'did-not-answer', raw: expect.stringMatching(/^timed-out: /) as string });
    expect(await calls()).toEqual([]);
  });

  it.each([
    ['is none', 'nowhere.exe'],
    ['cannot be one', 'no\0where.exe'],
  ])('says that there is no PowerShell where there %s', async (_, name) => {
    activities = await open('answers', { program: join(folder, name) });
    expect(await answer()).toMatchObject({ reason: 'cmdlet-missing' });
  });

  it('says that a policy stands in the way where Windows does not let the program be started', async () => {
    const forbidden = join(folder, 'forbidden.exe');
    await writeFile(forbidden, '', { mode: 0o600 });
    activities = await open('answers', { program: forbidden });
    expect(await answer()).toMatchObject({ reason: 'powershell-restricted', raw: expect.stringMatching(/^forbidden: .*EACCES/) as string });
  });

  it('asks the same PowerShell again, after a rest', async () => {
    activities = await open('answers');
    await answer();
    await answer();
    expect(await calls()).toHaveLength(1);
    await time.sleep(5_000);
    await answer();
    expect(await untilCalled(2)).toBe(await untilCalled(1));
  });

  it('starts another PowerShell after a crash, after a longer rest', async () => {
    activities = await open('crashes');
    await answer();
    await play('answers');
    await time.sleep(59_999);
    expect(await answer()).toMatchObject({ reason: 'cmdlet-failed' });
    await time.sleep(1);
    await answer();
    await untilCalled(2);
    await vi.waitFor(async () => expect(await answer()).toMatchObject({ RTCCAA: { 'Concurrent Calls': 3 } }), { timeout: PATIENT_MS });
  });

  it('tells how old its last reading is, counted from when the cmdlet was started', async () => {
    activities = await open('waits');
    activities.readActivities(PAUSED);
    await untilCalled(1);
    await time.sleep(50_000);
    await writeFile(join(folder, 'gate'), '');
    await answer();
    expect(activities.readActivities(PAUSED)).toMatchObject({ kind: 'activities', ageMs: 50_000 });
  });

  it('starts nothing while no service that needs it is paused', async () => {
    activities = await open('answers');
    expect(activities.readActivities(RUNNING)).toMatchObject({ reason: 'not-read-yet' });
    await answer();
    expect(await calls()).toHaveLength(1);
  });

  it('ends PowerShell when no service that needs it is paused any more', async () => {
    activities = await open('waits');
    activities.readActivities(PAUSED);
    const processId = await untilCalled(1);
    expect(isAlive(processId)).toBe(true);
    expect(activities.readActivities(RUNNING)).toMatchObject({ reason: 'not-read-yet' });
    await vi.waitFor(() => expect(isAlive(processId)).toBe(false), { timeout: PATIENT_MS });
  });

  it('does not start the program that NODE_POWERSHELL names', async () => {
    vi.stubEnv('NODE_POWERSHELL', join(folder, 'planted.exe'));
    activities = await open('answers');
    expect(await answer()).toMatchObject({ RTCCAA: { 'Concurrent Calls': 3 } });
  });
});

describe('a PowerShell that does not begin', () => {
  it.each([
    [
      'complains about everything',
      "process.stdin.on('data', () => console.error('Sprachmodus'));",
      { reason: 'powershell-restricted', raw: expect.stringMatching(/^refused: Sprachmodus/) as string },
    ],
    ['says nothing', 'process.stdin.resume();', { reason: 'did-not-answer', raw: 'timed-out: PowerShell did not begin in 1000 ms' }],
  ])('is told apart from a slow cmdlet when it %s', async (_, program, expected) => {
    const path = join(folder, 'powershell');
    await writeFile(path, `#!/usr/bin/env node\n${program}`, { mode: 0o755 });
    const place = { program: path, environment: { PATH: process.env['PATH'] ?? '' } };
    activities = new CmdletActivities({ place, startMs: 1_000, timeoutMs: PATIENT_MS, nowMs: () => time.nowMs() });
    const begun = performance.now();
    expect(await answer()).toMatchObject(expected);
    expect(performance.now() - begun).toBeLessThan(PATIENT_MS / 4);
  });
});
