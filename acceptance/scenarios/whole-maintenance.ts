import { inShort, outputLines } from '../call.js';
import type { CheckBook } from '../checks.js';
import { areAll, CHAT, isSame, MEETING, type Snapshot } from '../lab-services.js';
import type { Lab } from '../lab.js';
import { scenario } from '../scenario.js';
import { AUTOMATIC, MANUAL, PAUSED, RUNNING } from '../service-witness.js';
import { Session } from '../session.js';

/** Lync's infrastructure: shown, never touched. */
const BYSTANDER = { serviceName: 'REPLICA', displayName: 'Lync Server Replica Replicator Agent', port: 5199 };
const NAMES = [CHAT.serviceName, MEETING.serviceName];
const REASON = 'ACCEPTANCE-1 "lab" 100%';

const CLAIMS = {
  'plan-changes-nothing': 'A plan changes nothing, as two witnesses see it',
  paused: 'Drained services are paused and Manual, for the service control manager and in the registry',
  'sessions-kept': 'No session was cut: each answers, and the TCP table has them all',
  'refuses-new': 'Paused services take no new session and do not listen',
  'waits-for-acceptance': 'A drain whose emptiness nothing can prove ends with 4, not with 0',
  'not-signed-off-while-busy': 'It cannot be confirmed while sessions go on',
  'undo-card': 'The undo card names every service and its start type',
  accepted: 'After the last session has ended, an acceptance makes it ready',
  confirmed: 'It can be confirmed then',
  back: 'The way back leaves every service as it was, for both witnesses',
  'same-process': 'The way back continued the services and did not start them again',
  'takes-sessions-again': 'Every service takes sessions again',
  bystander: "Lync's infrastructure was not touched",
  report: 'The report names the reason and every service',
} as const;
type Name = keyof typeof CLAIMS;
type Book = CheckBook<Name>;

export const wholeMaintenance = scenario<Name>({
  id: 'maintenance',
  title: 'A whole drain and way back, with sessions that must not be cut',
  calls: ['plan', 'drain', 'confirm-early', 'accept', 'confirm', 'resume', 'report'],
  claims: CLAIMS,
  services: [CHAT, MEETING, BYSTANDER],
  async play(lab, book) {
    const before = await lab.services.look(CHAT, MEETING, BYSTANDER);
    const processes = await processesOf(lab);
    await plan(lab, book, before);
    const sessions = await lab.services.openSessions(CHAT, MEETING);
    await drain(lab, book, sessions);
    for (const session of sessions) await session.close();
    await signOff(lab, book);
    await wayBack(lab, book, before);
    const now = await processesOf(lab);
    book.check('same-process', isEqual(now.slice(0, 2), processes.slice(0, 2)), `process ids ${processes.join(' ')} then ${now.join(' ')}`);
    book.check('bystander', now[2] === processes[2] && isEqual(lab.services.events(BYSTANDER.serviceName), ['started']), 'only started');
    for (const service of [CHAT, MEETING]) {
      const again = await Session.open(service.port);
      book.check('takes-sessions-again', again !== null, `${service.serviceName} ${again === null ? 'takes none' : 'takes one'}`);
      await again?.close();
    }
    await report(lab, book);
  },
});

async function plan({ product, services }: Lab, book: Book, before: readonly Snapshot[]): Promise<void> {
  const ended = await product.run(['plan', '--json']);
  const planned = NAMES.every((name) => ended.stdout.includes(`"${name}"`));
  const isUnchanged = isSame(await services.look(CHAT, MEETING, BYSTANDER), before);
  book.check('plan-changes-nothing', planned && isUnchanged, `${inShort(ended)}, ${planned ? 'names' : 'does not name'} both services`);
}

async function drain(lab: Lab, book: Book, sessions: readonly Session[]): Promise<void> {
  const { product, services } = lab;
  const ended = await product.run(['drain', '--json', '--hold-time', '1s', '--timeout', '1m', '--reason', REASON]);
  book.check('waits-for-acceptance', ended.exitCode === 4, inShort(ended));
  const seen = await services.look(CHAT, MEETING);
  book.check('paused', areAll(seen, PAUSED, MANUAL), seen);
  await sessionsKept(lab, book, sessions);
  for (const service of [CHAT, MEETING]) {
    const stranger = await Session.open(service.port);
    const isDeaf = stranger === null && !(await services.listens(service));
    book.check('refuses-new', isDeaf, `${service.serviceName} ${isDeaf ? 'refuses' : 'listens'}`);
    await stranger?.close();
  }
  const early = await product.run(['confirm', '--json'], 'confirm-early');
  book.check('not-signed-off-while-busy', early.exitCode === 3, inShort(early));
  const card = product.fileOfRun('.undo.txt') ?? '';
  const commands = NAMES.map((name) => `sc.exe config ${name} start= auto`);
  book.check(
    'undo-card',
    commands.every((command) => card.includes(command)),
    card === '' ? 'there is none' : `${card.length} characters`,
  );
}

async function sessionsKept({ services }: Lab, book: Book, sessions: readonly Session[]): Promise<void> {
  const alive = await Promise.all(sessions.map((session) => session.isAlive()));
  const count = await services.connections(CHAT, MEETING);
  book.check('sessions-kept', alive.every(Boolean) && count === sessions.length, `${count} connections, answers ${alive.join(' ')}`);
}

async function signOff({ product }: Lab, book: Book): Promise<void> {
  const accepted = await product.run(['accept', ...NAMES, '--note', 'the last call has ended', '--json']);
  const status = await product.run(['status', '--json']);
  const isReady = outputLines(status.stdout).some(({ ready }) => ready === true);
  book.check('accepted', accepted.exitCode === 0 && isReady, `${inShort(accepted)}, ready ${isReady}`);
  const confirmed = await product.run(['confirm', '--note', 'all quiet', '--json']);
  book.check('confirmed', confirmed.exitCode === 0, inShort(confirmed));
}

async function wayBack({ product, services }: Lab, book: Book, before: readonly Snapshot[]): Promise<void> {
  const ended = await product.run(['resume', '--json']);
  const after = await services.look(CHAT, MEETING, BYSTANDER);
  book.check('back', ended.exitCode === 0 && isSame(after, before) && areAll(after, RUNNING, AUTOMATIC), after);
}

async function report({ product }: Lab, book: Book): Promise<void> {
  const [run = ''] = product.runs();
  const ended = await product.run(['report', run, '--format', 'json']);
  const missing = [...NAMES, 'ACCEPTANCE-1'].filter((word) => !ended.stdout.includes(word));
  book.check('report', ended.exitCode === 0 && missing.length === 0, `${inShort(ended)}, missing: ${missing.join(' ') || 'nothing'}`);
}

async function processesOf({ serviceWitness }: Lab): Promise<readonly number[]> {
  const seen = await Promise.all([...NAMES, BYSTANDER.serviceName].map((name) => serviceWitness.query(name)));
  return seen.map(({ processId }) => processId);
}

function isEqual(one: readonly unknown[], other: readonly unknown[]): boolean {
  return one.length === other.length && one.every((value, index) => value === other[index]);
}
