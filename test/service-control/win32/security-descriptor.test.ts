import { describe, expect, it } from 'vitest';

import { findStranger, readSid } from '../../../electron/adapters/windows/koffi/security-descriptor.js';

const ADMINISTRATORS = [5, 32, 544];
const SYSTEM = [5, 18];
const USERS = [5, 32, 545];
const CREATOR_OWNER = [3, 0];
const TRUSTED = new Set(['S-1-5-32-544', 'S-1-5-18']);

const ALLOW = 0;
const DENY = 1;
const INHERIT_ONLY = 0x8;
const FULL = 0x1f_01ff;
const READ = 0x12_00a9;

interface MadeUpAce {
  readonly type?: number;
  readonly flags?: number;
  readonly mask: number;
  readonly who: readonly number[];
}

/** A SID from its authority and the parts after it. */
function sid([authority = 0, ...parts]: readonly number[]): Buffer {
  const bytes = Buffer.alloc(8 + parts.length * 4);
  bytes.writeUInt8(1, 0);
  bytes.writeUInt8(parts.length, 1);
  bytes.writeUIntBE(authority, 2, 6);
  for (const [index, part] of parts.entries()) bytes.writeUInt32LE(part, 8 + index * 4);
  return bytes;
}

function ace({ type = ALLOW, flags = 0, mask, who }: MadeUpAce): Buffer {
  const header = Buffer.alloc(8);
  header.writeUInt8(type, 0);
  header.writeUInt8(flags, 1);
  header.writeUInt32LE(mask, 4);
  const whole = Buffer.concat([header, sid(who)]);
  whole.writeUInt16LE(whole.length, 2);
  return whole;
}

/** A self-relative descriptor; without `aces` it has no access list at all. */
function descriptor(owner: readonly number[], aces?: readonly MadeUpAce[]): Buffer {
  const header = Buffer.alloc(20);
  const ownerBytes = sid(owner);
  header.writeUInt16LE(aces === undefined ? 0x8000 : 0x8004, 2);
  header.writeUInt32LE(header.length, 4);
  if (aces === undefined) return Buffer.concat([header, ownerBytes]);
  header.writeUInt32LE(header.length + ownerBytes.length, 16);
  const list = Buffer.alloc(8);
  list.writeUInt16LE(aces.length, 4);
  return Buffer.concat([header, ownerBytes, list, ...aces.map(ace)]);
}

const FOR_ADMINISTRATORS: readonly MadeUpAce[] = [
  { mask: FULL, who: ADMINISTRATORS },
  { mask: FULL, who: SYSTEM },
];

describe('a security descriptor', () => {
  it('lets nobody else write what only Administrators and SYSTEM may write', () => {
    expect(findStranger(descriptor(ADMINISTRATORS, FOR_ADMINISTRATORS), TRUSTED)).toBeNull();
  });

  it('has a stranger in an owner, who can always give himself more rights', () => {
    expect(findStranger(descriptor([5, 21, 1, 2, 3, 1001], FOR_ADMINISTRATORS), TRUSTED)).toBe('S-1-5-21-1-2-3-1001');
  });

  it('lets others read', () => {
    expect(findStranger(descriptor(SYSTEM, [...FOR_ADMINISTRATORS, { mask: READ, who: USERS }]), TRUSTED)).toBeNull();
  });

  it.each([0x2, 0x4, 0x10, 0x40, 0x100, 0x1_0000, 0x4_0000, 0x8_0000, 0x1000_0000, 0x4000_0000])(
    'has a stranger in whoever holds the right 0x%x',
    (right) => {
      expect(findStranger(descriptor(SYSTEM, [...FOR_ADMINISTRATORS, { mask: READ | right, who: USERS }]), TRUSTED)).toBe('S-1-5-32-545');
    },
  );

  it('has a stranger in whoever may write what is made inside later', () => {
    expect(findStranger(descriptor(SYSTEM, [{ flags: INHERIT_ONLY, mask: FULL, who: USERS }]), TRUSTED)).toBe('S-1-5-32-545');
  });

  it('takes no account of refusals, nor of whoever will be the owner', () => {
    const aces = [
      { type: DENY, mask: FULL, who: USERS },
      { flags: INHERIT_ONLY, mask: FULL, who: CREATOR_OWNER },
    ];
    expect(findStranger(descriptor(SYSTEM, [...aces, ...FOR_ADMINISTRATORS]), TRUSTED)).toBeNull();
  });

  it('lets everybody write when it has no access list, or an entry that nobody knows', () => {
    expect(findStranger(descriptor(SYSTEM), TRUSTED)).toBe('S-1-1-0');
    expect(findStranger(descriptor(SYSTEM, [{ type: 0x5, mask: FULL, who: USERS }]), TRUSTED)).toBe('S-1-1-0');
  });

  it('is refused when it ends in the middle', () => {
    const whole = descriptor(SYSTEM, [...FOR_ADMINISTRATORS, { mask: FULL, who: USERS }]);
    for (let length = 0; length < whole.length; length++) {
      expect(() => findStranger(whole.subarray(0, length), TRUSTED)).toThrow(RangeError);
    }
  });

  it('writes a SID as Windows does', () => {
    expect(readSid(sid([5, 80, 956_008_885, 3_418_522_649]), 0)).toBe('S-1-5-80-956008885-3418522649');
  });
});
