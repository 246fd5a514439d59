import { describe, expect, it } from 'vitest';

import type { Facts } from '../../electron/contract/facts.js';
import type { EngineEvent } from '../../electron/engine/engine.js';
import { DRAIN_ALL, type EngineHarness, HOURS, type Program, SIGN_OFF, SIGN_OFF_SERVICES } from '../harness/engine/engine-harness.js';
import { harnessesOf } from '../harness/engine/open-harnesses.js';
import { adjusting, swift } from '../harness/engine/server-of.js';
import { AUTO, MANUAL } from '../harness/fakes/server-facts.js';

const MINUTE_MS = 60_000;
const HELD = { ...DRAIN_ALL, holdTimeMs: 5_000 };
const TOO_FEW: Facts['pool'] = { known: true, value: { fqdn: 'pool01', members: 4, othersInService: 1, addresses: 4 } };

const openHarness = harnessesOf('quiet');

async function drainAndSign(harness: EngineHarness, services: readonly string[] | null = null): Promise<Program> {
  const program = harness.begin();
  const { engine, by, listen } = program;
  expect((await engine.drain({ ...HELD, services }, by, listen, HOURS)).outcome).toBe('ready');
  const signed = await engine.confirm(services === null ? SIGN_OFF : SIGN_OFF_SERVICES, by, listen);
  expect(signed).toMatchObject({
    outcome: 'confirmed',
    checklist: { run: { confirmed: { scope: services === null ? 'server' : 'services' } } },
  });
  return program;
}

/** Looks on for a few seconds, as the tray does. */
async function watchOn({ engine, by }: Program): Promise<readonly EngineEvent[]> {
  const stop = new AbortController();
  const heard: EngineEvent[] = [];
  let looks = 0;
  const hear = (event: EngineEvent): void => {
    heard.push(event);
    if (event.type === 'sessions' && (looks += 1) === 5) stop.abort();
  };
  await engine.watch(by, hear, { timeoutMs: null, signal: stop.signal, untilClosed: true });
  return heard;
}

describe('a sign-off of the server', () => {
  it.each<[string, (harness: EngineHarness) => unknown, string]>([
    ['the pool loses its quorum', (harness) => (harness.pool = TOO_FEW), 'pool-below-quorum'],
    ['a service that was stopped before is started', (harness) => startXmpp(harness), 'awake-since'],
    ['a start type is changed', (harness) => harness.server.console.setStart('RTCCPS', AUTO), 'not-ready'],
    ['a process is replaced', (harness) => replaceAndPause(harness, 'RTCCPS'), 'awake-since'],
    ['a service is continued', (harness) => harness.server.console.control('RTCCPS', 'continue'), 'not-ready'],
  ])('is withdrawn when %s, whoever looks, and says why', async (_, act, reason) => {
    const harness = await openHarness('quiet', 1, swift('RTCCPS'));
    const program = await drainAndSign(harness);
    await act(harness);
    harness.pass(MINUTE_MS);
    expect((await program.engine.observe()).run?.phase).not.toBe('confirmed');
    const heard = await watchOn(program);
    expect(heard.filter(({ type }) => type === 'withdrawn')).toMatchObject([{ problem: { id: reason } }]);
    expect(program.records.findOpen()?.run?.confirmed).toBeNull();
  });

  it('is withdrawn when a service outside the plan is started: the server was signed off, not the plan', async () => {
    const harness = await openHarness(
      'quiet',
      1,
      adjusting('RTCXMPPTGW', (service) => ({
        ...service,
        starts: service.starts.map((one) => ({ ...one, start: { startType: 'demand', delayed: false } })),
      })),
    );
    const { engine, by, listen } = harness.begin();
    const planned = (await engine.observe()).services.map(({ serviceName }) => serviceName).filter((name) => name !== 'RTCXMPPTGW');
    await engine.drain({ ...HELD, services: planned }, by, listen, HOURS);
    expect(await engine.confirm(SIGN_OFF, by, listen)).toMatchObject({
      outcome: 'confirmed',
      checklist: { run: { confirmed: { scope: 'server' } } },
    });
    await harness.server.console.control('RTCXMPPTGW', 'start');
    harness.pass(MINUTE_MS);
    const { run, restart, ready } = await engine.observe();
    expect({ phase: run?.phase, ready }).toEqual({ phase: 'ready', ready: true });
    expect(restart.reasons).toMatchObject([{ id: 'outside-plan:RTCXMPPTGW' }]);
    expect(await engine.confirm(SIGN_OFF, by, listen)).toMatchObject({ outcome: 'blocked', problem: { id: 'not-safe' } });
    // The planned services did nothing: what was proved of them stands.
    await harness.server.console.control('RTCXMPPTGW', 'stop');
    harness.pass(MINUTE_MS);
    expect((await engine.confirm(SIGN_OFF, by, listen)).checklist).toMatchObject({
      run: { phase: 'confirmed' },
      proof: { longestGapMs: expect.any(Number) as number },
    });
  });

  it('reads the pool again before it is given', async () => {
    const harness = await openHarness();
    const { engine, by, listen } = harness.begin();
    await engine.drain(HELD, by, listen, HOURS);
    harness.pool = TOO_FEW;
    const refused = await engine.confirm(SIGN_OFF, by, listen);
    expect(refused).toMatchObject({
      outcome: 'blocked',
      problem: { id: 'not-safe' },
      checklist: { restart: { reasons: [{ id: 'pool-quorum', serviceName: null }] } },
    });
  });

  it('is given over a quorum that was overridden, with a caveat', async () => {
    const harness = await openHarness();
    harness.pool = TOO_FEW;
    const { engine, by, listen } = harness.begin();
    expect(await engine.drain(HELD, by, listen, HOURS)).toMatchObject({
      outcome: 'blocked',
      problem: { params: { check: 'pool-members' } },
    });
    await engine.drain({ ...HELD, overrides: ['pool-members'] }, by, listen, HOURS);
    const signed = await engine.confirm(SIGN_OFF, by, listen);
    expect(signed).toMatchObject({
      outcome: 'confirmed',
      checklist: { restart: { kind: 'safe', caveats: [{ id: 'caveat-quorum-overridden' }] } },
    });
  });

  it('needs a pool that is not busy before the first change, or an override by name', async () => {
    const harness = await openHarness();
    const { engine, by, listen } = harness.begin();
    const now = harness.server.host.now();
    const readiness = { state: 'busy', since: now, askedAt: now, times: 1 } as const;
    harness.pool = { known: true, value: { fqdn: 'pool01', members: 4, othersInService: 3, addresses: 4, readiness } };
    expect(await engine.drain(HELD, by, listen, HOURS)).toMatchObject({
      outcome: 'blocked',
      problem: { params: { check: 'upgrade-readiness' } },
    });
    await engine.drain({ ...HELD, overrides: ['upgrade-readiness'] }, by, listen, HOURS);
    expect(await engine.confirm(SIGN_OFF, by, listen)).toMatchObject({ outcome: 'confirmed' });
  });

  it.each<[string, Facts['pool'], string]>([
    ['unknown', { known: false, reason: 'not-supported' }, 'caveat-pool-unknown'],
    ['of one', { known: true, value: { fqdn: 'pool01', members: 1, othersInService: 0, addresses: 1 } }, 'caveat-single-server'],
  ])('is given with a caveat where the pool is %s', async (_, pool, caveat) => {
    const harness = await openHarness();
    harness.pool = pool;
    const { engine, by, listen } = harness.begin();
    await engine.drain(HELD, by, listen, HOURS);
    expect(await engine.confirm(SIGN_OFF, by, listen)).toMatchObject({
      outcome: 'confirmed',
      checklist: { restart: { kind: 'safe', caveats: [{ id: caveat }] } },
    });
  });
});

