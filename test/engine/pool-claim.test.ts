import { afterEach, beforeEach, describe, expect, it } from 'vitest';

import type { RemoteServices } from '../../electron/contract/facts.js';
import { differences, PATIENT, RESUME_ALL } from '../harness/engine/engine-harness.js';
import { PoolOfFour, type PoolServer } from '../harness/engine/pool-of-four.js';
import { PoolTrial } from '../harness/pool/pool-trial.js';

const SILENT: RemoteServices = { kind: 'unknown', reason: 'did-not-answer', raw: null };
const PAUSED: RemoteServices = { kind: 'read', states: { RTCMEDSRV: 'paused', RTCSRV: 'running' } };

let pool: PoolOfFour;

beforeEach(async () => {
  pool = await PoolOfFour.open();
});

afterEach(() => pool.close());

async function entriesOf(server: PoolServer): Promise<readonly string[]> {
  const [read] = server.harness.begin().records.list();
  return (read?.entriesAfter(0) ?? []).map(({ type }) => type);
}

function looksOf(server: PoolServer): number {
  return server.steps.filter((step) => step === 'look').length;
}

/** Every order in which three steps of one server and three of the other can come: look, first pause, look again. */
function interleavings(left: readonly number[] = [3, 3]): readonly (readonly number[])[] {
  if (left.every((count) => count === 0)) return [[]];
  return left.flatMap((count, place) =>
    count === 0 ? [] : interleavings(left.map((one, index) => (index === place ? one - 1 : one))).map((rest) => [place, ...rest]),
  );
}

describe('a drain in a pool', () => {
  it('looks at the others before its first pause and again after it, and pauses the rest then', async () => {
    expect(await pool.one.drain()).toMatchObject({ outcome: 'draining', problem: null });
    expect(pool.one.steps).toEqual(['look', 'pause RTCMEDSRV', 'look', 'pause RTCRGS', 'pause RTCSRV']);
    const looks = (await entriesOf(pool.one)).filter((type) => type === 'pool-looked' || type === 'changed');
    expect(looks.slice(0, 4)).toEqual(['pool-looked', 'changed', 'pool-looked', 'changed']);
  });

  it('changes nothing while another server is in maintenance, until that server is overridden by name', async () => {
    await pool.other.drain();
    const before = await pool.one.harness.snapshot();
    expect(await pool.one.drain()).toMatchObject({
      outcome: 'blocked',
      problem: { id: 'blocked-by-check', params: { check: 'server:fe02' } },
    });
    expect(differences(before, await pool.one.harness.snapshot())).toEqual([]);
    expect(await pool.one.drain(['server:fe02'])).toMatchObject({ outcome: 'draining', problem: null });
  });

  it('is refused by the first pause of another one alone, before its Front-End is paused', async () => {
    await pool.other.begin();
    for (let steps = 0; steps < 2; steps += 1) await pool.other.advance();
    expect([await pool.other.isDown('RTCMEDSRV'), await pool.other.isDown()]).toEqual([true, false]);
    expect(await pool.one.drain()).toMatchObject({ outcome: 'blocked', problem: { params: { check: 'server:fe02' } } });
    await pool.finish();
  });

  it('goes on past servers that never answered, and says in its record that nothing is known of them', async () => {
    pool.one.answers.set('fe02', SILENT);
    expect(await pool.one.drain()).toMatchObject({ outcome: 'draining', problem: null });
    const [read] = pool.one.program.records.list();
    const looks = (read?.entriesAfter(0) ?? []).flatMap((entry) => (entry.type === 'pool-looked' ? [entry] : []));
    expect(looks.map(({ when, servers }) => [when, servers[0]])).toEqual([
      ['before-pause', { fqdn: 'fe02', standing: 'unknown' }],
      ['after-pause', { fqdn: 'fe02', standing: 'unknown' }],
    ]);
  });

  it('goes back if a server that answered before its pause does not after it, also when asked once more', async () => {
    const before = await pool.one.harness.snapshot();
    await pool.one.begin();
    await pool.one.advance();
    pool.one.answers.set('fe02', SILENT);
    await pool.finish();
    expect(pool.one.result).toMatchObject({ outcome: 'blocked', problem: { id: 'yielded', params: { servers: 'fe02' } } });
    expect(pool.one.steps).toEqual(['look', 'pause RTCMEDSRV', 'look', 'look']);
    expect(differences(before, await pool.one.harness.snapshot())).toEqual([]);
  });

  it('goes on if that server answers when it is asked once more', async () => {
    await pool.one.begin();
    await pool.one.advance();
    pool.one.answers.set('fe02', SILENT);
    for (let steps = 0; steps < 2; steps += 1) await pool.one.advance();
    pool.one.answers.delete('fe02');
    await pool.finish();
    expect(pool.one.result).toMatchObject({ outcome: 'draining' });
  });

  it('tells that it goes back in its record, its events and the event log, and closes its run', async () => {
    await pool.one.begin();
    await pool.one.advance();
    pool.one.answers.set('fe03', PAUSED);
    await pool.finish();
    expect(pool.one.result).toMatchObject({ outcome: 'blocked', problem: { id: 'yielded', params: { servers: 'fe03' } } });
    expect((await entriesOf(pool.one)).filter((type) => type === 'yielded' || type === 'ordered' || type === 'closed')).toEqual([
      'ordered',
      'yielded',
      'ordered',
      'closed',
    ]);
    expect(pool.one.program.events.flatMap((event) => (event.type === 'yielded' ? [event.problem.id] : []))).toEqual(['yielded']);
    expect(pool.one.program.logged).toEqual(['opened', 'yielded', 'returned']);
    expect((await pool.one.program.engine.observe()).run).toBeNull();
  });

  it('yields to no server that was overridden by name, and to any other one', async () => {
    await pool.other.drain();
    await pool.one.begin(['server:fe02']);
    await pool.one.advance();
    pool.one.answers.set('fe04', PAUSED);
    await pool.finish();
    expect(pool.one.result).toMatchObject({ problem: { id: 'yielded', params: { servers: 'fe04' } } });
  });

  it('asks nobody where the plan leaves the Front-End in service', async () => {
    const { engine, by, listen } = pool.one.harness.begin();
    const request = { services: ['RTCRGS'], forMs: null, reason: null, overrides: [] };
    expect(await engine.pause(request, by, listen, PATIENT)).toMatchObject({ outcome: 'paused' });
    expect(pool.one.steps).toEqual([]);
  });

  it('asks no more once its claim is verified, whatever command goes on with it', async () => {
    await pool.one.drain();
    expect(await pool.one.drain()).toMatchObject({ outcome: 'draining' });
    expect(looksOf(pool.one)).toBe(2);
  });

  it('asks again after its way back', async () => {
    await pool.one.drain();
    const { engine, by, listen } = pool.one.harness.begin();
    await engine.resume(RESUME_ALL, by, listen, PATIENT);
    await pool.one.drain();
    expect(looksOf(pool.one)).toBe(4);
  });
});

