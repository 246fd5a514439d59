import type { Handle } from './advapi32.js';
import { BOOL, declareFunctions, DWORD, HANDLE, POINTER, SHANDLE, TEXT, type Addresses, type Signature } from './declare-functions.js';
import { readSystemFolder } from './system-folder.js';

/** The Windows functions behind the host and the protection of our data, named and ordered as in their headers. */
interface DeclaredFunctions {
  readonly GetLastError: () => number;
  readonly GetTickCount64: () => number | bigint;
  readonly OpenProcess: (access: number, inherit: number, processId: number) => Handle;
  readonly WaitForSingleObject: (handle: Handle, milliseconds: number) => number;
  readonly GetProcessTimes: (process: Handle, created: Buffer, ended: Buffer, kernel: Buffer, user: Buffer) => number;
  readonly CloseHandle: (handle: Handle) => number;
  readonly NtQuerySystemInformation: (infoClass: number, info: Buffer, size: number, needed: Buffer) => number;
  readonly GetComputerNameExW: (kind: number, name: Buffer, characters: Buffer) => number;
  readonly GetUserNameExW: (format: number, name: Buffer, characters: Buffer) => number;
  readonly CheckTokenMembership: (token: Handle, sid: Buffer, isMember: Buffer) => number;
  readonly OpenProcessToken: (process: Handle, access: number, token: Buffer) => number;
  readonly GetTokenInformation: (token: Handle, infoClass: number, info: Buffer, size: number, needed: Buffer) => number;
  readonly ConvertStringSecurityDescriptorToSecurityDescriptorW: (
    text: string,
    revision: number,
    descriptor: Buffer,
    size: Buffer,
  ) => number;
  readonly LookupAccountSidW: (
    system: null,
    sid: Buffer,
    name: Buffer,
    nameCharacters: Buffer,
    domain: Buffer,
    domainCharacters: Buffer,
    use: Buffer,
  ) => number;
  readonly LocalFree: (memory: Handle) => Handle;
  readonly CreateDirectoryW: (path: string, securityAttributes: Buffer) => number;
  readonly GetFileAttributesW: (path: string) => number;
  readonly FindFirstFileW: (path: string, found: Buffer) => Handle;
  readonly FindClose: (search: Handle) => number;
  readonly GetFileSecurityW: (path: string, requested: number, descriptor: Buffer, size: number, needed: Buffer) => number;
}

export type MachineFunctions = DeclaredFunctions & Addresses;

const SIGNATURES: Readonly<Record<keyof DeclaredFunctions, Signature>> = {
  GetLastError: ['kernel32.dll', DWORD],
  GetTickCount64: ['kernel32.dll', 'uint64'],
  OpenProcess: ['kernel32.dll', HANDLE, DWORD, BOOL, DWORD],
  WaitForSingleObject: ['kernel32.dll', DWORD, HANDLE, DWORD],
  GetProcessTimes: ['kernel32.dll', BOOL, HANDLE, POINTER, POINTER, POINTER, POINTER],
  CloseHandle: ['kernel32.dll', BOOL, HANDLE],
  NtQuerySystemInformation: ['ntdll.dll', DWORD, DWORD, POINTER, DWORD, POINTER],
  GetComputerNameExW: ['kernel32.dll', BOOL, DWORD, POINTER, POINTER],
  GetUserNameExW: ['secur32.dll', 'uint8', DWORD, POINTER, POINTER],
  CheckTokenMembership: ['advapi32.dll', BOOL, HANDLE, POINTER, POINTER],
  OpenProcessToken: ['advapi32.dll', BOOL, SHANDLE, DWORD, POINTER],
  GetTokenInformation: ['advapi32.dll', BOOL, HANDLE, DWORD, POINTER, DWORD, POINTER],
  ConvertStringSecurityDescriptorToSecurityDescriptorW: ['advapi32.dll', BOOL, TEXT, DWORD, POINTER, POINTER],
  LookupAccountSidW: ['advapi32.dll', BOOL, POINTER, POINTER, POINTER, POINTER, POINTER, POINTER, POINTER],
  LocalFree: ['kernel32.dll', HANDLE, HANDLE],
  CreateDirectoryW: ['kernel32.dll', BOOL, TEXT, POINTER],
  GetFileAttributesW: ['kernel32.dll', DWORD, TEXT],
  FindFirstFileW: ['kernel32.dll', SHANDLE, TEXT, POINTER],
  FindClose: ['kernel32.dll', BOOL, SHANDLE],
  GetFileSecurityW: ['advapi32.dll', BOOL, TEXT, DWORD, POINTER, DWORD, POINTER],
};

let declaring: Promise<MachineFunctions> | undefined;

/** Declares the functions, once: host, protection and the computer's name need them. @throws ProblemError native-library-missing */
export function loadMachineFunctions(): Promise<MachineFunctions> {
  return (declaring ??= declare());
}

async function declare(): Promise<MachineFunctions> {
  return declareFunctions<DeclaredFunctions>(SIGNATURES, await readSystemFolder());
}
