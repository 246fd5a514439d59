import { afterAll, beforeAll, expect, inject, it } from 'vitest';

import { describeWhere } from '../harness/describe-where.js';
import { DesktopApp } from '../harness/desktop/desktop-app.js';
import { DESKTOP } from '../harness/desktop/desktop.js';
import { IN_SERVICE, PAUSE, PAUSED } from '../harness/desktop/menu-rows.js';
import { WindowsDesktop } from '../harness/desktop/windows-desktop.js';
import { POWERSHELL, PowerShellRelay } from '../harness/windows/powershell-relay.js';

/** The cmdlet rests between two answers, and PowerShell takes its time on a busy machine. */
const ANSWER_MS = 60_000;

describeWhere(DESKTOP, POWERSHELL)("Lync's cmdlet, asked by the packaged app", () => {
  let desktop: WindowsDesktop;
  let relay: PowerShellRelay;
  let app: DesktopApp;

  beforeAll(async () => {
    desktop = await WindowsDesktop.start({ serviceName: 'RTCRGS', displayName: 'Skype for Business Server Response Group' });
    relay = await PowerShellRelay.install(desktop.lync.server);
    await relay.say({ RTCRGS: 'Concurrent Calls=2' });
    app = await DesktopApp.launch(desktop, inject('appProgram'));
    await desktop.tray.waitForShape('in-service');
  });
  afterAll(async () => {
    relay.stop();
    await desktop.stop();
  });

  it('shows what the cmdlet says of a paused service, and how it changes', async () => {
    expect(relay.started).toHaveLength(0);
    const menu = await desktop.tray.openMenu(IN_SERVICE);
    await (await menu.openSubmenu('Pause new calls', PAUSE)).click('Until I say');
    await desktop.tray.waitForShape('draining');
    const page = await app.openWindow();
    await page.getByRole('button', { name: 'Details of RTCRGS' }).click();
    await page.getByText('The Lync cmdlet Get-CsWindowsService says 2.').waitFor({ timeout: ANSWER_MS });
    await relay.say({ RTCRGS: 'Concurrent Calls=0' });
    await page.getByText('The Lync cmdlet Get-CsWindowsService says 0.').waitFor({ timeout: ANSWER_MS });
    await page.close();
  });

  it('ends PowerShell when the service is back', async () => {
    expect(relay.isRunning()).toBe(true);
    await desktop.tray.choose(PAUSED, 'Back in service');
    await desktop.tray.waitForShape('in-service');
    await expect.poll(() => relay.isRunning(), { timeout: 120_000 }).toBe(false);
    // One for the activities, all the time; one that was asked for the topology when the details were opened, and ended with its answer.
    expect(relay.started).toHaveLength(2);
  });
});
