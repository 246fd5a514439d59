import { beforeEach, describe, expect, it } from 'vitest';

import { MINUTE_MS, SECOND_MS } from '../../electron/contract/time-units.js';
import { PoolTrial, refused } from '../harness/pool/pool-trial.js';

let trial: PoolTrial;

beforeEach(() => {
  trial = new PoolTrial();
});

describe('what is known of the pool', () => {
  it('is its name alone, said by an administrator, where no cmdlet says more', async () => {
    trial.members = refused('cmdlet-denied');
    trial.named = 'pool01.contoso.com';
    expect(await trial.facts(trial.open())).toMatchObject({
      fqdn: 'pool01.contoso.com',
      members: null,
      othersInService: null,
      membersTrouble: 'cmdlet-denied',
      addresses: 4,
    });
  });

  it('is by the cmdlet where an administrator said another name', async () => {
    trial.named = 'pool09.contoso.com';
    expect(await trial.facts(trial.open())).toMatchObject({ fqdn: 'pool01.contoso.com', members: 4 });
  });

  it.each(['cmdlet-missing', 'cmdlet-denied', 'powershell-restricted', 'did-not-answer'] as const)(
    'is nothing, with the reason, without a name: %s',
    async (trouble) => {
      trial.members = refused(trouble);
      const reader = trial.open();
      await reader.settle();
      expect(await reader.read()).toEqual({ known: false, reason: trouble });
    },
  );

  it('is nothing while the name that was said belongs to other servers', async () => {
    trial.members = refused('cmdlet-missing');
    trial.named = 'pool09.contoso.com';
    trial.dns.set('pool09.contoso.com', { kind: 'addresses', addresses: ['10.9.0.1', '10.9.0.2'] });
    const reader = trial.open();
    await reader.settle();
    expect(await reader.read()).toEqual({ known: false, reason: 'name-not-ours' });
  });

  it.each([
    [{ kind: 'none' }, 'dns-not-found'],
    [{ kind: 'unavailable', reason: 'did-not-answer', raw: '' }, 'dns-did-not-answer'],
    [{ kind: 'unavailable', reason: 'refused', raw: '' }, 'dns-refused'],
  ] as const)('has no addresses, with the reason: %j', async (answer, dnsTrouble) => {
    trial.dns.set('pool01.contoso.com', answer);
    expect(await trial.facts(trial.open())).toMatchObject({ addresses: null, dnsTrouble, members: 4 });
  });

  it.each([
    [4, 3],
    [2, 1],
    [0, 0],
    [9, null],
    [null, null],
  ])('counts the others in service by the active Front Ends: %j active, %j others', async (active, others) => {
    trial.readiness = { kind: 'read', value: { state: 'ready', active } };
    expect((await trial.facts(trial.open())).othersInService).toBe(others);
  });

  it('does not know the others by an answer of a quarter of an hour ago', async () => {
    const reader = trial.open();
    await trial.facts(reader);
    trial.pass(15 * MINUTE_MS);
    expect(await reader.read()).toMatchObject({ value: { othersInService: null, readiness: { state: 'unknown' } } });
  });

  it('has no readiness in a pool of one', async () => {
    trial.members = { kind: 'read', value: { fqdn: 'pool01.contoso.com', members: ['fe01'], own: 'fe01' } };
    expect(await trial.facts(trial.open())).not.toHaveProperty('readiness');
    expect(trial.asked).not.toContain('readiness');
  });
});

describe('a name that an administrator says', () => {
  it('is refused if several addresses are all of other servers', async () => {
    trial.dns.set('pool09.contoso.com', { kind: 'addresses', addresses: ['10.9.0.1', '10.9.0.2'] });
    expect(await trial.open().nameIt('pool09.contoso.com')).toMatchObject({
      id: 'pool-name-not-ours',
      params: { addresses: '10.9.0.1, 10.9.0.2' },
    });
  });

  it('is taken where the addresses of this computer are not known', async () => {
    trial.ownAddresses = null;
    trial.dns.set('pool09.contoso.com', { kind: 'addresses', addresses: ['10.9.0.1', '10.9.0.2'] });
    expect(await trial.open().nameIt('pool09.contoso.com')).toBeNull();
  });

  it('is taken with one address of another: that may be a hardware load balancer', async () => {
    trial.members = refused('cmdlet-missing');
    trial.dns.set('vip.contoso.com', { kind: 'addresses', addresses: ['10.9.0.1'] });
    const reader = trial.open();
    expect(await reader.nameIt('vip.contoso.com')).toBeNull();
    expect(await trial.facts(reader)).toMatchObject({ fqdn: 'vip.contoso.com', addresses: 1, members: null });
  });

  it('is taken, and nothing is claimed of it, if DNS does not answer', async () => {
    trial.members = refused('cmdlet-missing');
    trial.dns.set('pool01.contoso.com', { kind: 'unavailable', reason: 'did-not-answer', raw: '' });
    const reader = trial.open();
    expect(await reader.nameIt('pool01.contoso.com')).toBeNull();
    expect(await trial.facts(reader)).toMatchObject({ addresses: null, dnsTrouble: 'dns-did-not-answer', members: null });
  });
});

