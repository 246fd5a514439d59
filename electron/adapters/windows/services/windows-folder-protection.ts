import { dirname } from 'node:path';

import type { FolderProtection, ProtectionFault } from '../../../ports/folder-protection.js';
import { type MachineFunctions, loadMachineFunctions } from '../koffi/machine-functions.js';
import { isAdministrator, lastFailure, readOwnSid } from '../koffi/process-token.js';
import { findStranger } from '../koffi/security-descriptor.js';

/**
 * Owner and group Administrators; full control for Administrators and SYSTEM, for everything inside too; nothing
 * inherited from above (Security Descriptor Definition Language).
 */
const ONLY_ADMINISTRATORS = 'O:BAG:BAD:PAI(A;OICI;FA;;;BA)(A;OICI;FA;;;SY)';
const SDDL_REVISION = 1;

/** `SECURITY_ATTRIBUTES`: size, pointer to the descriptor, whether handles are inherited. */
const SECURITY_ATTRIBUTES = { size: 24, descriptor: 8 };

const OWNER_AND_DACL = 0x1 | 0x4;
const FILE_ATTRIBUTE_REPARSE_POINT = 0x400;
const INVALID_FILE_ATTRIBUTES = 0xffff_ffff;

const ERROR_FILE_NOT_FOUND = 2;
const ERROR_PATH_NOT_FOUND = 3;
const ERROR_INSUFFICIENT_BUFFER = 122;
const ERROR_ALREADY_EXISTS = 183;

const FIRST_DESCRIPTOR_BYTES = 1024;

const ADMINISTRATORS = 'S-1-5-32-544';
const SYSTEM = 'S-1-5-18';
const TRUSTED_INSTALLER = 'S-1-5-80-956008885-3418522649-1831038044-1853292631-2271478464';

/** @throws ProblemError native-library-missing */
export async function openWindowsFolderProtection(): Promise<FolderProtection> {
  const functions = await loadMachineFunctions();
  // Where a policy makes the creator the owner ("System objects: Default owner"), what we write ourselves belongs to the
  // account we run as, and not to its group. Wine 8 keeps Unix owner and mode instead of a descriptor: always so there,
  // and of what others may do it only says what the mode says.
  const own = isAdministrator(functions) ? [readOwnSid(functions)] : [];
  return new WindowsFolderProtection(functions, new Set([ADMINISTRATORS, SYSTEM, TRUSTED_INSTALLER, ...own]));
}

class WindowsFolderProtection implements FolderProtection {
  readonly #functions: MachineFunctions;
  readonly #trusted: ReadonlySet<string>;

  constructor(functions: MachineFunctions, trusted: ReadonlySet<string>) {
    this.#functions = functions;
    this.#trusted = trusted;
  }

  createFolder(path: string): void {
    const error = this.#createOne(path);
    if (error === 0 || error === ERROR_ALREADY_EXISTS) return;
    if (error !== ERROR_PATH_NOT_FOUND || dirname(path) === path) throw failureOf(error, 'CreateDirectoryW', path);
    this.createFolder(dirname(path));
    // Once more, and no further: Windows says of some names (`C:\aux`) that they are there, and of what lies in them that it cannot be.
    const again = this.#createOne(path);
    if (again !== 0 && again !== ERROR_ALREADY_EXISTS) throw failureOf(again, 'CreateDirectoryW', path);
  }

  findFault(path: string): ProtectionFault | null {
    const attributes = this.#functions.GetFileAttributesW(path);
    if (attributes === INVALID_FILE_ATTRIBUTES) {
      const error = this.#functions.GetLastError();
      // What is not there, nobody could have planted.
      if (error === ERROR_FILE_NOT_FOUND || error === ERROR_PATH_NOT_FOUND) return null;
      throw failureOf(error, 'GetFileAttributesW', path);
    }
    if ((attributes & FILE_ATTRIBUTE_REPARSE_POINT) !== 0) return { path, writableBy: 'link' };
    const stranger = findStranger(this.#readDescriptor(path), this.#trusted);
    return stranger === null ? null : { path, writableBy: stranger };
  }

  /** @returns the error number, 0 when it was created */
  #createOne(path: string): number {
    const functions = this.#functions;
    const [descriptor, attributes] = [Buffer.alloc(8), Buffer.alloc(SECURITY_ATTRIBUTES.size)];
    if (
      functions.ConvertStringSecurityDescriptorToSecurityDescriptorW(ONLY_ADMINISTRATORS, SDDL_REVISION, descriptor, Buffer.alloc(4)) === 0
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

  #readDescriptor(path: string): Buffer {
    const functions = this.#functions;
    const needed = Buffer.alloc(4);
    for (let size = FIRST_DESCRIPTOR_BYTES; ; size = needed.readUInt32LE()) {
      const descriptor = Buffer.alloc(size);
      if (functions.GetFileSecurityW(path, OWNER_AND_DACL, descriptor, size, needed) !== 0) return descriptor;
      const error = functions.GetLastError();
      if (error !== ERROR_INSUFFICIENT_BUFFER || needed.readUInt32LE() <= size) {
        throw failureOf(error, 'GetFileSecurityW', path);
      }
    }
  }
}

/** As Node's own failures of files: the caller tells it with the path, and with what it was about. Not one of the services' problems. */
function failureOf(error: number, operation: string, path: string): Error {
  return Object.assign(new Error(`${operation} of ${path} failed with ${error}`), { code: `Win32 ${error}` });
}
