import { afterAll, afterEach, beforeEach } from 'vitest';

import { openThisServer, type ThisServer } from '../../../electron/composition/this-server.js';
import { describeWhere } from '../describe-where.js';
import { electronOf, Home, LaunchedApp, openStage, type LaunchOptions } from './launched-app.js';

/** What every test of the app has: folders of its own, apps that are ended after it, and a look from outside. */
export interface AppTrial {
  readonly home: () => Home;
  readonly launch: (options?: LaunchOptions) => Promise<LaunchedApp>;
  /** The same simulated server, seen by another process. */
  readonly otherProcess: () => Promise<ThisServer>;
}

/** Tests that drive the real app; skipped, aloud, where there is no Electron or no display. */
export async function describeApp(name: string, tests: (trial: AppTrial) => void): Promise<void> {
  const stage = await openStage();
  const apps: LaunchedApp[] = [];
  const servers: ThisServer[] = [];
  let home: Home | null = null;

  const homeNow = (): Home => {
    if (home === null) throw new Error('A home lives as long as a test.');
    return home;
  };
  const launch: AppTrial['launch'] = async (options) => {
    if ('reason' in stage) throw new Error(stage.reason);
    const app = await LaunchedApp.launch(stage, homeNow(), options);
    apps.push(app);
    return app;
  };
  const otherProcess: AppTrial['otherProcess'] = async () => {
    const server = await openThisServer({
      dataFolder: homeNow().data,
      simulate: { scenario: null },
      seed: null,
      speed: null,
      undoCard: () => '',
    });
    servers.push(server);
    return server;
  };

  describeWhere(electronOf(stage))(name, () => {
    beforeEach(async () => {
      home = await Home.make();
    });
    afterEach(async () => {
      for (const app of apps.splice(0)) await app.quit().catch(() => undefined);
      for (const server of servers.splice(0)) await server.close();
      await home?.remove();
      home = null;
    });
    afterAll(async () => {
      if (!('reason' in stage)) await stage.close();
    });
    tests({ home: homeNow, launch, otherProcess });
  });
}
