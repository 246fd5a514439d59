import { inShort, problemsIn } from '../call.js';
import type { CheckBook } from '../checks.js';
import { isSame, type LabService } from '../lab-services.js';
import type { Lab } from '../lab.js';
import { scenario } from '../scenario.js';
import { MANUAL, PAUSED, RUNNING, STOPPED } from '../service-witness.js';
import { Session } from '../session.js';

const HANGS = conferencing('RTCIMMCU', 'IM Conferencing', 5062, '--on-pause', 'block:3000');
const STARTS_SLOWLY = conferencing('RTCDATAMCU', 'Web Conferencing', 8057, '--on-pause', 'stop', '--on-start', 'slow:2000');
const SERVICES = [HANGS, STARTS_SLOWLY];

const CLAIMS = {
  'hang-waited-for': 'A service whose pause handler hangs for a while is waited for, paused and Manual in the end',
  'ends-itself-told': 'A service that stops instead of pausing is named with its problem',
  'never-ready': 'Nothing is ready and nothing can be confirmed after such a drain',
  'slow-start-waited-for': 'The way back waits until a service that starts slowly runs',
  'misbehaving-back': 'The way back leaves every service as it was, whatever it did',
  'misbehaving-takes-sessions': 'Every service takes sessions again',
} as const;
type Name = keyof typeof CLAIMS;
type Book = CheckBook<Name>;

export const misbehavingServices = scenario<Name>({
  id: 'misbehaving',
  title: 'Services that hang in their pause, stop instead, and start slowly',
  calls: ['drain', 'confirm', 'resume'],
  claims: CLAIMS,
  services: SERVICES,
  async play(lab, book) {
    const before = await lab.services.look(...SERVICES);
    await drain(lab, book);
    await wayBack(lab, book);
    const after = await lab.services.look(...SERVICES);
    book.check('misbehaving-back', isSame(before, after), after);
    for (const service of SERVICES) {
      const session = await Session.open(service.port);
      book.check('misbehaving-takes-sessions', session !== null, `${service.serviceName} ${session === null ? 'takes none' : 'takes one'}`);
      await session?.close();
    }
  },
});

async function drain({ product, serviceWitness }: Lab, book: Book): Promise<void> {
  const ended = await product.run(['drain', '--json', '--hold-time', '1s', '--timeout', '2m']);
  const problems = problemsIn(ended);
  const hangs = await serviceWitness.query(HANGS.serviceName);
  book.check(
    'hang-waited-for',
    hangs.state === PAUSED && hangs.startType === MANUAL,
    `state ${hangs.state}, start type ${hangs.startType}`,
  );
  const stops = await serviceWitness.query(STARTS_SLOWLY.serviceName);
  const stopping = problems.get(STARTS_SLOWLY.serviceName);
  book.check('ends-itself-told', stops.state === STOPPED && stopping !== undefined, `state ${stops.state}: ${stopping ?? 'no problem'}`);
  const confirmed = await product.run(['confirm', '--json']);
  book.check(
    'never-ready',
    ![0, null].includes(ended.exitCode) && confirmed.exitCode === 3,
    `drain ${inShort(ended)}; confirm ${inShort(confirmed)}`,
  );
}

async function wayBack({ product, serviceWitness }: Lab, book: Book): Promise<void> {
  const ended = await product.run(['resume', '--json']);
  const { state } = await serviceWitness.query(STARTS_SLOWLY.serviceName);
  book.check('slow-start-waited-for', ended.exitCode === 0 && state === RUNNING, `${inShort(ended)}, state ${state}`);
}

function conferencing(serviceName: string, name: string, port: number, ...switches: readonly string[]): LabService {
  return { serviceName, displayName: `Lync Server ${name}`, port, switches };
}
