import type { AddressName } from '../contract/session-ends.js';

/**
 * What DNS says of a name.
 * - `none`: there is no such name, or it has no IPv4 address
 * - `unavailable`: no server answered in time, or it refused
 */
export type NameAddresses =
  | { readonly kind: 'addresses'; readonly addresses: readonly string[] }
  | { readonly kind: 'none' }
  | { readonly kind: 'unavailable'; readonly reason: 'did-not-answer' | 'refused'; readonly raw: string };

/** The port to DNS. */
export interface NameService {
  /** IPv4 addresses of a name, each once, sorted. Never rejects; answers within the deadline it was made with. */
  resolve(name: string): Promise<NameAddresses>;
}

/** The port to reverse lookup. */
export interface AddressNames {
  /** The name of each address. Never rejects; answers within one deadline for all of them. */
  find(addresses: readonly string[]): Promise<ReadonlyMap<string, AddressName>>;
}
