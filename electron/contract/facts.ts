import type { Computer, Instant } from './computer.js';
import type { Reading, ServiceConfiguration, ServiceStatus } from './service.js';
import type { SessionReading } from './sessions.js';

/** The pool this server belongs to, as far as it is known. */
export interface PoolFacts {
  readonly fqdn: string;
  /** Front End servers in the pool, this one included. */
  readonly members: number;
  /** How many of the others take calls now. */
  readonly othersInService: number;
  /** Addresses the pool's name resolves to; one means a hardware load balancer or a single server. Null where DNS did not say. */
  readonly addresses: number | null;
  /** Why DNS did not say; left out if it did. */
  readonly dnsTrouble?: PoolTrouble;
}

/** Why something of the pool is not known. `dns-not-found`: DNS has no address for its name. */
export const POOL_TROUBLES = [
  'dns-not-found',
  'dns-did-not-answer',
  'dns-refused',
  'no-pool-name',
  'not-read-yet',
  'cmdlet-missing',
  'cmdlet-denied',
  'cmdlet-failed',
  'powershell-restricted',
  'did-not-answer',
] as const;
export type PoolTrouble = (typeof POOL_TROUBLES)[number];

/** One reading of the server. */
export interface Facts {
  readonly now: Instant;
  readonly computer: Computer;
  /** Every Win32 service, by name as Windows writes it. */
  readonly statuses: ReadonlyMap<string, ServiceStatus>;
  /** Configuration of the services that matter: the planned ones and whatever depends on them. */
  readonly configurations: ReadonlyMap<string, ServiceConfiguration>;
  /** Sessions of the services that matter; empty if the evidence was not asked. */
  readonly sessions: ReadonlyMap<string, SessionReading>;
  /** After a sign-off the evidence is not asked: open counters disturb the updates that run just then. */
  readonly evidence: 'read' | 'not-asked';
  readonly pool: Reading<PoolFacts>;
}
