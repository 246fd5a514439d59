import { describe, expect, it } from 'vitest';

import { ROLE_SCENARIOS } from '../../electron/adapters/simulator/role-inventory.js';
import type { SimulatedService, SimulatedState } from '../../electron/adapters/simulator/simulated-state.js';
import { nameOfProduct } from '../../electron/contract/installed-server.js';
import { differences, DRAIN_ALL, type EngineHarness, HOURS, PATIENT, RESUME_ALL, SIGN_OFF } from '../harness/engine/engine-harness.js';
import { harnessesOf } from '../harness/engine/open-harnesses.js';

const openHarness = harnessesOf('edge');
const SHORT = { ...DRAIN_ALL, holdTimeMs: 5_000 };
const TEN_MINUTES = 600_000;

/** What nothing may prove empty, by role: an administrator gives the word for it. */
const BY_HAND: Readonly<Record<string, readonly string[]>> = {
  'front-end': [],
  director: ['RTCSRV'],
  edge: ['RTCDATAPROXY'],
  mediation: [],
  'persistent-chat': ['RTCCHAT', 'RTCCOMPL'],
  'branch-appliance': ['RTCSRV'],
};

/** Role, edition and product of each scenario. */
const SERVERS: readonly (readonly [id: string, role: string, edition: string | null, product: string])[] = [
  ['front-end', 'front-end', 'enterprise', 'lync-2013'],
  ['front-end-2015', 'front-end', 'enterprise', 'skype-2015'],
  ['front-end-2019', 'front-end', 'enterprise', 'skype-2019'],
  ['standard-edition', 'front-end', 'standard', 'lync-2013'],
  ['standard-edition-2015', 'front-end', 'standard', 'skype-2015'],
  ['standard-edition-2019', 'front-end', 'standard', 'skype-2019'],
  ['director', 'director', null, 'lync-2013'],
  ['director-2015', 'director', null, 'skype-2015'],
  ['director-2019', 'director', null, 'skype-2019'],
  ['edge', 'edge', null, 'lync-2013'],
  ['edge-2015', 'edge', null, 'skype-2015'],
  ['edge-2019', 'edge', null, 'skype-2019'],
  ['mediation', 'mediation', null, 'lync-2013'],
  ['mediation-2015', 'mediation', null, 'skype-2015'],
  ['mediation-2019', 'mediation', null, 'skype-2019'],
  ['persistent-chat', 'persistent-chat', null, 'lync-2013'],
  ['persistent-chat-2015', 'persistent-chat', null, 'skype-2015'],
  ['branch-appliance', 'branch-appliance', null, 'lync-2013'],
  ['branch-appliance-2015', 'branch-appliance', null, 'skype-2015'],
  ['branch-appliance-2019', 'branch-appliance', null, 'skype-2019'],
];

/** So that a walk takes minutes of the manual clock. */
function withShortCalls(state: SimulatedState): SimulatedState {
  const shorten = (service: SimulatedService): SimulatedService =>
    service.sessions === null
      ? service
      : { ...service, sessions: { ...service.sessions, usual: Math.min(3, service.sessions.usual), longestMs: 60_000 } };
  return { ...state, services: state.services.map(shorten) };
}

async function openRole(id: string): Promise<EngineHarness> {
  const harness = await openHarness(id, 1, withShortCalls);
  const { pool } = harness.server.simulation.look().state;
  if (pool !== undefined) harness.pool = pool;
  return harness;
}

describe('a server of each role', () => {
  it('has a scenario in each version that it exists in', () => {
    expect(ROLE_SCENARIOS.map(({ id }) => id)).toEqual(SERVERS.map(([id]) => id));
  });

  it.each(SERVERS)('%s is told as %s, %s, %s', async (id, role, edition, product) => {
    const harness = await openRole(id);
    const { installed } = await harness.begin().engine.observe();
    expect({ ...installed, product: nameOfProduct(installed.product) }).toEqual({ role, edition, product });
  });

  it.each(SERVERS)('%s is drained, restarted and brought back exactly', async (id, role) => {
    const harness = await openRole(id);
    const before = await harness.snapshot();
    const { engine, by, listen } = harness.begin();
    const byHand = BY_HAND[role]!;
    const drained = await engine.drain(SHORT, by, listen, HOURS);
    if (byHand.length > 0) {
      expect(drained.outcome).toBe('needs-acceptance');
      expect(drained.checklist?.ready).toBe(false);
      harness.pass(TEN_MINUTES);
      await engine.accept({ services: byHand, note: 'looked at its connections', cut: null }, by, listen);
    }
    expect((await engine.drain(SHORT, by, listen, HOURS)).outcome).toBe('ready');
    const confirmed = await engine.confirm(SIGN_OFF, by, listen);
    expect(confirmed).toMatchObject({ outcome: 'confirmed', checklist: { restart: { kind: byHand.length > 0 ? 'accepted' : 'safe' } } });
    await harness.server.console.restart();
    harness.pass(TEN_MINUTES);
    const restarted = await engine.observe();
    expect(restarted.services.filter(({ planned, state }) => planned && state !== 'stopped')).toEqual([]);
    expect((await engine.resume(RESUME_ALL, by, listen, PATIENT)).outcome).toBe('returned');
    const after = await harness.snapshot();
    // Windows Update is started by Windows itself.
    expect(differences(before, after, ['wuauserv'])).toEqual([]);
    // The delayed flag too, also where it means nothing.
    for (const [name, { start }] of before) expect([name, after.get(name)?.start]).toEqual([name, start]);
  });
});

describe('an Edge with people on 443 and UDP whom no counter sees', () => {
  it('is never ready, however long it drains, and nothing signs it off', async () => {
    const harness = await openHarness('edge-uncounted');
    harness.pool = harness.server.simulation.look().state.pool!;
    const before = await harness.snapshot();
    const { engine, by, listen, events } = harness.begin();
    const drained = await engine.drain(SHORT, by, listen, HOURS);
    expect(['still-draining', 'needs-acceptance', 'stalled']).toContain(drained.outcome);
    expect(drained.checklist).toMatchObject({ ready: false, restart: { kind: 'not-safe' } });
    const seen = events.flatMap((event) => (event.type === 'sessions' ? [event.checklist] : []));
    expect(seen.length).toBeGreaterThan(10);
    expect(seen.filter(({ ready, restart }) => ready || restart.kind !== 'not-safe')).toEqual([]);
    expect((await engine.confirm(SIGN_OFF, by, listen)).outcome).toBe('blocked');
    const rows = Object.fromEntries(drained.checklist!.services.map(({ serviceName, sessions }) => [serviceName, sessions]));
    expect(rows).toMatchObject({
      RTCSRV: { kind: 'unknown', reason: 'counter-missing', atLeast: { evidence: 'tcp' } },
      RTCMEDIARELAY: { kind: 'unknown', reason: 'counter-missing', atLeast: { count: 1, evidence: 'udp' } },
      RTCDATAPROXY: { kind: 'unknown', reason: 'busy-only', atLeast: { evidence: 'tcp' } },
    });
    expect((await engine.resume(RESUME_ALL, by, listen, PATIENT)).outcome).toBe('returned');
    expect(differences(before, await harness.snapshot())).toEqual([]);
  });
});
