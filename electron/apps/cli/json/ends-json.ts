import type { Checklist } from '../../../contract/checklist.js';
import type { ServiceEnds, SessionEnd } from '../../../contract/session-ends.js';
import type { Connected } from '../../../core/report/connected.js';
import type { SeenEnds } from '../render/ends-text.js';
import { headJson, sessionsJson } from './checklist-json.js';
import type { Json } from './json-value.js';

/** What `sessions --json` prints. Null is "not known", or for `udp` "carries no media over it"; never zero. */
export function endsJson(checklist: Checklist, seen: SeenEnds): Json {
  const { services, serversTrouble } = seen.list;
  return {
    ...headJson(checklist),
    serversKnown: serversTrouble === null,
    serversUnknown: serversTrouble,
    services: services.map((service) => serviceJson(service, checklist.now.at, seen)),
  };
}

function serviceJson({ serviceName, displayName, state, tcp, usesUdp }: ServiceEnds, at: string, { readings, names }: SeenEnds): Json {
  const reading = readings.get(serviceName);
  return {
    ...{ serviceName, displayName, state },
    sessions: sessionsJson(reading ?? { kind: 'unknown', reason: 'no-evidence', raw: null }, at),
    connections: tcp.known ? tcp.connections : null,
    connectionsUnknown: tcp.known ? null : tcp.reason,
    kinds: tcp.known ? { ...tcp.kinds } : null,
    shown: tcp.known ? tcp.ends.length : null,
    remoteEnds: tcp.known ? tcp.ends.map((end) => endJson(end, names)) : null,
    udp: usesUdp ? { ports: reading?.signs?.mediaPorts ?? null, remoteEnds: null } : null,
  };
}

function endJson({ address, port, localPort, kind, sign, ageMs, isAgeExact }: SessionEnd, names: SeenEnds['names']): Json {
  const found = names?.get(address);
  return {
    ...{ address, port, localPort, kind, because: sign },
    ageSeconds: Math.round(ageMs / 1000),
    ageIsAtLeast: !isAgeExact,
    ...(names !== null && {
      name: found?.kind === 'name' ? found.name : null,
      nameUnknown: found?.kind === 'name' ? null : (found?.kind ?? 'unavailable'),
    }),
  };
}

/** In a report: counts of each kind, and the remote ends only if addresses were asked for. */
export function connectedJson({ at, list }: Connected, withAddresses: boolean): Json {
  return {
    at,
    serversKnown: list.serversTrouble === null,
    services: list.services.map(({ serviceName, state, tcp }) => ({
      ...{ serviceName, state },
      connections: tcp.known ? tcp.connections : null,
      connectionsUnknown: tcp.known ? null : tcp.reason,
      kinds: tcp.known ? { ...tcp.kinds } : null,
      ...(withAddresses && { remoteEnds: tcp.known ? tcp.ends.map((end) => endJson(end, null)) : null }),
    })),
  };
}
