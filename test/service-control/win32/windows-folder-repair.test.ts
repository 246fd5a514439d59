import { describe, expect, it } from 'vitest';

import type { MachineFunctions } from '../../../electron/adapters/windows/koffi/machine-functions.js';
import { ONLY_ADMINISTRATORS_WRITE } from '../../../electron/adapters/windows/services/windows-folder-protection.js';
import { windowsFolderRepairBy } from '../../../electron/adapters/windows/services/windows-folder-repair.js';
import { descriptorOf } from '../../harness/sddl.js';

const FOLDER = 'C:\\ProgramData\\Lync Drain';
const LOOSE = 'O:BAD:AI(A;OICIID;FA;;;BA)(A;OICIID;FA;;;SY)(A;CIID;0x2;;;BU)';
/** winnt.h: OWNER, GROUP, DACL, and PROTECTED_DACL or UNPROTECTED_DACL. */
const [TOP, INSIDE] = [0x8000_0007, 0x2000_0007];

interface Call {
  readonly path: string;
  readonly what: number;
  readonly owner: Buffer;
  readonly dacl: Buffer;
}

/** A Windows that remembers what it was given; addresses are places in a list. */
function open(result = 0) {
  const calls: Call[] = [];
  const memory: Buffer[] = [];
  let sddl = LOOSE;
  const machine = {
    addressOf: (bytes: Buffer) => memory.push(bytes) - 1,
    GetFileSecurityW: (_path: string, _what: number, descriptor: Buffer) => descriptorOf(sddl).copy(descriptor),
    GetLastError: () => 0,
  } as unknown as MachineFunctions;
  const repair = windowsFolderRepairBy(machine, {
    SetNamedSecurityInfoW: (...[path, type, what, owner, group, dacl, sacl]) => {
      expect([type, group, sacl]).toEqual([1, owner, 0]);
      calls.push({ path, what, owner: memory[owner]!, dacl: memory[dacl]! });
      if (result === 0) sddl = ONLY_ADMINISTRATORS_WRITE;
      return result;
    },
  });
  return { repair, calls };
}

describe('the repair of an access list on Windows', () => {
  it('gives the data folder exactly the list that a new one gets, owned by Administrators, and nothing from above', () => {
    const { repair, calls } = open();
    expect(repair.repair(FOLDER, true)).toBe(true);
    const wanted = descriptorOf(ONLY_ADMINISTRATORS_WRITE);
    const [call] = calls;
    expect([call?.path, call?.what]).toEqual([FOLDER, TOP]);
    expect(wanted.subarray(wanted.readUInt32LE(4)).subarray(0, call!.owner.length)).toEqual(call!.owner);
    const entries = (acl: Buffer): Buffer => acl.subarray(8);
    expect(entries(call!.dacl)).toEqual(entries(wanted.subarray(wanted.readUInt32LE(16))));
    expect([call!.dacl.readUInt8(0), call!.dacl.readUInt16LE(2), call!.dacl.readUInt16LE(4)]).toEqual([2, call!.dacl.length, 4]);
  });

  it('lets what is in it have what the folder hands down', () => {
    const { repair, calls } = open();
    repair.repair(`${FOLDER}\\runs`, false);
    expect([calls[0]?.what, calls[0]?.dacl.length]).toEqual([INSIDE, 8]);
  });

  it('changes nothing the next time', () => {
    const { repair } = open();
    expect([repair.repair(FOLDER, true), repair.repair(FOLDER, true)]).toEqual([true, false]);
  });

  it("says Windows' number where it is refused", () => {
    expect(() => open(5).repair.repair(FOLDER, true)).toThrow(expect.objectContaining({ code: 'Win32 5' }));
  });
});
