import { call, inShort } from '../call.js';
import type { CheckBook } from '../checks.js';
import { areAll, CHAT, isSame } from '../lab-services.js';
import type { Lab } from '../lab.js';
import { until } from '../patience.js';
import { scenario } from '../scenario.js';
import { AUTOMATIC, PAUSED, RUNNING } from '../service-witness.js';

const SECONDS = 4;
const CHANGES_MS = 30_000;
const TASK_MS = 20_000;
const WITHOUT_TASK = '--no-end-task';
const TASK_SECONDS = 20;
/** The task waits half a minute behind the end of the pause, so that a living command goes first. */
const TASK_ENDS_MS = 180_000;

const CLAIMS = {
  'pause-only': 'A quick pause pauses and leaves start types alone',
  'pause-ends-itself': 'It ends by itself at its time, not before, and every service is as it was',
  'pause-sessions-kept': 'No session was cut',
  'pause-task': 'While a quick pause lasts, Windows has a task that ends it, also after the administrator signs out',
  'pause-task-ends-it': 'The task ends the pause although the command line was ended from outside',
  'pause-task-removed': 'The task goes with the pause',
} as const;
type Name = keyof typeof CLAIMS;
type Book = CheckBook<Name>;

export const quickPause = scenario<Name>({
  id: 'quick-pause',
  title: 'A quick pause that ends by itself',
  calls: ['pause', 'pause-killed'],
  claims: CLAIMS,
  services: [CHAT],
  callsLacking: (name, { tasks: lists }) => !lists && name !== 'pause',
  async play(lab, book) {
    const { product, services } = lab;
    const before = await services.look(CHAT);
    const [session] = await services.openSessions(CHAT);
    // An edition that makes a task refuses to pause where Windows can have none; the option tells it to pause without one.
    const withoutTask = !lab.abilities.tasks && (await makesTasks(lab)) ? [WITHOUT_TASK] : [];
    const pausing = product.start(['pause', '--for', `${SECONDS}s`, '--json', ...withoutTask]);
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

async function task(lab: Lab, book: Book): Promise<void> {
  if (!lab.abilities.tasks) {
    taskNotPossible(book, 'This Windows has no task scheduler that lists tasks.');
    return;
  }
  if (!(await makesTasks(lab))) {
    taskNotPossible(book, 'This edition makes no task.');
    return;
  }
  await playTask(lab, book);
}

async function makesTasks({ product }: Lab): Promise<boolean> {
  return (await product.run(['pause', '--help'], 'help')).stdout.includes(WITHOUT_TASK);
}

function taskNotPossible(book: Book, why: string): void {
  for (const name of ['pause-task', 'pause-task-ends-it', 'pause-task-removed'] as const) book.notPossible(name, why);
}

async function playTask({ product, machine, serviceWitness }: Lab, book: Book): Promise<void> {
  const before = await tasks();
  const pausing = product.start(['pause', '--for', `${TASK_SECONDS}s`, '--json'], 'pause-killed');
  let added: readonly string[] = [];
  await until(async () => {
    added = (await tasks()).filter((name) => !before.includes(name));
    return added.length > 0;
  }, product.patience(TASK_MS));
  book.check('pause-task', added.length > 0, added.join(', ') || 'no task');
  const isPaused = await serviceWitness.reaches(CHAT.serviceName, PAUSED, product.patience(CHANGES_MS));
  if (pausing.processId !== 0) await machine.endTree(pausing.processId);
  const runs = await serviceWitness.reaches(CHAT.serviceName, RUNNING, product.patience(TASK_ENDS_MS));
  book.check('pause-task-ends-it', isPaused && runs, `${isPaused ? 'paused' : 'not paused'}, then ${runs ? 'running' : 'not running'}`);
  const isGone = await until(async () => !(await tasks()).some((name) => added.includes(name)), product.patience(TASK_MS));
  book.check('pause-task-removed', isGone, isGone ? 'gone' : 'still there');
}

/** Names of all tasks that speak of Lync Drain. */
async function tasks(): Promise<readonly string[]> {
  const { stdout } = await call('schtasks.exe', ['/query', '/fo', 'csv', '/nh']).ended;
  return [...stdout.matchAll(/^"([^"]*Lync Drain[^"]*)"/gim)].map(([, name = '']) => name);
}
