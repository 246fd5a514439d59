import {
  compareEnds,
  findEndKind,
  noKinds,
  type KindFinding,
  type ListedEnds,
  type SessionEnd,
  type AddressName,
} from '../../contract/session-ends.js';
import { readRole } from '../../core/catalogue/server-role.js';
import type { AddressNames } from '../../ports/name-service.js';
import type { ConnectionSource, EndsQuestion, EndsWatch, KnownServers, ServerDirectory, SessionEnds } from '../../ports/session-ends.js';
import { createLayeredEnds } from '../layered-evidence/layered-ends.js';
import { LiveView } from './live-view.js';
import { SIMULATED_SERVERS } from './session-kinds.js';
import { connectionsOf } from './simulated-connections.js';
import { ALL_ANSWER } from './simulated-sources.js';
import type { SimulatedService, SimulatedState } from './simulated-state.js';
import type { Look, Simulation } from './simulation.js';

/** Who is connected to the simulated server, found out by the same rules as on a real one. */
export function createSimulatedEnds(simulation: Simulation): SessionEnds {
  const look = (): Look => simulation.look();
  return createLayeredEnds({
    connections: createConnections(look),
    directory: createDirectory(() => look().state),
    names: NAMES,
    deadlineMs: 500,
  });
}

function createConnections(look: () => Look): ConnectionSource {
  return {
    async list(question) {
      const view = new LiveView(look());
      if (view.look.state.sources?.connections === 'fail') throw new Error('GetExtendedTcpTable: error 87');
      return new Map(question.watches.map((watch) => [watch.serviceName, listEnds(view, watch, question)]));
    },
  };
}

function listEnds(view: LiveView, { serviceName, rules }: EndsWatch, { servers, most }: EndsQuestion): ListedEnds {
  const live = view.of(serviceName);
  const { state, nowMs } = view.look;
  const kinds = noKinds();
  const ends = connectionsOf(live, live === null ? 0 : processSince(state, live.service, nowMs)).map(({ end, beganMs }): SessionEnd => {
    const finding = findEndKind(rules, end, servers.byAddress.get(end.address), servers.trouble === null);
    kinds[finding.kind] += 1;
    return { ...end, ...finding, ageMs: Math.max(0, nowMs - beganMs), isAgeExact: true };
  });
  const sorted = [...ends].sort((one, other) => compareEnds(one, other) || (one.address < other.address ? -1 : 1));
  return { connections: ends.length, kinds, ends: most === null ? sorted : sorted.slice(0, most) };
}

function processSince(state: SimulatedState, service: SimulatedService, nowMs: number): number {
  const starts = service.moments.filter((moment) => moment.state === 'stopped' && moment.atMs <= nowMs);
  return Math.max(state.bootedAtMs, starts.at(-1)?.atMs ?? 0);
}

const BY_TOPOLOGY: ReadonlyMap<string, KindFinding> = new Map([
  [SIMULATED_SERVERS.frontEnd, { kind: 'pool-member', sign: 'topology' }],
  [SIMULATED_SERVERS.gateway, { kind: 'gateway', sign: 'topology' }],
  [SIMULATED_SERVERS.edge, { kind: 'edge', sign: 'topology' }],
]);

/** An Edge has a copy of the topology only, which needs no rights of Lync and may not name every server. */
function createDirectory(state: () => SimulatedState): ServerDirectory {
  return {
    read: (): KnownServers => {
      if (readRole(state().services.map(({ serviceName }) => serviceName)) === 'edge') {
        return { byAddress: BY_TOPOLOGY, trouble: 'not-told' };
      }
      const { cmdlet } = { ...ALL_ANSWER, ...state().sources };
      if (cmdlet !== 'answers' && cmdlet !== 'slow') return { byAddress: new Map(), trouble: cmdlet };
      return { byAddress: BY_TOPOLOGY, trouble: null };
    },
    settle: async () => undefined,
    end: () => undefined,
  };
}

const SERVER_NAMES: ReadonlyMap<string, string> = new Map([
  [SIMULATED_SERVERS.frontEnd, 'fe02.contoso.com'],
  [SIMULATED_SERVERS.gateway, 'gw01.contoso.com'],
  [SIMULATED_SERVERS.edge, 'edge01.contoso.com'],
]);

/** Every tenth client has no name, and every tenth is not answered for, as it is with real ones. */
const NAMES: AddressNames = {
  find: async (addresses) => new Map(addresses.map((address): [string, AddressName] => [address, nameOf(address)])),
};

function nameOf(address: string): AddressName {
  const server = SERVER_NAMES.get(address);
  if (server !== undefined) return { kind: 'name', name: server };
  const [, , third = '', last = ''] = address.split('.');
  if (Number(last) % 10 === 0) return { kind: 'none' };
  return Number(last) % 10 === 1 ? { kind: 'unavailable' } : { kind: 'name', name: `host-${third}-${last}.contoso.com` };
}
