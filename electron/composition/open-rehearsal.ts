import { rm } from 'node:fs/promises';
import { join } from 'node:path';

import type { RehearsalChoice } from '../contract/app-snapshot.js';
import { openThisServer, type ThisServer, type ThisServerOptions } from './this-server.js';

/** A copy of the server as it is now, read when one is rehearsed; every rehearsal begins with a new one. @throws ProblemError */
export async function openRehearsal(
  server: ThisServer,
  options: ThisServerOptions,
  { speed, mishaps }: RehearsalChoice,
): Promise<ThisServer> {
  const dataFolder = join(server.dataFolder, 'rehearsal');
  const { inventory } = await server.engine.readInventory();
  await rm(dataFolder, { recursive: true, force: true });
  const simulate = { scenario: mishaps.length === 0 ? null : mishaps.join(',') };
  return openThisServer({ ...options, dataFolder, simulate, copy: { inventory }, seed: null, speed });
}
