import { describe, expect, it } from 'vitest';

import { problem } from '../../electron/contract/problem.js';
import type { EngineEvent } from '../../electron/engine/engine.js';
import { Stage } from '../harness/cli/stage.js';
import { checklist, NOON, pausedRow, run } from '../harness/fakes/checklists.js';
import { FakePauseEndTask } from '../harness/tasks/fake-pause-end-task.js';
import { UNSAFE } from '../harness/tasks/pause-end-task-contract.js';

/** What the terminal says of the scheduled task that ends a quick pause. */

const NAME = new FakePauseEndTask().name;
const UNTIL = '2026-11-23T12:15:00.000Z';
const OWNER = { user: 'CONTOSO\\ann', face: 'cli', processId: 700, computer: 'FE01', command: 'pause', since: NOON } as const;

const said = (text: string): string => text.replace(/\s+/g, ' ');

function pausing(endTask: string | null | undefined): Stage {
  const stage = new Stage();
  const event: EngineEvent = { type: 'run', runId: 'R1', opened: true, undoCardPath: null, at: NOON, upMs: 0 };
  stage.engine.events = [endTask === undefined ? event : { ...event, endTask }];
  stage.engine.result = { outcome: 'paused' };
  return stage;
}

/** A server with a quick pause of which the record names a task. */
function paused(task: FakePauseEndTask | undefined): Stage {
  const stage = new Stage();
  stage.engine.checklist = checklist({ run: run({ until: UNTIL, endTask: NAME }), services: [pausedRow('RTCSRV')] });
  stage.pauseEndTask = task;
  return stage;
}

function waitingTask(until: string | null): FakePauseEndTask {
  const task = new FakePauseEndTask();
  task.until = until;
  return task;
}

describe('a pause with an end', () => {
  it.each([[[]], [['--no-wait']]])('says that a task ends it (%s)', async (options) => {
    const { err } = await pausing(NAME).run('pause', '--for', '15m', ...options);
    expect(said(err)).toContain(`also if this window is closed, you sign out or Windows restarts (scheduled task "${NAME}")`);
    expect(said(err)).not.toContain('only if the tray app is open');
  });

  it('says that no task ends it where Windows makes none, and as before what does', async () => {
    const { err } = await pausing(null).run('pause', '--for', '15m');
    expect(said(err)).toContain('so no scheduled task ends this pause. No new calls until');
    expect(said((await pausing(null).run('pause', '--for', '15m', '--no-wait')).err)).toContain('only if the tray app is open');
  });

  it('says nothing of a task where none is wanted', async () => {
    expect((await pausing(undefined).run('pause', '--for', '15m')).err).not.toContain('scheduled task');
  });

  it('is ordered without a task by --no-end-task', async () => {
    const stage = pausing(undefined);
    await stage.run('pause', '--for', '15m', '--no-end-task');
    await stage.run('pause', '--for', '15m');
    expect(stage.engine.ordered.map(({ request }) => (request as { withoutEndTask?: boolean }).withoutEndTask)).toEqual([true, undefined]);
  });

  it('that must not have a task is blocked, and names the way without one', async () => {
    const stage = new Stage();
    stage.engine.result = { outcome: 'blocked', problem: UNSAFE, checklist: null };
    const { exitCode, err } = await stage.run('pause', '--for', '15m');
    expect(exitCode).toBe(3);
    expect(said(err)).toContain('others may change it (BUILTIN\\Users). Nothing was paused.');
    expect(said(err)).toContain('--no-end-task');
  });

  it('that is interrupted says whether it still ends by itself', async () => {
    const stage = pausing(NAME);
    stage.engine.result = {
      outcome: 'interrupted',
      problem: problem('interrupted'),
      checklist: checklist({ run: run({ until: UNTIL, endTask: NAME }) }),
    };
    expect(said((await stage.run('pause', '--for', '15m')).err)).toContain('until the scheduled task ends the pause at its time');
  });
});

describe('status', () => {
  it.each([
    ['the task', 'task', UNTIL, false, `also if nobody is signed in (scheduled task "${NAME}")`],
    ['a program at work, because the task is gone', 'program', null, true, 'Ends by itself at'],
    ['nothing, because task and program are gone', 'nothing', null, false, 'the program that waits for it is gone'],
  ] as const)('says that %s ends the pause', async (...[, pauseEndsBy, until, isAttended, text]) => {
    const stage = paused(waitingTask(until));
    if (isAttended) stage.lockOwner = OWNER;
    expect((await stage.run('status', '--json')).json()[0]).toMatchObject({ run: { until: UNTIL, pauseEndsBy } });
    expect(said((await stage.run('status')).out)).toContain(text);
  });

  it('says that the task tries it again when the pause should be over', async () => {
    const stage = paused(waitingTask(UNTIL));
    const over = '2026-11-23T11:59:00.000Z';
    stage.engine.checklist = checklist({ run: run({ until: over, endTask: NAME }), services: [pausedRow('RTCSRV')] });
    expect(said((await stage.run('status')).out)).toContain(`The scheduled task "${NAME}" tries it every 5 minutes.`);
  });

  it('asks nothing of the Task Scheduler while no quick pause counts down', async () => {
    const stage = paused(undefined);
    let asked = 0;
    stage.pauseEndTask = Object.assign(new FakePauseEndTask(), { isThere: async () => (asked += 1) > 0 });
    stage.engine.checklist = checklist({ run: run({}), services: [pausedRow('RTCSRV')] });
    const { json } = await stage.run('status', '--json');
    expect([asked, json()[0]!['run']]).toEqual([0, expect.not.objectContaining({ pauseEndsBy: expect.anything() as unknown })]);
  });
});

describe('doctor', () => {
  const findingOf = async (task: FakePauseEndTask): Promise<unknown> => {
    const stage = new Stage();
    stage.pauseEndTask = task;
    const { json, exitCode } = await stage.run('doctor', '--json');
    expect(exitCode).toBe(0);
    return (json()[0]!['checks'] as readonly Record<string, unknown>[]).find(({ id }) => id === 'pause-end-task');
  };

  it('says whether a task can end a pause, and whether one waits', async () => {
    const text = (part: string): string => expect.stringContaining(part) as string;
    expect(await findingOf(waitingTask(null))).toMatchObject({ result: 'pass', message: text('can end a quick pause') });
    expect(await findingOf(waitingTask(UNTIL))).toMatchObject({ result: 'pass', message: text(NAME) });
    expect(await findingOf(Object.assign(waitingTask(null), { isAvailable: false }))).toMatchObject({ result: 'warn' });
    expect(await findingOf(Object.assign(waitingTask(null), { obstacle: UNSAFE }))).toMatchObject({
      result: 'warn',
      message: text('LD-5028'),
      next: text('--no-end-task'),
    });
  });

  it('says nothing of tasks on a simulated server', async () => {
    expect((await new Stage().run('doctor', '--json')).out).not.toContain('pause-end-task');
  });
});

describe('what the task gives', () => {
  it('is a way back that does nothing unless the pause is over; no help shows it, and no other command takes it', async () => {
    const stage = new Stage();
    await stage.run('resume', '--if-pause-over', '--quiet');
    expect(stage.engine.ordered[0]).toMatchObject({ method: 'resume', request: { ifPauseOver: true } });
    expect((await stage.run('resume', '--help')).out).not.toContain('if-pause-over');
    expect((await stage.run('drain', '--if-pause-over')).exitCode).toBe(2);
  });
});
