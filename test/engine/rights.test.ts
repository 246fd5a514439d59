import { expect, it } from 'vitest';

import { EngineHarness, PATIENT, RESUME_ALL, SIGN_OFF } from '../harness/engine/engine-harness.js';

it('without rights neither signs off nor goes back, and says so', async () => {
  const harness = await EngineHarness.open('not-elevated');
  try {
    const { engine, by, listen, orders } = harness.begin();
    expect(await engine.confirm(SIGN_OFF, by, listen)).toMatchObject({ outcome: 'no-rights', problem: { id: 'not-elevated' } });
    expect(await engine.resume(RESUME_ALL, by, listen, PATIENT)).toMatchObject({ outcome: 'no-rights', problem: { id: 'not-elevated' } });
    expect(orders).toEqual([]);
  } finally {
    harness.close();
  }
});
