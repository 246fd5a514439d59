/**
 * A process of its own that works on a simulated server: `FOLDER hold` dies while it holds the lock, `FOLDER count N`
 * makes N updates and says each one, `FOLDER order` changes a start type for ever.
 */
import { writeSync } from 'node:fs';

import { openSimulatedServer } from '../../../electron/adapters/simulator/open-simulated-server.js';
import { tryWithLock } from '../../../electron/adapters/simulator/owned-lock.js';
import { SYSTEM_TIME } from '../../../electron/adapters/simulator/simulated-clock.js';
import { FileStore } from '../../../electron/adapters/simulator/simulated-store.js';

const [dataFolder = '', task = '', times = '0'] = process.argv.slice(2);

async function open() {
  return openSimulatedServer({ dataFolder, scenario: 'default', seed: 1, speed: null, startsFresh: false });
}

async function count(): Promise<void> {
  await open();
  const store = new FileStore(dataFolder, SYSTEM_TIME);
  for (let nth = 0; nth < Number(times); nth += 1) {
    await store.update((state) => {
      if (state === null) throw new Error('There is no server.');
      return { state: { ...state, nextProcessId: state.nextProcessId + 1 }, answer: undefined };
    });
  }
}

async function order(): Promise<void> {
  const { serviceControl } = await open();
  for (let nth = 0; ; nth += 1) {
    await serviceControl.setStart('RTCSRV', { startType: nth % 2 === 0 ? 'demand' : 'auto', delayed: null });
    writeSync(1, '.');
  }
}

function hold(): void {
  tryWithLock(`${dataFolder}/simulated-server.lock`, () => process.kill(process.pid, 'SIGKILL'));
}

const tasks: Readonly<Record<string, () => Promise<void> | void>> = { count, order, hold };
await tasks[task]?.();
