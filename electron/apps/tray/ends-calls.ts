import { ProblemError, problem } from '../../contract/problem.js';
import { USUAL_ENDS } from '../../contract/session-ends.js';
import type { Engine } from '../../engine/engine.js';
import type { CallHandlers } from './answer-call.js';

/** Addresses of lists that may still be open. */
const MOST_SHOWN = 2_000;

/**
 * Who is connected, for the window; loaded when details are opened. DNS is asked only for addresses that the window was shown: it is not
 * to be used to look up any other.
 */
export function createEndsCalls(engine: () => Engine): Pick<CallHandlers, 'listEnds' | 'findNames'> {
  let shown: ReadonlySet<string> = new Set();
  return {
    listEnds: async ({ serviceName }) => {
      const list = await engine().listEnds({ services: [serviceName], most: USUAL_ENDS, waitsForServers: false });
      const listed = list.services.flatMap(({ tcp }) => (tcp.known ? tcp.ends.map(({ address }) => address) : []));
      shown = new Set([...listed, ...[...shown].slice(0, MOST_SHOWN)]);
      return { ok: true, value: list };
    },
    findNames: async ({ addresses }) => {
      if (!addresses.every((address) => shown.has(address))) throw new ProblemError(problem('request-refused', { channel: 'findNames' }));
      const names = await engine().findNames(addresses);
      return { ok: true, value: [...names].map(([address, found]) => ({ address, found })) };
    },
  };
}
