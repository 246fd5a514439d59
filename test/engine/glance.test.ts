import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { afterEach, beforeEach, describe, expect, it } from 'vitest';

import { openThisServer, type ThisServer } from '../../electron/composition/this-server.js';
import { attended } from '../harness/simulated/services-console.js';

describe('a glance at a server in service', () => {
  let folder: string;
  let server: ThisServer;

  beforeEach(async () => {
    folder = mkdtempSync(join(tmpdir(), 'lync-drain-glance-'));
    server = await openThisServer({ dataFolder: folder, simulate: { scenario: null }, seed: 1, speed: 60, undoCard: () => '' });
  });

  afterEach(async () => {
    await server.close();
    rmSync(folder, { recursive: true });
  });

  it('sees no news where nothing happened', async () => {
    expect(await server.engine.hasChanged(await server.engine.observe())).toBe(false);
  });

  it('sees what is done at the Services console', async () => {
    const before = await server.engine.observe();
    await attended(server.simulation!).console.control('RTCCPS', 'pause');
    expect(await server.engine.hasChanged(before)).toBe(true);
  });

  it('sees that a stopped service is to start with Windows from now on', async () => {
    await attended(server.simulation!).console.setStart('RTCCPS', { startType: 'demand', delayed: false });
    await attended(server.simulation!).console.control('RTCCPS', 'stop');
    const isStopped = async () => (await server.engine.observe()).services.find((row) => row.serviceName === 'RTCCPS')?.state;
    await expect.poll(isStopped).toBe('stopped');
    const before = await server.engine.observe();
    expect(await server.engine.hasChanged(before)).toBe(false);
    await attended(server.simulation!).console.setStart('RTCCPS', { startType: 'auto', delayed: false });
    expect(await server.engine.hasChanged(before)).toBe(true);
  });
});
