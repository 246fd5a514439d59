import { describe, expect, it } from 'vitest';

import { findUntrustedWriter, readSid, sidBytes } from '../../../electron/adapters/windows/koffi/security-descriptor.js';
import { ONLY_ADMINISTRATORS_WRITE } from '../../../electron/adapters/windows/services/windows-folder-protection.js';
import { descriptorOf } from '../../harness/sddl.js';

const OWN = 'S-1-5-21-1111111111-2222222222-3333333333-1104';
const OTHER = 'S-1-5-21-1111111111-2222222222-3333333333-1105';
const DOMAIN_ADMINS = 'S-1-5-21-1111111111-2222222222-3333333333-512';
const INSTALLER = 'S-1-5-80-956008885-3418522649-1831038044-1853292631-2271478464';
const USERS = 'S-1-5-32-545';
const EVERYONE = 'S-1-1-0';
const TRUSTED = new Set(['S-1-5-32-544', 'S-1-5-18', INSTALLER]);
const FOLDER = { trusted: TRUSTED, ownerOnly: null };
const FILE = { trusted: TRUSTED, ownerOnly: OWN };

const CLOSED = '(A;OICI;FA;;;BA)(A;OICI;FA;;;SY)';

/** Real folders, by what `icacls` or a page of Microsoft's shows of them, and who else may write there: null if nobody. */
const FOLDERS: readonly (readonly [what: string, sddl: string, stranger: string | null])[] = [
  ['as we make it', ONLY_ADMINISTRATORS_WRITE, null],
  ['as it was made at first, for administrators only', `O:BAG:BAD:PAI${CLOSED}`, null],
  ['after "Continue" in Explorer: the caller has full control', `O:BAG:BAD:PAI${CLOSED}(A;OICI;FA;;;${OWN})`, OWN],
  ['after "Continue" of another administrator', `O:BAG:BAD:PAI${CLOSED}(A;OICI;FA;;;${OTHER})`, OTHER],
  ['that the caller owns, whatever its list says', `O:${OWN}D:PAI${CLOSED}`, OWN],
  ['that the caller owns, and made as ours looks', `O:${OWN}D:PAI${CLOSED}(A;OICI;0x1200a9;;;OW)`, OWN],
  [
    'made below ProgramData by a program that takes no care (inherited rights)',
    `O:BAG:BAD:AI(A;OICIID;FA;;;SY)(A;OICIID;FA;;;BA)(A;OICIIOID;GA;;;CO)(A;OICIID;0x1200a9;;;BU)(A;CIID;DCLCRPCR;;;BU)`,
    USERS,
  ],
  ['below ProgramData, made by the caller', `O:${OWN}D:AI(A;ID;FA;;;${OWN})(A;OICIID;FA;;;SY)(A;OICIID;FA;;;BA)`, OWN],
  [
    'below C:\\ on Windows 10',
    'O:BAD:AI(A;OICIID;FA;;;BA)(A;OICIID;FA;;;SY)(A;OICIID;0x1200a9;;;BU)(A;ID;0x1301bf;;;AU)(A;OICIIOID;SDGXGWGR;;;AU)',
    'S-1-5-11',
  ],
  ['made by TrustedInstaller', `O:${INSTALLER}D:PAI(A;;FA;;;${INSTALLER})(A;;0x1301bf;;;SY)(A;OICIIO;GA;;;SY)(A;;0x1200a9;;;BU)`, null],
  ['owned by SYSTEM', `O:SYD:PAI${CLOSED}`, null],
  ['that users may read', `O:BAD:PAI${CLOSED}(A;OICI;0x1200a9;;;BU)`, null],
  ['with generic rights to read', 'O:BAD:(A;;GA;;;BA)(A;;GXGR;;;WD)', null],
  ['that refuses everybody', 'O:BAD:(D;;FA;;;WD)', null],
  ['with an empty list', 'O:BAD:', null],
  ['that hands its creator down', 'O:BAD:(A;OICIIO;GA;;;CO)(A;;FA;;;BA)', null],
  ['in a profile', `O:${OTHER}D:${CLOSED}(A;OICI;FA;;;${OTHER})`, OTHER],
  ['for a domain group', `O:BAD:${CLOSED}(A;OICI;0x1301bf;;;${DOMAIN_ADMINS})`, DOMAIN_ADMINS],
  ['with a list for another service', `O:BAD:${CLOSED}(A;;0x1301bf;;;S-1-5-80-1-2-3-4-5)`, 'S-1-5-80-1-2-3-4-5'],
  ['that apps may write', `O:BAD:${CLOSED}(A;;0x1301bf;;;AC)`, 'S-1-15-2-1'],
  ['without a list', 'O:BA', EVERYONE],
  ['for everybody', 'O:BAD:(A;OICI;FA;;;WD)', EVERYONE],
  ['that hands rights of users down to what is made inside later', `O:BAD:${CLOSED}(A;OICIIO;FA;;;BU)`, USERS],
  ['where users may add a file', `O:BAD:${CLOSED}(A;;DC;;;BU)`, USERS],
  ['where users may add a folder', `O:BAD:${CLOSED}(A;;LC;;;BU)`, USERS],
  ['where users may write extended attributes', `O:BAD:${CLOSED}(A;;RP;;;BU)`, USERS],
  ['where users may delete what is in it', `O:BAD:${CLOSED}(A;;DT;;;BU)`, USERS],
  ['whose attributes users may change', `O:BAD:${CLOSED}(A;;CR;;;BU)`, USERS],
  ['that users may rename', `O:BAD:${CLOSED}(A;;SD;;;BU)`, USERS],
  ['whose rights users may change', `O:BAD:${CLOSED}(A;;WD;;;BU)`, USERS],
  ['that users may take', `O:BAD:${CLOSED}(A;;WO;;;BU)`, USERS],
  ['with a generic right to write', `O:BAD:${CLOSED}(A;;GW;;;IU)`, 'S-1-5-4'],
  ['with a right under a condition', `O:BAD:${CLOSED}(XA;;FA;;;BU)`, USERS],
  ['with a refusal behind what it refuses', `O:BAD:${CLOSED}(A;;FA;;;BU)(D;;FA;;;BU)`, USERS],
  ['with an entry of a type that is not known', `O:BAD:${CLOSED}(OA;;FA;;;BU)`, EVERYONE],
];