describe('a drain that knows the other servers by an earlier answer alone', () => {
  beforeEach(() => {
    pool.one.toldAt = '2026-11-16T02:00:00.000Z';
  });

  it('looks at them before its first pause and after it', async () => {
    expect(await pool.one.drain()).toMatchObject({ outcome: 'draining', problem: null });
    expect(pool.one.steps.slice(0, 3)).toEqual(['look', 'pause RTCMEDSRV', 'look']);
    expect((await entriesOf(pool.one)).filter((type) => type === 'pool-looked')).toHaveLength(2);
  });

  it('changes nothing while one of them is in maintenance', async () => {
    await pool.other.drain();
    const before = await pool.one.harness.snapshot();
    expect(await pool.one.drain()).toMatchObject({ outcome: 'blocked', problem: { params: { check: 'server:fe02' } } });
    expect(differences(before, await pool.one.harness.snapshot())).toEqual([]);
  });

  it('goes back for one of them that is paused, or fell silent, by its second look', async () => {
    for (const answer of [PAUSED, SILENT]) {
      pool.one.answers.clear();
      await pool.one.begin();
      await pool.one.advance();
      pool.one.answers.set('fe03', answer);
      await pool.finish();
      expect(pool.one.result).toMatchObject({ outcome: 'blocked', problem: { id: 'yielded', params: { servers: 'fe03' } } });
    }
  });

  it('goes on without one that is not among the members, if those are told in between', async () => {
    await pool.one.begin();
    await pool.one.advance();
    pool.one.toldAt = null;
    pool.one.gone.add('fe04');
    await pool.finish();
    expect(pool.one.result).toMatchObject({ outcome: 'draining', problem: null });
  });

  it('goes back for one that only the members of now have, if it has a mark', async () => {
    await pool.one.begin();
    await pool.one.advance();
    pool.one.toldAt = null;
    pool.one.answers.set('fe04', PAUSED);
    await pool.finish();
    expect(pool.one.result).toMatchObject({ problem: { id: 'yielded', params: { servers: 'fe04' } } });
  });
});

describe('two servers of one pool that begin at the same time', () => {
  it.each(interleavings().map((order) => [order.map((place) => (place === 0 ? 'A' : 'B')).join(''), order] as const))(
    'never both go down: %s',
    async (_, order) => {
      const servers = [pool.one, pool.other];
      const before = await Promise.all(servers.map((server) => server.harness.snapshot()));
      await pool.one.begin();
      await pool.other.begin();
      for (const place of order) {
        await servers[place]?.advance();
        expect((await Promise.all(servers.map((server) => server.isDown()))).filter(Boolean).length).toBeLessThan(2);
      }
      await pool.finish();
      const down = await Promise.all(servers.map((server) => server.isDown()));
      expect(down.filter(Boolean).length).toBeLessThan(2);
      for (const [place, server] of servers.entries()) {
        if (down[place] === true) {
          expect(server.result).toMatchObject({ outcome: 'draining' });
          continue;
        }
        // What did not go down is whole again: nothing of it stays paused or Manual.
        expect(server.result).toMatchObject({ outcome: 'blocked' });
        expect(differences(before[place]!, await server.harness.snapshot())).toEqual([]);
      }
    },
  );

  it('goes down alone if it was through before the other one looked', async () => {
    await pool.one.begin();
    for (let steps = 0; steps < 3; steps += 1) await pool.one.advance();
    expect(await pool.other.drain()).toMatchObject({ outcome: 'blocked' });
    expect(pool.one.result).toMatchObject({ outcome: 'draining' });
  });
});

