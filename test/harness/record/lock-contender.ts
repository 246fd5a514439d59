import { appendFileSync, readFileSync } from 'node:fs';

import { posixFolderProtection } from '../../../electron/adapters/storage/posix-folder-protection.js';
import { openRunRecords } from '../../../electron/adapters/storage/run-files.js';

/**
 * A process of its own that takes the lock so many times. While it holds it, it writes `in` and `out` with its id into a
 * journal that all contenders share: two between each other's `in` and `out` would show. Ends by dying with the lock
 * held where that was asked for.
 */
const [folder = '', journal = '', rounds = '0', ending = 'release'] = process.argv.slice(2);

/** Start time in clock ticks since boot: field 22 of /proc/PID/stat, counted after the name, which may hold spaces. */
function processIdentity(processId: number): string | null {
  try {
    const fields = readFileSync(`/proc/${processId}/stat`, 'utf8')
      .replace(/^.*\) /s, '')
      .split(' ');
    return fields[0] === 'Z' ? null : (fields[19] ?? null);
  } catch {
    return null;
  }
}

const records = openRunRecords({
  folder,
  protection: posixFolderProtection(process.geteuid()),
  computerName: 'FE01',
  bootedAt: '2026-11-20T01:00:00.000Z',
  processIdentity,
});

const pause = (milliseconds: number): unknown => Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, milliseconds);

for (let round = 0; round < Number(rounds);) {
  try {
    const now = { at: new Date().toISOString(), upMs: performance.now() };
    const lock = records.acquireLock({ user: 'ann', face: 'cli', processId: process.pid, command: 'drain' }, now);
    appendFileSync(journal, `in ${process.pid} ${lock.takenOverFrom.map(({ processId }) => processId).join(' ')}\n`);
    round += 1;
    if (ending === 'die' && round === Number(rounds)) process.kill(process.pid, 'SIGKILL');
    pause(Math.random() * 4);
    appendFileSync(journal, `out ${process.pid}\n`);
    lock.release();
  } catch (error) {
    if (!(error instanceof Error) || !error.message.includes('lock-held')) throw error;
    appendFileSync(journal, `held ${process.pid}\n`);
  }
  pause(Math.random() * 3);
}
