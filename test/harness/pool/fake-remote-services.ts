import type { RemoteServices } from '../../../electron/contract/facts.js';
import type { ServiceState } from '../../../electron/contract/service.js';
import type { RemoteServiceControl } from '../../../electron/ports/pool-information.js';

/** Computers that answer as they are told to; one that is not named is in service. Held to the port's contract, as the real adapter is. */
export class FakeRemoteServices implements RemoteServiceControl {
  /** Computers that were asked, in order. */
  readonly asked: string[] = [];
  readonly #states = new Map<string, Readonly<Record<string, ServiceState>> | RemoteServices | 'hangs'>();
  /** States of a computer that nothing was said of. */
  readonly usual: Readonly<Record<string, ServiceState>>;

  constructor(usual: Readonly<Record<string, ServiceState>> = { RTCMEDSRV: 'running', RTCSRV: 'running' }) {
    this.usual = usual;
  }

  /** @param says states that differ from the usual ones, an answer of its own, or none at all: that breaks the promise of the port */
  set(computer: string, says: Readonly<Record<string, ServiceState>> | RemoteServices | 'hangs'): void {
    this.#states.set(computer, says);
  }

  async readServices(computer: string): Promise<RemoteServices> {
    this.asked.push(computer);
    if (!/^\w[\w-]*(\.\w[\w-]*)*$/.test(computer)) return { kind: 'unknown', reason: 'failed', raw: 'not the name of a computer' };
    const said = this.#states.get(computer) ?? {};
    if (said === 'hangs') return new Promise(() => undefined);
    if (isAnswer(said)) return said;
    return { kind: 'read', states: { ...this.usual, ...said } };
  }
}

function isAnswer(said: Readonly<Record<string, ServiceState>> | RemoteServices): said is RemoteServices {
  return 'kind' in said;
}