describe('a reading', () => {
  it('is answered at once while a cmdlet hangs, and a command waits no longer than the deadline', async () => {
    trial.members = 'hangs';
    const reader = trial.open();
    const begun = performance.now();
    await reader.settle();
    expect(performance.now() - begun).toBeLessThan(1_000);
    expect(await reader.read()).toEqual({ known: false, reason: 'not-read-yet' });
    await reader.settle();
    expect(trial.asked.filter((what) => what === 'members')).toHaveLength(1);
  });

  it('starts no PowerShell while readings are a minute apart, as those of an idle tray app', async () => {
    const reader = trial.open();
    for (let times = 0; times < 5; times += 1) {
      await trial.read(reader);
      trial.pass(MINUTE_MS);
    }
    expect(trial.asked).toEqual([]);
  });

  it('starts PowerShell where readings follow each other, and ends it with the answer', async () => {
    const reader = trial.open();
    await trial.read(reader);
    trial.pass(SECOND_MS);
    await trial.read(reader);
    expect(trial.asked).toEqual(['members', 'readiness', 'end']);
    trial.pass(SECOND_MS);
    await trial.read(reader);
    expect(trial.asked.at(-1)).toBe('dns pool01.contoso.com');
  });

  it('asks for readiness every ten minutes, for addresses every minute, for members every hour', async () => {
    const reader = trial.open();
    for (let second = 0; second <= 3_600; second += 1) {
      await trial.read(reader);
      trial.pass(SECOND_MS);
    }
    const count = (what: string): number => trial.asked.filter((asked) => asked.startsWith(what)).length;
    expect([count('members'), count('readiness')]).toEqual([1, 6]);
    expect(count('dns')).toBeGreaterThan(55);
    expect(count('dns')).toBeLessThan(62);
  });
});

describe('a pool that was ended', () => {
  it('asks no further cmdlet: that would start another PowerShell, which keeps a program from ending', async () => {
    const reader = trial.open();
    const settled = reader.settle();
    while (trial.asked.length === 0) await Promise.resolve();
    reader.end();
    await settled;
    expect([trial.asked, trial.keptMembers]).toEqual([['members', 'end'], null]);
  });

  it('asks none at all, if it was ended before', async () => {
    const reader = trial.open();
    const settled = reader.settle();
    reader.end();
    await settled;
    expect(trial.asked).toEqual(['end']);
  });
});

describe('readiness', () => {
  it('is ready since its first answer, over several programs', async () => {
    const first = (await trial.facts(trial.open())).readiness;
    trial.pass(20 * MINUTE_MS);
    expect((await trial.facts(trial.open())).readiness).toMatchObject({
      state: 'ready',
      since: (first as { since: unknown }).since,
      times: 2,
    });
  });

  it('begins again when it was busy in between', async () => {
    await trial.facts(trial.open());
    trial.pass(10 * MINUTE_MS);
    trial.readiness = { kind: 'read', value: { state: 'busy', active: 4 } };
    await trial.facts(trial.open());
    trial.pass(10 * MINUTE_MS);
    trial.readiness = { kind: 'read', value: { state: 'ready', active: 4 } };
    expect((await trial.facts(trial.open())).readiness).toMatchObject({ state: 'ready', since: trial.now(), times: 1 });
  });

  it('is busy three times only with ten minutes between the answers', async () => {
    trial.readiness = { kind: 'read', value: { state: 'busy', active: 4 } };
    const timesAfter = async (minutes: number): Promise<unknown> => {
      trial.pass(minutes * MINUTE_MS);
      return ((await trial.facts(trial.open())).readiness as { times: number }).times;
    };
    expect([await timesAfter(0), await timesAfter(1), await timesAfter(8), await timesAfter(1), await timesAfter(10)]).toEqual([
      1, 1, 1, 2, 3,
    ]);
  });

  it.each([
    ['Windows was started again', () => trial.restart()],
    ['nobody asked for more than an hour', () => trial.pass(61 * MINUTE_MS)],
  ])('begins again when %s', async (_, happen) => {
    await trial.facts(trial.open());
    happen();
    expect((await trial.facts(trial.open())).readiness).toMatchObject({ state: 'ready', since: trial.now(), times: 1 });
  });

  it('is unknown with the reason where no cmdlet says it', async () => {
    trial.readiness = refused('cmdlet-denied');
    expect((await trial.facts(trial.open())).readiness).toEqual({ state: 'unknown', trouble: 'cmdlet-denied' });
  });
});

