import { inShort } from '../call.js';
import type { CheckBook } from '../checks.js';
import { CHAT, isSame, MEETING } from '../lab-services.js';
import type { Lab } from '../lab.js';
import { scenario } from '../scenario.js';
import { MANUAL } from '../service-witness.js';

const SERVICES = [CHAT, MEETING];

const CLAIMS = {
  'delayed-held': 'A service with a delayed start is Manual after a drain',
  'delayed-back': 'The way back restores the delayed start, for the service control manager and in the registry',
  'trigger-told': 'The plan for a restart says that a trigger could start the service',
  'trigger-kept': 'Its triggers are the same after the way back',
} as const;
type Name = keyof typeof CLAIMS;
type Book = CheckBook<Name>;

export const startSettings = scenario<Name>({
  id: 'start-settings',
  title: 'Delayed start and triggers are put back exactly',
  calls: ['drain', 'status', 'resume'],
  claims: CLAIMS,
  services: SERVICES,
  lacks: ({ delayedStart, triggers }) => (delayedStart || triggers ? null : 'Windows refuses the delayed flag and triggers (error 124).'),
  async play(lab, book) {
    const { delayedStart, triggers } = lab.abilities;
    if (!delayedStart) notPossible(book, ['delayed-held', 'delayed-back'], 'Windows refuses the delayed flag (error 124).');
    if (!triggers) notPossible(book, ['trigger-told', 'trigger-kept'], 'Windows refuses triggers (error 124).');
    await play(lab, book);
  },
});

function notPossible(book: Book, names: readonly Name[], why: string): void {
  for (const name of names) book.notPossible(name, why);
}

async function play({ product, services, machine, registry, abilities }: Lab, book: Book): Promise<void> {
  if (abilities.delayedStart) await machine.setDelayed(CHAT.serviceName);
  if (abilities.triggers) await machine.setTrigger(MEETING.serviceName);
  const triggers = abilities.triggers ? JSON.stringify(await machine.triggers(MEETING.serviceName)) : '';
  const before = await services.look(...SERVICES);
  await product.run(['drain', '--json', '--hold-time', '1s', '--timeout', '1m']);
  const [held] = await services.look(CHAT);
  book.check('delayed-held', held?.startType === MANUAL && held.registryStart === MANUAL, held);
  const status = await product.run(['status', '--json']);
  const preview = /"rebootPreview":(\[.*?\])[,}]/.exec(status.stdout)?.[1] ?? '';
  book.check('trigger-told', preview.includes(MEETING.serviceName) && /trigger/i.test(preview), preview);
  const resumed = await product.run(['resume', '--json']);
  const isBack = resumed.exitCode === 0 && isSame(before, await services.look(...SERVICES));
  if (abilities.delayedStart) {
    const isDelayed = await machine.isDelayed(CHAT.serviceName);
    const inRegistry = await registry.serviceNumber(CHAT.serviceName, 'DelayedAutostart');
    const seen = `${inShort(resumed)}, delayed ${isDelayed}, registry ${inRegistry ?? 'nothing'}`;
    book.check('delayed-back', isBack && held?.startType === MANUAL && isDelayed && inRegistry === 1, seen);
  }
  if (!abilities.triggers) return;
  const now = JSON.stringify(await machine.triggers(MEETING.serviceName));
  book.check('trigger-kept', isBack && now === triggers, now);
}
