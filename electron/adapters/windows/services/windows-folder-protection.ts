import { dirname } from 'node:path';

import type { FolderProtection, ProtectionFault } from '../../../ports/folder-protection.js';
import { accountNameBy } from '../koffi/account-name.js';
import { type MachineFunctions, loadMachineFunctions } from '../koffi/machine-functions.js';
import { isAdministrator, lastFailure, readOwnSid } from '../koffi/process-token.js';
import { findUntrustedReplacer, findUntrustedWriter, readOwner, type Trust } from '../koffi/security-descriptor.js';
import { readSystemFolder } from '../koffi/system-folder.js';

/**
 * Owner and group Administrators; nothing inherited from above; the same for everything inside (Security Descriptor Definition Language):
 * - full control for Administrators and SYSTEM;
 * - people who sign in at this server (INTERACTIVE) may read. Without that right Explorer offers an administrator "Continue", which gives
 *   his account full control for ever, also of his programs without administrator rights. There are no secrets in here;
 * - an owner (OWNER RIGHTS) may read only, and not change this list: a policy can make an account the owner of what we write.
 */
export const ONLY_ADMINISTRATORS_WRITE = 'O:BAG:BAD:PAI(A;OICI;FA;;;BA)(A;OICI;FA;;;SY)(A;OICI;0x1200a9;;;IU)(A;OICI;0x1200a9;;;S-1-3-4)';
const SDDL_REVISION = 1;

/** `SECURITY_ATTRIBUTES`: size, pointer to the descriptor, whether handles are inherited. */
const SECURITY_ATTRIBUTES = { size: 24, descriptor: 8 };

const OWNER_AND_DACL = 0x1 | 0x4;
const FILE_ATTRIBUTE_REPARSE_POINT = 0x400;
const FILE_ATTRIBUTE_DIRECTORY = 0x10;
const INVALID_FILE_ATTRIBUTES = 0xffff_ffff;

const ERROR_FILE_NOT_FOUND = 2;
const ERROR_PATH_NOT_FOUND = 3;
const ERROR_ACCESS_DENIED = 5;
const ERROR_INSUFFICIENT_BUFFER = 122;
const ERROR_ALREADY_EXISTS = 183;

/** `WIN32_FIND_DATAW`; its `dwReserved0` is the tag of a reparse point. */
const FIND_DATA = { size: 592, reparseTag: 36 };
const NAME_SURROGATE = 0x2000_0000;
/** `INVALID_HANDLE_VALUE`. */
const INVALID_HANDLE = -1;

/** The code of a refusal that administrator rights would lift; the sentences know it. */
const NOT_ELEVATED = 'unelevated';

const FIRST_DESCRIPTOR_BYTES = 1024;

const ADMINISTRATORS = 'S-1-5-32-544';
const SYSTEM = 'S-1-5-18';
const TRUSTED_INSTALLER = 'S-1-5-80-956008885-3418522649-1831038044-1853292631-2271478464';

/** What Windows tells beside the port. */
export interface WindowsProtection extends FolderProtection {
  /** Who else may put another folder in the place of this one, or of what is in it; null if there is nobody. */
  findReplacer(path: string): ProtectionFault | null;
}

/** @throws ProblemError native-library-missing */
export async function openWindowsFolderProtection(): Promise<WindowsProtection> {
  return windowsFolderProtectionBy(await loadMachineFunctions(), await readSystemFolder());
}

/** @param systemFolder Windows' own folder of programs @throws ProblemError, and a failure as of a file */
export function windowsFolderProtectionBy(functions: MachineFunctions, systemFolder: string): WindowsProtection {
  let known: Accounts | undefined;
  // When the first file is looked at: where nothing was ever kept, nobody asks.
  return new WindowsFolderProtection(functions, () => (known ??= readAccounts(functions, systemFolder)));
}

interface Accounts {
  /** SIDs of those who may write our files. */
  readonly trusted: ReadonlySet<string>;
  /** The SID of the account that we run as, if it is an administrator. */
  readonly own: string | null;
}

/** @throws ProblemError, and a failure as of a file */
function readAccounts(functions: MachineFunctions, systemFolder: string): Accounts {
  const own = isAdministrator(functions) ? readOwnSid(functions) : null;
  const always = [ADMINISTRATORS, SYSTEM, TRUSTED_INSTALLER];
  // An account that Windows' own programs belong to can change them all: there is nothing left to protect from it. So it is in Wine,
  // which keeps the Unix owner and mode of a file instead of a descriptor.
  const isOwnerOfWindows = own !== null && readOwner(readDescriptor(functions, systemFolder)) === own;
  return { trusted: new Set(isOwnerOfWindows ? [...always, own] : always), own };
}

class WindowsFolderProtection implements WindowsProtection {
  readonly #functions: MachineFunctions;
  readonly #accounts: () => Accounts;
  /** The names of SIDs: the tray looks every second, and a domain controller may be far away. */
  readonly #names = new Map<string, string>();

  constructor(functions: MachineFunctions, accounts: () => Accounts) {
    this.#functions = functions;
    this.#accounts = accounts;
  }

