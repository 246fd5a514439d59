import { join } from 'node:path';

import { UNUSED_ADDRESS } from '../abilities.js';
import { callInTime } from '../call.js';
import type { CheckBook } from '../checks.js';
import { CHAT, MEETING } from '../lab-services.js';
import type { Lab } from '../lab.js';
import { scenario } from '../scenario.js';
import { PAUSED, RUNNING } from '../service-witness.js';

const PROGRAM = 'lync-drain-remote.exe';
const PREFIX = 'RTC';
const ANSWER_MS = 20_000;
/** So long the product waits for another server. */
const DEADLINE_MS = 8_000;
const PAUSE_MS = 10_000;

const CLAIMS = {
  'states-there':
    "Asked by its name over the network, a computer tells the states of Lync's services as its service control manager has them",
  'nobody-there': 'A computer that is not there is never taken for one that answers, and the program that asks it can be ended',
} as const;
type Name = keyof typeof CLAIMS;

/** What the command line asks of the other servers of a pool before it pauses; this computer stands for the other one. */
export const otherServer = scenario<Name>({
  id: 'other-server',
  title: 'The services of another server',
  calls: [],
  claims: CLAIMS,
  services: [CHAT, MEETING],
  play,
});

async function play({ machine, serviceWitness, places, abilities }: Lab, book: CheckBook<Name>): Promise<void> {
  await serviceWitness.pause(CHAT.serviceName);
  await serviceWitness.reaches(CHAT.serviceName, PAUSED, PAUSE_MS);
  const program = join(places.edition, PROGRAM);
  const { computer: name } = await machine.machine();
  const told = await callInTime(program, [name, PREFIX], ANSWER_MS);
  const lines = (told?.stdout ?? '').split(/\r?\n/);
  const expected = [`computer ${name}`, `service ${CHAT.serviceName} ${PAUSED}`, `service ${MEETING.serviceName} ${RUNNING}`, 'end'];
  const hasAll = expected.every((line) => lines.includes(line));
  book.check('states-there', told?.exitCode === 0 && hasAll, told === null ? 'no answer' : told.stdout.trim());
  if (!abilities.otherComputers) {
    book.notPossible('nobody-there', 'This Windows answers by itself for every computer.');
    return;
  }
  const nobody = await callInTime(program, [UNUSED_ADDRESS, PREFIX], DEADLINE_MS);
  const isSilent = nobody === null || (nobody.exitCode === 0 && /^failed \w+ \d+$/m.test(nobody.stdout));
  book.check('nobody-there', isSilent, nobody === null ? `ended after ${DEADLINE_MS} ms` : nobody.stdout.trim());
}
