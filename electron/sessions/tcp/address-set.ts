import { ProblemError, problem } from '../../contract/problem.js';
import { parseAddress, type AddressWords } from './addresses.js';
import { addressAt, foldAddress } from './row-addresses.js';

/** Addresses to look up by where they stand in a table: quick to say no, exact to say yes. */
export class AddressSet {
  private readonly addresses = new Map<number, AddressWords[]>();
  /** What most addresses fail at: 1 where an address of the set falls, out of 256. */
  private readonly filter = new Uint8Array(256);

  /** @throws ProblemError invalid-argument for a text that is no address */
  constructor(texts: readonly string[]) {
    for (const text of texts) {
      const words = parseAddress(text);
      if (words === null) throw new ProblemError(problem('invalid-argument', { argument: 'address', value: text }));
      const fold = foldAddress(Int32Array.from(words), 0, true);
      this.addresses.set(fold, [...(this.addresses.get(fold) ?? []), words]);
      this.filter[toByte(fold)] = 1;
    }
  }

  /** @param fold what `foldAddress` gives for the address */
  has(words: Int32Array, at: number, isIpv6: boolean, fold: number): boolean {
    return this.filter[toByte(fold)] !== 0 && this.hasExactly(addressAt(words, at, isIpv6), fold);
  }

  private hasExactly(address: AddressWords, fold: number): boolean {
    return this.addresses.get(fold)?.some((one) => one.every((word, index) => word === address[index])) ?? false;
  }
}

function toByte(fold: number): number {
  return (fold ^ (fold >>> 8) ^ (fold >>> 16) ^ (fold >>> 24)) & 0xff;
}
