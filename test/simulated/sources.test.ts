import { describe, expect, it } from 'vitest';

import { LYNC_SERVICES } from '../../electron/adapters/simulator/inventory.js';
import { buildServer } from '../../electron/adapters/simulator/scenarios.js';
import { kindsOf } from '../../electron/adapters/simulator/session-kinds.js';
import type { SimulatedSources, SimulatedState } from '../../electron/adapters/simulator/simulated-state.js';
import type { SessionReading } from '../../electron/contract/sessions.js';
import { draws, fc } from '../harness/properties.js';
import { SimulatedTrial } from '../harness/simulated/simulated-trial.js';

const MINUTE = 60_000;
const CARRYING = LYNC_SERVICES.map((service) => service.serviceName).filter((serviceName) => serviceName !== 'RTCXMPPTGW');
const APPLICATIONS = ['RTCRGS', 'RTCCPS', 'RTCCAA', 'RTCCAS', 'RTCATS'];

async function readingsOf(scenario: string, paused: readonly string[] = []): Promise<ReadonlyMap<string, SessionReading>> {
  const trial = await SimulatedTrial.open(scenario);
  for (const serviceName of paused) await trial.control.sendControl(serviceName, 'pause');
  await trial.pass(paused.length === 0 ? 0 : 20 * MINUTE);
  return trial.sessions();
}

describe('the sources of the simulated server', () => {
  it('count every session of a stock server, all of one service that may prove it empty', async () => {
    const trial = await SimulatedTrial.open();
    for (let minute = 0; minute < 5; minute += 1) {
      const readings = await trial.sessions();
      for (const serviceName of CARRYING) {
        expect([serviceName, readings.get(serviceName)]).toMatchObject([serviceName, { kind: 'count', count: trial.carried(serviceName) }]);
      }
      await trial.pass(MINUTE);
    }
  });

  it('show connections that are no sessions, and stay up', async () => {
    const readings = await readingsOf('default', CARRYING);
    expect(readings.get('RTCMEDSRV')).toMatchObject({
      kind: 'count',
      count: 0,
      signs: { connections: 2, ends: [{ localPort: 5070 }, { localPort: 5068 }] },
    });
  });

  it('miss what is signalled through the Front-End when the cmdlet is missing', async () => {
    const trial = await SimulatedTrial.open('no-cmdlets');
    const readings = await trial.sessions();
    for (const serviceName of APPLICATIONS) expect(readings.get(serviceName)).toMatchObject({ kind: 'unknown', reason: 'cmdlet-missing' });
    expect(readings.get('RTCMEDSRV')).toMatchObject({ kind: 'count', count: trial.carried('RTCMEDSRV') });
  });

  it.each([
    ['no-cmdlets', 'RTCCPS', { kind: 'unknown', reason: 'cmdlet-missing' }],
    ['slow-cmdlets', 'RTCCPS', { kind: 'unknown', reason: 'too-old' }],
    ['restricted-powershell', 'RTCCPS', { kind: 'unknown', reason: 'powershell-restricted' }],
    ['no-counters', 'RTCAVMCU', { kind: 'unknown', reason: 'counter-missing' }],
    ['no-counters', 'RTCCPS', { kind: 'count', count: 0 }],
    ['no-evidence', 'RTCAVMCU', { kind: 'unknown', reason: 'counter-denied' }],
    ['no-evidence', 'RTCCPS', { kind: 'unknown', reason: 'cmdlet-denied' }],
    ['hanging-counters', 'RTCAVMCU', { kind: 'unknown', reason: 'did-not-answer' }],
    ['hanging-counters', 'RTCCPS', { kind: 'count', count: 0 }],
  ])('leave an empty server unknown with %s: %s', async (scenario, serviceName, expected) => {
    expect((await readingsOf(scenario, CARRYING)).get(serviceName)).toMatchObject(expected);
  });

  it('see people outside by their connection only, where counters miss them', async () => {
    const reading = (await readingsOf('outside-participants')).get('RTCDATAMCU');
    expect(reading).toMatchObject({ kind: 'unknown', reason: 'sources-disagree', atLeast: { evidence: 'tcp' } });
  });

  it('count sharing by video where the version has it', async () => {
    const trial = await SimulatedTrial.open('video-sharing');
    expect((await trial.sessions()).get('RTCASMCU')).toMatchObject({ kind: 'count', count: trial.carried('RTCASMCU') });
    expect(trial.carried('RTCASMCU')).toBeGreaterThan(0);
  });

  it('are those of an Edge on an Edge', async () => {
    const trial = await SimulatedTrial.open('edge');
    const readings = await trial.sessions();
    expect(readings.get('RTCSRV')).toMatchObject({
      kind: 'count',
      count: trial.carried('RTCSRV'),
      signs: { connections: trial.carried('RTCSRV') },
    });
    expect(readings.get('RTCMEDIARELAY')).toMatchObject({ kind: 'count', count: trial.carried('RTCMEDIARELAY') });
    expect(readings.get('RTCMRAUTH')).toMatchObject({ kind: 'count', count: 0, evidence: 'none-needed' });
    expect(readings.get('RTCDATAPROXY')).toMatchObject({
      kind: 'unknown',
      reason: 'busy-only',
      atLeast: { count: trial.carried('RTCDATAPROXY') },
    });
  });

  it('know only the connections of a service that is in no catalogue', async () => {
    const trial = await SimulatedTrial.open('unknown-lync-service');
    expect((await trial.sessions()).get('RTCVIS')).toMatchObject({
      kind: 'unknown',
      reason: 'busy-only',
      atLeast: { count: trial.carried('RTCVIS') },
    });
  });
});

