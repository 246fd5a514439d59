import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, inject, it } from 'vitest';

import { describeWhere } from '../harness/describe-where.js';
import { DesktopApp } from '../harness/desktop/desktop-app.js';
import { DESKTOP } from '../harness/desktop/desktop.js';
import { WindowsDesktop } from '../harness/desktop/windows-desktop.js';
import { AV_CONFERENCING, AUTO, MEDIATION, MANUAL, type SeenService } from '../harness/windows/lync-server.js';
import { SERVICE_PAUSED, SERVICE_RUNNING, type WitnessedService } from '../harness/windows/scm-witness.js';
import type { Session } from '../harness/windows/session-service.js';

const HOLD_TIME_MS = 3_000;

/** Long enough to be killed in the middle, also on a machine that does other things. */
const SLOW = { onPause: 'slow:4000', onContinue: 'slow:4000' } as const;

/**
 * One maintenance; each test is a step of it in which the app is killed, and goes on where the one before ended: the server
 * and the record are all that is left between them.
 */
describeWhere(DESKTOP)('the packaged app, killed in each step of a maintenance', () => {
  let desktop: WindowsDesktop;
  let app: DesktopApp;
  let before: ReadonlyMap<string, WitnessedService>;
  let sessions: Session[];

  beforeAll(async () => {
    desktop = await WindowsDesktop.start(
      { ...MEDIATION, ...SLOW, displayName: 'Mediation' },
      { ...AV_CONFERENCING, ...SLOW, displayName: 'A/V Conferencing' },
    );
    await desktop.writeSettings({ holdTimeMs: HOLD_TIME_MS });
    before = await desktop.readAllServices();
    sessions = await desktop.lync.openSessions();
    app = await DesktopApp.launch(desktop, inject('appProgram'));
  });
  afterAll(() => desktop.stop());

  async function startAgain(): Promise<void> {
    app = await DesktopApp.launch(desktop, inject('appProgram'));
  }

  /** @returns the new window, in the step it opened at */
  async function killAndStartAgain(step: string): Promise<Page> {
    await app.kill();
    return startAgainAt(step);
  }

  async function startAgainAt(step: string): Promise<Page> {
    await startAgain();
    const page = await app.openWindow();
    await page.getByRole('heading', { level: 2, name: step, exact: true }).waitFor();
    return page;
  }

  /** The app asks about what was cut off; setting start types may be over before the app is killed, and then it asks nothing. */
  async function goOnTo(step: string, mayBeOver: boolean): Promise<Page> {
    await startAgain();
    const page = await app.openWindow();
    if (!mayBeOver || (await page.getByRole('button', { name: 'Go on', exact: true }).count()) > 0) await press(page, 'Go on');
    await page.getByRole('heading', { level: 2, name: step, exact: true }).waitFor();
    return page;
  }

  const press = (page: Page, name: string) => page.getByRole('button', { name, exact: true }).click();

  /** Kills the app as soon as a service is not as it was. @returns the states that it left behind */
  async function killAtFirstChange(from: number, of: keyof Omit<SeenService, 'serviceName'>): Promise<readonly number[]> {
    const look = async () => (await desktop.lync.look()).map((service) => service[of]);
    await expect.poll(async () => (await look()).some((value) => value !== from), { interval: 10, timeout: 20_000 }).toBe(true);
    await app.kill();
    return look();
  }

  it('changed nothing in preflight', async () => {
    await app.openWindow();
    const page = await killAndStartAgain('Preflight');
    expect(await desktop.readAllServices()).toEqual(before);
    await press(page, 'Go on to Pause');
    await press(page, 'Pause 2 services');
  });

  it('pauses on what was left when it was killed while pausing', async () => {
    expect(await killAtFirstChange(SERVICE_RUNNING, 'state')).toContain(SERVICE_RUNNING);
    const page = await goOnTo('Set Manual', false);
    expect(await desktop.lync.look()).toEqual(desktop.lync.all(SERVICE_PAUSED, AUTO));
    await press(page, 'Set 2 services to Manual');
  });

  it('sets Manual what was left when it was killed while it did that', async () => {
    await killAtFirstChange(AUTO, 'startType');
    await goOnTo('Wait', true);
    expect(await desktop.lync.look()).toEqual(desktop.lync.all(SERVICE_PAUSED, MANUAL));
  });

  it('counts the same sessions when it was killed while waiting, and cut none', async () => {
    const page = await killAndStartAgain('Wait');
    await page.getByText('2 sessions left', { exact: true }).first().waitFor();
    for (const session of sessions) await session.ping();
    for (const session of sessions) await session.close();
    await page.getByRole('heading', { level: 2, name: 'Confirm', exact: true }).waitFor();
  });

  it('is still ready when it was killed then', async () => {
    const page = await killAndStartAgain('Confirm');
    await desktop.tray.waitForShape('ready');
    await press(page, 'Sign off the server');
    await page.getByRole('heading', { level: 2, name: 'Work and restart', exact: true }).waitFor();
  });

  it('is still confirmed when it was killed then', async () => {
    const page = await killAndStartAgain('Work and restart');
    expect(await desktop.lync.look()).toEqual(desktop.lync.all(SERVICE_PAUSED, MANUAL));
    await press(page, 'Go on to Way back');
    await press(page, 'Bring back 2 services');
  });

  it('brings back what was left when it was killed on the way', async () => {
    expect(await killAtFirstChange(SERVICE_PAUSED, 'state')).toContain(SERVICE_PAUSED);
    await startAgain();
    await press(await app.openWindow(), 'Go on');
    await desktop.tray.waitForShape('in-service');
    expect(await desktop.readAllServices()).toEqual(before);
    for (const service of desktop.lync.services) {
      const events = (await service.events()).map(({ event }) => event);
      expect(events).toEqual(['started', 'accepted', 'paused', 'closed', 'continued']);
    }
    expect((await desktop.lync.cli.status()).run).toBeNull();
  });
});
