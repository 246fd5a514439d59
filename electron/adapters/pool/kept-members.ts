import { firstLabel, isSameComputer } from '../../contract/computer-names.js';
import type { Instant } from '../../contract/computer.js';
import { DAY_MS } from '../../contract/time-units.js';
import type { MembersMemory, ToldMembers } from '../../ports/pool-information.js';
import { namesOfOthers } from './other-servers.js';

/**
 * Longer than from one night of patches to the next one, also if a month is left out. A server that left the pool since then blocks if its
 * Front-End does not run, and the older a list is, the more often it is that.
 */
const MOST_AGE_MS = 90 * DAY_MS;

/** The other servers of a pool, and when the cmdlets told them. */
export interface EarlierServers {
  readonly fqdn: string;
  readonly toldAt: string;
  readonly others: readonly string[];
}

interface KeptMembersParts {
  readonly membersMemory: MembersMemory;
  readonly isFrontEnd: () => Promise<boolean>;
  readonly ownName: () => Promise<string>;
  readonly now: () => Instant;
}

/** The members of the pool as they were told last, by this program or an earlier one. */
export class KeptMembers {
  readonly #parts: KeptMembersParts;
  #told: ToldMembers | null = null;

  constructor(parts: KeptMembersParts) {
    this.#parts = parts;
  }

  keep(members: ToldMembers): void {
    this.#told = members;
    this.#parts.membersMemory.write(members);
  }

  /** Reads what is kept, if it is of this computer: a data folder may have been copied, and this server may have another role now. */
  async load(): Promise<void> {
    const { membersMemory, isFrontEnd, ownName } = this.#parts;
    const told = membersMemory.read();
    if (told === null || !isSameComputer(firstLabel(told.own), firstLabel(await ownName())) || !(await isFrontEnd())) return;
    // What could not be written is newer than the file.
    if (this.#told === null || this.#told.toldAt < told.toldAt) this.#told = told;
  }

  /**
   * @param named the pool's name from the settings; null if there is none
   * @returns null if nothing is kept, if it is of another pool than that, too old or of a time to come, or if this server is not among its
   * members once
   */
  find(named: string | null): EarlierServers | null {
    if (this.#told === null || !isSameComputer(named ?? this.#told.fqdn, this.#told.fqdn)) return null;
    const { fqdn, toldAt } = this.#told;
    const ageMs = Date.parse(this.#parts.now().at) - Date.parse(toldAt);
    const others = ageMs >= 0 && ageMs <= MOST_AGE_MS ? namesOfOthers(this.#told) : null;
    return others === null || others.length === 0 ? null : { fqdn, toldAt, others };
  }
}
