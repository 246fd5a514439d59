import { Resolver } from 'node:dns/promises';

import type { NameAddresses, NameService } from '../../ports/name-service.js';
import { withinDeadline } from '../time/within-deadline.js';

/** In all: tries, other servers, and the way over TCP. Nobody waits longer for a name. */
const DEADLINE_MS = 4_000;
/** For one try at one server; the next one waits longer (c-ares). */
export const TRY_MS = 1_000;
export const TRIES = 2;

export interface DnsOptions {
  /** `address:port` of the name servers; left out: those of the system. */
  readonly servers?: readonly string[];
  readonly deadlineMs?: number;
}

/**
 * Asks DNS itself and not the system's resolver: that also reads the hosts file, keeps answers, and holds one of Node's four
 * threads until it gives up. An answer that is too large for UDP is asked for again over TCP (c-ares).
 */
export function createNameService({ servers, deadlineMs = DEADLINE_MS }: DnsOptions = {}): NameService {
  return { resolve: (name) => resolveWithin(name, servers, deadlineMs) };
}

async function resolveWithin(name: string, servers: readonly string[] | undefined, deadlineMs: number): Promise<NameAddresses> {
  let resolver: Resolver | null = null;
  const late: NameAddresses = { kind: 'unavailable', reason: 'did-not-answer', raw: `no answer in ${deadlineMs} ms` };
  try {
    // Another one for each question: the system's servers may have changed, and cancelling ends all questions of a resolver.
    resolver = new Resolver({ timeout: Math.min(TRY_MS, deadlineMs), tries: TRIES });
    if (servers !== undefined) resolver.setServers(servers);
    // With the last dot it is the whole name: no search suffix of the system makes another name of it.
    const asked = resolver.resolve4(name.endsWith('.') ? name : `${name}.`).then(readAddresses, readFailure);
    return await withinDeadline(asked, deadlineMs, late);
  } catch (error) {
    return readFailure(error);
  } finally {
    resolver?.cancel();
  }
}

function readAddresses(found: readonly string[]): NameAddresses {
  const addresses = [...new Set(found)].sort();
  return addresses.length === 0 ? { kind: 'none' } : { kind: 'addresses', addresses };
}

/** By Node's codes of c-ares' errors (Node.js, "DNS", "Error codes"). */
export function readFailure(error: unknown): NameAddresses {
  const raw = error instanceof Error ? error.message : String(error);
  const code = error instanceof Error && 'code' in error ? error.code : null;
  if (code === 'ENOTFOUND' || code === 'ENODATA') return { kind: 'none' };
  const isSilent = code === 'ETIMEOUT' || code === 'ECONNREFUSED' || code === 'ECANCELLED';
  return { kind: 'unavailable', reason: isSilent ? 'did-not-answer' : 'refused', raw };
}
