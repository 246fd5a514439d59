import { expect, it } from 'vitest';

import { buildServer } from '../../electron/adapters/simulator/scenarios.js';
import { createSimulatedOthers } from '../../electron/adapters/simulator/simulated-others.js';
import { createSimulatedPool } from '../../electron/adapters/simulator/simulated-pool.js';
import { FakeRemoteServices } from '../harness/pool/fake-remote-services.js';
import { PoolTrial } from '../harness/pool/pool-trial.js';
import { describeServerPool } from '../harness/pool/server-pool-contract.js';

describeServerPool('a simulated server', async (kind) => ({
  pool: createSimulatedPool(() => buildServer(kind === 'edge' ? 'edge' : 'default', 1, 0), new FakeRemoteServices()),
  ownName: 'pool01.contoso.com',
}));

describeServerPool('a simulated server that names the others', async (kind) => {
  const state = buildServer(kind === 'edge' ? 'edge' : 'other-in-service', 1, 0);
  const remote = createSimulatedOthers(() => ({ state, nowMs: 0 }));
  return { pool: createSimulatedPool(() => state, remote), ownName: 'pool01.contoso.com' };
});

describeServerPool('a real server', async (kind) => {
  const trial = new PoolTrial();
  trial.isFrontEnd = kind === 'front-end';
  return { pool: trial.open(), ownName: 'pool01.contoso.com' };
});

it.each([
  ['default', { kind: 'read', value: expect.stringContaining('pool01.contoso.com') as string }],
  ['no-cmdlets', { kind: 'unavailable', trouble: 'cmdlet-missing' }],
  ['edge', { kind: 'unavailable', trouble: 'no-pool-name' }],
  ['unknown-role', { kind: 'unavailable', trouble: 'no-pool-name' }],
])('the fabric state of a simulated server is as known as its cmdlets: %s', async (scenario, said) => {
  const pool = createSimulatedPool(() => buildServer(scenario, 1, 0), new FakeRemoteServices());
  expect(await pool.readFabricState()).toMatchObject(said);
});
