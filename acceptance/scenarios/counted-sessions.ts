import { inShort, outputLines } from '../call.js';
import type { CheckBook } from '../checks.js';
import { areAll, isSame, type LabService } from '../lab-services.js';
import type { Lab } from '../lab.js';
import { pause } from '../patience.js';
import { scenario } from '../scenario.js';
import { MANUAL, PAUSED } from '../service-witness.js';
import type { Session } from '../session.js';

const MEDIATION: LabService = { serviceName: 'RTCMEDSRV', displayName: 'Lync Server Mediation', port: 5070 };
const CONFERENCING: LabService = { serviceName: 'RTCAVMCU', displayName: 'Lync Server Audio/Video Conferencing', port: 5063 };
const SERVICES = [MEDIATION, CONFERENCING];

const HOLD_MS = 2000;
const CHANGES_MS = 60_000;

const CLAIMS = {
  'waits-for-the-last': 'While one session is left, the drain goes on and nothing is ready',
  'holds-before-ready': 'It is ready no sooner than the hold time after the last session ended',
  'safe-to-restart': 'It says that the server is safe to restart, and can be confirmed without an acceptance',
  'counted-back': 'The way back leaves every service as it was',
} as const;
type Name = keyof typeof CLAIMS;
type Book = CheckBook<Name>;

export const countedSessions = scenario<Name>({
  id: 'counted',
  title: 'A drain that counters prove empty',
  calls: ['drain', 'confirm', 'resume'],
  claims: CLAIMS,
  services: SERVICES,
  lacks: ({ counters }) => (counters ? null : 'No performance counter of Lync has a value on a machine without Lync.'),
  async play(lab, book) {
    const before = await lab.services.look(...SERVICES);
    const [last, ...others] = await lab.services.openSessions(...SERVICES);
    if (last === undefined) throw new Error('no session');
    await drain(lab, book, { last, others });
    const confirmed = await lab.product.run(['confirm', '--json']);
    const isSafe = outputLines(confirmed.stdout).at(-1)?.['safeToRestart'] === true;
    book.check('safe-to-restart', confirmed.exitCode === 0 && isSafe, `${inShort(confirmed)}, safe ${isSafe}`);
    const resumed = await lab.product.run(['resume', '--json']);
    const after = await lab.services.look(...SERVICES);
    book.check('counted-back', resumed.exitCode === 0 && isSame(before, after), after);
  },
});

async function drain(
  { product, services, serviceWitness }: Lab,
  book: Book,
  { last, others }: { readonly last: Session; readonly others: readonly Session[] },
): Promise<void> {
  const drain = product.start(['drain', '--json', '--hold-time', `${HOLD_MS / 1000}s`, '--timeout', '2m']);
  for (const { serviceName } of SERVICES) await serviceWitness.reaches(serviceName, PAUSED, product.patience(CHANGES_MS));
  for (const session of others) await session.close();
  await pause(Math.min(product.patience(), 1.5 * HOLD_MS));
  const status = await product.run(['status', '--json']);
  const isReady = outputLines(status.stdout).some(({ ready }) => ready === true);
  const seen = await services.look(...SERVICES);
  const goesOn = !drain.hasEnded() && !isReady && areAll(seen, PAUSED, MANUAL) && (await last.isAlive());
  book.check('waits-for-the-last', goesOn, `drain ${drain.hasEnded() ? 'has ended' : 'goes on'}, ready ${isReady}`);
  const lastEnded = performance.now();
  await last.close();
  const ended = await drain.ended;
  const tookMs = Math.round(performance.now() - lastEnded);
  book.check('holds-before-ready', ended.exitCode === 0 && tookMs >= HOLD_MS, `${inShort(ended)}, ${tookMs} ms after the last session`);
}
