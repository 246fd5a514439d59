import { basename } from 'node:path';

import { call } from '../call.js';
import type { CheckBook } from '../checks.js';
import type { Lab } from '../lab.js';
import { pause, until } from '../patience.js';
import { scenario } from '../scenario.js';

const START_MS = 60_000;
/** An app that cannot start ends sooner. */
const STAYS_MS = 5000;

const CLAIMS = {
  'tray-starts': 'The tray app starts, stays, and shows Windows a window of its own (that of its icon counts)',
  'tray-touches-nothing': 'It changes nothing when it starts',
} as const;
type Name = keyof typeof CLAIMS;
type Book = CheckBook<Name>;

const BYSTANDER = { serviceName: 'RTCCHAT', displayName: 'Lync Server Persistent Chat', port: 5041 };

export const trayApp = scenario<Name>({
  id: 'tray',
  title: 'Start-up of the tray app',
  calls: [],
  claims: CLAIMS,
  services: [BYSTANDER],
  lacks: ({ trayApp: lies }) => (lies ? null : 'The tray app does not lie beside the kit, in the folder app.'),
  play,
});

async function play({ places, machine, product, services }: Lab, book: Book): Promise<void> {
  const before = JSON.stringify(await services.look(BYSTANDER));
  const program = basename(places.trayApp);
  const app = call(places.trayApp, [], { env: { LYNC_DRAIN_DATA: product.dataFolder } });
  const shows = await until(async () => (await machine.countWindows(program)) > 0, START_MS);
  await pause(STAYS_MS);
  const processes = await machine.countProcesses(program);
  book.check('tray-starts', shows && processes > 0, `${processes} processes, ${shows ? 'a window' : 'no window'}`);
  if (app.processId !== 0) await machine.endTree(app.processId);
  const after = JSON.stringify(await services.look(BYSTANDER));
  book.check('tray-touches-nothing', before === after && services.events(BYSTANDER.serviceName).join(' ') === 'started', after);
}
