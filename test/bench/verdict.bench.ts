import { performance } from 'node:perf_hooks';

import type { Facts } from '../../electron/contract/facts.js';
import type { LastSeen, Run } from '../../electron/contract/run.js';
import { ServiceMap } from '../../electron/contract/service-names.js';
import { shownStartType } from '../../electron/contract/service.js';
import { CATALOGUE, inDrainOrder } from '../../electron/core/catalogue/catalogue.js';
import { judgeRestart } from '../../electron/core/maintenance/restart-verdict.js';
import { drainedOf, factsOf, MANUAL, runOf, samplesOf, second, type Given } from '../harness/fakes/server-facts.js';
import { median, type BenchRow } from './table.js';

const SERVICES = 300;
/** Twice as far back as zero must hold, as often as a drain records that nothing changes. */
const SAMPLES = 24;
const SAMPLE_EVERY_SECONDS = 5;
const NOW = second(SAMPLES * SAMPLE_EVERY_SECONDS);
const WARM_UP_ROUNDS = 50;
const ROUNDS = 200;
const LIMIT = 2;

/** One server of 300 services that all carry sessions, and the run that drains all of them. */
interface World {
  readonly facts: Facts;
  readonly run: Run;
}

/**
 * The verdict on a restart against reading the states of the same services into the rows of a checklist. The slowest
 * situation counts: all at zero for the hold time and not yet on record, or each a reason of its own.
 */
export async function measureVerdict(): Promise<readonly BenchRow[]> {
  const worlds = [worldOf(0), worldOf(3)];
  const times = worlds.map((): { floor: number[]; verdict: number[] } => ({ floor: [], verdict: [] }));
  for (let round = 0; round < WARM_UP_ROUNDS + ROUNDS; round += 1) {
    worlds.forEach((world, index) => {
      times[index]?.floor.push(timed(() => readIntoChecklist(world)));
      times[index]?.verdict.push(timed(() => judge(world)));
    });
  }
  const measured = times.map(({ floor, verdict }) => ({
    floor: median(floor.slice(WARM_UP_ROUNDS)),
    verdict: median(verdict.slice(WARM_UP_ROUNDS)),
  }));
  const [slowest] = measured.sort((one, other) => other.verdict / other.floor - one.verdict / one.floor);
  if (slowest === undefined) throw new Error('nothing was measured');
  const floor = { name: 'their states read into a checklist', figure: slowest.floor };
  return [{ topic: `verdict of ${SERVICES} services`, unit: 'ms', measured: slowest.verdict, floor, limit: LIMIT }];
}

function timed(work: () => void): number {
  const begun = performance.now();
  work();
  return performance.now() - begun;
}

function worldOf(sessions: number): World {
  const names = [
    ...CATALOGUE.map(({ serviceName }) => serviceName),
    ...Array.from({ length: SERVICES - CATALOGUE.length }, (_, index) => `RTCNEW${index}`),
  ];
  const dependentsOf = (index: number): readonly string[] => [7, 11].map((step) => names[(index * step + 5) % SERVICES] ?? '');
  const given = names.map((name, index): [string, Given] => [
    name,
    { state: 'paused', start: MANUAL, sessions, dependents: dependentsOf(index) },
  ]);
  const facts = factsOf(Object.fromEntries(given), NOW);
  const counts = Object.fromEntries(names.map((name) => [name, sessions]));
  const samples = samplesOf(
    Array.from({ length: SAMPLES }, () => counts),
    SAMPLES * SAMPLE_EVERY_SECONDS,
    SAMPLE_EVERY_SECONDS,
  );
  const lastSeen = new ServiceMap(
    [...facts.statuses].map(([name, { processId }]): [string, LastSeen] => [
      name,
      { state: 'paused', processId, asleepFromSeq: 1, isOtherProcess: false, isLost: false },
    ]),
  );
  return {
    facts,
    run: runOf(
      names.map((name) => drainedOf(name)),
      {},
      { samples, lastSeen },
    ),
  };
}

/**
 * What no checklist can do without: what was listed by service name, in drain order, and one row for each with what it shows
 * of the facts.
 */
function readIntoChecklist({ facts }: World): void {
  const [statuses, configurations, sessions] = [
    new ServiceMap(facts.statuses),
    new ServiceMap(facts.configurations),
    new ServiceMap(facts.sessions),
  ];
  const rows = inDrainOrder([...statuses.keys()]).map((serviceName) => {
    const status = statuses.get(serviceName);
    const start = configurations.get(serviceName)?.start;
    return { ...status, startType: start === undefined ? null : shownStartType(start), sessions: sessions.get(serviceName), problem: null };
  });
  if (rows.length !== SERVICES) throw new Error('the checklist of the benchmark is not whole');
}

function judge({ facts, run }: World): void {
  const { kind, reasons } = judgeRestart(facts, run);
  const isAsMeant = facts.sessions.values().next().value?.kind === 'count' && (kind === 'safe' || reasons.length >= CATALOGUE.length);
  if (!isAsMeant) throw new Error('the verdict of the benchmark is another one');
}
