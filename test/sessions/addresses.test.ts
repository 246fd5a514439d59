import { isIPv6 } from 'node:net';

import { describe, expect, it } from 'vitest';

import { formatAddress, parseAddress } from '../../electron/adapters/windows/evidence/tcp/addresses.js';
import { fc } from '../harness/properties.js';

describe('addresses in text', () => {
  it.each([
    ['10.1.2.3', '10.1.2.3'],
    ['255.255.255.255', '255.255.255.255'],
    ['0.0.0.0', '0.0.0.0'],
    ['::', '::'],
    ['::1', '::1'],
    ['1::', '1::'],
    ['2001:DB8:0:0:0:0:0:1', '2001:db8::1'],
    ['2001:db8:0:1:1:1:1:1', '2001:db8:0:1:1:1:1:1'],
    ['2001:0:0:1:0:0:0:1', '2001:0:0:1::1'],
    ['2001:db8:0:0:1:0:0:1', '2001:db8::1:0:0:1'],
    ['fe80::1%12', 'fe80::1'],
    ['::ffff:10.1.2.3', '10.1.2.3'],
    ['64:ff9b::192.0.2.33', '64:ff9b::c000:221'],
  ])('writes %s as %s', (given, shown) => {
    expect(formatAddress(parseAddress(given)!)).toBe(shown);
  });

  it.each(['', 'localhost', '10.1.2', '10.1.2.256', '1::2::3', '10.1.2.3:5061', 'fe80::1::%3'])('refuses %j', (text) => {
    expect(parseAddress(text)).toBeNull();
  });

  it('reads back what it writes', () => {
    const word = fc.integer({ min: -(2 ** 31), max: 2 ** 31 - 1 });
    const mostlyZero = fc.oneof(fc.constant(0), word);
    fc.assert(
      fc.property(mostlyZero, mostlyZero, mostlyZero, mostlyZero, (...words) => {
        expect(parseAddress(formatAddress(words))).toEqual(words);
      }),
    );
  });

  it('reads every form of an IPv6 address alike', () => {
    fc.assert(
      fc.property(fc.ipV6(), (text) => {
        fc.pre(isIPv6(text));
        const words = parseAddress(text)!;
        expect(parseAddress(text.toUpperCase())).toEqual(words);
        expect(parseAddress(formatAddress(words))).toEqual(words);
      }),
    );
  });
});
