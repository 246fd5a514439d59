import { readdirSync } from 'node:fs';
import { join } from 'node:path';

import { afterAll, afterEach, beforeAll, expect, inject, it } from 'vitest';

import { describeWhere } from '../harness/describe-where.js';
import { DesktopApp } from '../harness/desktop/desktop-app.js';
import { DESKTOP } from '../harness/desktop/desktop.js';
import { COUNTING_DOWN, HOW_LONG, IN_SERVICE, PAUSE, PAUSED } from '../harness/desktop/menu-rows.js';
import { WindowsDesktop } from '../harness/desktop/windows-desktop.js';
import { AV_CONFERENCING, AUTO, MEDIATION } from '../harness/windows/lync-server.js';
import { SERVICE_PAUSED, SERVICE_RUNNING } from '../harness/windows/scm-witness.js';

const ONE_SERVICE = ['Mediation', 'A/V Conferencing'];

/** A second, and what it takes to look at a screen on a machine that does other things. */
const A_SECOND_MS = 2_000;

describeWhere(DESKTOP)('the tray of the packaged app', () => {
  let desktop: WindowsDesktop;
  let app: DesktopApp;

  beforeAll(async () => {
    desktop = await WindowsDesktop.start(
      { ...MEDIATION, displayName: 'Mediation' },
      { ...AV_CONFERENCING, displayName: 'A/V Conferencing' },
    );
    app = await DesktopApp.launch(desktop, inject('appProgram'));
    await desktop.tray.waitForShape('in-service');
  });
  afterEach(async () => {
    for (const page of app.electron.windows()) await page.close();
  });
  afterAll(() => desktop.stop());

  it('pauses everything for fifteen minutes in two clicks, and takes calls again', async () => {
    const { lync, tray } = desktop;
    const before = await desktop.readAllServices();
    const sessions = await lync.openSessions();
    const menu = await tray.openMenu(IN_SERVICE);
    await (await menu.openSubmenu('Pause new calls', PAUSE)).click('For 15 minutes');
    await tray.waitForShape('draining');
    await expect.poll(() => lync.look()).toEqual(lync.all(SERVICE_PAUSED, AUTO));
    for (const service of lync.services) await expect(service.openSession()).rejects.toThrow('ECONNREFUSED');
    for (const session of sessions) await session.ping();
    const status = await lync.cli.status();
    expect(status.run).toMatchObject({ phase: 'draining' });

    await tray.choose(COUNTING_DOWN, 'Back in service');
    await tray.waitForShape('in-service');
    expect(await desktop.readAllServices()).toEqual(before);
    for (const session of sessions) {
      await session.ping();
      await session.close();
    }
  });

  it('keeps its files on this machine, not in the profile that goes from server to server', () => {
    const users = join(desktop.lync.server.drive, 'users');
    const [account] = readdirSync(users).filter((name) => name !== 'Public');
    const appData = join(users, account!, 'AppData');
    expect(readdirSync(join(appData, 'Local'))).toContain('Lync Drain');
    expect(readdirSync(join(appData, 'Roaming'))).not.toContain('Lync Drain');
  });

  it('pauses one service only', async () => {
    const { lync, tray } = desktop;
    const pause = await (await tray.openMenu(IN_SERVICE)).openSubmenu('Pause new calls', PAUSE);
    const one = await pause.openSubmenu('One service only', ONE_SERVICE);
    await (await one.openSubmenu('A/V Conferencing', HOW_LONG)).click('Until I say');
    await tray.waitForShape('draining');
    const seen = await lync.look();
    expect(seen.map(({ state }) => state)).toEqual([SERVICE_RUNNING, SERVICE_PAUSED]);
    await tray.choose(PAUSED, 'Back in service');
    await tray.waitForShape('in-service');
    expect(await lync.look()).toEqual(lync.asBefore);
  });

  it('shows within a second what somebody does at the Services console', async () => {
    const { lync, tray } = desktop;
    const { witness } = lync.server;
    const page = await app.openWindow();
    const inWindow = (sentence: string) => page.locator('header').getByText(sentence).waitFor({ timeout: A_SECOND_MS });
    await witness.pause(AV_CONFERENCING.serviceName);
    const [shownMs] = await Promise.all([tray.waitForShape('draining'), inWindow('1 service is paused, not by Lync Drain')]);
    expect(shownMs).toBeLessThan(A_SECOND_MS);
    await witness.resume(AV_CONFERENCING.serviceName);
    const [backMs] = await Promise.all([tray.waitForShape('in-service'), inWindow('In service: 2 services take calls')]);
    expect(backMs).toBeLessThan(A_SECOND_MS);
    await witness.stop(AV_CONFERENCING.serviceName);
    await Promise.all([tray.waitForShape('attention'), inWindow('1 service does not run')]);
    await witness.start(AV_CONFERENCING.serviceName);
    await tray.waitForShape('in-service');
  });

  it('shows what the command line does', async () => {
    const { lync, tray } = desktop;
    expect((await lync.cli.run('pause')).exitCode).toBe(0);
    expect(await tray.waitForShape('draining')).toBeLessThan(A_SECOND_MS);
    await (await tray.openMenu(PAUSED)).close();
    expect((await lync.cli.run('resume')).exitCode).toBe(0);
    expect(await tray.waitForShape('in-service')).toBeLessThan(A_SECOND_MS);
  });

  it('opens the window of the first when it is started a second time', async () => {
    const opened = app.electron.waitForEvent('window');
    expect(await app.startAgain()).toBe(0);
    const page = await opened;
    await page.getByRole('heading', { level: 2, name: 'Preflight' }).waitFor();
    expect(await app.startAgain()).toBe(0);
    expect(app.electron.windows()).toHaveLength(1);
  });

  it('keeps an open menu usable while what it says changes', async () => {
    const { lync, tray } = desktop;
    const menu = await tray.openMenu(IN_SERVICE);
    await lync.server.witness.pause(AV_CONFERENCING.serviceName);
    await tray.waitForShape('draining');
    await lync.server.witness.resume(AV_CONFERENCING.serviceName);
    await tray.waitForShape('in-service');
    await app.collectGarbage();
    const opened = app.electron.waitForEvent('window');
    await menu.click('Open checklist');
    await opened;
  });
});
