import { BOOL, declareFunctions, DWORD, HANDLE, POINTER, TEXT, type Addresses, type Signature } from './declare-functions.js';
import type { NativeFunction } from './load-koffi.js';

/** A `SC_HANDLE`, `HANDLE` or pointer as a number: addresses of a Windows process need 47 bits at most. 0 is none. */
export type Handle = number;

/** `BOOL`: 0 says that the last error holds the reason. */
type Bool = number;

/** The functions of advapi32.dll that answer at once, named and ordered as in winsvc.h. */
export interface QuestionFunctions {
  readonly OpenSCManagerW: (machine: null, database: null, access: number) => Handle;
  readonly OpenServiceW: (manager: Handle, serviceName: string, access: number) => Handle;
  readonly CloseServiceHandle: (handle: Handle) => Bool;
  readonly EnumServicesStatusExW: (
    manager: Handle,
    infoLevel: number,
    serviceType: number,
    serviceState: number,
    services: Buffer,
    size: number,
    needed: Buffer,
    returned: Buffer,
    resume: Buffer,
    group: null,
  ) => Bool;
  readonly EnumDependentServicesW: (
    service: Handle,
    serviceState: number,
    services: Buffer,
    size: number,
    needed: Buffer,
    returned: Buffer,
  ) => Bool;
  readonly GetServiceDisplayNameW: (manager: Handle, serviceName: string, displayName: Buffer, characters: Buffer) => Bool;
  readonly QueryServiceStatusEx: (service: Handle, infoLevel: number, status: Buffer, size: number, needed: Buffer) => Bool;
  readonly QueryServiceConfigW: (service: Handle, config: Buffer, size: number, needed: Buffer) => Bool;
  readonly QueryServiceConfig2W: (service: Handle, infoLevel: number, info: Buffer, size: number, needed: Buffer) => Bool;
}

/** The functions that give orders; they are called on a worker thread. */
export type OrderName = 'ControlService' | 'StartServiceW' | 'ChangeServiceConfigW' | 'ChangeServiceConfig2W';

/** The functions that ask the service control manager and give orders to it. */
interface ServiceFunctions extends QuestionFunctions, Readonly<Record<OrderName, NativeFunction>> {
  /** Only worth asking right after a call failed, before any other native call. */
  readonly GetLastError: () => number;
}

export type Advapi32 = ServiceFunctions & Addresses;

const SIGNATURES: Readonly<Record<keyof ServiceFunctions, Signature>> = {
  GetLastError: ['kernel32.dll', DWORD],
  OpenSCManagerW: ['advapi32.dll', HANDLE, TEXT, TEXT, DWORD],
  OpenServiceW: ['advapi32.dll', HANDLE, HANDLE, TEXT, DWORD],
  CloseServiceHandle: ['advapi32.dll', BOOL, HANDLE],
  EnumServicesStatusExW: ['advapi32.dll', BOOL, HANDLE, DWORD, DWORD, DWORD, POINTER, DWORD, POINTER, POINTER, POINTER, TEXT],
  EnumDependentServicesW: ['advapi32.dll', BOOL, HANDLE, DWORD, POINTER, DWORD, POINTER, POINTER],
  GetServiceDisplayNameW: ['advapi32.dll', BOOL, HANDLE, TEXT, POINTER, POINTER],
  QueryServiceStatusEx: ['advapi32.dll', BOOL, HANDLE, DWORD, POINTER, DWORD, POINTER],
  QueryServiceConfigW: ['advapi32.dll', BOOL, HANDLE, POINTER, DWORD, POINTER],
  QueryServiceConfig2W: ['advapi32.dll', BOOL, HANDLE, DWORD, POINTER, DWORD, POINTER],
  ControlService: ['advapi32.dll', BOOL, HANDLE, DWORD, POINTER],
  StartServiceW: ['advapi32.dll', BOOL, HANDLE, DWORD, POINTER],
  ChangeServiceConfigW: ['advapi32.dll', BOOL, HANDLE, DWORD, DWORD, DWORD, TEXT, TEXT, POINTER, POINTER, TEXT, TEXT, TEXT],
  ChangeServiceConfig2W: ['advapi32.dll', BOOL, HANDLE, DWORD, POINTER],
};

/** Declares the functions. @throws ProblemError native-library-missing */
export function loadAdvapi32(): Promise<Advapi32> {
  return declareFunctions<ServiceFunctions>(SIGNATURES);
}
