import type { CmdletAnswer, CounterAnswer, ServiceActivity, UdpCount } from '../../contract/evidence-answers.js';
import type { ServiceStatus } from '../../contract/service.js';
import { readRole } from '../../core/catalogue/server-role.js';
import { evidenceOf, type ServiceEvidence } from '../../core/evidence/evidence-table.js';
import type { UdpWatch } from '../../ports/evidence-sources.js';
import type { EvidenceSources } from '../layered-evidence/layered-evidence.js';
import type { LiveService, LiveView } from './live-view.js';
import { SimulatedConnections } from './simulated-connections.js';
import type { SimulatedSources } from './simulated-state.js';

/** Longer than an answer of the cmdlet may be old. */
const SLOW_CMDLET_MS = 50_000;
const NEVER = new Promise<never>(() => undefined);

/** MCU Draining State. */
const NOT_ASKED = 0;
const DRAINING = 2;

export const ALL_ANSWER: SimulatedSources = {
  counters: 'answer',
  cmdlet: 'answers',
  connections: 'answer',
  registry: 'answers',
  majorVersion: 5,
};

/**
 * The sources of evidence of the simulated server. Each sees of every session what the table of kinds says, and no more:
 * what is made of it is up to the same rules as on a real server.
 * @param view the server as it is now
 */
export function simulateSources(view: () => LiveView): EvidenceSources {
  const connections = new SimulatedConnections();
  const behaviour = (): SimulatedSources => ({ ...ALL_ANSWER, ...view().look.state.sources });
  return {
    counters: {
      read: (paths) => (behaviour().counters === 'hang' ? NEVER : Promise.resolve(readCounters(view(), behaviour(), paths))),
      release: () => Promise.resolve(),
    },
    tcp: {
      async count(watches, _own, withEnds = new Set()) {
        if (behaviour().connections === 'fail') throw new Error('GetExtendedTcpTable: error 87');
        return connections.count(view(), watches, withEnds);
      },
    },
    udp: { count: (watches) => Promise.resolve(countMediaPorts(view(), watches)) },
    cmdlet: { readActivities: (services) => readActivities(view(), behaviour(), services) },
    product: { readMajorVersion: () => Promise.resolve(behaviour().registry === 'answers' ? behaviour().majorVersion : null) },
    nowMs: () => view().look.nowMs,
  };
}

function readCounters(
  view: LiveView,
  { counters, majorVersion }: SimulatedSources,
  paths: readonly string[],
): ReadonlyMap<string, CounterAnswer> {
  if (counters === 'denied') {
    return new Map(paths.map((path) => [path, { kind: 'unreadable', reason: 'counter-denied', raw: '0xc0000bdb' }]));
  }
  const { services } = view.look.state;
  const product = { role: readRole(services.map(({ serviceName }) => serviceName)), majorVersion };
  const values = new Map<string, number>();
  for (const { serviceName } of counters === 'missing' ? [] : services) {
    const live = view.of(serviceName);
    const evidence = evidenceOf(serviceName, product);
    if (live !== null && evidence !== null) for (const [path, value] of countersOf(live, evidence)) values.set(path, value);
  }
  return new Map(
    paths.map((path): [string, CounterAnswer] => {
      const value = values.get(path);
      return [path, value === undefined ? { kind: 'unreadable', reason: 'counter-missing', raw: '0xc0000bb8' } : { kind: 'value', value }];
    }),
  );
}

/** Every counter that a service has, with its value. A name that is only one of several possible ones is not there. */
function countersOf(
  { service, isPaused, sessions }: LiveService,
  { mayProveEmpty, busyOnly, drainingFlag }: ServiceEvidence,
): ReadonlyMap<string, number> {
  const values = new Map<string, number>();
  const proving = mayProveEmpty?.kind === 'counter' ? mayProveEmpty.terms : [];
  const terms = [...proving, ...busyOnly.flatMap((rule) => (rule.kind === 'counter' ? [rule.term] : []))];
  const broken = service.sessions?.brokenNumber;
  for (const path of terms.flatMap(({ paths, must }) => (must === 'every' ? paths : paths.slice(0, 2)))) {
    const counted = sessions.flatMap(({ kind }) => kind.counters.filter((counter) => counter.path === path));
    const per = counted[0]?.per ?? 1;
    values.set(path, broken ?? Math.ceil(counted.length / per));
  }
  if (drainingFlag !== null) values.set(drainingFlag, isPaused ? DRAINING : NOT_ASKED);
  return values;
}

function countMediaPorts(view: LiveView, watches: readonly UdpWatch[]): ReadonlyMap<string, UdpCount> {
  return new Map(
    watches.map(({ serviceName }) => {
      const endpoints = (view.of(serviceName)?.sessions ?? []).reduce((sum, { kind }) => sum + kind.mediaPorts, 0);
      return [serviceName, { endpoints }];
    }),
  );
}

function readActivities(view: LiveView, { cmdlet }: SimulatedSources, services: readonly ServiceStatus[]): CmdletAnswer {
  if (cmdlet !== 'answers' && cmdlet !== 'slow') return { kind: 'unavailable', reason: cmdlet, raw: 'simulated' };
  const activities = services.flatMap(({ serviceName }) => {
    const live = view.of(serviceName);
    return live === null ? [] : [[serviceName.toUpperCase(), activityOf(live)] as const];
  });
  return { kind: 'activities', activities: new Map(activities), ageMs: cmdlet === 'slow' ? SLOW_CMDLET_MS : 0 };
}

function activityOf({ service, sessions }: LiveService): ServiceActivity {
  const name = service.serviceName.toUpperCase() === 'RTCCAS' ? 'Concurrent Conferences' : 'Concurrent Calls';
  const count = service.sessions?.brokenNumber ?? sessions.filter(({ kind }) => kind.activity === name).length;
  return { text: `${name}=${count}`, values: new Map([[name, count]]), isWhole: true };
}
