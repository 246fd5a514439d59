import { expect, it } from 'vitest';

import type { StepId } from '../../renderer/steps/progress.js';
import { MouseUser } from '../harness/app/administrator.js';
import { describeApp } from '../harness/app/describe-app.js';
import type { LaunchedApp } from '../harness/app/launched-app.js';
import { countServices, MAINTENANCE, settingsOf } from '../harness/app/maintenance-walk.js';

/** Slow enough that a change, or the wait, is still going on when the app is killed. */
const PAUSING_SPEED = 2;
const WAIT_SPEED = 20;
const SPEED = 120;

await describeApp('the app when it is killed', ({ launch, otherProcess }) => {
  async function openAt(speed: number): Promise<[LaunchedApp, MouseUser]> {
    const app = await launch({ speed });
    return [app, new MouseUser(await app.openWindow(), 'en')];
  }

  it('shows the same step when it is started again, whichever it was killed in', async () => {
    const server = await otherProcess();
    const counts = await countServices(server);
    const before = await settingsOf(server);
    let [app, by] = await openAt(WAIT_SPEED);
    for (const { at, says, goOn } of MAINTENANCE) {
      await by.seeStep(at);
      await app.kill();
      [app, by] = await openAt(WAIT_SPEED);
      await by.seeStep(at);
      await by.see(by.texts.t(says));
      await goOn(by, counts);
      if (at === 'wait') await server.simulation?.simulation.setSpeed(SPEED);
    }
    await by.see(by.texts.outcome('returned'));
    expect(await settingsOf(server)).toEqual(before);
  });

  /** Setting start types is over in no time: only if it was cut off is there something to press. */
  async function finishIfCutOff(by: MouseUser): Promise<void> {
    await by.page.locator('#step-title').waitFor();
    if ((await by.page.getByRole('button', { name: by.texts.t('finish-order'), exact: true }).count()) > 0) await by.press('finish-order');
  }

  it('finishes, when it is told to, what it was killed in the middle of: pausing, setting Manual, the way back', async () => {
    const server = await otherProcess();
    const counts = await countServices(server);
    const before = await settingsOf(server);
    const slowed: readonly StepId[] = ['preflight', 'restart'];
    let [app, by] = await openAt(PAUSING_SPEED);
    for (const { at, says, goOn } of MAINTENANCE) {
      await by.see(by.texts.t(says));
      if (slowed.includes(at)) await server.simulation?.simulation.setSpeed(PAUSING_SPEED);
      await goOn(by, counts);
      if (at === 'wait') await server.simulation?.simulation.setSpeed(SPEED);
      if (says === 'reboot-preview' || at === 'wait' || at === 'confirm') continue;
      // Start types are set in no time; pausing and starting take a while.
      if (at !== 'manual') await by.see(by.texts.t('stop-working'));
      await app.kill();
      [app, by] = await openAt(at === 'preflight' || at === 'manual' ? WAIT_SPEED : SPEED);
      if (at === 'manual') await finishIfCutOff(by);
      else await by.press('finish-order');
    }
    await by.see(by.texts.outcome('returned'));
    expect(await settingsOf(server)).toEqual(before);
    expect(server.records.list().map(({ run }) => run?.closed?.outcome)).toEqual(['returned']);
  });
});
