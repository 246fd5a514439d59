import type { Computer, Instant } from '../../../contract/computer.js';
import type { Host } from '../../../ports/host.js';
import { sleep } from '../../time/sleep.js';
import { computerNameBy } from '../koffi/computer-name.js';
import { type MachineFunctions, loadMachineFunctions } from '../koffi/machine-functions.js';
import { findCreationTime, listProcesses, readBootId } from '../koffi/process-list.js';
import { isAdministrator, lastFailure } from '../koffi/process-token.js';

const NAME_SAM_COMPATIBLE = 2;
const USER_NAME_CHARACTERS = 512;

const PROCESS_QUERY_LIMITED_INFORMATION = 0x1000;
const SYNCHRONIZE = 0x10_0000;
const WAIT_TIMEOUT = 258;

const ERROR_ACCESS_DENIED = 5;

/** This computer. @throws ProblemError native-library-missing */
export async function openWindowsHost(): Promise<Host> {
  return new WindowsHost(await loadMachineFunctions());
}

class WindowsHost implements Host {
  readonly #functions: MachineFunctions;
  /** Each read once: none of them changes while a process lives. */
  #bootId: string | null | undefined;
  #isElevated: boolean | undefined;
  #user: string | undefined;

  constructor(functions: MachineFunctions) {
    this.#functions = functions;
  }

  async computer(): Promise<Computer> {
    const nameUser = (): string => (this.#user ??= this.#userName());
    return {
      name: computerNameBy(this.#functions),
      // Counted back from now, so it moves by as much as the clock was set meanwhile. For show where there is a boot id.
      bootedAt: new Date(Date.now() - Number(this.#functions.GetTickCount64())).toISOString(),
      bootId: this.#bootIdOnce(),
      source: 'windows',
      elevated: (this.#isElevated ??= isAdministrator(this.#functions)),
      // When it is asked for: Windows loads its security libraries to tell a name, and a look at the server needs none.
      get user() {
        return nameUser();
      },
    };
  }

  now(): Instant {
    // Node counts with QueryPerformanceCounter, which Windows starts at boot and every process shares.
    return { at: new Date().toISOString(), upMs: Number(process.hrtime.bigint()) / 1e6 };
  }

  sleep(milliseconds: number, signal?: AbortSignal): Promise<void> {
    return sleep(milliseconds, signal);
  }

  processIdentity(processId: number): string | null {
    const functions = this.#functions;
    const handle = functions.OpenProcess(PROCESS_QUERY_LIMITED_INFORMATION | SYNCHRONIZE, 0, processId);
    if (handle === 0) return functions.GetLastError() === ERROR_ACCESS_DENIED ? this.#identityOfOther(processId) : null;
    try {
      // A process that has ended can be opened as long as another process holds a handle to it.
      if (functions.WaitForSingleObject(handle, 0) !== WAIT_TIMEOUT) return null;
      const [created, ...others] = [Buffer.alloc(8), Buffer.alloc(8), Buffer.alloc(8), Buffer.alloc(8)] as const;
      if (functions.GetProcessTimes(handle, created, ...others) === 0) throw lastFailure(functions, 'GetProcessTimes');
      return created.readBigUInt64LE().toString();
    } finally {
      functions.CloseHandle(handle);
    }
  }

  /** Without administrator rights another user's process cannot be opened, but it is in the list of processes. */
  #identityOfOther(processId: number): string | null {
    return findCreationTime(listProcesses(this.#functions), processId)?.toString() ?? null;
  }

  #bootIdOnce(): string | null {
    if (this.#bootId === undefined) this.#bootId = readBootId(this.#functions);
    return this.#bootId;
  }

  #userName(): string {
    const functions = this.#functions;
    const [name, characters] = [Buffer.alloc(USER_NAME_CHARACTERS * 2), Buffer.alloc(4)];
    characters.writeUInt32LE(USER_NAME_CHARACTERS);
    if (functions.GetUserNameExW(NAME_SAM_COMPATIBLE, name, characters) === 0) throw lastFailure(functions, 'GetUserNameExW');
    return name.toString('utf16le', 0, characters.readUInt32LE() * 2);
  }
}
