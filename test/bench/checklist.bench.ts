import { performance } from 'node:perf_hooks';

import { CATALOGUE } from '../../electron/core/catalogue/catalogue.js';
import { drawChecklist } from '../../electron/core/maintenance/checklist.js';
import { drainedOf, factsOf, MANUAL, runOf, samplesOf, second, type Given } from '../harness/fakes/server-facts.js';
import { median, type BenchRow } from './table.js';

const SERVICES = 300;
/** As many as a run of days keeps. */
const SAMPLES = 2_000;
const WARM_UP_ROUNDS = 50;
const ROUNDS = 200;
const LIMIT_MS = 5;
const NO_PLAN = { serviceNames: [], hold: null, overrides: [] } as const;

/**
 * The checklist of a server with 300 services of which every Lync service drains and the others hang on one of them, after
 * days of samples.
 */
export async function measureChecklist(): Promise<readonly BenchRow[]> {
  const planned = CATALOGUE.map(({ serviceName }) => serviceName);
  const others = Array.from({ length: SERVICES - planned.length }, (_, index) => `OTHER-${index}`);
  const drained = (serviceName: string, index: number): [string, Given] => [
    serviceName,
    { state: 'paused', start: MANUAL, sessions: 3, dependents: others.filter((_, other) => other % planned.length === index) },
  ];
  const facts = factsOf(
    Object.fromEntries([...planned.map(drained), ...others.map((name): [string, Given] => [name, {}])]),
    second(SAMPLES),
  );
  const sessions = Object.fromEntries(planned.map((name) => [name, 3]));
  const run = runOf(
    planned.map((name) => drainedOf(name)),
    {},
    {
      samples: samplesOf(
        Array.from({ length: SAMPLES }, () => sessions),
        SAMPLES,
      ),
    },
  );
  const times: number[] = [];
  for (let round = 0; round < WARM_UP_ROUNDS + ROUNDS; round += 1) {
    const begun = performance.now();
    const { services } = drawChecklist(facts, run, { plan: NO_PLAN, stalledAfterMs: 600_000 });
    times.push(performance.now() - begun);
    if (services.length !== planned.length) throw new Error('the checklist of the benchmark is not whole');
  }
  return [
    { topic: `checklist of ${SERVICES} services`, unit: 'ms', measured: median(times.slice(WARM_UP_ROUNDS)), floor: null, limit: LIMIT_MS },
  ];
}
