import { readAddressRange } from '../../../../contract/address-range.js';
import { ProblemError, problem } from '../../../../contract/problem.js';
import { AddressSet } from './address-set.js';
import { parseAddress, type AddressWords } from './addresses.js';
import { addressAt } from './row-addresses.js';

const WORD_BITS = 32;

/** The leading bits that an address of the range has. */
interface Masked {
  readonly network: AddressWords;
  readonly mask: AddressWords;
}

/** Addresses and ranges of them to look up by where they stand in a table. Single addresses cost what an `AddressSet` costs. */
export class AddressRanges {
  readonly #single: AddressSet;
  readonly #ranges: readonly Masked[];

  /** @throws ProblemError invalid-argument for a text that is neither an address nor a range */
  constructor(texts: readonly string[]) {
    const ranges = texts.map(read);
    this.#single = new AddressSet(ranges.flatMap((range) => (typeof range === 'string' ? [range] : [])));
    this.#ranges = ranges.flatMap((range) => (typeof range === 'string' ? [] : [range]));
  }

  /** @param fold what `foldAddress` gives for the address */
  has(words: Int32Array, at: number, isIpv6: boolean, fold: number): boolean {
    return this.#single.has(words, at, isIpv6, fold) || (this.#ranges.length > 0 && this.#isInRange(addressAt(words, at, isIpv6)));
  }

  #isInRange(address: AddressWords): boolean {
    return this.#ranges.some(({ network, mask }) => address.every((word, index) => (word & (mask[index] ?? 0)) === network[index]));
  }
}

/** @returns the text of a single address, or a range */
function read(text: string): string | Masked {
  const range = readAddressRange(text);
  const words = range === null ? null : parseAddress(range.address);
  if (range === null || words === null) throw new ProblemError(problem('invalid-argument', { argument: 'address', value: text }));
  // An IPv4 address stands behind the 96 bits of IPv4-mapped ones.
  const bits = range.prefixLength + (range.address.includes(':') ? 0 : 96);
  if (bits === 4 * WORD_BITS) return range.address;
  const mask: AddressWords = [maskOf(bits), maskOf(bits - WORD_BITS), maskOf(bits - 2 * WORD_BITS), maskOf(bits - 3 * WORD_BITS)];
  const network: AddressWords = [words[0] & mask[0], words[1] & mask[1], words[2] & mask[2], words[3] & mask[3]];
  return { network, mask };
}

/** A word whose first so many bits in network order are set. Its bytes stand as in `AddressWords`: the first one lowest. */
function maskOf(bits: number): number {
  let mask = 0;
  for (let byte = 0; byte < 4; byte += 1) {
    const inByte = Math.min(8, Math.max(0, bits - 8 * byte));
    mask |= ((0xff << (8 - inByte)) & 0xff) << (8 * byte);
  }
  return mask;
}
