import { type Ended, inShort, outputLines } from '../call.js';
import type { CheckBook } from '../checks.js';
import { areAll, CHAT, isSame, MEETING } from '../lab-services.js';
import type { Lab } from '../lab.js';
import { scenario } from '../scenario.js';
import { DISABLED, MANUAL, PAUSED } from '../service-witness.js';

const SERVICES = [{ ...CHAT, switches: ['--on-pause', 'slow:4000'] }, MEETING];
const DRAIN = ['drain', '--json', '--hold-time', '1s', '--timeout', '1m'];

const CLAIMS = {
  'one-works': 'Of two drains at once one works, and the other ends with 8',
  'owner-named': 'The one that is refused names the other by its command and process',
  'one-run': 'There is one record',
  'ordered-once': 'Every service was paused once',
  'outside-change-told': 'A start type that another person sets is not overwritten in silence: the way back asks (7)',
  'choice-kept': 'With --original the way back puts every service back as it was',
} as const;
type Name = keyof typeof CLAIMS;
type Book = CheckBook<Name>;

export const twoAdministrators = scenario<Name>({
  id: 'two-administrators',
  title: 'Two administrators at once',
  calls: ['drain', 'drain-too', 'resume-asking', 'resume'],
  claims: CLAIMS,
  services: SERVICES,
  async play(lab, book) {
    const before = await lab.services.look(...SERVICES);
    await drainTwice(lab, book);
    await lab.serviceWitness.setStartType(MEETING.serviceName, DISABLED);
    const asking = await lab.product.run(['resume', '--json'], 'resume-asking');
    const kept = await lab.serviceWitness.query(MEETING.serviceName);
    const isAsked = asking.exitCode === 7 && kept.startType === DISABLED;
    book.check('outside-change-told', isAsked, `${inShort(asking)}, start type ${kept.startType}`);
    const resumed = await lab.product.run(['resume', '--original', '--json']);
    const after = await lab.services.look(...SERVICES);
    book.check('choice-kept', resumed.exitCode === 0 && isSame(before, after), after);
  },
});

async function drainTwice({ product, services }: Lab, book: Book): Promise<void> {
  const both = await Promise.all([product.run(DRAIN), product.run(DRAIN, 'drain-too')]);
  const codes = both.map(({ exitCode }) => exitCode);
  const works = codes.includes(4) && codes.includes(8);
  const seen = await services.look(...SERVICES);
  book.check('one-works', works && areAll(seen, PAUSED, MANUAL), both.map(inShort).join(' and '));
  const refused = both.find(({ exitCode }) => exitCode === 8);
  const words = refused === undefined ? 'none was refused' : problemOf(refused);
  book.check('owner-named', /drain.*process \d+|process \d+.*drain/i.test(words), words);
  const runs = product.runs();
  book.check('one-run', runs.length === 1, `${runs.length} records`);
  const pauses = SERVICES.map(({ serviceName }) => services.events(serviceName).filter((event) => event === 'paused').length);
  book.check(
    'ordered-once',
    pauses.every((count) => count === 1),
    `paused ${pauses.join(' and ')} times`,
  );
}

function problemOf({ stdout }: Ended): string {
  return (outputLines(stdout).at(-1)?.['problem'] as { readonly message: string } | null | undefined)?.message ?? '';
}