  createFolder(path: string): void {
    const error = this.#createOne(path);
    if (error === 0 || error === ERROR_ALREADY_EXISTS) return;
    if (error !== ERROR_PATH_NOT_FOUND || dirname(path) === path) throw this.#failure(error, 'CreateDirectoryW', path);
    this.createFolder(dirname(path));
    // Once more, and no further: Windows says of some names (`C:\aux`) that they are there, and of what lies in them that it cannot be.
    const again = this.#createOne(path);
    if (again !== 0 && again !== ERROR_ALREADY_EXISTS) throw this.#failure(again, 'CreateDirectoryW', path);
  }

  findFault(path: string): ProtectionFault | null {
    const attributes = this.#functions.GetFileAttributesW(path);
    if (attributes === INVALID_FILE_ATTRIBUTES) {
      const error = this.#functions.GetLastError();
      // What does not exist cannot have been planted.
      if (error === ERROR_FILE_NOT_FOUND || error === ERROR_PATH_NOT_FOUND) return null;
      throw this.#failure(error, 'GetFileAttributesW', path);
    }
    if ((attributes & FILE_ATTRIBUTE_REPARSE_POINT) !== 0 && this.#leadsElsewhere(path)) return { path, writableBy: 'link' };
    const isFolder = (attributes & FILE_ATTRIBUTE_DIRECTORY) !== 0;
    const { trusted, own } = this.#accounts();
    const trust: Trust = { trusted, ownerOnly: isFolder ? null : own };
    const writer = findUntrustedWriter(this.#descriptor(path), trust);
    if (writer === null) return null;
    return { path, writableBy: this.#nameOf(writer), ...(writer === own && { account: 'own' }) };
  }

  findReplacer(path: string): ProtectionFault | null {
    const replacer = findUntrustedReplacer(this.#descriptor(path), this.#accounts().trusted);
    return replacer === null ? null : { path, writableBy: this.#nameOf(replacer) };
  }

  /** A deduplicated or compressed file has a reparse point too, and is no link: its tag lacks the bit of a name's surrogate (ntifs.h). */
  #leadsElsewhere(path: string): boolean {
    const found = Buffer.alloc(FIND_DATA.size);
    const search = this.#functions.FindFirstFileW(path, found);
    if (search === INVALID_HANDLE) return true;
    this.#functions.FindClose(search);
    return (found.readUInt32LE(FIND_DATA.reparseTag) & NAME_SURROGATE) !== 0;
  }

  #descriptor(path: string): Buffer {
    return readDescriptor(this.#functions, path, this.#isElevated());
  }

  #failure(error: number, operation: string, path: string): Error {
    return new Win32Failure(error, operation, path, this.#isElevated());
  }

  #isElevated(): boolean {
    return this.#accounts().own !== null;
  }

  #nameOf(sid: string): string {
    const name = this.#names.get(sid) ?? accountNameBy(this.#functions, sid);
    this.#names.set(sid, name);
    return name;
  }

  /** @returns the error number, 0 when it was created */
  #createOne(path: string): number {
    const functions = this.#functions;
    const [descriptor, attributes] = [Buffer.alloc(8), Buffer.alloc(SECURITY_ATTRIBUTES.size)];
    if (
      functions.ConvertStringSecurityDescriptorToSecurityDescriptorW(
        ONLY_ADMINISTRATORS_WRITE,
        SDDL_REVISION,
        descriptor,
        Buffer.alloc(4),
      ) === 0
    ) {
      throw lastFailure(functions, 'ConvertStringSecurityDescriptorToSecurityDescriptorW');
    }
    attributes.writeUInt32LE(attributes.length);
    descriptor.copy(attributes, SECURITY_ATTRIBUTES.descriptor);
    try {
      return functions.CreateDirectoryW(path, attributes) === 0 ? functions.GetLastError() : 0;
    } finally {
      functions.LocalFree(Number(descriptor.readBigUInt64LE()));
    }
  }
}

/** Owner and access list of a file or folder. @throws a failure as of a file */
export function readDescriptor(functions: MachineFunctions, path: string, isElevated = true): Buffer {
  const needed = Buffer.alloc(4);
  for (let size = FIRST_DESCRIPTOR_BYTES; ; size = needed.readUInt32LE()) {
    const descriptor = Buffer.alloc(size);
    if (functions.GetFileSecurityW(path, OWNER_AND_DACL, descriptor, size, needed) !== 0) return descriptor;
    const error = functions.GetLastError();
    if (error !== ERROR_INSUFFICIENT_BUFFER || needed.readUInt32LE() <= size) {
      throw new Win32Failure(error, 'GetFileSecurityW', path, isElevated);
    }
  }
}

/** As Node's own failures of files: the caller tells it with the path, and with what it was about. Not one of the services' problems. */
class Win32Failure extends Error {
  readonly code: string;

  constructor(error: number, operation: string, path: string, isElevated = true) {
    super(`${operation} of ${path} failed with ${error}`);
    this.code = error === ERROR_ACCESS_DENIED && !isElevated ? NOT_ELEVATED : `Win32 ${error}`;
  }
}
