import { Resolver } from 'node:dns/promises';

import type { AddressName, AddressNames } from '../../ports/name-service.js';
import { readFailure, TRIES, TRY_MS, type DnsOptions } from './dns-name-service.js';

/** In all, however many addresses: a list without names is better than a list that is waited for. */
const NAMES_DEADLINE_MS = 5_000;
/** Questions at one time: a server may be asked about hundreds of clients. */
const QUESTIONS_AT_ONCE = 20;

/** Names of addresses, by DNS (PTR). Addresses that no server names are the usual thing, and no failure. */
export function createAddressNames({ servers, deadlineMs = NAMES_DEADLINE_MS }: DnsOptions = {}): AddressNames {
  return { find: (addresses) => findNames([...new Set(addresses)], servers, deadlineMs) };
}

async function findNames(
  addresses: readonly string[],
  servers: readonly string[] | undefined,
  deadlineMs: number,
): Promise<ReadonlyMap<string, AddressName>> {
  const found = new Map<string, AddressName>(addresses.map((address) => [address, { kind: 'unavailable' }]));
  let timer: NodeJS.Timeout | undefined;
  let resolver: Resolver | null = null;
  const tooLate = new Promise<void>((resolve) => {
    timer = setTimeout(resolve, deadlineMs);
  });
  try {
    resolver = new Resolver({ timeout: Math.min(TRY_MS, deadlineMs), tries: TRIES });
    if (servers !== undefined) resolver.setServers(servers);
    const asking = resolver;
    const left = [...addresses];
    const askOn = async (): Promise<void> => {
      for (let address = left.pop(); address !== undefined; address = left.pop()) found.set(address, await nameOf(asking, address));
    };
    await Promise.race([Promise.all(Array.from({ length: QUESTIONS_AT_ONCE }, askOn)), tooLate]);
    left.splice(0);
  } catch {
    // What was not answered stays so: a resolver that cannot be made answers nothing.
  } finally {
    clearTimeout(timer);
    resolver?.cancel();
  }
  return new Map(found);
}

async function nameOf(resolver: Resolver, address: string): Promise<AddressName> {
  try {
    const [name] = await resolver.reverse(address);
    return name === undefined || name === '' ? { kind: 'none' } : { kind: 'name', name: name.replace(/\.$/, '') };
  } catch (error) {
    return readFailure(error).kind === 'none' ? { kind: 'none' } : { kind: 'unavailable' };
  }
}
