import { afterEach, beforeEach, describe, expect, it } from 'vitest';

import { Drill, HOURS, PATIENT } from './drill.js';

const MINUTE_MS = 60_000;
const PAUSE = { services: null, forMs: 15 * MINUTE_MS, reason: null, overrides: [] };

describe('a quick pause', () => {
  let drill: Drill;

  beforeEach(async () => {
    drill = await Drill.open('default');
  });
  afterEach(() => drill.close());

  it('is never ready, also of a service whose start type is Manual anyway', async () => {
    const { engine, by, listen } = drill.begin();
    const { checklist } = await engine.pause({ ...PAUSE, services: ['RTCATS'] }, by, listen, { ...PATIENT, timeoutMs: 0 });
    expect(checklist).toMatchObject({ ready: false, run: { phase: 'draining' } });
    expect(await engine.confirm(null, by, listen)).toMatchObject({ outcome: 'blocked', problem: { id: 'not-ready' } });
  });

  it('ends when its order says, however long the pausing took', async () => {
    const { engine, by, listen, records } = drill.begin();
    await engine.pause(PAUSE, by, listen, HOURS);
    const [pause, back] = records.list()[0]!.entries.filter((entry) => entry.type === 'ordered');
    expect(pause!.order.until).not.toBeNull();
    expect(back!.at).toBe(pause!.order.until);
  });
});
