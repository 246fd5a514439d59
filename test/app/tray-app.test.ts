import { afterAll, afterEach, beforeEach, describe, expect, it } from 'vitest';

import { openThisServer, type ThisServer } from '../../electron/this-server.js';
import { call, callRaw, Home, LaunchedApp, openStage, until } from './launched-app.js';

const stage = await openStage();
const isSkipped = 'reason' in stage;
if (isSkipped) console.warn(`SKIPPED: the tray app in a real Electron. ${stage.reason}`);

const DRAIN = { services: null, holdTimeMs: 60_000, hold: 'demand', reason: null, overrides: [] } as const;

describe.skipIf(isSkipped)('the tray app in a real Electron', { timeout: 120_000 }, () => {
  let home: Home;
  const apps: LaunchedApp[] = [];
  const servers: ThisServer[] = [];

  async function launch(options: { readonly speed?: number } = {}): Promise<LaunchedApp> {
    if ('reason' in stage) throw new Error(stage.reason);
    const app = await LaunchedApp.launch(stage, home, options);
    apps.push(app);
    return app;
  }

  /** The same simulated server, seen by another process. */
  async function witness(): Promise<ThisServer> {
    const server = await openThisServer({ dataFolder: home.data, simulate: { scenario: null }, seed: null, speed: null, undoCard: () => '' });
    servers.push(server);
    return server;
  }

  beforeEach(async () => {
    home = await Home.make();
  });

  afterEach(async () => {
    for (const app of apps.splice(0)) await app.quit().catch(() => undefined);
    for (const server of servers.splice(0)) await server.close();
    await home.remove();
  });

  afterAll(async () => {
    if (!('reason' in stage)) await stage.close();
  });

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

  it('takes the server through a whole maintenance, with a restart, and back exactly', async () => {
    const app = await launch({ speed: 60 });
    const page = await app.openWindow();
    const before = await until(page, 'read', ({ checklist }) => checklist !== null);
    const settings = (rows = before.checklist!.services) => rows.map(({ serviceName, startType, state }) => [serviceName, startType, state]);

    expect(await call(page, 'drain', DRAIN)).toEqual({ ok: true, value: null });
    const ready = await until(page, 'ready', ({ checklist }) => checklist?.run?.phase === 'ready');
    expect(ready.checklist!.quiet.kind).toBe('quiet');
    expect(ready.power).toBeNull();

    expect(await call(page, 'confirm', { note: 'CHG-1234' })).toEqual({ ok: true, value: null });
    const confirmed = await until(page, 'confirmed', ({ power }) => power !== null);
    expect(await call(page, 'restartComputer', { token: '0'.repeat(32) })).toMatchObject({ ok: false, problem: { id: 'restart-not-confirmed' } });
    expect(await call(page, 'restartComputer', { token: confirmed.power!.token })).toEqual({ ok: true, value: null });
    const bootedAt = before.checklist!.computer.bootedAt;
    const restarted = await until(page, 'restarted', ({ checklist }) => checklist!.computer.bootedAt !== bootedAt);
    expect(restarted.checklist!.services.filter((row) => row.planned && row.state === 'running')).toEqual([]);

    expect(await call(page, 'resume', { services: null, stayStopped: false, conflicts: null })).toEqual({ ok: true, value: null });
    const back = await until(page, 'back', ({ checklist, activity }) => checklist?.run === null && activity.kind === 'idle');
    expect(settings(back.checklist!.services)).toEqual(settings());
    const { records } = await witness();
    expect(records.list().map(({ run, damage }) => [run?.closed?.outcome, run?.confirmed?.note, damage])).toEqual([['returned', 'CHG-1234', null]]);
  });

  it('ends a quick pause by itself, with no window open', async () => {
    const app = await launch({ speed: 300 });
    const page = await app.openWindow();
    await until(page, 'read', ({ checklist }) => checklist !== null);
    expect(await call(page, 'pause', { services: ['RTCMEDSRV'], forMs: 900_000, reason: null, overrides: [] })).toEqual({ ok: true, value: null });
    await page.close();
    const { records } = await witness();
    await expect.poll(() => records.list().map(({ run }) => run?.closed?.outcome), { timeout: 30_000 }).toEqual(['returned']);
    expect(records.list()[0]!.run!.services.size).toBe(1);
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

  it('becomes ready although it was killed while draining', async () => {
    const killed = await launch({ speed: 30 });
    const page = await killed.openWindow();
    await until(page, 'read', ({ checklist }) => checklist !== null);
    await call(page, 'drain', DRAIN);
    await until(page, 'at work', ({ activity }) => activity.kind === 'working');
    await killed.kill();
    const again = await launch({ speed: 120 });
    const pageAgain = await again.openWindow();
    const ready = await until(pageAgain, 'ready', ({ checklist }) => checklist?.run?.phase === 'ready');
    expect(ready.checklist!.services.filter((row) => row.planned).every((row) => row.steps.manual === 'done')).toBe(true);
  });

  it('shows what somebody does at the Services console', async () => {
    const app = await launch();
    const page = await app.openWindow();
    await until(page, 'read', ({ checklist }) => checklist !== null);
    const { simulation } = await witness();
    expect(await simulation!.console.control('RTCCPS', 'stop')).toBe(0);
    const seen = await until(page, 'stopped', ({ checklist }) => checklist!.services.some((row) => row.serviceName === 'RTCCPS' && row.state === 'stopped'));
    expect(seen.checklist!.run).toBeNull();
  });

  it('rehearses without touching the server', async () => {
    const app = await launch();
    const page = await app.openWindow();
    const real = await until(page, 'read', ({ checklist }) => checklist !== null);
    expect(await call(page, 'startRehearsal', { speed: 60 })).toEqual({ ok: true, value: null });
    await until(page, 'rehearsing', ({ rehearsal, checklist }) => rehearsal !== null && checklist !== null);
    await call(page, 'drain', DRAIN);
    await until(page, 'draining', ({ checklist, activity }) => checklist?.run?.phase === 'draining' && activity.kind === 'idle');
    expect(await call(page, 'stopRehearsal', null)).toEqual({ ok: true, value: null });
    const after = await until(page, 'real again', ({ rehearsal }) => rehearsal === null);
    expect(after.revision).toBeGreaterThan(real.revision);
    expect(after.checklist!.run).toBeNull();
    const { records } = await witness();
    expect(records.list()).toEqual([]);
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