describe('the other servers of the pool', () => {
  it('are asked for their services, each by its own name, and this one is not', async () => {
    trial.remote.set('fe03', { RTCSRV: 'paused' });
    const { others } = await trial.facts(trial.open());
    expect(trial.remote.asked).toEqual(['fe02', 'fe03', 'fe04']);
    expect(others).toEqual([
      { fqdn: 'fe02', services: { kind: 'read', states: { RTCMEDSRV: 'running', RTCSRV: 'running' } } },
      { fqdn: 'fe03', services: { kind: 'read', states: { RTCMEDSRV: 'running', RTCSRV: 'paused' } } },
      { fqdn: 'fe04', services: { kind: 'read', states: { RTCMEDSRV: 'running', RTCSRV: 'running' } } },
    ]);
  });

  it.each([
    [['FE01.contoso.com', 'fe02.contoso.com'], 'fe01.CONTOSO.com', ['fe02.contoso.com']],
    [['fe01.contoso.com', 'fe02.contoso.com'], 'FE01', ['fe02.contoso.com']],
    // Which of the two is this one cannot be told by its first label: neither is asked.
    [['fe01.a.contoso.com', 'fe01.b.contoso.com'], 'FE01', []],
    [['fe01.a.contoso.com', 'fe01.b.contoso.com'], 'fe01.b.contoso.com', ['fe01.a.contoso.com']],
    [['fe02.contoso.com', 'fe03.contoso.com'], 'fe01.contoso.com', []],
  ])('are, of %j on %s, %j', async (members, own, expected) => {
    trial.members = { kind: 'read', value: { fqdn: 'pool01.contoso.com', members, own } };
    await trial.facts(trial.open());
    expect(trial.remote.asked).toEqual(expected);
    const known = (await trial.facts(trial.open())).others ?? [];
    if (expected.length === 0) expect(known.map(({ services }) => services.kind)).toEqual(['unknown', 'unknown']);
  });

  it.each([
    ['a pool of one, as a Standard Edition server is', () => (trial.members = oneMember())],
    ['an Edge, a Director, a Mediation server', () => (trial.isFrontEnd = false)],
    ['a server whose pool no cmdlet tells', () => (trial.members = refused('cmdlet-denied'))],
  ])('are not asked by %s', async (_, arrange) => {
    arrange();
    const reader = trial.open();
    await reader.settle();
    await reader.readNow();
    expect(trial.remote.asked).toEqual([]);
  });

  it('are asked anew by a look that is to be of now, also while an earlier one goes on, and the later one counts', async () => {
    const reader = trial.open();
    await reader.settle();
    trial.remote.set('fe02', 'hangs');
    const earlier = reader.readNow();
    trial.remote.set('fe02', { RTCSRV: 'paused' });
    const later = await reader.readNow();
    await earlier;
    for (const reading of [later, await reader.read()]) {
      expect(reading).toMatchObject({ value: { others: [{ services: { states: { RTCSRV: 'paused' } } }, {}, {}] } });
    }
  });

  it('are unknown, and never in service, at the deadline of the look', async () => {
    trial.remote.set('fe02', 'hangs');
    const reader = trial.open();
    await reader.settle();
    const begun = performance.now();
    expect(await reader.readNow()).toMatchObject({
      value: { others: [{ services: { kind: 'unknown', reason: 'did-not-answer' } }, { services: { kind: 'read' } }, {}] },
    });
    expect(performance.now() - begun).toBeLessThan(1_000);
  });

  it('are asked every half minute while a person looks, and not by an idle tray app', async () => {
    const reader = trial.open();
    await reader.settle();
    for (let second = 0; second < 120; second += 1) {
      await trial.read(reader);
      trial.pass(SECOND_MS);
    }
    expect(trial.remote.asked.filter((name) => name === 'fe02')).toHaveLength(4);
    for (let minute = 0; minute < 5; minute += 1) {
      trial.pass(MINUTE_MS);
      await trial.read(reader);
    }
    expect(trial.remote.asked.filter((name) => name === 'fe02')).toHaveLength(4);
  });
});

function oneMember(): PoolTrial['members'] {
  return { kind: 'read', value: { fqdn: 'se01.contoso.com', members: ['se01.contoso.com'], own: 'se01.contoso.com' } };
}
