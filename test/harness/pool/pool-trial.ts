import { PoolReader } from '../../../electron/adapters/pool/pool-reader.js';
import type { Instant } from '../../../electron/contract/computer.js';
import type { KnownReadiness, PoolFacts, PoolReading, PoolTrouble } from '../../../electron/contract/facts.js';
import type { NameAddresses } from '../../../electron/ports/name-service.js';
import type { CmdletsSay, PoolMembers, ReadinessAnswer, ToldMembers } from '../../../electron/ports/pool-information.js';
import { FakeRemoteServices } from './fake-remote-services.js';

const OWN_ADDRESS = '10.0.0.11';

/** What a cmdlet says when it says nothing. */
export function refused(trouble: PoolTrouble): { readonly kind: 'unavailable'; readonly trouble: PoolTrouble; readonly raw: string } {
  return { kind: 'unavailable', trouble, raw: 'refused' };
}

/** A pool reader with a clock of its own, and DNS and cmdlets that say what they are told to. */
export class PoolTrial {
  members: CmdletsSay<PoolMembers> | 'hangs' = {
    kind: 'read',
    value: { fqdn: 'pool01.contoso.com', members: ['fe01', 'fe02', 'fe03', 'fe04'], own: 'fe01' },
  };
  /** What the other servers say of their services. */
  readonly remote = new FakeRemoteServices();
  readiness: CmdletsSay<ReadinessAnswer> = { kind: 'read', value: { state: 'ready', active: 4 } };
  fabric: CmdletsSay<string> = { kind: 'read', value: 'Replica Instances\r\n\r\nPrimary: FE01\u001b[31m\r\n' };
  readonly dns = new Map<string, NameAddresses>([
    ['pool01.contoso.com', { kind: 'addresses', addresses: [OWN_ADDRESS, '10.0.0.12', '10.0.0.13', '10.0.0.14'] }],
  ]);
  named: string | null = null;
  isFrontEnd = true;
  ownAddresses: readonly string[] | null = [OWN_ADDRESS, '127.0.0.1'];
  /** What was asked for, in order. */
  readonly asked: string[] = [];
  keptMembers: ToldMembers | null = null;
  ownName = 'FE01';
  kept: { readonly pool: string; readonly readiness: KnownReadiness } | null = null;
  #upMs = 5_000_000;

  open(): PoolReader {
    return new PoolReader({
      nameService: {
        resolve: async (name) => {
          this.asked.push(`dns ${name}`);
          return this.dns.get(name) ?? { kind: 'none' };
        },
      },
      cmdlets: {
        readMembers: async () => {
          this.asked.push('members');
          return this.members === 'hangs' ? new Promise(() => undefined) : this.members;
        },
        readReadiness: async () => {
          this.asked.push('readiness');
          return this.readiness;
        },
        readFabricState: async (pool) => {
          this.asked.push(`fabric ${pool}`);
          return this.fabric;
        },
        readTopology: async () => refused('cmdlet-missing'),
        end: () => this.asked.push('end'),
      },
      memory: {
        read: (pool) => (this.kept?.pool === pool ? this.kept.readiness : null),
        write: (pool, readiness) => {
          this.kept = { pool, readiness };
        },
      },
      membersMemory: {
        read: () => this.keptMembers,
        write: (members) => {
          this.keptMembers = members;
        },
      },
      ownName: async () => this.ownName,
      named: this.named,
      ownAddresses: () => this.ownAddresses,
      isFrontEnd: async () => this.isFrontEnd,
      remote: this.remote,
      now: () => this.now(),
      settleMs: 50,
      lookMs: 50,
    });
  }

  now(): Instant {
    return { at: new Date(Date.UTC(2026, 10, 23, 2) + this.#upMs).toISOString(), upMs: this.#upMs };
  }

  pass(milliseconds: number): void {
    this.#upMs += milliseconds;
  }

  /** After Windows started again: the monotonic clock begins at zero. */
  restart(): void {
    this.#upMs = 1_000;
  }

  /** A reading, without what stays open. */
  async read(reader: PoolReader): Promise<PoolReading> {
    const reading = await reader.read();
    await new Promise((done) => setImmediate(done));
    return reading;
  }

  async facts(reader: PoolReader): Promise<PoolFacts> {
    await reader.settle();
    const reading = await reader.read();
    if (!reading.known) throw new Error(reading.reason);
    return reading.value;
  }
}
