import { describe, expect, it } from 'vitest';

import type { Checklist } from '../../electron/contract/checklist.js';
import { DRAIN_ALL, HOURS, SIGN_OFF } from '../harness/engine/engine-harness.js';
import { harnessesOf } from '../harness/engine/open-harnesses.js';
import { carrying } from '../harness/engine/server-of.js';

const openHarness = harnessesOf('quiet');
const IN_WEB_LOAD_BALANCER = carrying('W3SVC', 3);
const HELD = { ...DRAIN_ALL, holdTimeMs: 5_000 };
const STILL_RUN = { id: 'caveat-web-sessions', params: { count: 3 } };

function webCaveats(checklist: Checklist | null): readonly object[] {
  return checklist!.restart.caveats.filter(({ id }) => id === STILL_RUN.id);
}

describe('web sessions that still run', () => {
  it('are told beside the verdict, at the sign-off and after it, and refuse nothing', async () => {
    const harness = await openHarness('quiet', 1, IN_WEB_LOAD_BALANCER);
    const { engine, by, listen } = harness.begin();
    expect(webCaveats(await engine.observe())).toEqual([STILL_RUN]);
    const drained = await engine.drain(HELD, by, listen, HOURS);
    expect(drained).toMatchObject({ outcome: 'ready', checklist: { restart: { kind: 'safe' } } });
    expect(webCaveats(drained.checklist)).toEqual([STILL_RUN]);
    const signed = await engine.confirm(SIGN_OFF, by, listen);
    expect(signed).toMatchObject({ outcome: 'confirmed', checklist: { run: { confirmed: { scope: 'server' } } } });
    expect(webCaveats(signed.checklist)).toEqual([STILL_RUN]);
    // Nothing is counted any more: what was seen last is said on.
    expect(webCaveats(await engine.observe())).toEqual([STILL_RUN]);
  });

  it('are told no more once the web load balancer let go of the server', async () => {
    const harness = await openHarness('quiet', 1, IN_WEB_LOAD_BALANCER);
    const { engine, by, listen } = harness.begin();
    await engine.drain(HELD, by, listen, HOURS);
    await harness.change((state) => ({
      ...state,
      services: state.services.map((service) => (service.serviceName === 'W3SVC' ? { ...service, sessions: null } : service)),
    }));
    expect(webCaveats(await engine.observe())).toEqual([]);
    expect(webCaveats((await engine.confirm(SIGN_OFF, by, listen)).checklist)).toEqual([]);
    expect(webCaveats(await engine.observe())).toEqual([]);
  });
});
