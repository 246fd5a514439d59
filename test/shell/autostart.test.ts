import { chmodSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { afterEach, beforeEach, describe, expect, it } from 'vitest';

import { autostartXml } from '../../electron/adapters/windows/desktop/autostart-task.js';
import { Autostart } from '../../electron/adapters/windows/desktop/autostart.js';
import { ProblemError } from '../../electron/contract/problem.js';

const TASK = { program: 'C:\\Program Files\\Lync Drain\\Lync Drain.exe', args: [] };

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'lync-drain-autostart-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

/** A program in schtasks' place: keeps what it was called with, and the description it was given. */
function standIn(script: string): void {
  const path = join(folder, 'schtasks.exe');
  writeFileSync(path, `#!/bin/sh\necho "$@" >> ${folder}/calls\n[ "$4" = /XML ] && [ -n "$5" ] && cp "$5" ${folder}/task\n${script}\n`);
  chmodSync(path, 0o755);
}

const calls = (): string[] => readFileSync(join(folder, 'calls'), 'utf8').trimEnd().split('\n');

describe('starting with Windows', () => {
  it('is on when Windows has the task, whoever made it', async () => {
    standIn('echo "<?xml version=1.0?><Task>"');
    expect((await Autostart.find(folder, false)).isOn).toBe(true);
  });

  it('is off when Windows has no such task, whatever was switched on before', async () => {
    standIn('exit 1');
    expect((await Autostart.find(folder, true)).isOn).toBe(false);
  });

  it.each([true, false])('is what was set last (%s) when Windows does not say', async (remembered) => {
    standIn('exit 0');
    expect((await Autostart.find(folder, remembered)).isOn).toBe(remembered);
    rmSync(join(folder, 'schtasks.exe'));
    expect((await Autostart.find(folder, remembered)).isOn).toBe(remembered);
  });

  it('makes the task from its description, which is gone afterwards', async () => {
    standIn('[ "$1" = /Query ] && exit 1; exit 0');
    const autostart = await Autostart.find(folder, false);
    await autostart.turn(true, TASK, folder);
    expect(autostart.isOn).toBe(true);
    const description = join(folder, 'start-with-windows.xml');
    expect(calls()).toEqual(['/Query /TN Lync Drain /XML', `/Create /TN Lync Drain /XML ${description} /F`]);
    expect(readFileSync(join(folder, 'task'))).toEqual(autostartXml(TASK));
    expect(existsSync(description)).toBe(false);
  });

  it('removes the task once', async () => {
    standIn('echo "<Task>"');
    const autostart = await Autostart.find(folder, true);
    await autostart.turn(false, TASK, folder);
    await autostart.turn(false, TASK, folder);
    expect(calls().slice(1)).toEqual(['/Delete /TN Lync Drain /F']);
  });

  it('stays what it is when Windows refuses', async () => {
    standIn('[ "$1" = /Query ] && echo "<Task>" && exit 0; exit 1');
    const autostart = await Autostart.find(folder, false);
    await expect(autostart.turn(false, TASK, folder)).rejects.toSatisfy(
      (error) => error instanceof ProblemError && error.problem.id === 'autostart-not-changed',
    );
    expect(autostart.isOn).toBe(true);
  });
});
