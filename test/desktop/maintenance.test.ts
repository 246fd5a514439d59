import { afterAll, beforeAll, expect, inject, it } from 'vitest';

import { describeWhere } from '../harness/describe-where.js';
import { DesktopApp } from '../harness/desktop/desktop-app.js';
import { DESKTOP } from '../harness/desktop/desktop.js';
import { WindowsDesktop } from '../harness/desktop/windows-desktop.js';
import { AV_CONFERENCING, MEDIATION, MANUAL, WEB_CONFERENCING } from '../harness/windows/lync-server.js';
import { SERVICE_PAUSED } from '../harness/windows/scm-witness.js';

const HOLD_TIME_MS = 3_000;

describeWhere(DESKTOP)('a maintenance through the window of the packaged app', () => {
  let desktop: WindowsDesktop;
  let app: DesktopApp;

  beforeAll(async () => {
    desktop = await WindowsDesktop.start(
      { ...MEDIATION, displayName: 'Skype for Business Server Mediation' },
      { ...AV_CONFERENCING, displayName: 'Skype for Business Server A/V Conferencing' },
      { ...WEB_CONFERENCING, displayName: 'Skype for Business Server Web Conferencing' },
    );
    await desktop.writeSettings({ holdTimeMs: HOLD_TIME_MS });
    app = await DesktopApp.launch(desktop, inject('appProgram'));
  });
  afterAll(() => desktop.stop());

  it('pauses, sets Manual, waits for the last session, is confirmed, and goes back exactly', async () => {
    const { lync, tray } = desktop;
    const before = await desktop.readAllServices();
    const sessions = await lync.openSessions();
    const page = await app.openWindow();
    const button = (name: string) => page.getByRole('button', { name, exact: true });
    const heading = (name: string) => page.getByRole('heading', { level: 2, name, exact: true });

    await page.getByLabel('Reason or change number').fill('CHG-1234');
    await button('Go on to Pause').click();
    expect(await desktop.readAllServices()).toEqual(before);
    await button('Pause 3 services').click();
    await heading('Set Manual').waitFor();
    await expect.poll(() => lync.look()).toEqual(lync.all(SERVICE_PAUSED, 2));
    await button('Set 3 services to Manual').click();
    await heading('Wait').waitFor();
    expect(await lync.look()).toEqual(lync.all(SERVICE_PAUSED, MANUAL));
    await page.getByText('3 sessions left', { exact: true }).first().waitFor();
    for (const service of lync.services) await expect(service.openSession()).rejects.toThrow('ECONNREFUSED');
    for (const session of sessions) await session.ping();

    for (const session of sessions.slice(1)) await session.close();
    await page.getByText('1 session left', { exact: true }).first().waitFor();
    await page.waitForTimeout(2 * HOLD_TIME_MS);
    await heading('Wait').waitFor();
    expect(await tray.shape()).toBe('draining');
    await sessions[0]!.ping();

    const lastEnded = performance.now();
    await sessions[0]!.close();
    await heading('Confirm').waitFor();
    expect(performance.now() - lastEnded).toBeGreaterThanOrEqual(HOLD_TIME_MS);
    await tray.waitForShape('ready');
    await page.getByLabel('Note (optional)').fill('all quiet');
    await button('Sign off the server').click();
    await heading('Work and restart').waitFor();

    await button('Go on to Way back').click();
    await button('Bring back 3 services').click();
    await page.getByText('In service: 3 services take calls').first().waitFor();
    await tray.waitForShape('in-service');
    expect(await desktop.readAllServices()).toEqual(before);
    for (const service of lync.services) {
      const events = (await service.events()).map(({ event }) => event);
      expect(events).toEqual(['started', 'accepted', 'paused', 'closed', 'continued']);
    }
  });
});
