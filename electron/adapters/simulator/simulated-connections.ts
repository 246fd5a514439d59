import type { TcpCount } from '../../contract/evidence-answers.js';
import { MAX_SHOWN_ENDS, type RemoteEnd } from '../../contract/sessions.js';
import type { TcpWatch } from '../../ports/evidence-sources.js';
import type { LiveService, LiveView } from './live-view.js';
import { pooledConnectionsOf, SIMULATED_SERVERS } from './session-kinds.js';

/** As many arrivals as a reading may name. */
const MAX_ARRIVALS = 20;
const FIRST_POOLED_PORT = 49_200;

/** Counts connections, and remembers them to tell at the next reading which are new. */
export class SimulatedConnections {
  #before: ReadonlyMap<string, ReadonlySet<string>> = new Map();

  count(view: LiveView, watches: readonly TcpWatch[], withEnds: ReadonlySet<string>): ReadonlyMap<string, TcpCount> {
    const seen = new Map(
      watches.map(({ serviceName }) => [serviceName, connectionsOf(view.of(serviceName), 0).map(({ end }) => end)] as const),
    );
    const counts = new Map<string, TcpCount>();
    for (const [serviceName, ends] of seen) {
      const before = this.#before.get(serviceName);
      const arrivals = before === undefined ? [] : ends.filter((end) => !before.has(nameOf(end)));
      counts.set(serviceName, {
        count: ends.length,
        arrivals: arrivals.slice(0, MAX_ARRIVALS),
        ends: withEnds.has(serviceName)
          ? [...ends].sort((left, right) => (nameOf(left) < nameOf(right) ? -1 : 1)).slice(0, MAX_SHOWN_ENDS)
          : [],
      });
    }
    this.#before = new Map([...seen].map(([serviceName, ends]) => [serviceName, new Set(ends.map(nameOf))]));
    return counts;
  }
}

/**
 * The connections of a service, with the time at which each began.
 * @param processSinceMs since when its process runs: those of servers are as old
 */
export function connectionsOf(
  live: LiveService | null,
  processSinceMs: number,
): readonly { readonly end: RemoteEnd; readonly beganMs: number }[] {
  if (live === null) return [];
  const servers = pooledConnectionsOf(live.service.serviceName).map(({ address, port }, nth) => ({
    end: { address, port: FIRST_POOLED_PORT + nth, localPort: port },
    beganMs: processSinceMs,
  }));
  const own = live.sessions.flatMap(({ kind: { connection }, from, beginsMs }) => {
    if (connection === null) return [];
    const end: RemoteEnd =
      connection.end === 'local'
        ? { ...from, localPort: connection.port }
        : { address: SIMULATED_SERVERS.edge, port: connection.port, localPort: from.port };
    return [{ end, beganMs: beginsMs }];
  });
  return [...servers, ...own];
}

function nameOf({ address, port, localPort }: RemoteEnd): string {
  return `${address} ${port} ${localPort}`;
}
