import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import { createServer, type AddressInfo } from 'node:net';

import { expect, it } from 'vitest';

import type { AppSnapshot } from '../../electron/contract/app-snapshot.js';
import { describeApp } from '../harness/app/describe-app.js';
import { call, callRaw, until } from '../harness/app/launched-app.js';

const DRAIN = { services: null, holdTimeMs: 60_000, hold: 'demand', reason: null, overrides: [] } as const;

await describeApp('the tray app in a real Electron', ({ launch, otherProcess }) => {
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
    const { records } = await otherProcess();
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
      fetched: await fetch('https://example.com').then(
        () => true,
        () => false,
      ),
      file: await fetch('file:///etc/hostname').then(
        () => true,
        () => false,
      ),
      node:
        typeof (globalThis as { require?: unknown }).require !== 'undefined' ||
        typeof (globalThis as { process?: unknown }).process !== 'undefined',
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

  it('lets nothing out by WebRTC, neither over UDP nor over TCP', async () => {
    const app = await launch();
    const page = await app.openWindow();
    const stranger = await listenToWebRtc();
    const candidates = await page.evaluate(async ({ udpPort, tcpPort }) => {
      const found: (string | undefined)[] = [];
      const connection = new RTCPeerConnection({
        iceServers: [
          { urls: `stun:127.0.0.1:${udpPort}` },
          { urls: `turn:127.0.0.1:${tcpPort}?transport=tcp`, username: 'a', credential: 'b' },
        ],
      });
      connection.onicecandidate = ({ candidate }) => candidate !== null && found.push(candidate.candidate);
      connection.createDataChannel('out');
      await connection.setLocalDescription();
      await new Promise((resolve) => setTimeout(resolve, 3_000));
      return found;
    }, stranger.ports);
    expect({ candidates, heard: stranger.heard() }).toEqual({ candidates: [], heard: 0 });
    stranger.close();
  });

  it('rehearses on a copy of this server as it is now, with the mishaps that were chosen', async () => {
    const app = await launch();
    const page = await app.openWindow();
    const own = await until(page, 'read', ({ checklist }) => checklist !== null);
    await call(page, 'startRehearsal', { speed: 1, mishaps: ['pending-for-ever'] });
    const copy = await until(page, 'rehearsing', ({ rehearsal, checklist }) => rehearsal !== null && checklist !== null);
    const facts = ({ checklist }: AppSnapshot): unknown =>
      checklist!.services.map(({ serviceName, displayName, state, startType, processId, controlsAccepted }) => ({
        ...{ serviceName, displayName, state, startType, processId, controlsAccepted },
      }));
    expect(facts(copy)).toEqual(facts(own));
    expect([copy.checklist?.computer.name, copy.checklist?.installed]).toEqual([own.checklist?.computer.name, own.checklist?.installed]);
    expect(copy.rehearsal).toEqual({ speed: 1, mishaps: ['pending-for-ever'] });
    await call(page, 'drain', { ...DRAIN, services: ['RTCMEDSRV'] });
    await until(page, 'hanging', ({ checklist }) => checklist?.services[0]?.state === 'pause-pending');
    expect((await (await otherProcess()).engine.observe()).run).toBeNull();
  });

  it('has one rehearsal at most, however often one is started at once', async () => {
    const app = await launch();
    const page = await app.openWindow();
    await until(page, 'read', ({ checklist }) => checklist !== null);
    const rehearse = async (starts: number): Promise<number> => {
      await Promise.all(Array.from({ length: starts }, () => call(page, 'startRehearsal', { speed: 1, mishaps: [] })));
      await until(page, 'rehearsing', ({ rehearsal, checklist }) => rehearsal !== null && checklist !== null);
      return app.countWatchedFolders();
    };
    const watchedForOne = await rehearse(1);
    expect(await rehearse(20)).toBeLessThanOrEqual(watchedForOne + 1);
    await call(page, 'stopRehearsal', null);
    await until(page, 'back', ({ rehearsal }) => rehearsal === null);
    await expect.poll(() => app.countWatchedFolders()).toBeLessThan(watchedForOne);
  });
});

/** A server that WebRTC could reach, and how often it was. */
async function listenToWebRtc(): Promise<{
  readonly ports: { readonly udpPort: number; readonly tcpPort: number };
  readonly heard: () => number;
  readonly close: () => void;
}> {
  let heard = 0;
  const udp = createSocket('udp4')
    .on('message', () => (heard += 1))
    .bind(0);
  const tcp = createServer((socket) => {
    heard += 1;
    socket.destroy();
  }).listen(0);
  await Promise.all([once(udp, 'listening'), once(tcp, 'listening')]);
  const close = (): void => {
    udp.close();
    tcp.close();
  };
  return { ports: { udpPort: udp.address().port, tcpPort: (tcp.address() as AddressInfo).port }, heard: () => heard, close };
}
