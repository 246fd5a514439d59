import { type Call, inShort, outputLines } from '../call.js';
import type { CheckBook } from '../checks.js';
import { areAll, CHAT, isSame, MEETING, type Snapshot } from '../lab-services.js';
import type { Lab } from '../lab.js';
import { until } from '../patience.js';
import { scenario } from '../scenario.js';
import { MANUAL, PAUSED } from '../service-witness.js';
import type { Session } from '../session.js';

/** Slow enough that a kill falls into the middle. */
const SLOW = ['--on-pause', 'slow:1500', '--on-continue', 'slow:1500'];
const SERVICES = [
  { ...CHAT, switches: SLOW },
  { ...MEETING, switches: SLOW },
];
const PAUSE_PENDING = 6;
const CONTINUE_PENDING = 5;
const MIDDLE_MS = 30_000;

const CLAIMS = {
  'nothing-left': 'Nothing of the command line runs on after it was ended from outside',
  'killed-sessions-kept': 'No session was cut by that',
  'takes-over': 'The next drain takes over and says so, and gets every service paused and Manual',
  'killed-on-the-way-back': 'A way back that was ended in its middle is taken up by the next one',
  'killed-back': 'Every service is as it was in the end',
  'paused-once': 'No service was ordered twice to pause or to continue',
} as const;
type Name = keyof typeof CLAIMS;
type Book = CheckBook<Name>;

export const killedCommand = scenario<Name>({
  id: 'killed',
  title: 'The command line is ended from outside in the middle, and another one goes on',
  calls: ['drain-killed', 'drain', 'resume-killed', 'resume'],
  claims: CLAIMS,
  services: SERVICES,
  async play(lab, book) {
    const before = await lab.services.look(...SERVICES);
    const sessions = await lab.services.openSessions(...SERVICES);
    const first = lab.product.start(['drain', '--json', '--hold-time', '1s', '--timeout', '1m'], 'drain-killed');
    const isInMiddle = await endIn(lab, first, PAUSE_PENDING);
    const isGone = await until(async () => (await lab.machine.countProcesses('lync-drain.exe')) === 0, 5000);
    book.check(
      'nothing-left',
      isInMiddle && isGone,
      `${isInMiddle ? 'ended in its middle' : 'not in its middle'}, ${isGone ? 'gone' : 'left'}`,
    );
    await goOn(lab, book, sessions);
    await wayBack(lab, book, before);
    const once = SERVICES.map(({ serviceName }) => lab.services.events(serviceName).filter((event) => /^(paused|continued)$/.test(event)));
    book.check(
      'paused-once',
      once.every((events) => events.join(' ') === 'paused continued'),
      once,
    );
  },
});

/** Ends a command when a service is on its way. @returns true if that was before its own end */
async function endIn({ product, machine, serviceWitness }: Lab, call: Call, state: number): Promise<boolean> {
  const isOnItsWay = await until(async () => {
    const seen = await Promise.all(SERVICES.map(({ serviceName }) => serviceWitness.query(serviceName)));
    return seen.some((one) => one.state === state);
  }, product.patience(MIDDLE_MS));
  const isRunning = !call.hasEnded();
  if (call.processId !== 0) await machine.endTree(call.processId);
  await call.ended;
  return isOnItsWay && isRunning;
}

async function goOn({ product, services }: Lab, book: Book, sessions: readonly Session[]): Promise<void> {
  const alive = await Promise.all(sessions.map((session) => session.isAlive()));
  book.check('killed-sessions-kept', alive.every(Boolean), `answers ${alive.join(' ')}`);
  const next = await product.run(['drain', '--json', '--hold-time', '1s', '--timeout', '1m']);
  const takesOver = outputLines(next.stdout).some(({ type }) => type === 'lock-taken-over');
  const seen = await services.look(...SERVICES);
  const isDone = next.exitCode === 4 && takesOver && areAll(seen, PAUSED, MANUAL);
  book.check('takes-over', isDone, `${inShort(next)}, ${takesOver ? 'takes over' : 'does not say that it takes over'}`);
  for (const session of sessions) await session.close();
}

async function wayBack(lab: Lab, book: Book, before: readonly Snapshot[]): Promise<void> {
  const first = lab.product.start(['resume', '--json'], 'resume-killed');
  const isInMiddle = await endIn(lab, first, CONTINUE_PENDING);
  const next = await lab.product.run(['resume', '--json']);
  book.check(
    'killed-on-the-way-back',
    isInMiddle && next.exitCode === 0,
    `${isInMiddle ? 'in' : 'not in'} its middle, then ${inShort(next)}`,
  );
  const after = await lab.services.look(...SERVICES);
  book.check('killed-back', isSame(before, after), after);
}
