import { Resolver } from 'node:dns/promises';
import { isIPv4 } from 'node:net';

import type { AddressName } from '../../contract/session-ends.js';
import type { AddressNames } from '../../ports/name-service.js';
import { withinDeadline } from '../time/within-deadline.js';
import { askEach } from './ask-each.js';
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
  let resolver: Resolver | null = null;
  try {
    resolver = new Resolver({ timeout: Math.min(TRY_MS, deadlineMs), tries: TRIES });
    if (servers !== undefined) resolver.setServers(servers);
    const asking = resolver;
    const left = [...addresses];
    const asked = askEach(left, QUESTIONS_AT_ONCE, async (address) => void found.set(address, await nameOf(asking, address)));
    await withinDeadline(asked, deadlineMs, undefined);
    left.splice(0);
  } catch {
    // What was not answered stays so: a resolver that cannot be made answers nothing.
  } finally {
    resolver?.cancel();
  }
  return new Map(found);
}

async function nameOf(resolver: Resolver, address: string): Promise<AddressName> {
  try {
    // Not `reverse`: that reads the hosts file, and takes a refusal for "no name".
    const [name] = await resolver.resolvePtr(reverseName(address));
    return name === undefined || name === '' ? { kind: 'none' } : { kind: 'name', name: name.replace(/\.$/, '') };
  } catch (error) {
    return readFailure(error).kind === 'none' ? { kind: 'none' } : { kind: 'unavailable' };
  }
}

/** The name under which DNS keeps the name of an address (RFC 1035, 3.5; RFC 3596, 2.5). */
function reverseName(address: string): string {
  if (isIPv4(address)) return `${address.split('.').reverse().join('.')}.in-addr.arpa.`;
  const [head = '', tail = ''] = address.split('::');
  const [before, after] = [groupsOf(head), groupsOf(tail)];
  const groups = [...before, ...Array.from({ length: Math.max(0, 8 - before.length - after.length) }, () => '0'), ...after];
  const digits = groups.map((group) => group.padStart(4, '0')).join('');
  return `${Array.from(digits).reverse().join('.')}.ip6.arpa.`;
}

function groupsOf(part: string): readonly string[] {
  return part === '' ? [] : part.split(':');
}
