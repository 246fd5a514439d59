import { isIP } from 'node:net';

import type { Instant } from '../../contract/computer.js';
import type { PoolTrouble } from '../../contract/facts.js';
import type { KindFinding } from '../../contract/session-ends.js';
import { MINUTE_MS, SECOND_MS } from '../../contract/time-units.js';
import type { NameAddresses, NameService } from '../../ports/name-service.js';
import type { CmdletsSay, PoolCmdlets, Topology } from '../../ports/pool-information.js';
import type { KnownServers, ServerDirectory } from '../../ports/session-ends.js';
import { withinDeadline } from '../time/within-deadline.js';
import { askEach } from './ask-each.js';

/** A topology and its addresses hardly ever change; a refusal stays one for a while too. */
const AGE_MS = 10 * MINUTE_MS;
/** How long a command waits. */
const SETTLE_MS = 30 * SECOND_MS;
/** Questions to DNS at one time. */
const QUESTIONS_AT_ONCE = 16;
/** More names than the largest topology that Lync supports has; a broken one must not keep DNS busy. */
const MOST_NAMES = 2_000;

export interface TopologyDirectoryParts {
  readonly nameService: NameService;
  readonly cmdlets: Pick<PoolCmdlets, 'readTopology' | 'end'>;
  /** What an administrator called the pool; null if nobody did. */
  readonly named: string | null;
  /** Null where they are not known. */
  readonly ownAddresses: () => readonly string[] | null;
  readonly now: () => Instant;
  readonly settleMs?: number;
}

const NOT_READ: KnownServers = { byAddress: new Map(), trouble: 'not-read-yet' };

/** Lync's servers, by its own topology and by DNS; without the topology only the other members of a pool with DNS load balancing. */
export class TopologyDirectory implements ServerDirectory {
  readonly #parts: TopologyDirectoryParts;
  #known: KnownServers = NOT_READ;
  #readAtMs: number | null = null;
  #work: Promise<void> | null = null;

  constructor(parts: TopologyDirectoryParts) {
    this.#parts = parts;
  }

  read(): KnownServers {
    return this.#known;
  }

  async settle(): Promise<void> {
    const { settleMs = SETTLE_MS } = this.#parts;
    await withinDeadline(this.#ask(), settleMs, undefined);
  }

  end(): void {
    this.#parts.cmdlets.end();
  }

  #ask(): Promise<void> {
    const { upMs } = this.#parts.now();
    if (this.#work === null && this.#readAtMs !== null && upMs - this.#readAtMs < AGE_MS) return Promise.resolve();
    this.#work ??= this.#read().finally(() => {
      this.#work = null;
    });
    return this.#work;
  }

  async #read(): Promise<void> {
    const { cmdlets, now } = this.#parts;
    const said = await cmdlets.readTopology();
    // An open PowerShell with Lync's module takes much memory.
    cmdlets.end();
    this.#known = said.kind === 'read' ? await this.#findServers(said.value) : await this.#findMembers(said);
    this.#readAtMs = now().upMs;
  }

  async #findServers({ pools, isWhole }: Topology): Promise<KnownServers> {
    const named = pools.flatMap(({ fqdn, members, kind }) =>
      [...new Set(members.length === 0 ? [fqdn] : members)].filter((name) => name !== '').map((name) => ({ name, kind })),
    );
    const byAddress = new Map<string, KindFinding>();
    let trouble: PoolTrouble | null = isWhole && named.length <= MOST_NAMES ? null : 'not-told';
    await askEach(named.slice(0, MOST_NAMES), QUESTIONS_AT_ONCE, async ({ name, kind }) => {
      const found = await this.#resolve(name);
      if (found.kind === 'unavailable') trouble ??= troubleOf(found);
      else if (found.kind === 'addresses') add(byAddress, found.addresses, { kind, sign: 'topology' });
    });
    return { byAddress, trouble };
  }

  /** Several addresses of the pool's name with ours among them are those of its members; one may be a load balancer's. */
  async #findMembers({ trouble }: Extract<CmdletsSay<unknown>, { kind: 'unavailable' }>): Promise<KnownServers> {
    const { named, ownAddresses } = this.#parts;
    const own = ownAddresses() ?? [];
    const found = named === null ? null : await this.#resolve(named);
    const byAddress = new Map<string, KindFinding>();
    if (found?.kind === 'addresses' && found.addresses.length > 1 && found.addresses.some((address) => own.includes(address))) {
      add(byAddress, found.addresses, { kind: 'pool-member', sign: 'dns' });
    }
    return { byAddress, trouble };
  }

  /** A gateway may stand in the topology by its address. */
  #resolve(name: string): Promise<NameAddresses> {
    return isIP(name) === 0 ? this.#parts.nameService.resolve(name) : Promise.resolve({ kind: 'addresses', addresses: [name] });
  }
}

/** A member of our own pool is that first, whatever else runs there: a Mediation server may stand in two pools. */
function add(byAddress: Map<string, KindFinding>, addresses: readonly string[], finding: KindFinding): void {
  for (const address of addresses) {
    if (byAddress.get(address)?.kind !== 'pool-member') byAddress.set(address, finding);
  }
}

function troubleOf({ reason }: Extract<NameAddresses, { kind: 'unavailable' }>): PoolTrouble {
  return reason === 'refused' ? 'dns-refused' : 'dns-did-not-answer';
}
