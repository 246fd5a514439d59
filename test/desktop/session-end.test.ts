import { afterAll, beforeAll, expect, inject, it } from 'vitest';

import { describeWhere } from '../harness/describe-where.js';
import { DesktopApp } from '../harness/desktop/desktop-app.js';
import { DESKTOP } from '../harness/desktop/desktop.js';
import { IN_SERVICE, PAUSE } from '../harness/desktop/menu-rows.js';
import { WindowsDesktop } from '../harness/desktop/windows-desktop.js';
import { AUTO, AV_CONFERENCING } from '../harness/windows/lync-server.js';
import { compileNative } from '../harness/windows/native.js';
import { holdsLock } from '../harness/windows/power-cut.js';
import { SERVICE_PAUSED } from '../harness/windows/scm-witness.js';

/** The messages come from a program of the test: Wine ends no session by itself. */
describeWhere(DESKTOP)('the packaged app when its session ends', () => {
  let desktop: WindowsDesktop;
  let app: DesktopApp;

  beforeAll(async () => {
    desktop = await WindowsDesktop.start({ ...AV_CONFERENCING, displayName: 'A/V Conferencing' });
    app = await DesktopApp.launch(desktop, inject('appProgram'));
    await desktop.tray.waitForShape('in-service');
  });
  afterAll(() => desktop.stop());

  it('ends in order, leaves no lock, and what is paused stays paused', async () => {
    const { lync, tray } = desktop;
    const menu = await tray.openMenu(IN_SERVICE);
    await (await menu.openSubmenu('Pause new calls', PAUSE)).click('Until I say');
    await tray.waitForShape('draining');
    const closed = app.electron.waitForEvent('close');
    const { stdout } = await lync.server.run(await compileNative('test/harness/desktop/native/end-session.c'), ['Lync Drain session end']);
    expect(stdout.trim()).toBe('asked 1');
    await closed;
    expect(holdsLock(lync.cli)).toBe(false);
    expect(await lync.look()).toEqual(lync.all(SERVICE_PAUSED, AUTO));
    expect((await lync.cli.status()).run).toMatchObject({ phase: 'draining' });
  });
});
