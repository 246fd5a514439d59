import type { CheckBook } from '../checks.js';
import { CHAT } from '../lab-services.js';
import type { Lab } from '../lab.js';
import type { SeenEvent } from '../machine-witness.js';
import { until } from '../patience.js';
import { scenario } from '../scenario.js';

const SOURCE = 'Lync Drain';
const WRITTEN_MS = 10_000;
const INFORMATION = 4;

const CLAIMS = {
  opened: 'Event 1001: a run opens',
  ready: 'Event 1002: the planned services are ready',
  safe: 'Event 1003: the server is safe to restart',
  confirmed: 'Event 1004: an administrator signed off',
  returned: 'Event 1009: the run is closed',
  sentences: 'Every event has a sentence in Event Viewer, with its run',
  once: 'No event comes twice',
} as const;
type Name = keyof typeof CLAIMS;
type Book = CheckBook<Name>;

/**
 * Not looked for, because they take hours, sessions that counters show, or a pool: 1005 withdrawn, 1006 lost, 1007 leaked, 1008
 * stalled, 1010 and 1011.
 */
export const eventLog = scenario<Name>({
  id: 'event-log',
  title: 'The Application log, source Lync Drain',
  calls: ['drain', 'accept', 'confirm', 'resume'],
  claims: CLAIMS,
  services: [CHAT],
  lacks: ({ eventLog }) => (eventLog ? null : 'This Windows gives no event back that was written.'),
  play,
});

async function play({ product, machine }: Lab, book: Book): Promise<void> {
  await product.run(['drain', '--json', '--hold-time', '1s', '--timeout', '1m', '--override', `evidence:${CHAT.serviceName}`]);
  await product.run(['accept', CHAT.serviceName, '--note', 'nobody is in', '--json']);
  await product.run(['confirm', '--note', 'signed off', '--json']);
  await product.run(['resume', '--json']);
  const [run = ''] = product.runs();
  let events: readonly SeenEvent[] = [];
  await until(async () => {
    events = (await machine.events(SOURCE)).filter(({ inserts }) => inserts[0] === run);
    return events.some(({ id }) => id === 1009);
  }, product.patience(WRITTEN_MS));
  const has = (id: number, level: number): boolean => events.some((event) => event.id === id && event.level === level);
  const seen = `events ${events.map(({ id }) => id).join(' ') || 'none'}`;
  book.check('opened', has(1001, INFORMATION), seen);
  book.check('ready', has(1002, INFORMATION), seen);
  book.check('safe', has(1003, INFORMATION), seen);
  book.check('confirmed', has(1004, INFORMATION), seen);
  book.check('returned', has(1009, INFORMATION), seen);
  book.check('sentences', events.length > 0 && events.every(({ sentence }) => sentence.includes(run)), events[0]?.sentence ?? 'none');
  const ids = events.map(({ id, inserts }) => `${id} ${inserts.join(' ')}`);
  book.check('once', ids.length > 0 && new Set(ids).size === ids.length, seen);
}
