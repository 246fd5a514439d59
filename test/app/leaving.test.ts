import { once } from 'node:events';

import { expect, it } from 'vitest';

import { appTextsOf } from '../../electron/core/language/app-texts.js';
import { trayTextsOf } from '../../electron/core/language/tray-texts.js';
import { MouseUser } from '../harness/app/administrator.js';
import { describeApp } from '../harness/app/describe-app.js';
import { countServices } from '../harness/app/maintenance-walk.js';
import { attended } from '../harness/simulated/services-console.js';

const { 'menu-exit': EXIT, 'menu-back-in-service': BACK } = trayTextsOf('en');
const { exitCancel, exitConfirm } = appTextsOf('en').dialogs;
const [KEEP, LEAVE] = [0, 1];
const SPEED = 60;

await describeApp('leaving the app', ({ launch, otherProcess }) => {
  it('is asked about while a run is open, and the app stays when it is thought better of', async () => {
    const app = await launch({ speed: SPEED });
    const by = new MouseUser(await app.openWindow(), 'en');
    await by.press('go-on-to-pause');
    await by.press('pause-services', { count: (await countServices(await otherProcess())).running });
    await by.seeStep('manual');
    const asked = await app.pressExit(EXIT, null, KEEP);
    await attended((await otherProcess()).simulation!).console.control('RTCCPS', 'continue');
    await expect.poll(asked).toEqual([exitCancel, exitConfirm]);
    await by.seeStep('pause');

    const left = once(app.electron.process(), 'exit');
    // While it works no order can be given; before that the menu may be drawn again for other reasons.
    await app.pressExit(EXIT, BACK, LEAVE);
    await by.press('pause-services', { count: 1 });
    expect(await left).toEqual([0, null]);
    const { records } = await otherProcess();
    expect(records.findOpen()?.run?.services.size).toBeGreaterThan(0);
    expect(records.readLockOwner()).toBeNull();
  });

  it('is asked about as soon as something is ordered', async () => {
    const app = await launch();
    const by = new MouseUser(await app.openWindow(), 'en');
    await by.press('go-on-to-pause');
    const asked = await app.pressExit(EXIT, null, KEEP);
    await by.press('pause-services', { count: (await countServices(await otherProcess())).running });
    await expect.poll(asked).toEqual([exitCancel, exitConfirm]);
  });

  it('is not asked about while nothing is going on', async () => {
    const app = await launch();
    await new MouseUser(await app.openWindow(), 'en').seeStep('preflight');
    const left = once(app.electron.process(), 'exit');
    await app.pressExit(EXIT, null, KEEP);
    await attended((await otherProcess()).simulation!).console.control('RTCCPS', 'pause');
    expect(await left).toEqual([0, null]);
  });

  it('happens without a question when the system ends it, and leaves no lock behind', async () => {
    const app = await launch({ speed: SPEED });
    const by = new MouseUser(await app.openWindow(), 'en');
    await by.press('go-on-to-pause');
    await by.press('pause-services', { count: (await countServices(await otherProcess())).running });
    const left = once(app.electron.process(), 'exit');
    app.electron.process().kill('SIGTERM');
    expect(await left).toEqual([0, null]);
    expect((await otherProcess()).records.readLockOwner()).toBeNull();
  });

  it('is told in the event list when Windows shuts down or somebody signs out', async () => {
    const app = await launch();
    const by = new MouseUser(await app.openWindow(), 'en');
    await by.press('page-events');
    await app.electron.evaluate(({ BrowserWindow, powerMonitor }) => {
      powerMonitor.emit('shutdown');
      BrowserWindow.getAllWindows()[0]?.emit('session-end');
    });
    const { events } = appTextsOf('en');
    await by.see(events['shutdown-seen']);
    await by.see(events['session-end-seen']);
  });
});
