import { expect, it } from 'vitest';

import { KeyboardUser, MouseUser, type Administrator } from '../harness/app/administrator.js';
import { describeApp } from '../harness/app/describe-app.js';
import { countServices, MAINTENANCE, NOTE, REASON, settingsOf } from '../harness/app/maintenance-walk.js';

/** Slow enough to see the wait, and then so fast that calls of minutes end within seconds. */
const WAIT_SPEED = 20;
const SPEED = 120;

await describeApp('a whole maintenance through the window', ({ launch, otherProcess }) => {
  /** @param betweenSteps what happens in each step before it is gone on with */
  async function maintain<T extends Administrator>(begin: T, betweenSteps: (by: T) => Promise<T>): Promise<void> {
    const server = await otherProcess();
    const before = await settingsOf(server);
    const counts = await countServices(server);
    let by = begin;
    for (const { at, says, goOn } of MAINTENANCE) {
      await by.seeStep(at);
      by = await betweenSteps(by);
      await by.seeStep(at);
      await by.see(by.texts.t(says));
      await goOn(by, counts);
      if (at === 'wait') await server.simulation?.simulation.setSpeed(SPEED);
    }
    await by.see(by.texts.outcome('returned'));
    await by.seeStep('preflight');
    expect(await settingsOf(server)).toEqual(before);
    const runs = server.records.list().map(({ run, damage }) => [run?.closed?.outcome, run?.reason, run?.confirmed?.note, damage]);
    expect(runs).toEqual([['returned', REASON, NOTE, null]]);
  }

  it('is done in English with the mouse, though the window is closed and opened again in each step', async () => {
    const app = await launch({ speed: WAIT_SPEED });
    await maintain(new MouseUser(await app.openWindow(), 'en'), async (by) => {
      await by.page.close();
      return new MouseUser(await app.openWindow(), 'en');
    });
    expect(app.complaints).toEqual([]);
  });

  it('is done in Chinese by the keyboard alone', async () => {
    const app = await launch({ speed: WAIT_SPEED, language: 'zh-CN' });
    await maintain(new KeyboardUser(await app.openWindow(), 'zh-CN'), (by) => Promise.resolve(by));
    expect(app.complaints).toEqual([]);
  });
});
