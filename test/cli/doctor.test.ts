import { describe, expect, it } from 'vitest';

import { problem, ProblemError } from '../../electron/contract/problem.js';
import { Stage } from '../harness/cli/stage.js';

const OWNER = {
  user: 'CONTOSO\\bob',
  face: 'tray',
  processId: 815,
  computer: 'FE01',
  command: 'drain',
  since: '2026-11-23T02:00:00.000Z',
} as const;

describe('doctor', () => {
  it('says who is at work, and that a command was killed at work', async () => {
    const stage = new Stage();
    expect((await stage.run('doctor')).out).toContain('No program is at work');
    stage.lockOwner = OWNER;
    expect((await stage.run('doctor')).out.replace(/\s+/g, ' ')).toContain(
      'CONTOSO\\bob is at work on this server: "drain" (tray app) on FE01, process 815',
    );
    stage.lockOwner = null;
    stage.killedLockOwner = OWNER;
    const { out, exitCode } = await stage.run('doctor');
    expect([exitCode, out.replace(/\s+/g, ' ')]).toEqual([
      0,
      expect.stringContaining('"drain" of CONTOSO\\bob (tray app) was killed at work'),
    ]);
  });

  it('does not say that all is there where the data folder takes nothing', async () => {
    const stage = new Stage();
    stage.probe = () => {
      throw new ProblemError(problem('data-folder-unwritable', { path: 'data', code: 'ENOSPC' }));
    };
    const { out, exitCode } = await stage.run('doctor');
    expect(exitCode).toBe(1);
    expect(out).toContain('the disk is full');
    expect(out).not.toContain('Everything that is needed is there.');
  });

  it.each([
    [true, 'pass', 'is written to the Application event log', null],
    [false, 'warn', 'There is no event source "Lync Drain" here', 'The setup program registers the source'],
    [null, 'warn', 'could not be read', null],
  ] as const)(
    'says of an event source that is registered (%s) that events are written, and fails nothing',
    async (given, result, message, next) => {
      const stage = new Stage();
      stage.eventSource = given;
      const { json, exitCode } = await stage.run('doctor', '--json');
      expect(exitCode).toBe(0);
      const checks = json()[0]!['checks'] as readonly Record<string, unknown>[];
      const found = checks.find(({ id }) => id === 'event-log');
      expect(found).toMatchObject({ result, message: expect.stringContaining(message) as string });
      expect(found!['next']).toEqual(next === null ? null : expect.stringContaining(next));
    },
  );

  it('says nothing of an event log where a server is simulated', async () => {
    const { json } = await new Stage().run('doctor', '--json');
    expect(JSON.stringify(json())).not.toContain('event-log');
  });

  it('looks also where the settings file cannot be checked without administrator rights, and says what it lacks', async () => {
    const stage = new Stage();
    stage.elevated = false;
    stage.settingsProblem = problem('data-folder-unreadable', { path: 'data/settings.json', code: 'unelevated' });
    const { out, err, exitCode } = await stage.run('doctor');
    expect(exitCode).toBe(10);
    expect(out).toContain('No program is at work');
    expect(err.replace(/\s+/g, ' ')).toContain('this program runs without administrator rights');
    expect(err.replace(/\s+/g, ' ')).toContain('Open the terminal or the app with "Run as administrator"');
  });

  it('repairs the data folder only when it is told to, and names what others could have written', async () => {
    const stage = new Stage();
    let repairs = 0;
    stage.repair = () => {
      repairs += 1;
      return [
        { path: 'data', writableBy: null },
        { path: 'data/runs/R1.jsonl', writableBy: 'BUILTIN\\Users' },
      ];
    };
    await stage.run('doctor');
    expect(repairs).toBe(0);
    const { json, exitCode } = await stage.run('doctor', '--repair', '--json');
    expect([repairs, exitCode]).toEqual([1, 0]);
    const checks = json()[0]!['checks'] as readonly Record<string, unknown>[];
    expect(checks.slice(0, 2)).toMatchObject([
      { id: 'repaired:data', result: 'pass', next: null },
      { id: 'repaired:data/runs/R1.jsonl', result: 'warn', message: expect.stringContaining('BUILTIN\\Users') as string },
    ]);
  });

  it('says that there was nothing to repair', async () => {
    expect((await new Stage().run('doctor', '--repair')).out).toContain('Nothing to repair');
  });

  it('repairs nothing without administrator rights', async () => {
    const stage = new Stage();
    stage.elevated = false;
    stage.repair = () => {
      throw new Error('It must not be called.');
    };
    const { exitCode, err } = await stage.run('doctor', '--repair');
    expect(exitCode).toBe(9);
    expect(err).toContain('LD-1101');
  });

  it('repairs also where the settings cannot be read, because others could have written them', async () => {
    const stage = new Stage();
    stage.settingsProblem = problem('data-folder-unprotected', { path: 'data/settings.json', writableBy: 'BUILTIN\\Users' });
    expect((await stage.run('doctor', '--repair')).exitCode).toBe(0);
  });
});
