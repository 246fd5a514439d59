import { chmodSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { afterEach, beforeEach, describe, expect, it } from 'vitest';

import { pauseEndXml } from '../../electron/adapters/windows/tasks/pause-end-xml.js';
import { pauseEndTaskName, WindowsPauseEndTask } from '../../electron/adapters/windows/tasks/windows-pause-end-task.js';
import type { Problem } from '../../electron/contract/problem.js';
import { describeWhere, POSIX } from '../harness/describe-where.js';
import { FakePauseEndTask } from '../harness/tasks/fake-pause-end-task.js';
import { describePauseEndTask, UNSAFE, type SchedulerKind } from '../harness/tasks/pause-end-task-contract.js';

const UNTIL = '2026-11-29T12:00:00.000Z';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'lync-drain-pause-end-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

/**
 * A program in schtasks' place with the answers that Microsoft documents: 0 for done, 1 for not done, sentences in the language of
 * Windows (here German) on standard error. It keeps its calls and, in `task`, the one task.
 */
function standIn(script = ''): void {
  const path = join(folder, 'schtasks.exe');
  const lines = [
    '#!/bin/sh',
    `echo "$@" >> ${folder}/calls`,
    script,
    'case "$1" in',
    `/Query) [ -f ${folder}/task ] && cat ${folder}/task && exit 0; echo "FEHLER: Das System kann die angegebene Datei nicht finden." >&2; exit 1;;`,
    `/Create) cp "$5" ${folder}/task && echo "ERFOLGREICH"; exit 0;;`,
    `/Delete) [ -f ${folder}/task ] && rm ${folder}/task && exit 0; echo "FEHLER" >&2; exit 1;;`,
    'esac',
    'exit 1',
  ];
  writeFileSync(path, `${lines.join('\n')}\n`);
  chmodSync(path, 0o755);
}

function openTask(obstacle: Problem | null = null): WindowsPauseEndTask {
  const program = join(folder, 'lync-drain.exe');
  writeFileSync(program, '');
  return new WindowsPauseEndTask({ systemFolder: folder, program, dataFolder: folder, findObstacle: async () => obstacle });
}

function openWindows(kind: SchedulerKind): WindowsPauseEndTask {
  if (kind !== 'none') standIn(kind === 'refusing' ? '[ "$1" = /Create ] && echo "FEHLER: Zugriff verweigert" >&2 && exit 1' : '');
  return openTask(kind === 'unsafe' ? UNSAFE : null);
}

function openFake(kind: SchedulerKind): FakePauseEndTask {
  const task = new FakePauseEndTask();
  task.isAvailable = kind !== 'none';
  task.isRefusing = kind === 'refusing';
  if (kind === 'unsafe') task.obstacle = UNSAFE;
  return task;
}

const calls = (): string[] => readFileSync(join(folder, 'calls'), 'utf8').trimEnd().split('\n');

describePauseEndTask('in memory', openFake);

describeWhere(POSIX)('schtasks', () => {
  describePauseEndTask('by schtasks', openWindows);

  it('gets the task as a description in the data folder, which is gone afterwards, and is asked whether it has the task', async () => {
    standIn();
    const task = openTask();
    await task.make(UNTIL);
    const description = join(folder, 'pause-end.xml');
    expect(calls()).toEqual([
      `/Query /TN ${task.name} /XML`,
      `/Create /TN ${task.name} /XML ${description} /F`,
      `/Query /TN ${task.name} /XML`,
    ]);
    const args = ['resume', '--if-pause-over', '--quiet', '--data', folder];
    expect(readFileSync(join(folder, 'task'))).toEqual(pauseEndXml({ program: join(folder, 'lync-drain.exe'), args, until: UNTIL }));
    expect(existsSync(description)).toBe(false);
  });

  it('that says the task is made, and has none, has not made it', async () => {
    standIn('[ "$1" = /Create ] && exit 0');
    await expect(openTask().make(UNTIL)).rejects.toMatchObject({ problem: { id: 'pause-task-not-made' } });
  });

  it('as Wine has it, which does nothing and reports success, is no scheduler: nothing is ordered of it', async () => {
    standIn('exit 0');
    const task = openTask();
    expect(await task.make(UNTIL)).toBe(false);
    expect(calls()).toEqual([`/Query /TN ${task.name} /XML`]);
  });

  it('is not asked where there is no launcher that a task could start', async () => {
    standIn();
    const task = openTask();
    rmSync(join(folder, 'lync-drain.exe'));
    expect(await task.make(UNTIL)).toBe(false);
    expect(existsSync(join(folder, 'calls'))).toBe(false);
  });

  it('names in a failure its exit code, and no sentence of Windows', async () => {
    standIn('[ "$1" = /Create ] && echo "FEHLER: Zugriff verweigert" >&2 && exit 1');
    await expect(openTask().make(UNTIL)).rejects.toMatchObject({ problem: { params: { detail: 'schtasks.exe: 1' } } });
  });
});

describe('the name of the task', () => {
  it('is the same however the path of the data folder is written', () => {
    const name = pauseEndTaskName('C:\\ProgramData\\Lync Drain');
    for (const path of [
      'c:\\programdata\\lync drain',
      'C:/ProgramData/Lync Drain/',
      'C:\\ProgramData\\x\\..\\Lync Drain',
      '\\\\?\\C:\\ProgramData\\Lync Drain',
    ]) {
      expect(pauseEndTaskName(path)).toBe(name);
    }
  });

  it('is another for another data folder, and holds no character that a name of a task may not hold', () => {
    const names = ['C:\\ProgramData\\Lync Drain', 'D:\\ProgramData\\Lync Drain', 'D:\\维护', 'D:\\a"b'].map(pauseEndTaskName);
    expect(new Set(names).size).toBe(4);
    for (const name of names) expect(name).toMatch(/^Lync Drain pause end [0-9a-f]{16}$/);
  });
});
