import { ProblemError, problem } from '../../../../contract/problem.js';
import { MAPPED_PREFIX, parseAddress, type AddressWords } from './addresses.js';
import { addressAt, foldAddress } from './row-addresses.js';

/** Places of the filter: enough that of a few addresses hardly ever another one has the same. */
const FILTER_SIZE = 4_096;

/** Addresses to look up by where they stand in a table: quick to say no, exact to say yes. */
export class AddressSet {
  readonly #addresses = new Map<number, AddressWords[]>();
  /** What most addresses fail at: 1 where an address of the set falls. */
  readonly #filter = new Uint8Array(FILTER_SIZE);

  /** @throws ProblemError invalid-argument for a text that is no address */
  constructor(texts: readonly string[]) {
    for (const text of texts) {
      const words = parseAddress(text);
      if (words === null) throw new ProblemError(problem('invalid-argument', { argument: 'address', value: text }));
      this.#insert(words, foldAddress(Int32Array.from(words), 0, true));
    }
  }

  /** @param fold what `foldAddress` gives for the address */
  has(words: Int32Array, at: number, isIpv6: boolean, fold: number): boolean {
    return this.#filter[placeOf(fold)] !== 0 && this.#hasExactly(words, at, isIpv6, fold);
  }

  /** Adds the address that stands in a table. @param fold what `foldAddress` gives for it */
  add(words: Int32Array, at: number, isIpv6: boolean, fold: number): void {
    if (!this.has(words, at, isIpv6, fold)) this.#insert(addressAt(words, at, isIpv6), fold);
  }

  clear(): void {
    this.#addresses.clear();
    this.#filter.fill(0);
  }

  equals(other: AddressSet): boolean {
    const [ours, theirs] = [this.#list(), other.#list()];
    return ours.size === theirs.size && [...ours].every((address) => theirs.has(address));
  }

  #list(): ReadonlySet<string> {
    return new Set([...this.#addresses.values()].flat().map((words) => words.join()));
  }

  #insert(address: AddressWords, fold: number): void {
    const others = this.#addresses.get(fold);
    if (others === undefined) this.#addresses.set(fold, [address]);
    else others.push(address);
    this.#filter[placeOf(fold)] = 1;
  }

  #hasExactly(words: Int32Array, at: number, isIpv6: boolean, fold: number): boolean {
    const candidates = this.#addresses.get(fold);
    if (candidates === undefined) return false;
    for (const candidate of candidates) if (isAddressAt(words, at, isIpv6, candidate)) return true;
    return false;
  }
}

function placeOf(fold: number): number {
  return (fold ^ (fold >>> 12) ^ (fold >>> 20)) & (FILTER_SIZE - 1);
}

function isAddressAt(words: Int32Array, at: number, isIpv6: boolean, address: AddressWords): boolean {
  if (!isIpv6) return address[3] === words[at] && address[2] === MAPPED_PREFIX && address[1] === 0 && address[0] === 0;
  return address[3] === words[at + 3] && address[2] === words[at + 2] && address[1] === words[at + 1] && address[0] === words[at];
}
