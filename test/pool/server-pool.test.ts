import { buildServer } from '../../electron/adapters/simulator/scenarios.js';
import { createSimulatedPool } from '../../electron/adapters/simulator/simulated-pool.js';
import { PoolTrial } from '../harness/pool/pool-trial.js';
import { describeServerPool } from '../harness/pool/server-pool-contract.js';

describeServerPool('a simulated server', async (kind) => ({
  pool: createSimulatedPool(() => (kind === 'edge' ? buildServer('edge', 1, 0).pool : undefined)),
  ownName: 'pool01.contoso.com',
}));

describeServerPool('a real server', async (kind) => {
  const trial = new PoolTrial();
  trial.isFrontEnd = kind === 'front-end';
  return { pool: trial.open(), ownName: 'pool01.contoso.com' };
});