describe('a sign-off of the planned services', () => {
  it('is refused without --services-only, with each reason, and stands while the rest of the server goes on', async () => {
    const harness = await openHarness();
    const { engine, by, listen } = harness.begin();
    await engine.drain({ ...HELD, services: ['RTCRGS', 'RTCCPS'] }, by, listen, HOURS);
    const refused = await engine.confirm(SIGN_OFF, by, listen);
    expect(refused).toMatchObject({ outcome: 'blocked', problem: { id: 'not-safe' } });
    expect(refused.checklist!.restart.reasons.map(({ id }) => id)).toEqual(
      expect.arrayContaining(['outside-plan:RTCMEDSRV', 'outside-plan:RTCSRV']),
    );
    await engine.confirm(SIGN_OFF_SERVICES, by, listen);
    harness.pool = TOO_FEW;
    await harness.server.console.setStart('RTCXMPPTGW', MANUAL);
    await harness.server.console.control('RTCXMPPTGW', 'start');
    harness.pass(MINUTE_MS);
    expect(await engine.observe()).toMatchObject({
      run: { phase: 'confirmed', confirmed: { scope: 'services' } },
      restart: { kind: 'not-safe' },
    });
    expect(await engine.confirm(SIGN_OFF_SERVICES, by, listen)).toMatchObject({ outcome: 'nothing-to-do' });
  });

  it('becomes one of the server when all the others are drained too', async () => {
    const harness = await openHarness();
    const program = await drainAndSign(harness, ['RTCRGS']);
    const { engine, by, listen } = program;
    expect(await engine.confirm(SIGN_OFF, by, listen)).toMatchObject({ outcome: 'blocked', problem: { id: 'not-safe' } });
    expect((await engine.drain(HELD, by, listen, HOURS)).outcome).toBe('ready');
    expect(await engine.confirm(SIGN_OFF, by, listen)).toMatchObject({
      outcome: 'confirmed',
      checklist: { run: { confirmed: { scope: 'server' } } },
    });
  });

  it('is withdrawn when one of them takes calls again', async () => {
    const harness = await openHarness();
    const program = await drainAndSign(harness, ['RTCRGS']);
    await harness.server.console.control('RTCRGS', 'continue');
    harness.pass(MINUTE_MS);
    const heard = await watchOn(program);
    expect(heard.filter(({ type }) => type === 'withdrawn')).toHaveLength(1);
  });
});

async function startXmpp(harness: EngineHarness): Promise<void> {
  await harness.server.console.setStart('RTCXMPPTGW', MANUAL);
  await harness.server.console.control('RTCXMPPTGW', 'start');
}

async function replaceAndPause(harness: EngineHarness, serviceName: string): Promise<void> {
  for (const action of ['stop', 'start', 'pause'] as const) {
    await harness.server.console.control(serviceName, action);
    harness.pass(1_000);
  }
}
