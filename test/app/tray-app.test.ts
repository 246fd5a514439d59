import { expect, it } from 'vitest';

import { describeApp } from './describe-app.js';
import { call, callRaw, until } from './launched-app.js';

const DRAIN = { services: null, holdTimeMs: 60_000, hold: 'demand', reason: null, overrides: [] } as const;

await describeApp('the tray app in a real Electron', ({ launch, witness }) => {
  it('runs without a renderer process until the window is opened, and again when it is closed', async () => {
    const app = await launch();
    expect(await app.processTypes()).not.toContain('Tab');
    const page = await app.openWindow();
    expect(await app.processTypes()).toContain('Tab');
    await page.close();
    await expect.poll(() => app.processTypes()).not.toContain('Tab');
    await app.openWindow();
    expect(await app.processTypes()).toContain('Tab');
  });

  it('lets a second start open the first one’s window, and go', async () => {
    const app = await launch();
    const opened = app.electron.waitForEvent('window');
    expect(await app.startAgain()).toBe(0);
    await opened;
    await app.startAgain();
    expect(app.electron.windows()).toHaveLength(1);
  });

  it('goes on with a quick pause’s countdown after it was killed', async () => {
    const killed = await launch({ speed: 60 });
    const page = await killed.openWindow();
    await until(page, 'read', ({ checklist }) => checklist !== null);
    await call(page, 'pause', { services: ['RTCMEDSRV'], forMs: 900_000, reason: null, overrides: [] });
    await until(page, 'counting down', ({ quickPause, activity }) => quickPause !== null && activity.kind === 'idle');
    await killed.kill();
    const { records } = await witness();
    expect(records.findOpen()).not.toBeNull();
    await launch({ speed: 300 });
    await expect.poll(() => records.list().map(({ run }) => run?.closed?.outcome), { timeout: 30_000 }).toEqual(['returned']);
  });

  it('keeps the page in its place', async () => {
    const app = await launch();
    const page = await app.openWindow();
    expect(await callRaw(page, 'pause', { services: ['..\\evil'], forMs: 1, reason: null, overrides: [] })).toMatchObject({
      ok: false,
      problem: { id: 'request-refused' },
    });
    expect(await call(page, 'drain', { ...DRAIN, services: ['Spooler'] })).toMatchObject({ ok: false, problem: { id: 'unknown-service' } });
    const tried = await page.evaluate(async () => ({
      opened: window.open('https://example.com') !== null,
      fetched: await fetch('https://example.com').then(() => true, () => false),
      file: await fetch('file:///etc/hostname').then(() => true, () => false),
      node: typeof (globalThis as { require?: unknown }).require !== 'undefined' || typeof (globalThis as { process?: unknown }).process !== 'undefined',
      notifications: await Notification.requestPermission(),
    }));
    expect(tried).toEqual({ opened: false, fetched: false, file: false, node: false, notifications: 'denied' });
    await page.evaluate(() => {
      window.location.href = 'https://example.com/';
    });
    await page.waitForTimeout(300);
    expect(page.url()).toBe('lync-drain://window/index.html');
    expect(app.electron.windows()).toHaveLength(1);
  });
});
