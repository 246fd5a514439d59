import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { createAddressNames } from '../../electron/adapters/pool/address-names.js';
import type { AddressName } from '../../electron/contract/session-ends.js';
import { NameServer } from '../harness/pool/name-server.js';

const MANY = Array.from({ length: 200 }, (_, nth) => `10.0.7.${nth + 1}`);

let server: NameServer;

function reverse(address: string): string {
  return `${address.split('.').reverse().join('.')}.in-addr.arpa`;
}

beforeAll(async () => {
  server = await NameServer.open({
    [reverse('10.0.0.12')]: ['pc-12.contoso.com'],
    ['9.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.8.b.d.0.1.0.0.2.ip6.arpa']: ['pc-9.contoso.com'],
    [reverse('10.0.0.13')]: 'no-such-name',
    [reverse('10.0.0.14')]: 'refuses',
    [reverse('10.0.0.15')]: 'silent',
    ...Object.fromEntries(MANY.map((address, nth) => [reverse(address), [`pc-${nth}.contoso.com`]])),
  });
});

afterAll(() => server.close());

function find(addresses: readonly string[], deadlineMs?: number): Promise<ReadonlyMap<string, AddressName>> {
  return createAddressNames({ servers: [server.address], ...(deadlineMs !== undefined && { deadlineMs }) }).find(addresses);
}

describe('names of addresses, from a real name server', () => {
  it('are told, or that there is none, or that nothing answered for it', async () => {
    expect(Object.fromEntries(await find(['10.0.0.12', '10.0.0.13', '10.0.0.14', '10.0.0.12', '2001:db8::9']))).toEqual({
      '2001:db8::9': { kind: 'name', name: 'pc-9.contoso.com' },
      '10.0.0.12': { kind: 'name', name: 'pc-12.contoso.com' },
      '10.0.0.13': { kind: 'none' },
      '10.0.0.14': { kind: 'unavailable' },
    });
  });

  it('are asked for each address once', () => {
    expect(server.asked.filter(({ name }) => name === reverse('10.0.0.12'))).toHaveLength(1);
  });

  it('keep nothing waiting for one that is not answered for, beyond one deadline for all', async () => {
    const begun = performance.now();
    const found = await find(['10.0.0.15', ...MANY], 700);
    expect(performance.now() - begun).toBeLessThan(3_000);
    expect(found.get('10.0.0.15')).toEqual({ kind: 'unavailable' });
    expect([...found.values()].filter(({ kind }) => kind === 'name')).toHaveLength(MANY.length);
  });

  it('are none for what is no address', async () => {
    expect((await find(['not an address'], 500)).get('not an address')?.kind).not.toBe('name');
    expect((await find([])).size).toBe(0);
  });
});
