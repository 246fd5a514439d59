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
    trial.members = { kind: 'read', value: { fqdn: 'pool01.contoso.com', members: ['fe01'] } };
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
