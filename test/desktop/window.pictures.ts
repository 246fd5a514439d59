/*
 * Takes two of the pictures in docs/pictures: `npm run pictures:windows`. The packaged app on a Windows server under Wine,
 * with services that
 * carry real sessions; nothing is drawn or touched up.
 */
import { mkdir } from 'node:fs/promises';
import { join, resolve } from 'node:path';

import { inject, it } from 'vitest';

import { DesktopApp } from '../harness/desktop/desktop-app.js';
import { IN_SERVICE, PAUSE } from '../harness/desktop/menu-rows.js';
import type { Area } from '../harness/desktop/screen.js';
import { WindowsDesktop } from '../harness/desktop/windows-desktop.js';
import type { SessionServiceOptions } from '../harness/windows/session-service.js';

const FOLDER = resolve('docs/pictures');
const SCREEN = { width: 1280, height: 960 } as const;
const MARGIN = 12;

const SERVICES: readonly SessionServiceOptions[] = [
  { serviceName: 'RTCCAA', port: 5064, displayName: 'Skype for Business Server Conferencing Attendant' },
  { serviceName: 'RTCCAS', port: 5073, displayName: 'Skype for Business Server Conferencing Announcement' },
  { serviceName: 'RTCMEDSRV', port: 5070, displayName: 'Skype for Business Server Mediation' },
  { serviceName: 'RTCAVMCU', port: 5063, displayName: 'Skype for Business Server A/V Conferencing' },
  { serviceName: 'RTCDATAMCU', port: 8057, displayName: 'Skype for Business Server Web Conferencing' },
];

/** How many sessions each carries at first; they end one by one until so many are left. */
const SESSIONS = [6, 4, 2, 1, 5];
const LEFT = 4;
const ENDS_EVERY_MS = 1_500;

it('takes the pictures', async () => {
  const desktop = await WindowsDesktop.startWith(SCREEN, SERVICES);
  try {
    await mkdir(FOLDER, { recursive: true });
    const app = await DesktopApp.launch(desktop, inject('appProgram'));
    await desktop.tray.waitForShape('in-service');
    await takeMenu(desktop);
    await takeWindow(desktop, app);
  } finally {
    await desktop.stop();
  }
});

/** The tray with its menu, and how long a pause may be. */
async function takeMenu({ screen, tray }: WindowsDesktop): Promise<void> {
  const menu = await tray.openMenu(IN_SERVICE);
  const pause = await menu.openSubmenu('Pause new calls', PAUSE);
  await screen.photograph(join(FOLDER, 'tray-menu.png'), cornerAround(menu.area, pause.area));
  await pause.close();
  await menu.close();
}

/** Everything from these areas to the corner in which the tray is. */
function cornerAround(...areas: readonly Area[]): Area {
  const x = Math.min(...areas.map((area) => area.x)) - MARGIN;
  const y = Math.min(...areas.map((area) => area.y)) - MARGIN;
  return { x, y, width: SCREEN.width - x, height: SCREEN.height - y };
}

/** The window while sessions end. */
async function takeWindow({ lync, screen }: WindowsDesktop, app: DesktopApp): Promise<void> {
  const opened = lync.services.map((service, index) =>
    Promise.all(Array.from({ length: SESSIONS[index] ?? 0 }, () => service.openSession())),
  );
  const sessions = (await Promise.all(opened)).flat();
  const page = await app.openWindow();
  const press = (name: string): Promise<void> => page.getByRole('button', { name, exact: true }).click();
  await page.getByLabel('Reason or change number').fill('CHG-1234');
  await press('Go on to Pause');
  await press(`Pause ${SERVICES.length} services`);
  await press(`Set ${SERVICES.length} services to Manual`);
  await page.getByRole('heading', { level: 2, name: 'Wait', exact: true }).waitFor();
  for (const session of sessions.slice(LEFT)) {
    await session.close();
    await page.waitForTimeout(ENDS_EVERY_MS);
  }
  // What no counter sees is counted by connections.
  await page.getByText(`At least ${LEFT} sessions left`, { exact: true }).first().waitFor();
  const window = (await screen.windows()).find(({ name }) => name.endsWith('Lync Drain'));
  if (window === undefined) throw new Error('The window is not on the screen.');
  await screen.photograph(join(FOLDER, 'window-in-wine.png'), window);
}