/** Three orders of services, and what is set after them: at each of them the program is killed once. */
const KILLS = [1, 2, 3, 4].flatMap((count) => (['before-order', 'after-order'] as const).map((at) => ({ at, count })));

describe('a drain that is killed', () => {
  it.each(KILLS)('goes on, and is down alone: %j', async (killAt) => {
    await pool.one.drain([], killAt);
    expect(pool.one.result).toBeNull();
    expect(await pool.one.drain()).toMatchObject({ outcome: 'draining', problem: null });
    expect(await pool.other.drain()).toMatchObject({ outcome: 'blocked' });
    // Whatever it had done before it was killed: between its mark and the next pause it looked.
    const { steps } = pool.one;
    const next = steps.findIndex((step) => step === 'pause RTCRGS');
    expect(steps.slice(steps.lastIndexOf('pause RTCMEDSRV', next), next)).toContain('look');
  });

  it('between its first pause and its second look is not safe to restart, and looks before it goes on', async () => {
    await pool.one.drain([], { at: 'after-order', count: 1 });
    expect(pool.one.steps).toEqual(['look', 'pause RTCMEDSRV']);
    const checklist = await pool.one.harness.begin().engine.observe();
    expect(checklist.restart.reasons.map(({ id }) => id)).toContain('claim');
    await pool.one.drain();
    expect(pool.one.steps.slice(2, 5)).toEqual(['look', 'look', 'pause RTCRGS']);
  });

  it('is brought back as ever', async () => {
    const before = await pool.one.harness.snapshot();
    await pool.one.drain([], { at: 'after-order', count: 1 });
    const { engine, by, listen } = pool.one.harness.begin();
    expect(await engine.resume(RESUME_ALL, by, listen, PATIENT)).toMatchObject({ outcome: 'returned' });
    expect(differences(before, await pool.one.harness.snapshot())).toEqual([]);
  });

  it('on both servers between pause and look: the one that goes on first goes back, and the other one goes down', async () => {
    await pool.one.begin([], { at: 'after-order', count: 1 });
    await pool.other.begin([], { at: 'after-order', count: 1 });
    await pool.finish();
    expect([await pool.one.isDown('RTCMEDSRV'), await pool.other.isDown('RTCMEDSRV')]).toEqual([true, true]);
    expect(await pool.one.drain()).toMatchObject({ outcome: 'blocked', problem: { id: 'yielded' } });
    expect(await pool.other.drain()).toMatchObject({ outcome: 'draining', problem: null });
  });

  it('on its way back after it yielded goes on with that', async () => {
    const before = await pool.one.harness.snapshot();
    // The pause is the first order, the way back the second.
    await pool.one.begin([], { at: 'before-order', count: 2 });
    await pool.one.advance();
    pool.one.answers.set('fe03', PAUSED);
    await pool.finish();
    expect(pool.one.result).toBeNull();
    const entries = await entriesOf(pool.one);
    expect([entries.includes('yielded'), entries.includes('closed')]).toEqual([true, false]);
    const { engine, by, listen } = pool.one.harness.begin();
    expect(await engine.resume(RESUME_ALL, by, listen, PATIENT)).toMatchObject({ outcome: 'returned' });
    expect(differences(before, await pool.one.harness.snapshot())).toEqual([]);
  });
});

describe('servers that never answer', () => {
  it('keep a pause waiting no longer than the deadline of a look, and are unknown in its record', async () => {
    const trial = new PoolTrial();
    for (const name of ['fe02', 'fe03', 'fe04']) trial.remote.set(name, 'hangs');
    const reader = trial.open();
    await reader.settle();
    pool.one.harness.lookAtPool = () => reader.readNow();
    const begun = performance.now();
    // Two looks of 50 ms: before the first pause and after it.
    expect(await pool.one.drain()).toMatchObject({ outcome: 'draining', problem: null });
    expect(performance.now() - begun).toBeLessThan(5_000);
    expect(trial.remote.asked).toHaveLength(9);
    const [read] = pool.one.program.records.list();
    expect((read?.entriesAfter(0) ?? []).flatMap((entry) => (entry.type === 'pool-looked' ? entry.servers : []))).toEqual(
      ['fe02', 'fe03', 'fe04', 'fe02', 'fe03', 'fe04'].map((fqdn) => ({ fqdn, standing: 'unknown' })),
    );
  });
});
