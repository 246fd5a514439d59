import { afterAll, beforeAll, expect, inject, it } from 'vitest';

import { describeWhere } from '../harness/describe-where.js';
import { DesktopApp } from '../harness/desktop/desktop-app.js';
import { DESKTOP } from '../harness/desktop/desktop.js';
import { IN_SERVICE, PAUSE, PAUSED, WORKING } from '../harness/desktop/menu-rows.js';
import { WindowsDesktop } from '../harness/desktop/windows-desktop.js';
import { AV_CONFERENCING, AUTO } from '../harness/windows/lync-server.js';
import { holdsLock } from '../harness/windows/power-cut.js';
import { SERVICE_PAUSED, SERVICE_RUNNING } from '../harness/windows/scm-witness.js';

const BLOCKS_MS = 10_000;

/** Its handler blocks, as Windows lets it for 30 s; without a port it takes no sessions, and has no counters here. */
const MEDIATION = { serviceName: 'RTCMEDSRV', displayName: 'Mediation', onPause: `block:${BLOCKS_MS}` } as const;

/** A click that takes longer to be answered is felt as hanging; between two of them this machine does other things, too. */
const FELT_MS = 1_000;

describeWhere(DESKTOP)('the packaged app in trouble', () => {
  let desktop: WindowsDesktop;
  let app: DesktopApp;

  beforeAll(async () => {
    desktop = await WindowsDesktop.start({ ...AV_CONFERENCING, displayName: 'A/V Conferencing' }, MEDIATION);
    app = await DesktopApp.launch(desktop, inject('appProgram'));
    await desktop.tray.waitForShape('in-service');
  });
  afterAll(() => desktop.stop());

  async function pauseAll(): Promise<void> {
    const menu = await desktop.tray.openMenu(IN_SERVICE);
    await (await menu.openSubmenu('Pause new calls', PAUSE)).click('Until I say');
    await desktop.tray.waitForShape('draining');
  }

  async function backInService(): Promise<void> {
    await desktop.tray.choose(PAUSED, 'Back in service');
    await desktop.tray.waitForShape('in-service');
    expect(await desktop.lync.look()).toEqual(desktop.lync.asBefore);
  }

  it('answers in tray and window while a service blocks in its handler', async () => {
    const { lync, tray } = desktop;
    await pauseAll();
    const page = await app.openWindow();
    await page.getByText('RTCMEDSRV: pause…').waitFor();
    const slowestMs = await app.slowestAnswer(page, BLOCKS_MS / 3);
    expect(await page.getByText('RTCMEDSRV: pause…').isVisible()).toBe(true);
    expect(slowestMs).toBeLessThan(FELT_MS);
    await (await tray.openMenu(WORKING)).close();
    await page.getByRole('heading', { level: 2, name: 'Set Manual' }).waitFor();
    expect(await lync.look()).toEqual(lync.all(SERVICE_PAUSED, AUTO));
  });

  it('says of a service whose counters are missing that nobody knows, and of another one what they say', async () => {
    const [page] = app.electron.windows();
    await page!.getByRole('button', { name: 'Details of RTCAVMCU' }).click();
    await page!.getByText('Windows performance counters say 0.').waitFor();
    await page!.getByRole('button', { name: 'Details of RTCMEDSRV' }).click();
    await page!.getByText('Nobody knows: its performance counter is missing.').waitFor();
    expect(await app.slowestAnswer(page!, 2_000)).toBeLessThan(FELT_MS);
    await page!.close();
    await backInService();
  });

  it('goes on after a mistake of its own, and tells of it', async () => {
    const { lync, tray } = desktop;
    await app.electron.evaluate(() => {
      setTimeout(() => {
        throw new Error('nobody foresaw this');
      }, 0);
      void Promise.reject(new Error('nor this'));
    });
    const page = await app.openWindow();
    await page.getByRole('button', { name: 'Events' }).click();
    await page.getByText('nobody foresaw this').waitFor();
    await page.getByText('nor this').waitFor();
    await page.close();
    await lync.server.witness.pause(AV_CONFERENCING.serviceName);
    await tray.waitForShape('draining');
    await lync.server.witness.resume(AV_CONFERENCING.serviceName);
    await tray.waitForShape('in-service');
  });

  it('asks before it exits while a run is open, finishes the change at hand, and leaves the rest alone when it is started again', async () => {
    const { lync, tray } = desktop;
    await pauseAll();
    await (await tray.openMenu(WORKING)).click('Exit');
    await (await app.waitForDialog()).press('Keep running');
    expect(await app.isAlive()).toBe(true);
    const ended = app.electron.waitForEvent('close');
    await (await tray.openMenu(WORKING)).click('Exit');
    await (await app.waitForDialog()).press('Exit');
    await ended;
    const left = await lync.look();
    expect(left.map(({ state }) => state).sort()).toEqual([SERVICE_RUNNING, SERVICE_PAUSED]);

    app = await DesktopApp.launch(desktop, inject('appProgram'));
    await tray.waitForShape('draining');
    expect(holdsLock(lync.cli)).toBe(false);
    expect(await lync.look()).toEqual(left);
    await backInService();
  });
});
