import { isIPv4, isIPv6 } from 'node:net';

/**
 * An IPv6 address as four 32-bit words, each holding four bytes in network order the way a little-endian machine reads
 * them from a Windows structure. An IPv4 address is the last word behind the prefix of IPv4-mapped addresses (RFC 4291).
 */
export type AddressWords = readonly [number, number, number, number];

/** Third word of an IPv4-mapped address; the two before it are zero. */
export const MAPPED_PREFIX = 0xffff0000 | 0;

/** Last word of `::1`; the three before it are zero. */
export const IPV6_LOOPBACK_END = 0x01000000;

/** True for an IPv4 word in 127.0.0.0/8. */
export function isIpv4Loopback(word: number): boolean {
  return (word & 0xff) === 127;
}

/** Reads an address from text; a zone (`%eth0`) is left out. @returns null when it is no address */
export function parseAddress(text: string): AddressWords | null {
  const withoutZone = text.split('%', 1)[0] ?? '';
  if (isIPv4(withoutZone)) return [0, 0, MAPPED_PREFIX, toWord(ipv4Bytes(withoutZone))];
  if (!isIPv6(withoutZone)) return null;
  const bytes = ipv6Bytes(withoutZone);
  return [toWord(bytes.slice(0, 4)), toWord(bytes.slice(4, 8)), toWord(bytes.slice(8, 12)), toWord(bytes.slice(12))];
}

/** IPv4 with dots; IPv6 shortened and in lower case (RFC 5952). */
export function formatAddress(words: AddressWords): string {
  const [first, second, third, last] = words;
  if (first === 0 && second === 0 && third === MAPPED_PREFIX) {
    return `${last & 0xff}.${(last >>> 8) & 0xff}.${(last >>> 16) & 0xff}.${last >>> 24}`;
  }
  const bytes = words.flatMap(fromWord);
  const groups = Array.from({ length: 8 }, (_, index) => ((bytes[index * 2] ?? 0) << 8) | (bytes[index * 2 + 1] ?? 0));
  return shorten(groups);
}

/** Replaces the first longest run of at least two zero groups by `::`. */
function shorten(groups: readonly number[]): string {
  let longest = { start: 0, length: 1 };
  let start = 0;
  groups.forEach((group, index) => {
    if (group !== 0) start = index + 1;
    else if (index + 1 - start > longest.length) longest = { start, length: index + 1 - start };
  });
  const text = (part: readonly number[]) => part.map((group) => group.toString(16)).join(':');
  if (longest.length < 2) return text(groups);
  return `${text(groups.slice(0, longest.start))}::${text(groups.slice(longest.start + longest.length))}`;
}

function ipv4Bytes(text: string): readonly number[] {
  return text.split('.').map(Number);
}

function ipv6Bytes(text: string): readonly number[] {
  const [head = '', tail] = text.split('::');
  const before = groupBytes(head);
  const after = tail === undefined ? [] : groupBytes(tail);
  return [...before, ...Array.from({ length: 16 - before.length - after.length }, () => 0), ...after];
}

function groupBytes(text: string): readonly number[] {
  if (text === '') return [];
  return text.split(':').flatMap((group) => {
    if (group.includes('.')) return ipv4Bytes(group);
    const value = Number.parseInt(group, 16);
    return [value >> 8, value & 0xff];
  });
}

function toWord(bytes: readonly number[]): number {
  return bytes.reduce((word, byte, index) => word | (byte << (8 * index)), 0);
}

function fromWord(word: number): readonly number[] {
  return [0, 8, 16, 24].map((shift) => (word >>> shift) & 0xff);
}
