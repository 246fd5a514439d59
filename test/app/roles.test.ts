import { expect, it } from 'vitest';

import { MouseUser } from '../harness/app/administrator.js';
import { describeApp } from '../harness/app/describe-app.js';
import { countServices, MAINTENANCE, NOTE, settingsOf } from '../harness/app/maintenance-walk.js';

/** Slow enough to see the wait on a busy machine, and then so fast that calls of minutes end within a second. */
const WAIT_SPEED = 20;
const SPEED = 600;

/** A server of each role, in a version that it exists in, and what nothing may prove empty there. */
const ROLES: readonly (readonly [scenario: string, byHand: readonly string[]])[] = [
  ['front-end-2019', []],
  ['standard-edition-2015', []],
  ['director', ['RTCSRV']],
  ['edge-2019', ['RTCDATAPROXY']],
  ['mediation-2015', []],
  ['persistent-chat', ['RTCCHAT', 'RTCCOMPL']],
  ['branch-appliance-2019', ['RTCSRV']],
];

await describeApp('a maintenance of each role through the window', ({ launch, otherProcess }) => {
  it.each(ROLES)('brings %s back as it was', async (scenario, byHand) => {
    const app = await launch({ speed: WAIT_SPEED, scenario });
    const by = new MouseUser(await app.openWindow(), 'en');
    const server = await otherProcess();
    const [before, counts] = [await settingsOf(server), await countServices(server)];
    for (const { at, goOn } of MAINTENANCE) {
      await by.seeStep(at);
      if (at === 'wait' && byHand.length > 0) await acceptByHand(by, byHand);
      await goOn(by, counts);
      if (at === 'wait') await server.simulation?.simulation.setSpeed(SPEED);
    }
    await by.see(by.texts.outcome('returned'));
    expect(await settingsOf(server)).toEqual(before);
    const [record] = server.records.list();
    expect([record?.run?.closed?.outcome, record?.run?.confirmed?.note]).toEqual(['returned', NOTE]);
    expect(app.complaints).toEqual([]);
  });
});

async function acceptByHand(by: MouseUser, services: readonly string[]): Promise<void> {
  const count = services.length;
  await by.press('look-at-services', { count });
  await by.write('accept-note', 'Looked at its connections.');
  await by.press('accept', { count, serviceName: services[0]! });
}
