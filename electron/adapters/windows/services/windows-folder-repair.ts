import type { FolderRepair } from '../../../ports/folder-protection.js';
import { declareFunctions, DWORD, HANDLE, TEXT, type Signature } from '../koffi/declare-functions.js';
import { loadMachineFunctions, type MachineFunctions } from '../koffi/machine-functions.js';
import { sidBytes } from '../koffi/security-descriptor.js';
import { readDescriptor } from './windows-folder-protection.js';

interface RepairFunctions {
  readonly SetNamedSecurityInfoW: (
    ...given: readonly [path: string, objectType: number, what: number, owner: number, group: number, dacl: number, sacl: number]
  ) => number;
}

const SIGNATURES: Readonly<Record<keyof RepairFunctions, Signature>> = {
  SetNamedSecurityInfoW: ['advapi32.dll', DWORD, TEXT, 'int', DWORD, HANDLE, HANDLE, HANDLE, HANDLE],
};

/** `SE_FILE_OBJECT` (accctrl.h). */
const SE_FILE_OBJECT = 1;

/** Owner, group and DACL; the folder takes nothing from above, what is in it takes everything from the folder (winnt.h). */
const OWNER_GROUP_DACL = 0x1 | 0x2 | 0x4;
const PROTECTED_DACL = 0x8000_0000;
const UNPROTECTED_DACL = 0x2000_0000;

const [ADMINISTRATORS, SYSTEM, INTERACTIVE, OWNER_RIGHTS] = ['S-1-5-32-544', 'S-1-5-18', 'S-1-5-4', 'S-1-3-4'];
/** `FILE_ALL_ACCESS`, and `FILE_GENERIC_READ | FILE_GENERIC_EXECUTE` (winnt.h). */
const [FULL, READ] = [0x1f_01ff, 0x12_00a9];
/** The entries of ONLY_ADMINISTRATORS_WRITE, which a new folder gets; a test compares them. */
const ENTRIES: readonly (readonly [sid: string, mask: number])[] = [
  [ADMINISTRATORS, FULL],
  [SYSTEM, FULL],
  [INTERACTIVE, READ],
  [OWNER_RIGHTS, READ],
];

/** `OBJECT_INHERIT_ACE | CONTAINER_INHERIT_ACE`. */
const HANDED_DOWN = 0x3;
const ACL_REVISION = 2;

/** @throws ProblemError native-library-missing */
export async function openWindowsFolderRepair(): Promise<FolderRepair> {
  return windowsFolderRepairBy(await loadMachineFunctions(), await declareFunctions<RepairFunctions>(SIGNATURES));
}

/** The same with the functions given. @throws a failure as of a file, with the error number of Windows */
export function windowsFolderRepairBy(machine: MachineFunctions, { SetNamedSecurityInfoW }: RepairFunctions): FolderRepair {
  return {
    repair: (path, isTop) => {
      const before = readDescriptor(machine, path);
      const what = (OWNER_GROUP_DACL | (isTop ? PROTECTED_DACL : UNPROTECTED_DACL)) >>> 0;
      const [owner, dacl] = [sidBytes(ADMINISTRATORS), aclOf(isTop ? ENTRIES : [])];
      const [ownerAt, daclAt] = [machine.addressOf(owner), machine.addressOf(dacl)];
      const error = SetNamedSecurityInfoW(path, SE_FILE_OBJECT, what, ownerAt, ownerAt, daclAt, 0);
      if (error !== 0) throw Object.assign(new Error(`SetNamedSecurityInfoW of ${path} failed with ${error}`), { code: `Win32 ${error}` });
      return !before.equals(readDescriptor(machine, path));
    },
  };
}

/** An `ACL` (winnt.h) of entries that allow: header, then type, flags, size, mask and account of each. */
function aclOf(entries: readonly (readonly [sid: string, mask: number])[]): Buffer {
  const bytes = entries.map(([sid, mask]) => {
    const account = sidBytes(sid);
    const head = Buffer.alloc(8);
    head.writeUInt8(HANDED_DOWN, 1);
    head.writeUInt16LE(head.length + account.length, 2);
    head.writeUInt32LE(mask, 4);
    return Buffer.concat([head, account]);
  });
  const header = Buffer.alloc(8);
  header.writeUInt8(ACL_REVISION, 0);
  header.writeUInt16LE(header.length + bytes.reduce((sum, { length }) => sum + length, 0), 2);
  header.writeUInt16LE(entries.length, 4);
  return Buffer.concat([header, ...bytes]);
}
