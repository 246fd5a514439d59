import type { ProblemError } from '../../../contract/problem.js';
import { win32Failure } from '../../../contract/win32-problem.js';
import type { Advapi32, Handle, OrderName } from '../koffi/advapi32.js';
import { callAndJudge } from '../koffi/load-koffi.js';
import { NativeMemory } from '../koffi/native-memory.js';

const SC_MANAGER_CONNECT = 0x1;
const SC_MANAGER_ENUMERATE_SERVICE = 0x4;

const ERROR_HANDLE_INVALID = 6;
const ERROR_INSUFFICIENT_BUFFER = 122;
const ERROR_INVALID_NAME = 123;
export const ERROR_MORE_DATA = 234;
const RPC_SERVER_UNAVAILABLE = 1722;

type Lane = 'control' | 'other';

/**
 * Orders go out one after another in two lanes. Windows hands out one control at a time anyway, and fails those that wait
 * for more than 30 s (Microsoft, `ControlService`): here they wait without failing. And blocked orders hold two of the four
 * worker threads that readings of tables need as well, never all of them.
 */
const LANES: Readonly<Record<OrderName, Lane>> = {
  ControlService: 'control',
  StartServiceW: 'other',
  ChangeServiceConfigW: 'other',
  ChangeServiceConfig2W: 'other',
};

/** How a question is put to Windows: into these bytes, of this size; the size it would have needed goes into the third. */
type Question = (bytes: Buffer, size: number, needed: Buffer) => number;

/** The way to the service control manager: handles, the last error, and memory that is as large as the answer. */
export class ServiceManager {
  readonly api: Advapi32;
  readonly #needed = Buffer.alloc(4);
  #manager: Handle = 0;
  /** The last order in each lane, settled when it has come back. */
  readonly #lanes: Record<Lane, Promise<void>> = { control: Promise.resolve(), other: Promise.resolve() };

  constructor(api: Advapi32) {
    this.api = api;
  }

  /** The manager itself, opened when first needed. @throws ProblemError */
  handle(): Handle {
    if (this.#manager === 0) {
      this.#manager = this.api.OpenSCManagerW(null, null, SC_MANAGER_CONNECT | SC_MANAGER_ENUMERATE_SERVICE);
      if (this.#manager === 0) throw this.failure(this.api.GetLastError(), 'OpenSCManagerW', null);
    }
    return this.#manager;
  }

  /** Memory for the answers of one function. */
  memory(operation: string, size: number, limit = size): NativeMemory {
    return new NativeMemory(operation, size, limit, this.api.addressOf);
  }

  /** Puts a question, with more memory as long as Windows asks for more. @returns its error number, 0 when it was answered */
  ask(memory: NativeMemory, question: Question): number {
    for (;;) {
      if (question(memory.bytes, memory.size, this.#needed) !== 0) return 0;
      const error = this.api.GetLastError();
      const isTooSmall = error === ERROR_INSUFFICIENT_BUFFER || error === ERROR_MORE_DATA;
      if (!isTooSmall || !memory.grow(this.#needed.readUInt32LE())) return error;
    }
  }

  /** The same, where anything but an answer is a failure. @throws ProblemError */
  askOrThrow(serviceName: string, memory: NativeMemory, question: Question): void {
    const error = this.ask(memory, question);
    if (error !== 0) throw this.failure(error, memory.operation, serviceName);
  }

  /** Opens a service for the time of a few questions. @throws ProblemError */
  withService<Result>(serviceName: string, access: number, use: (service: Handle) => Result): Result {
    const service = this.#open(serviceName, access);
    try {
      return use(service);
    } finally {
      this.api.CloseServiceHandle(service);
    }
  }

  /**
   * Gives an order from a worker thread, when the one before it in its lane has come back: Windows may wait for the service's
   * own handler, up to 30 s.
   * @throws ProblemError
   */
  order(serviceName: string, access: number, operation: OrderName, ...parameters: readonly unknown[]): Promise<void> {
    const lane = LANES[operation];
    const order = this.#lanes[lane].then(() => this.#orderNow(serviceName, access, operation, parameters));
    this.#lanes[lane] = order.catch(() => undefined);
    return order;
  }

  async #orderNow(serviceName: string, access: number, operation: OrderName, parameters: readonly unknown[]): Promise<void> {
    const service = this.#open(serviceName, access);
    try {
      const error = await this.#callOnWorker(operation, service, parameters);
      if (error !== 0) throw this.failure(error, operation, serviceName);
    } finally {
      this.api.CloseServiceHandle(service);
    }
  }

  /** What a failed call is thrown as. Where the way to the manager is broken, the next call opens a new one. */
  failure(win32: number, operation: string, serviceName: string | null): ProblemError {
    if (win32 === ERROR_HANDLE_INVALID || win32 === RPC_SERVER_UNAVAILABLE) this.close();
    return win32Failure(win32, operation, serviceName);
  }

  close(): void {
    if (this.#manager !== 0) this.api.CloseServiceHandle(this.#manager);
    this.#manager = 0;
  }

  #open(serviceName: string, access: number): Handle {
    const operation = 'OpenServiceW';
    // Windows would read such a name to the zero only, and open another service.
    if (serviceName.includes('\0')) throw this.failure(ERROR_INVALID_NAME, operation, serviceName);
    const service = this.api.OpenServiceW(this.handle(), serviceName, access);
    if (service === 0) throw this.failure(this.api.GetLastError(), operation, serviceName);
    return service;
  }

  /** @returns the error number, 0 when the order was taken */
  #callOnWorker(operation: OrderName, service: Handle, parameters: readonly unknown[]): Promise<number> {
    const errorOf = (succeeded: unknown): number => (succeeded !== 0 ? 0 : this.api.GetLastError());
    return callAndJudge(this.api[operation], errorOf, service, ...parameters);
  }
}
