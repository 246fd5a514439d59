import { AddressSet } from './address-set.js';
import { foldAddress, isLoopbackAt } from './row-addresses.js';

const SEEN_PLACES = 256;

/**
 * This computer's own addresses, as the tables themselves have them: every local address is one. A connection between two of
 * them has a row for each of its ends, so both stand there, and nothing else has to be asked: Node's `os.networkInterfaces`
 * throws on Windows when one adapter is broken.
 *
 * They hardly ever change, so rows are judged by those of the reading before while the present ones are gathered; only when
 * these differ, the rows have to be looked through again.
 */
export class OwnAddresses {
  #addresses = new AddressSet([]);
  #gathered = new AddressSet([]);
  /** Folded addresses that were gathered just now, by some of their bits: rows have the same few again and again. */
  readonly #seen = new Int32Array(SEEN_PLACES);

  begin(): void {
    this.#gathered.clear();
    this.#seen.fill(0);
  }

  /** Takes down the local address of a row. */
  gather(words: Int32Array, at: number, isIpv6: boolean): void {
    const fold = foldAddress(words, at, isIpv6);
    const place = (fold ^ (fold >>> 8) ^ (fold >>> 24)) & (SEEN_PLACES - 1);
    if (this.#seen[place] === fold) return;
    this.#seen[place] = fold;
    this.#gathered.add(words, at, isIpv6, fold);
  }

  /** @returns false when rows were judged by other addresses than those that were gathered; from now on, these count */
  settle(): boolean {
    if (this.#gathered.equals(this.#addresses)) return true;
    [this.#addresses, this.#gathered] = [this.#gathered, this.#addresses];
    return false;
  }

  /** True for a loopback address, or another one of this computer's own. */
  hasAt(words: Int32Array, at: number, isIpv6: boolean): boolean {
    return isLoopbackAt(words, at, isIpv6) || this.#addresses.has(words, at, isIpv6, foldAddress(words, at, isIpv6));
  }
}
