import { AddressSet } from './address-set.js';
import { foldAddress, isLoopbackAt } from './row-addresses.js';
import { TABLE_HEADER_WORDS, type TcpTable } from './tcp-table.js';

/**
 * This computer's own addresses, as the tables themselves have them: every local address is one. A connection between two of
 * them has a row for each of its ends, so both stand there, and nothing else has to be asked: Node's `os.networkInterfaces`
 * throws on Windows when one adapter is broken.
 */
export class OwnAddresses {
  private readonly addresses = new AddressSet([]);

  /** Takes the addresses of another reading. */
  turnTo(tables: readonly TcpTable[]): void {
    this.addresses.clear();
    for (const table of tables) this.gather(table);
  }

  /** True for a loopback address, or another one of this computer's own. */
  hasAt(words: Int32Array, at: number, isIpv6: boolean): boolean {
    return isLoopbackAt(words, at, isIpv6) || this.addresses.has(words, at, isIpv6, foldAddress(words, at, isIpv6));
  }

  private gather({ words, rowCount, layout }: TcpTable): void {
    const { rowWords, isIpv6, localAddress } = layout;
    const first = TABLE_HEADER_WORDS + localAddress;
    const end = TABLE_HEADER_WORDS + rowCount * rowWords;
    // Nearly all rows have one of a few local addresses: each is compared with the row before, and looked up if it differs.
    let before = -1;
    for (let at = first; at < end; at += rowWords) {
      const isSame = before !== -1 && words[at] === words[before] && (!isIpv6 || isSameRest(words, at, before));
      if (isSame) continue;
      before = at;
      this.addresses.add(words, at, isIpv6, foldAddress(words, at, isIpv6));
    }
  }
}

function isSameRest(words: Int32Array, one: number, other: number): boolean {
  return words[one + 3] === words[other + 3] && words[one + 2] === words[other + 2] && words[one + 1] === words[other + 1];
}
