import { BlockList } from 'node:net';

import { describe, expect, it } from 'vitest';

import { AddressRanges } from '../../electron/adapters/windows/evidence/tcp/address-ranges.js';
import { formatAddress, parseAddress, type AddressWords } from '../../electron/adapters/windows/evidence/tcp/addresses.js';
import { foldAddress } from '../../electron/adapters/windows/evidence/tcp/row-addresses.js';
import { ProblemError } from '../../electron/contract/problem.js';
import { fc } from '../harness/properties.js';

/** As an IPv6 row, and an IPv4 address as an IPv4 row too. */
function has(ranges: AddressRanges, text: string): boolean {
  const words = Int32Array.from(parseAddress(text)!);
  const found = ranges.has(words, 0, true, foldAddress(words, 0, true));
  if (!text.includes(':')) expect(ranges.has(words, 3, false, foldAddress(words, 3, false))).toBe(found);
  return found;
}

describe('addresses to leave out', () => {
  it('are single ones and ranges', () => {
    const ranges = new AddressRanges(['192.0.2.7', '10.0.0.0/8', '172.16.5.9/30', '2001:db8::/33', 'fc00::/7', '2001:db8:ffff::1']);
    for (const text of [
      '192.0.2.7',
      '10.0.0.0',
      '10.255.255.255',
      '172.16.5.8',
      '172.16.5.11',
      '2001:db8:7fff::1',
      'fdff::1',
      '2001:db8:ffff::1',
      '::ffff:10.1.2.3',
    ]) {
      expect(has(ranges, text), text).toBe(true);
    }
    for (const text of [
      '192.0.2.8',
      '11.0.0.0',
      '9.255.255.255',
      '172.16.5.7',
      '172.16.5.12',
      '2001:db8:8000::1',
      'fe00::1',
      '2001:db8:ffff::2',
      '::10.1.2.3',
    ]) {
      expect(has(ranges, text), text).toBe(false);
    }
  });

  it('are found as Node finds them', () => {
    const word = fc.integer({ min: -(2 ** 31), max: 2 ** 31 - 1 });
    const bit = fc.integer({ min: 0, max: 127 });
    fc.assert(
      fc.property(fc.tuple(word, word, word, word), fc.integer({ min: 7, max: 128 }), bit, (words, prefix, flipped) => {
        const network: AddressWords = words;
        const other: [number, number, number, number] = [...network];
        const [index, inWord] = [flipped >> 5, flipped & 31];
        other[index] = (other[index] ?? 0) ^ (1 << ((inWord & 24) + 7 - (inWord & 7)));
        const list = new BlockList();
        list.addSubnet(formatAddress([1, 1, 1, 1]), 128, 'ipv6');
        const text = formatAddress(network);
        if (!text.includes(':')) return;
        list.addSubnet(text, prefix, 'ipv6');
        const shown = formatAddress(other);
        if (!shown.includes(':')) return;
        expect(has(new AddressRanges([`${text}/${prefix}`]), shown)).toBe(list.check(shown, 'ipv6'));
      }),
    );
  });

  it('are refused where one is none', () => {
    expect(() => new AddressRanges(['10.0.0.0/8', 'fe01.contoso.com'])).toThrow(ProblemError);
  });
});
