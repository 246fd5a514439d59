/** One address, or all that share its leading bits. */
export interface AddressRange {
  /** As it was written, without a zone. */
  readonly address: string;
  /** How many leading bits count: all of them for a single address. */
  readonly prefixLength: number;
}

/** A range that takes in more is a slip: it would leave out nearly every connection, and with them what says that a service is busy. */
const SHORTEST_PREFIX = { ipv4: 8, ipv6: 7 } as const;

/**
 * Reads `10.0.0.7`, `2001:db8::7`, `10.0.0.0/8` or `fc00::/7` (CIDR notation, RFC 4632 and 4291).
 * @returns null for what is none of them, and for a range of half the world
 */
export function readAddressRange(text: string): AddressRange | null {
  const [, address = '', prefix] = /^([^/%]+)(?:%[^/%]+)?(?:\/(\d{1,3}))?$/.exec(text) ?? [];
  const kind = isIpv4Text(address) ? 'ipv4' : isIpv6Text(address) ? 'ipv6' : null;
  if (kind === null) return null;
  const longest = kind === 'ipv4' ? 32 : 128;
  const prefixLength = prefix === undefined ? longest : Number(prefix);
  return prefixLength >= SHORTEST_PREFIX[kind] && prefixLength <= longest ? { address, prefixLength } : null;
}

function isIpv4Text(text: string): boolean {
  const bytes = text.split('.');
  return bytes.length === 4 && bytes.every((byte) => /^(?:0|[1-9]\d{0,2})$/.test(byte) && Number(byte) <= 255);
}

/** Eight groups, or fewer with one `::` in the place of at least one; the last two may be an IPv4 address. */
function isIpv6Text(text: string): boolean {
  const [head = '', tail, ...more] = text.split('::');
  if (more.length > 0) return false;
  const before = countGroups(head, tail === undefined);
  if (tail === undefined) return before === 8;
  const after = countGroups(tail, true);
  return before !== null && after !== null && before + after <= 7;
}

/** How many 16-bit groups a part holds; null where it is none. */
function countGroups(part: string, mayEndInIpv4: boolean): number | null {
  if (part === '') return 0;
  const groups = part.split(':');
  const hasIpv4 = mayEndInIpv4 && isIpv4Text(groups.at(-1) ?? '');
  const plain = hasIpv4 ? groups.slice(0, -1) : groups;
  return plain.every((group) => /^[0-9a-f]{1,4}$/i.test(group)) ? plain.length + (hasIpv4 ? 2 : 0) : null;
}
