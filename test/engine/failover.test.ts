import { afterEach, beforeEach, describe, expect, it } from 'vitest';

import { differences, DRAIN_ALL, EngineHarness, HOURS, NO_WAIT, PATIENT, RESUME_ALL } from '../harness/engine/engine-harness.js';

/** A service that is not in use is disabled from the beginning: RTCXMPPTGW. */
const SERVICES = ['RTCMEDSRV', 'RTCRGS', 'RTCSRV'];
const DISABLED = { startType: 'disabled', delayed: null } as const;

let harness: EngineHarness;

beforeEach(async () => {
  harness = await EngineHarness.open('quiet');
});

afterEach(() => harness.close());

/** What Invoke-CsComputerFailOver does to a service. */
async function failOver(...names: readonly string[]): Promise<void> {
  for (const name of names) {
    await harness.server.console.setStart(name, DISABLED);
    await harness.server.console.control(name, 'stop');
  }
}

function drain(wait = NO_WAIT, overrides: readonly string[] = []) {
  const program = harness.begin();
  const { engine, by, listen } = program;
  return engine.drain({ ...DRAIN_ALL, services: SERVICES, overrides }, by, listen, wait);
}

function resume(conflicts: 'keep' | 'original' | null = null) {
  const { engine, by, listen } = harness.begin();
  return engine.resume({ ...RESUME_ALL, conflicts }, by, listen, PATIENT);
}

describe('a failover that is at work', () => {
  it('lets no maintenance begin, until an administrator says that it is none', async () => {
    await failOver('RTCSRV');
    const before = await harness.snapshot();
    expect(await drain()).toMatchObject({ outcome: 'blocked', problem: { params: { check: 'failover-half-done' } } });
    expect(differences(before, await harness.snapshot())).toEqual([]);
    expect(await drain(NO_WAIT, ['failover-half-done'])).toMatchObject({ outcome: 'draining' });
    // What was denied by name stands in nobody's way later, either.
    expect(await resume()).toMatchObject({ problem: null });
  });

  it('ends a drain that waits, which changes nothing more and says what to do', async () => {
    harness.time.onSleep = async (sleeps) => {
      if (sleeps === 40) await failOver('RTCSRV');
    };
    const program = harness.begin();
    const request = { ...DRAIN_ALL, services: SERVICES };
    const result = await program.engine.drain(request, program.by, program.listen, HOURS);
    expect(result).toMatchObject({
      outcome: 'changed-outside',
      problem: { id: 'failover-under-way', params: { services: 'RTCXMPPTGW, RTCSRV' } },
    });
    // Also if calls were cut, which is what the command ends with then.
    const told = program.events.flatMap((event) => (event.type === 'outside-change' ? [event.problem.id] : []));
    expect(told).toContain('failover-under-way');
  });

  it('lets no further order of the open run change anything', async () => {
    await drain();
    await failOver('RTCSRV', 'RTCRGS');
    const before = await harness.snapshot();
    expect(await drain()).toMatchObject({ outcome: 'blocked', problem: { params: { check: 'failover-half-done' } } });
    expect(await resume()).toMatchObject({
      outcome: 'blocked',
      problem: { id: 'failover-under-way', params: { services: 'RTCRGS, RTCXMPPTGW, RTCSRV' } },
    });
    expect(differences(before, await harness.snapshot())).toEqual([]);
  });

  it('stands in the way of no way back for which it was said what to do with the services', async () => {
    const before = await harness.snapshot();
    await drain();
    await failOver('RTCSRV', 'RTCRGS');
    expect(await resume('original')).toMatchObject({ outcome: 'returned' });
    expect(differences(before, await harness.snapshot())).toEqual([]);
  });

  it('stands in the way of no way back once the failback is through', async () => {
    const before = await harness.snapshot();
    await drain();
    const held = (await harness.snapshot()).get('RTCSRV');
    await failOver('RTCSRV', 'RTCRGS');
    for (const name of ['RTCSRV', 'RTCRGS']) await harness.server.console.setStart(name, held!.start);
    expect(await resume()).toMatchObject({ outcome: 'returned' });
    expect(differences(before, await harness.snapshot())).toEqual([]);
  });

  it('is not what a run that holds its services with Disabled looks like', async () => {
    const before = await harness.snapshot();
    const { engine, by, listen } = harness.begin();
    const request = { ...DRAIN_ALL, services: null, hold: 'disabled' } as const;
    await engine.drain(request, by, listen, NO_WAIT);
    for (const { serviceName } of (await engine.observe()).services) await harness.server.console.control(serviceName, 'stop');
    expect(await engine.drain(request, by, listen, NO_WAIT)).not.toMatchObject({ outcome: 'blocked' });
    expect(await resume()).not.toMatchObject({ outcome: 'blocked' });
    expect(differences(before, await harness.snapshot())).toEqual([]);
  });
});
