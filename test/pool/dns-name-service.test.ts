import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { createNameService } from '../../electron/adapters/pool/dns-name-service.js';
import type { NameAddresses } from '../../electron/ports/name-service.js';
import { NameServer } from '../harness/pool/name-server.js';

const MANY = Array.from({ length: 60 }, (_, nth) => `10.0.1.${nth + 1}`);

let server: NameServer;

beforeAll(async () => {
  server = await NameServer.open({
    'pool01.contoso.com': ['10.0.0.13', '10.0.0.11', '10.0.0.12', '10.0.0.11'],
    'single.contoso.com': ['10.0.0.20'],
    'old.contoso.com': 'no-address',
    'secret.contoso.com': 'refuses',
    'silent.contoso.com': 'silent',
    'large.contoso.com': MANY,
  });
});

afterAll(() => server.close());

function resolve(name: string, deadlineMs?: number): Promise<NameAddresses> {
  return createNameService({ servers: [server.address], ...(deadlineMs !== undefined && { deadlineMs }) }).resolve(name);
}

describe('addresses of a name, from a real name server', () => {
  it('are told each once, sorted', async () => {
    expect(await resolve('pool01.contoso.com')).toEqual({ kind: 'addresses', addresses: ['10.0.0.11', '10.0.0.12', '10.0.0.13'] });
  });

  it('may be one', async () => {
    expect(await resolve('single.contoso.com')).toEqual({ kind: 'addresses', addresses: ['10.0.0.20'] });
  });

  it.each(['nowhere.contoso.com', 'old.contoso.com'])('are none for %s', async (name) => {
    expect(await resolve(name)).toEqual({ kind: 'none' });
  });

  it('come over TCP when they are too many for UDP', async () => {
    expect(await resolve('large.contoso.com')).toEqual({ kind: 'addresses', addresses: [...MANY].sort() });
    const over = server.asked.filter(({ name }) => name === 'large.contoso.com').map((asked) => asked.over);
    expect(over).toEqual(['udp', 'tcp']);
  });

  it('are not known when the server is silent, within the deadline', async () => {
    const begun = performance.now();
    expect(await resolve('silent.contoso.com', 300)).toMatchObject({ kind: 'unavailable', reason: 'did-not-answer' });
    expect(performance.now() - begun).toBeLessThan(2_000);
  });

  it('are not known when the server refuses', async () => {
    expect(await resolve('secret.contoso.com')).toMatchObject({ kind: 'unavailable', reason: 'refused' });
  });

  it('are not known when no server listens', async () => {
    const gone = await NameServer.open({});
    const nobody = createNameService({ servers: [gone.address], deadlineMs: 1_000 });
    await gone.close();
    expect(await nobody.resolve('pool01.contoso.com')).toMatchObject({ kind: 'unavailable', reason: 'did-not-answer' });
  });

  it.each(['', '..', 'no name\u0000', 'x'.repeat(300)])('are none or not known for what is no name: %j', async (name) => {
    expect((await resolve(name, 1_000)).kind).not.toBe('addresses');
  });

  it('are those of the whole name, without a search suffix', async () => {
    await resolve('fe01');
    expect(server.asked.filter(({ name }) => name.startsWith('fe01')).map(({ name }) => name)).toEqual(['fe01']);
  });
});
