import { IPV6_LOOPBACK_END, isIpv4Loopback, MAPPED_PREFIX, type AddressWords } from './addresses.js';

/** The address that stands in a table at a word; both kinds as `parseAddress` gives them. */
export function addressAt(words: Int32Array, at: number, isIpv6: boolean): AddressWords {
  if (!isIpv6) return [0, 0, MAPPED_PREFIX, words[at] ?? 0];
  return [words[at] ?? 0, words[at + 1] ?? 0, words[at + 2] ?? 0, words[at + 3] ?? 0];
}

/** An address in 32 bits: exact for IPv4, also for one mapped into IPv6; a hash for other IPv6 addresses. */
export function foldAddress(words: Int32Array, at: number, isIpv6: boolean): number {
  return isIpv6 ? foldIpv6(words, at) : (words[at] ?? 0);
}

/** True for an address of the loopback. */
export function isLoopbackAt(words: Int32Array, at: number, isIpv6: boolean): boolean {
  return isIpv6 ? isIpv6Loopback(words, at) : isIpv4Loopback(words[at] ?? 0);
}

/** True for an IPv4 address that stands in the place of an IPv6 one. */
export function isMappedAt(words: Int32Array, at: number): boolean {
  return words[at] === 0 && words[at + 1] === 0 && words[at + 2] === MAPPED_PREFIX;
}

// IPv6 apart: what most rows need stays small enough for the compiler to put it into the loops.
function foldIpv6(words: Int32Array, at: number): number {
  const first = words[at] ?? 0;
  const second = words[at + 1] ?? 0;
  const third = words[at + 2] ?? 0;
  const last = words[at + 3] ?? 0;
  if (first === 0 && second === 0 && third === MAPPED_PREFIX) return last;
  let fold = Math.imul(first, 0x9e3779b1) ^ second;
  fold = Math.imul(fold ^ (fold >>> 15), 0x85ebca6b) ^ third;
  return Math.imul(fold ^ (fold >>> 13), 0xc2b2ae35) ^ last;
}

function isIpv6Loopback(words: Int32Array, at: number): boolean {
  if (words[at] !== 0 || words[at + 1] !== 0) return false;
  const last = words[at + 3] ?? 0;
  return words[at + 2] === MAPPED_PREFIX ? isIpv4Loopback(last) : words[at + 2] === 0 && last === IPV6_LOOPBACK_END;
}
