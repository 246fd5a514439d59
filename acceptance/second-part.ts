import { inShort, outputLines } from './call.js';
import { CheckBook, type CheckResult } from './checks.js';
import { areAll, CHAT, MEETING } from './lab-services.js';
import { productFor, type Stage } from './play.js';
import type { Product } from './product.js';
import { AUTOMATIC, MANUAL, PAUSED, RUNNING, STOPPED } from './service-witness.js';
import { Session } from './session.js';

const ID = 'second-part';
const SERVICES = [CHAT, MEETING];
const NAMES = SERVICES.map(({ serviceName }) => serviceName);

const RESTART_CLAIMS = {
  'stayed-quiet': 'After the restart no drained service runs, and each is Manual',
  'restart-known': 'The status still knows the maintenance and both services',
  'restart-back': 'The way back starts every service with its start type from before, and each takes sessions',
} as const;

const SIGN_OUT_CLAIMS = {
  'still-paused': 'After the sign-out every drained service is still paused and Manual',
  'sign-out-known': 'The status still knows the maintenance and both services',
  'sign-out-back': 'The way back continues every service with its start type from before, and each takes sessions',
} as const;

/** Leaves a maintenance that is signed off, with its services installed. @throws Error if the product does not get there */
export async function prepareSecondPart(stage: Stage, commandLine: string): Promise<void> {
  const { workshop } = stage;
  const { bootedAtMs, signIn } = await workshop.machine.machine();
  await workshop.services.install(...SERVICES);
  const product = productFor(ID, stage);
  const steps = [
    await product.run(['drain', '--json', '--hold-time', '1s', '--timeout', '1m', '--reason', 'second part']),
    await product.run(['accept', ...NAMES, '--note', 'nobody is in', '--json']),
    await product.run(['confirm', '--note', 'restart', '--json']),
  ];
  const exitCodes = steps.map(({ exitCode }) => exitCode).join(' ');
  if (exitCodes !== '4 0 0') throw new Error(`the second part cannot be prepared: ${steps.map(inShort).join('; ')}`);
  workshop.note({ runOnce: true, firstPart: { at: new Date().toISOString(), bootedAtMs, signIn } });
  await workshop.registry.runOnce(commandLine);
}

/** What came of it after a sign-out or a restart. */
export async function playSecondPart(stage: Stage): Promise<readonly CheckResult[]> {
  const { workshop } = stage;
  const before = workshop.state.firstPart;
  const now = await workshop.machine.machine();
  const isRestarted = before !== null && before.bootedAtMs !== now.bootedAtMs;
  const isSignedOut = before !== null && !isRestarted && before.signIn !== now.signIn;
  const product = productFor(ID, stage);
  const [restart, signOut] = [new CheckBook(ID, RESTART_CLAIMS), new CheckBook(ID, SIGN_OUT_CLAIMS)];
  if (isRestarted) {
    const seen = await workshop.services.look(...SERVICES);
    restart.check('stayed-quiet', areAll(seen, STOPPED, MANUAL), seen);
    const status = await knows(product);
    restart.check('restart-known', status.holds, status.seen);
    const back = await comesBack(stage, product);
    restart.check('restart-back', back.holds, back.seen);
  } else restart.restNotPossible('Windows was not restarted since the first part.');
  if (isSignedOut) {
    const seen = await workshop.services.look(...SERVICES);
    signOut.check('still-paused', areAll(seen, PAUSED, MANUAL), seen);
    const status = await knows(product);
    signOut.check('sign-out-known', status.holds, status.seen);
    const back = await comesBack(stage, product);
    signOut.check('sign-out-back', back.holds, back.seen);
  } else signOut.restNotPossible(isRestarted ? 'Windows was restarted.' : 'Nobody signed out since the first part.');
  return [...restart.results('It was not reached.'), ...signOut.results('It was not reached.')];
}

interface Seen {
  readonly holds: boolean;
  readonly seen: string;
}

async function knows(product: Product): Promise<Seen> {
  const status = await product.run(['status', '--json']);
  const [line = {}] = outputLines(status.stdout);
  const planned = ((line['services'] ?? []) as readonly { serviceName: string; planned: boolean }[]).filter((one) => one.planned);
  const holds = (line['run'] ?? null) !== null && NAMES.every((name) => planned.some(({ serviceName }) => serviceName === name));
  return { holds, seen: `${inShort(status)}, planned: ${planned.map(({ serviceName }) => serviceName).join(' ')}` };
}

async function comesBack({ workshop }: Stage, product: Product): Promise<Seen> {
  const resumed = await product.run(['resume', '--json']);
  const seen = await workshop.services.look(...SERVICES);
  const sessions = await Promise.all(SERVICES.map(({ port }) => Session.open(port)));
  for (const session of sessions) await session?.close();
  const holds = resumed.exitCode === 0 && areAll(seen, RUNNING, AUTOMATIC) && sessions.every((session) => session !== null);
  return { holds, seen: `${inShort(resumed)}, ${JSON.stringify(seen)}` };
}
