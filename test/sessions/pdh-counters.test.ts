import { beforeEach, describe, expect, it } from 'vitest';

import { PdhCounters } from '../../electron/sessions/counters/pdh-counters.js';
import { FakePdh } from '../fakes/fake-pdh.js';

const USERS = '\\LS:AVMCU - Operations\\AVMCU - Number of Users';
const CALLS = '\\LS:MediationServer - Inbound Calls(_Total)\\- Current';

describe('performance counters', () => {
  let pdh: FakePdh;
  let counters: PdhCounters;

  beforeEach(() => {
    pdh = new FakePdh();
    counters = new PdhCounters(() => Promise.resolve(pdh));
  });

  const readOne = async (path = USERS) => (await counters.read([path])).get(path);

  it('gives each counter its value, also new data', async () => {
    pdh.counters.set(USERS, { value: 12n }).set(CALLS, { counterStatus: 1, value: 0n });
    expect([...(await counters.read([USERS, CALLS]))]).toEqual([
      [USERS, { kind: 'value', value: 12 }],
      [CALLS, { kind: 'value', value: 0 }],
    ]);
  });

  it.each([
    [0xc0000bb8, 'counter-missing', '0xc0000bb8'],
    [0xc0000bb9, 'counter-missing', '0xc0000bb9'],
    [0xc0000bc4, 'counter-missing', '0xc0000bc4'],
    [0xc0000bdb, 'counter-denied', '0xc0000bdb'],
    [5, 'counter-denied', '0x00000005'],
    [0xc0000bbb, 'counter-failed', '0xc0000bbb'],
  ])('says why a counter cannot be added: %i', async (status, reason, raw) => {
    pdh.counters.set(USERS, { refusedWith: status });
    expect(await readOne()).toEqual({ kind: 'unreadable', reason, raw });
  });

  it.each([
    [0x800007d1, 'counter-missing'],
    [0xc0000bba, 'counter-broken'],
    [0x800007d8, 'counter-broken'],
    [0x800007d0, 'counter-failed'],
  ])('believes no value whose own status is bad: %i', async (counterStatus, reason) => {
    pdh.counters.set(USERS, { counterStatus, value: 0n });
    expect(await readOne()).toMatchObject({ kind: 'unreadable', reason });
  });

  it('reads nothing old when a collection fails', async () => {
    pdh.counters.set(USERS, { value: 0n });
    await readOne();
    pdh.collectStatus = 0x800007d5;
    expect(await readOne()).toEqual({ kind: 'unreadable', reason: 'counter-failed', raw: '0x800007d5' });
  });

  it('adds a counter once, and tries one that is missing again after a while', async () => {
    pdh.counters.set(USERS, { value: 1n });
    for (let reading = 0; reading < 16; reading += 1) await counters.read([USERS, CALLS]);
    expect(pdh.added).toEqual([USERS, CALLS]);
    pdh.counters.set(CALLS, { value: 7n });
    expect(await readOne(CALLS)).toEqual({ kind: 'value', value: 7 });
  });

  it('opens nothing before the first reading, and nothing for no counter', async () => {
    let loads = 0;
    const lazy = new PdhCounters(() => {
      loads += 1;
      return Promise.resolve(pdh);
    });
    await lazy.read([]);
    await lazy.release();
    expect(loads).toBe(0);
    await lazy.read([USERS]);
    await lazy.read([USERS]);
    expect(loads).toBe(1);
    expect(pdh.openQueries.size).toBe(1);
  });

  it('leaves no handle open after release, and opens anew when read again', async () => {
    pdh.counters.set(USERS, { value: 3n });
    await readOne();
    await counters.release();
    await counters.release();
    expect(pdh.openQueries.size).toBe(0);
    expect(await readOne()).toEqual({ kind: 'value', value: 3 });
    expect(pdh.openQueries.size).toBe(1);
  });

  it('does not close handles under a reading', async () => {
    let goOn = (): void => undefined;
    pdh.collecting = new Promise((resolve) => (goOn = resolve));
    pdh.counters.set(USERS, { value: 3n });
    const reading = readOne();
    const released = counters.release();
    goOn();
    expect(await reading).toEqual({ kind: 'value', value: 3 });
    await released;
    expect(pdh.openQueries.size).toBe(0);
  });

  it('begins with a new query after Windows lost the old one', async () => {
    pdh.counters.set(USERS, { value: 3n });
    await readOne();
    pdh.collectStatus = 0xc0000bbc;
    await expect(readOne()).rejects.toThrow('lost');
    pdh.collectStatus = 0;
    expect(await readOne()).toEqual({ kind: 'value', value: 3 });
  });

  it('rejects when no query can be opened, and works as soon as one can', async () => {
    pdh.counters.set(USERS, { value: 3n });
    pdh.openStatus = 0xc0000bbb;
    await expect(readOne()).rejects.toThrow('0xc0000bbb');
    pdh.openStatus = 0;
    expect(await readOne()).toEqual({ kind: 'value', value: 3 });
  });
});
