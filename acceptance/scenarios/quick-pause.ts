import { call, inShort } from '../call.js';
import type { CheckBook } from '../checks.js';
import { areAll, CHAT, isSame } from '../lab-services.js';
import type { Lab } from '../lab.js';
import { until } from '../patience.js';
import { scenario } from '../scenario.js';
import { AUTOMATIC, PAUSED } from '../service-witness.js';

const SECONDS = 4;
const CHANGES_MS = 30_000;
const TASK_MS = 5000;

const CLAIMS = {
  'pause-only': 'A quick pause pauses and leaves start types alone',
  'pause-ends-itself': 'It ends by itself at its time, not before, and every service is as it was',
  'pause-sessions-kept': 'No session was cut',
  'pause-task': 'While a quick pause goes on, Windows has a task that ends it although nobody stays signed in',
  'pause-task-removed': 'The task goes with the pause',
} as const;
type Name = keyof typeof CLAIMS;
type Book = CheckBook<Name>;

export const quickPause = scenario<Name>({
  id: 'quick-pause',
  title: 'A quick pause that ends by itself',
  calls: ['pause', 'pause-long', 'resume'],
  claims: CLAIMS,
  services: [CHAT],
  callsLacking: (name, { tasks: lists }) => !lists && name !== 'pause',
  async play(lab, book) {
    const { product, services } = lab;
    const before = await services.look(CHAT);
    const [session] = await services.openSessions(CHAT);
    const pausing = product.start(['pause', '--for', `${SECONDS}s`, '--json']);
    const isPaused = await lab.serviceWitness.reaches(CHAT.serviceName, PAUSED, product.patience(CHANGES_MS));
    const since = performance.now();
    const seen = await services.look(CHAT);
    book.check('pause-only', isPaused && areAll(seen, PAUSED, AUTOMATIC), seen);
    const ended = await pausing.ended;
    const tookMs = Math.round(performance.now() - since);
    const after = await services.look(CHAT);
    const isTimely = tookMs >= (SECONDS - 1) * 1000;
    book.check('pause-ends-itself', ended.exitCode === 0 && isTimely && isSame(before, after), `${inShort(ended)}, after ${tookMs} ms`);
    book.check('pause-sessions-kept', isPaused && (await session?.isAlive()) === true, 'it answers');
    await session?.close();
    await task(lab, book);
  },
});

async function task({ product, abilities, machine }: Lab, book: Book): Promise<void> {
  if (!abilities.tasks) {
    for (const name of ['pause-task', 'pause-task-removed'] as const) {
      book.notPossible(name, 'This Windows has no task scheduler that lists tasks.');
    }
    return;
  }
  const before = await tasks();
  const pausing = product.start(['pause', '--for', '30m', '--json'], 'pause-long');
  let added: readonly string[] = [];
  await until(async () => {
    added = (await tasks()).filter((name) => !before.includes(name));
    return added.length > 0;
  }, product.patience(TASK_MS));
  if (pausing.processId !== 0) await machine.endTree(pausing.processId);
  const resumed = await product.run(['resume', '--json']);
  if (added.length === 0) {
    for (const name of ['pause-task', 'pause-task-removed'] as const) book.notPossible(name, 'This edition makes no task.');
    return;
  }
  book.check('pause-task', true, added.join(', '));
  const left = (await tasks()).filter((name) => added.includes(name));
  book.check('pause-task-removed', resumed.exitCode === 0 && left.length === 0, left.length === 0 ? 'gone' : left.join(', '));
}

/** Names of all tasks that speak of Lync Drain. */
async function tasks(): Promise<readonly string[]> {
  const { stdout } = await call('schtasks.exe', ['/query', '/fo', 'csv', '/nh']).ended;
  return [...stdout.matchAll(/^"([^"]*Lync Drain[^"]*)"/gim)].map(([, name = '']) => name);
}
