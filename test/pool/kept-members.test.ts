import { beforeEach, describe, expect, it } from 'vitest';

import type { PoolReading } from '../../electron/contract/facts.js';
import { DAY_MS, HOUR_MS, SECOND_MS } from '../../electron/contract/time-units.js';
import { PoolTrial, refused } from '../harness/pool/pool-trial.js';

let trial: PoolTrial;

beforeEach(async () => {
  trial = new PoolTrial();
  await trial.open().settle();
  trial.remote.asked.splice(0);
});

/** What a program says that has not asked the cmdlets, as a pause in the terminal. */
function look(): Promise<PoolReading> {
  return trial.open().readNow();
}

const OTHERS = ['fe02', 'fe03', 'fe04'];

describe('the servers of the pool that the cmdlets told to an earlier program', () => {
  it('are looked at by one that has not asked the cmdlets, with the time at which they were told', async () => {
    const toldAt = trial.now().at;
    trial.pass(2 * DAY_MS);
    trial.remote.set('fe03', { RTCSRV: 'paused' });
    expect(await look()).toEqual({
      known: false,
      reason: 'not-read-yet',
      kept: {
        ...{ fqdn: 'pool01.contoso.com', toldAt },
        others: OTHERS.map((fqdn) => ({
          ...{ fqdn },
          services: { kind: 'read', states: { RTCMEDSRV: 'running', RTCSRV: fqdn === 'fe03' ? 'paused' : 'running' } },
        })),
      },
    });
    expect([trial.remote.asked, trial.asked.filter((what) => what === 'members')]).toEqual([OTHERS, ['members']]);
  });

  it('are looked at while the cmdlets hang, refuse, or do not know the pool', async () => {
    for (const members of ['hangs', refused('cmdlet-denied'), refused('not-told')] as const) {
      trial.members = members;
      const reader = trial.open();
      await reader.settle();
      // A plan looks at nobody again.
      const others = OTHERS.map((fqdn) => ({ fqdn, services: { kind: 'read' } }));
      expect(await reader.read()).toMatchObject({ known: false, kept: { others } });
      expect(await reader.readNow()).toMatchObject({ known: false, kept: { others: OTHERS.map((fqdn) => ({ fqdn })) } });
    }
  });

  it('tell nothing else of the pool: neither its size, nor who is in service, nor its addresses', async () => {
    const before = trial.asked.length;
    expect(await look()).toMatchObject({ known: false });
    expect(trial.asked.slice(before)).toEqual([]);
    trial.named = 'POOL01.contoso.com';
    expect(await look()).toMatchObject({
      known: true,
      value: { members: null, othersInService: null },
      kept: { fqdn: 'pool01.contoso.com' },
    });
  });

  it('are not used as soon as the cmdlets tell the members, whoever those are', async () => {
    trial.members = { kind: 'read', value: { fqdn: 'pool02.contoso.com', members: ['fe01', 'fe09'], own: 'fe01' } };
    const reader = trial.open();
    await reader.settle();
    const fresh = await reader.readNow();
    expect(fresh).toMatchObject({ known: true, value: { fqdn: 'pool02.contoso.com', members: 2, others: [{ fqdn: 'fe09' }] } });
    expect(fresh).not.toHaveProperty('kept');
    expect(await look()).toMatchObject({ kept: { fqdn: 'pool02.contoso.com', others: [{ fqdn: 'fe09' }] } });
  });

  it('are looked at again by a program that was told them, when the cmdlets refuse later', async () => {
    const reader = trial.open();
    await reader.settle();
    const toldAt = trial.now().at;
    trial.members = refused('cmdlet-failed');
    trial.pass(HOUR_MS);
    await reader.settle();
    expect(await reader.readNow()).toMatchObject({ known: false, reason: 'cmdlet-failed', kept: { toldAt } });
  });

  it('are followed by a look at those of now, if the cmdlets answer in the middle of it', async () => {
    trial.members = { kind: 'read', value: { fqdn: 'pool01.contoso.com', members: ['fe01', 'fe02', 'fe05'], own: 'fe01' } };
    const reader = trial.open();
    trial.remote.set('fe04', 'hangs');
    const looking = reader.readNow();
    for (let times = 0; times < 2; times += 1) await trial.read(reader);
    expect(trial.remote.asked).toEqual(OTHERS);
    expect(await looking).toMatchObject({
      known: true,
      value: { others: [{ fqdn: 'fe02' }, { fqdn: 'fe05', services: { kind: 'read' } }] },
    });
    expect(trial.remote.asked).toEqual([...OTHERS, 'fe02', 'fe05']);
  });

  it('are read once by readings that follow each other, and never by an idle tray app', async () => {
    trial.members = 'hangs';
    const reader = trial.open();
    for (let second = 0; second < 20; second += 1) {
      await trial.read(reader);
      trial.pass(SECOND_MS);
    }
    expect(trial.remote.asked).toEqual(OTHERS);
    const idle = trial.open();
    for (let minute = 0; minute < 5; minute += 1) {
      expect(await trial.read(idle)).not.toHaveProperty('kept');
      trial.pass(60 * SECOND_MS);
    }
  });
});

describe('a list of servers that is kept', () => {
  it.each<readonly [string, () => void, boolean]>([
    ['was told 90 days ago', () => trial.pass(90 * DAY_MS), true],
    ['was told more than 90 days ago', () => trial.pass(90 * DAY_MS + 1), false],
    ['is of a time to come', () => (trial.keptMembers = { ...trial.keptMembers!, toldAt: '2027-01-01T00:00:00.000Z' }), false],
    ['was told to another computer', () => (trial.ownName = 'FE02'), false],
    ['was told to this one in other letters', () => (trial.ownName = 'fe01'), true],
    ['is of a time when this was a Front End', () => (trial.isFrontEnd = false), false],
    ['is of another pool than an administrator named', () => (trial.named = 'pool02.contoso.com'), false],
    ['is of the pool that an administrator named', () => (trial.named = 'Pool01.contoso.com'), true],
    ['holds this server twice', () => (trial.keptMembers = { ...trial.keptMembers!, members: ['fe01', 'FE01', 'fe02'] }), false],
    ['does not hold this server', () => (trial.keptMembers = { ...trial.keptMembers!, members: ['fe02', 'fe03'] }), false],
    ['holds this server alone', () => (trial.keptMembers = { ...trial.keptMembers!, members: ['fe01'] }), false],
    ['is not there', () => (trial.keptMembers = null), false],
  ])('%s', async (_, arrange, isUsed) => {
    arrange();
    const reading = await look();
    expect('kept' in reading).toBe(isUsed);
    expect(trial.remote.asked).toEqual(isUsed ? OTHERS : []);
  });

  it('is none of an Edge that the cmdlets are asked about either', async () => {
    trial.isFrontEnd = false;
    const reader = trial.open();
    await reader.settle();
    expect(await reader.readNow()).toEqual({ known: false, reason: 'not-supported' });
  });

  it('is not of this server if the addresses of its name, which an administrator gave too, are all of others', async () => {
    trial.named = 'pool01.contoso.com';
    trial.members = refused('cmdlet-denied');
    trial.ownAddresses = ['10.7.7.7'];
    const reader = trial.open();
    await reader.settle();
    expect(await reader.readNow()).toEqual({ known: false, reason: 'name-not-ours' });
  });
});