/** Files in a folder that is as it should be. */
const FILES: readonly (readonly [what: string, sddl: string, stranger: string | null])[] = [
  ['as Windows makes it', 'O:BAD:AI(A;ID;FA;;;BA)(A;ID;FA;;;SY)(A;ID;0x1200a9;;;IU)(A;ID;0x1200a9;;;OW)', null],
  ['of a policy that makes the account the owner', `O:${OWN}D:AI(A;ID;FA;;;BA)(A;ID;FA;;;SY)(A;ID;0x1200a9;;;OW)`, null],
  ['of such a policy in a folder made at first', `O:${OWN}D:AI(A;ID;FA;;;BA)(A;ID;FA;;;SY)`, OWN],
  ['whose owner has more than the right to read', `O:${OWN}D:AI(A;ID;FA;;;BA)(A;ID;FA;;;OW)`, OWN],
  ['whose owner is held by an entry for later files only', `O:${OWN}D:AI(A;ID;FA;;;BA)(A;IOID;0x1200a9;;;OW)`, OWN],
  ['that the caller owns and may write', `O:${OWN}D:AI(A;ID;FA;;;BA)(A;ID;0x1200a9;;;OW)(A;;FA;;;${OWN})`, OWN],
  ['of another account', `O:${OTHER}D:AI(A;ID;FA;;;BA)(A;ID;0x1200a9;;;OW)`, OTHER],
];

describe('a security descriptor', () => {
  it.each(FOLDERS)('of a folder %s', (_, sddl, stranger) => {
    expect(findUntrustedWriter(descriptorOf(sddl), FOLDER)).toBe(stranger);
  });

  it.each(FILES)('of a file %s', (_, sddl, stranger) => {
    expect(findUntrustedWriter(descriptorOf(sddl), FILE)).toBe(stranger);
  });

  it('is refused when it ends in the middle', () => {
    const whole = descriptorOf(`O:SYD:${CLOSED}(A;;FA;;;BU)`);
    for (let length = 0; length < whole.length; length++) {
      expect(() => findUntrustedWriter(whole.subarray(0, length), FOLDER)).toThrow(RangeError);
    }
  });

  it('writes a SID as Windows does, and reads its own writing', () => {
    expect([...sidBytes('S-1-5-32-544')]).toEqual([1, 2, 0, 0, 0, 0, 0, 5, 32, 0, 0, 0, 0x20, 2, 0, 0]);
    expect(readSid(sidBytes(INSTALLER), 0)).toBe(INSTALLER);
  });
});

describe('the access list of our folders', () => {
  it('lets people who sign in read, so that Explorer has no reason to offer "Continue"', () => {
    expect(ONLY_ADMINISTRATORS_WRITE).toMatch(/\(A;OICI;0x1200a9;;;IU\)/);
  });

  it('takes nothing from above', () => {
    expect(ONLY_ADMINISTRATORS_WRITE).toMatch(/D:P/);
  });
});
