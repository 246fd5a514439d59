import { inShort, outputLines } from '../call.js';
import type { CheckBook } from '../checks.js';
import { CHAT, isSame, MEETING } from '../lab-services.js';
import type { Lab } from '../lab.js';
import { scenario } from '../scenario.js';
import { RUNNING } from '../service-witness.js';
import { Session } from '../session.js';

const CRASHES = { ...CHAT, switches: ['--crash-after', '100'] };
const SERVICES = [CRASHES, MEETING];

const CLAIMS = {
  'crash-told': 'A service whose process ends after its pause is named, and the drain does not end with 0',
  'crash-not-signed-off': 'No sentence says that no call was cut',
  'crash-back': 'The way back starts it again and leaves every service as it was',
} as const;
type Name = keyof typeof CLAIMS;
type Book = CheckBook<Name>;

export const endedProcess = scenario<Name>({
  id: 'crash',
  title: 'A service whose process ends while it is drained',
  calls: ['drain', 'resume'],
  claims: CLAIMS,
  services: SERVICES,
  lacks: ({ noticesCrashes }) => (noticesCrashes ? null : 'The service control manager does not notice that a process has ended.'),
  play,
});

async function play({ product, services, serviceWitness }: Lab, book: Book): Promise<void> {
  const before = await services.look(...SERVICES);
  await services.openSessions(...SERVICES);
  const ended = await product.run(['drain', '--json', '--hold-time', '3s', '--timeout', '1m']);
  const lines = outputLines(ended.stdout);
  const isTold = lines.some((line) => JSON.stringify(line).includes(CRASHES.serviceName) && ['lost', 'result'].includes(line.type ?? ''));
  book.check('crash-told', isTold && ![0, null].includes(ended.exitCode), inShort(ended));
  const claims = /without cutting/i.test(ended.stdout + ended.stderr);
  book.check('crash-not-signed-off', ended.exitCode !== null && !claims, claims ? 'it says so' : 'it does not say so');
  const resumed = await product.run(['resume', '--json']);
  await serviceWitness.reaches(CRASHES.serviceName, RUNNING, product.patience(5000));
  const session = await Session.open(CRASHES.port);
  const after = await services.look(...SERVICES);
  book.check(
    'crash-back',
    isSame(before, after) && session !== null,
    `${inShort(resumed)}, ${session === null ? 'takes none' : 'takes a session'}`,
  );
  await session?.close();
}