/**
 * A server whose sources behave so, and each of whose services has one kind of session alone: what a source misses is not
 * hidden by what it sees.
 */
function serverOf(scenario: string, sources: Partial<SimulatedSources>, kindIndex: number, nowMs: number): SimulatedState {
  const built = buildServer(scenario, 1, nowMs);
  const server = { ...built, sources: { ...built.sources, ...sources } };
  const services = server.services.map((service) => {
    if (service.sessions === null) return service;
    const kinds = kindsOf(server, service);
    return { ...service, sessions: { ...service.sessions, only: [kinds[kindIndex % kinds.length]!.id] } };
  });
  return { ...server, services };
}

describe('a reading of the simulated server', () => {
  const sources = fc.record<Partial<SimulatedSources>>(
    {
      counters: fc.constantFrom('answer', 'missing', 'denied'),
      cmdlet: fc.constantFrom('answers', 'slow', 'cmdlet-missing', 'cmdlet-denied', 'powershell-restricted', 'did-not-answer'),
      connections: fc.constantFrom('answer', 'fail'),
      registry: fc.constantFrom('answers', 'silent'),
      majorVersion: fc.constantFrom(5, 6, 7),
    },
    { requiredKeys: [] },
  );
  const scenario = fc.constantFrom(
    'default',
    'quiet',
    'leak',
    'stalled',
    'unknown-evidence',
    'outside-participants',
    'edge',
    'unknown-lync-service',
  );

  it('is never zero while the service carries a session, and never more than it carries', async () => {
    let zeros = 0;
    await fc.assert(
      fc.asyncProperty(
        scenario,
        sources,
        fc.nat(3),
        fc.tuple(fc.nat(20), fc.boolean()),
        async (id, behaviour, kindIndex, [minutes, isPaused]) => {
          const trial = await SimulatedTrial.openState((nowMs) => serverOf(id, behaviour, kindIndex, nowMs));
          await trial.sessions();
          if (isPaused) {
            for (const { serviceName } of await trial.control.listServices()) {
              await trial.win32(trial.control.sendControl(serviceName, 'pause'));
            }
          }
          await trial.pass(minutes * MINUTE);
          for (const [serviceName, reading] of await trial.sessions()) {
            if (reading.kind !== 'count') continue;
            const carried = trial.carried(serviceName);
            if (reading.count === 0) expect([serviceName, carried]).toEqual([serviceName, 0]);
            if (reading.count === 0 && reading.evidence !== 'stopped') zeros += 1;
            expect(reading.count).toBeLessThanOrEqual(carried);
          }
        },
      ),
      draws(60),
    );
    expect(zeros).toBeGreaterThan(20);
  });
});
