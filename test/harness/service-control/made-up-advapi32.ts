import type { Advapi32 } from '../../../electron/adapters/windows/koffi/advapi32.js';
import { ServiceManager } from '../../../electron/adapters/windows/services/service-manager.js';
import { WindowsServiceControl } from '../../../electron/adapters/windows/services/windows-service-control.js';
import { ADDRESS } from './made-up-memory.js';

/**
 * The functions of advapi32 as Windows has them and Wine does not: a list that comes in parts, rights that are missing
 * for one thing only. Every test gives those it is about.
 */
export class MadeUpAdvapi32 {
  readonly open = new Set<number>();
  error = 0;
  #lastHandle = 0;

  with(functions: Partial<Advapi32>): WindowsServiceControl {
    const api: Partial<Advapi32> = {
      OpenSCManagerW: () => this.handle(),
      OpenServiceW: () => this.handle(),
      CloseServiceHandle: (handle) => Number(this.open.delete(handle)),
      GetLastError: () => this.error,
      addressOf: () => ADDRESS,
      ...functions,
    };
    return new WindowsServiceControl(new ServiceManager(api as Advapi32));
  }

  handle(): number {
    this.#lastHandle++;
    this.open.add(this.#lastHandle);
    return this.#lastHandle;
  }

  fail(error: number): 0 {
    this.error = error;
    return 0;
  }
}
