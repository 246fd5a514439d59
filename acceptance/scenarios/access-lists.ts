import { copyFileSync, mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';

import { call, inShort } from '../call.js';
import type { CheckBook } from '../checks.js';
import { CHAT } from '../lab-services.js';
import type { Lab } from '../lab.js';
import { scenario } from '../scenario.js';
import { AUTOMATIC } from '../service-witness.js';

/** Full control for everybody who is signed in. */
const OPEN_TO_ALL = 'D:P(A;OICI;FA;;;AU)(A;OICI;FA;;;SY)(A;OICI;FA;;;BA)';

/** Rights with which a file can be changed: write, append, delete, change owner or access list, all (`FA`, `GA`, `GW` or a number). */
const WRITE_BITS = 0x000d_0156;
const STRANGERS = new Set(['WD', 'AU', 'BU', 'IU', 'AN', 'NU', 'S-1-3-4', 'CO']);

const CLAIMS = {
  'folder-protected': 'The data folder that the product makes may be written by administrators and SYSTEM alone',
  'record-protected': 'So may the record in it',
  'open-folder-refused': 'A data folder that everybody may write is refused (10), and no service is touched',
  'open-program-refused': 'The launcher does not start from a folder that everybody may write (10)',
  'starts-protected': 'It starts from a protected folder without being told to trust it',
} as const;
type Name = keyof typeof CLAIMS;
type Book = CheckBook<Name>;

export const accessLists = scenario<Name>({
  id: 'access-lists',
  title: 'Who may write what the product reads',
  calls: ['drain', 'drain-open', 'resume'],
  claims: CLAIMS,
  services: [CHAT],
  lacks: ({ accessLists: keeps }) => (keeps ? null : 'This Windows does not keep the access lists that it is given.'),
  play,
});

async function play(lab: Lab, book: Book): Promise<void> {
  const { product, machine, places } = lab;
  const drained = await product.run(['drain', '--no-wait', '--json']);
  book.check('starts-protected', drained.exitCode === 0, inShort(drained));
  const folder = await machine.sddl(product.dataFolder).catch(() => '');
  book.check('folder-protected', folder !== '' && strangersIn(folder).length === 0, folder);
  const [run = ''] = product.runs();
  const record = await machine.sddl(join(product.dataFolder, 'runs', `${run}.jsonl`)).catch(() => '');
  book.check('record-protected', record !== '' && strangersIn(record).length === 0, record);
  await product.run(['resume', '--json']);
  await openFolder(lab, book);
  const open = join(places.stage, 'open');
  mkdirSync(open, { recursive: true });
  copyFileSync(product.program, join(open, 'lync-drain.exe'));
  await machine.setSddl(open, OPEN_TO_ALL);
  const started = await call(join(open, 'lync-drain.exe'), ['--version']).ended;
  book.check('open-program-refused', started.exitCode === 10, inShort(started));
  rmSync(open, { recursive: true, force: true });
}

async function openFolder({ product, machine, serviceWitness, places }: Lab, book: Book): Promise<void> {
  const folder = join(places.data, 'open');
  mkdirSync(folder, { recursive: true });
  await machine.setSddl(folder, OPEN_TO_ALL);
  const refused = await product.at(folder).run(['drain', '--no-wait', '--json'], 'drain-open');
  const { startType } = await serviceWitness.query(CHAT.serviceName);
  book.check('open-folder-refused', refused.exitCode === 10 && startType === AUTOMATIC, `${inShort(refused)}, start type ${startType}`);
}

/** Those who may write and are neither administrators nor Windows. */
function strangersIn(sddl: string): readonly string[] {
  return [...sddl.matchAll(/\(A;[^;]*;([^;]*);[^;]*;[^;]*;([^)]*)\)/g)].flatMap(([, rights = '', who = '']) =>
    mayWrite(rights) && (STRANGERS.has(who) || who.startsWith('S-1-5-21-')) ? [who] : [],
  );
}

function mayWrite(rights: string): boolean {
  if (rights.startsWith('0x')) return (Number.parseInt(rights, 16) & WRITE_BITS) !== 0;
  return /FA|GA|GW|FW|SD|WD|WO|DC|LC/.test(rights);
}
