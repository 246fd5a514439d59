import { isIP } from 'node:net';

import { describe, expect, it } from 'vitest';

import { readAddressRange } from '../../electron/contract/address-range.js';
import { draws, fc } from '../harness/properties.js';

describe('an address or a range in text', () => {
  it.each([
    ['10.0.0.7', '10.0.0.7', 32],
    ['10.0.0.0/8', '10.0.0.0', 8],
    ['10.1.2.3/30', '10.1.2.3', 30],
    ['::', '::', 128],
    ['2001:db8::7', '2001:db8::7', 128],
    ['fc00::/7', 'fc00::', 7],
    ['fe80::1%12', 'fe80::1', 128],
    ['64:ff9b::192.0.2.33', '64:ff9b::192.0.2.33', 128],
  ])('is read: %s', (text, address, prefixLength) => {
    expect(readAddressRange(text)).toEqual({ address, prefixLength });
  });

  it.each([
    '',
    '/8',
    '10.0.0/8',
    '10.0.0.0/',
    '10.0.0.0/33',
    '10.0.0.0/-1',
    '10.0.0.0/8/8',
    '10.0.0.0 /8',
    'fe80::/129',
    'contoso.com',
    '10.0.0.7:5061',
    '010.0.0.1',
    '1::2::3',
    '%12',
  ])('is refused: %j', (text) => {
    expect(readAddressRange(text)).toBeNull();
  });

  it('is refused where it takes in half the world, which would make every service look empty', () => {
    for (const text of ['0.0.0.0/0', '128.0.0.0/1', '10.0.0.0/7', '::/0', '::/6']) expect(readAddressRange(text)).toBeNull();
  });

  it('is an address exactly where Node says so', () => {
    const piece = fc.constantFrom('0', '1', 'ff', 'FFFF', '12345', ':', '::', '.', '255', '256', '01', '10.0.0.1', 'g', '');
    const odd = fc.array(piece, { maxLength: 9 }).map((pieces) => pieces.join(''));
    const groups = fc.array(fc.constantFrom('0', 'a', 'db8', '', '1.2.3.4'), { maxLength: 9 }).map((parts) => parts.join(':'));
    fc.assert(
      fc.property(fc.oneof(odd, groups, fc.ipV4(), fc.ipV6()), (text) => {
        expect(readAddressRange(text) !== null, text).toBe(isIP(text) !== 0);
      }),
      draws(20_000),
    );
  });
});
