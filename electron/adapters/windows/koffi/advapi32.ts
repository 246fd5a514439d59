import { type NativeFunction, loadKoffi } from './load-koffi.js';

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

/** The service functions, with what goes with every native call. */
export interface Advapi32 extends QuestionFunctions, Readonly<Record<OrderName, NativeFunction>> {
  /** `GetLastError`: only worth asking right after a call failed, before any other native call. */
  readonly lastError: () => number;
  /** Where a buffer's bytes stand in memory, for the pointers that Windows writes into it. */
  readonly addressOf: (bytes: Buffer) => number;
}

const [BOOL, DWORD, HANDLE, POINTER, TEXT] = ['int', 'uint32', 'uintptr_t', 'void *', 'str16'] as const;

/** The same functions in koffi's words: result first, then the parameters. */
const SIGNATURES: Readonly<Record<keyof QuestionFunctions | OrderName, readonly [result: string, ...parameters: string[]]>> = {
  OpenSCManagerW: [HANDLE, TEXT, TEXT, DWORD],
  OpenServiceW: [HANDLE, HANDLE, TEXT, DWORD],
  CloseServiceHandle: [BOOL, HANDLE],
  EnumServicesStatusExW: [BOOL, HANDLE, DWORD, DWORD, DWORD, POINTER, DWORD, POINTER, POINTER, POINTER, TEXT],
  EnumDependentServicesW: [BOOL, HANDLE, DWORD, POINTER, DWORD, POINTER, POINTER],
  GetServiceDisplayNameW: [BOOL, HANDLE, TEXT, POINTER, POINTER],
  QueryServiceStatusEx: [BOOL, HANDLE, DWORD, POINTER, DWORD, POINTER],
  QueryServiceConfigW: [BOOL, HANDLE, POINTER, DWORD, POINTER],
  QueryServiceConfig2W: [BOOL, HANDLE, DWORD, POINTER, DWORD, POINTER],
  ControlService: [BOOL, HANDLE, DWORD, POINTER],
  StartServiceW: [BOOL, HANDLE, DWORD, POINTER],
  ChangeServiceConfigW: [BOOL, HANDLE, DWORD, DWORD, DWORD, TEXT, TEXT, POINTER, POINTER, TEXT, TEXT, TEXT],
  ChangeServiceConfig2W: [BOOL, HANDLE, DWORD, POINTER],
};

/** Declares the functions. @throws ProblemError native-library-missing */
export async function loadAdvapi32(): Promise<Advapi32> {
  const koffi = await loadKoffi();
  const library = koffi.load('advapi32.dll');
  const functions = Object.fromEntries(
    Object.entries(SIGNATURES).map(([name, [result, ...parameters]]) => [name, library.func('__stdcall', name, result, parameters)]),
  );
  const lastError: unknown = koffi.load('kernel32.dll').func('__stdcall', 'GetLastError', DWORD, []);
  return {
    // SIGNATURES says in koffi's words what the interface says in TypeScript's.
    ...(functions as unknown as QuestionFunctions & Record<OrderName, NativeFunction>),
    lastError: lastError as () => number,
    addressOf: (bytes) => Number(koffi.address(bytes)),
  };
}
