import { computerKey, firstLabel, isSameComputer, namesComputer } from '../../contract/computer-names.js';
import type { OtherServer, RemoteServices } from '../../contract/facts.js';
import type { PoolMembers, RemoteServiceControl } from '../../ports/pool-information.js';
import { withinDeadline } from '../time/within-deadline.js';

const NOT_READ: RemoteServices = { kind: 'unknown', reason: 'not-read-yet', raw: null };

/**
 * What the other servers of the pool say of their services. All are asked side by side. A look waits no longer than its deadline, also if
 * the port broke its promise to answer by itself.
 */
export class OtherServers {
  readonly #control: RemoteServiceControl;
  readonly #deadlineMs: number;
  readonly #said = new Map<string, { readonly services: RemoteServices; readonly look: number }>();
  #looks = 0;

  constructor(control: RemoteServiceControl, deadlineMs: number) {
    this.#control = control;
    this.#deadlineMs = deadlineMs;
  }

  /** Asks every one of them, begun now. An earlier look that ends later replaces nothing. */
  async look(names: readonly string[]): Promise<void> {
    this.#looks += 1;
    const look = this.#looks;
    await Promise.all(
      names.map(async (fqdn) => {
        const services = await this.#askWithin(fqdn);
        if ((this.#said.get(computerKey(fqdn))?.look ?? 0) < look) this.#said.set(computerKey(fqdn), { services, look });
      }),
    );
  }

  tell(names: readonly string[]): readonly OtherServer[] {
    return names.map((fqdn) => ({ fqdn, services: this.#said.get(computerKey(fqdn))?.services ?? NOT_READ }));
  }

  #askWithin(fqdn: string): Promise<RemoteServices> {
    const late: RemoteServices = { kind: 'unknown', reason: 'did-not-answer', raw: `no answer in ${this.#deadlineMs} ms` };
    return withinDeadline(this.#control.readServices(fqdn), this.#deadlineMs, late);
  }
}

/**
 * The servers of the pool without this one; null if this one is not found among them once: then one that is asked could be this one, whose
 * own pause would pass for another's.
 */
export function namesOfOthers({ members, own }: PoolMembers): readonly string[] | null {
  const isOwn = namesComputer(members, own)
    ? (name: string) => isSameComputer(name, own)
    : (name: string) => isSameComputer(firstLabel(name), firstLabel(own));
  return members.filter(isOwn).length === 1 ? members.filter((name) => !isOwn(name)) : null;
}
