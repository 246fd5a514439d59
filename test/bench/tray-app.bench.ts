import { readFileSync } from 'node:fs';
import { performance } from 'node:perf_hooks';

import { openThisServer } from '../../electron/composition/this-server.js';
import { attended } from '../harness/simulated/services-console.js';
import { type APPS, Bench, nowMs, type MarkedApp, type Told } from './marked-app.js';
import { privateMemoryMb, processorTimeMs, processTree, sumOfTree } from './processes.js';
import { median, type BenchRow } from './table.js';

const STARTS = 11;
/** What a start leaves to be done is done by then. */
const SETTLED_AFTER_MS = 12_000;
const MEASURED_MS = 40_000;
const SIDE_BY_SIDE = 3;
const WINDOWS = 9;
const CHANGES = 8;
const EMPTY_APP = 'empty tray app';

/** From the start of the program until its icon is there; the two apps take turns. */
export async function measureStarts(): Promise<readonly BenchRow[]> {
  const bench = await Bench.open();
  const times = { ours: [] as number[], empty: [] as number[] };
  try {
    for (let round = 0; round <= STARTS; round += 1) {
      for (const which of ['empty', 'ours'] as const) {
        const app = bench.start(which);
        const { at } = await app.next('icon');
        // The first start of each finds cold caches and does not count.
        if (round > 0) times[which].push(at - app.startedAt);
        await app.end();
      }
    }
  } finally {
    await bench.close();
  }
  return [
    {
      topic: 'start to icon',
      unit: 'ms',
      measured: median(times.ours),
      floor: { name: EMPTY_APP, figure: median(times.empty) },
      limit: 1.2,
    },
  ];
}

/**
 * Several of both apps side by side, with nothing to do and no window. The median of their memory counts, because every so
 * often a start of either leaves ten megabytes more than others; and of their processor time the mean, because it
 * comes in steps that are large for one.
 */
export async function measureIdling(): Promise<readonly BenchRow[]> {
  const bench = await Bench.open();
  const start = (app: keyof typeof APPS): readonly MarkedApp[] => Array.from({ length: SIDE_BY_SIDE }, () => bench.start(app));
  const [empty, ours] = [start('empty'), start('ours')];
  try {
    await Promise.all([...empty, ...ours].map((app) => app.next('icon')));
    await passed(SETTLED_AFTER_MS);
    const begun = performance.now();
    const before = [empty, ours].map(processorTime);
    await passed(MEASURED_MS);
    const elapsedMs = performance.now() - begun;
    const [emptyPercent = 0, percent = 0] = [empty, ours].map(
      (apps, index) => ((processorTime(apps) - before[index]!) / elapsedMs / SIDE_BY_SIDE) * 100,
    );
    const memory = (apps: readonly MarkedApp[]): number => median(apps.map(({ processId }) => sumOfTree(processId, privateMemoryMb)));
    return [
      {
        topic: 'private memory without a window, all processes',
        unit: 'MB',
        measured: memory(ours),
        floor: { name: EMPTY_APP, figure: memory(empty) },
        limit: 1.15,
      },
      {
        topic: `share of a core without a window (${EMPTY_APP}: ${emptyPercent.toFixed(2)} %)`,
        unit: '%',
        measured: percent,
        floor: null,
        limit: 0.1,
      },
      {
        topic: 'renderer processes without a window',
        unit: 'processes',
        measured: Math.max(...ours.map(renderersOf)),
        floor: null,
        limit: 0,
      },
    ];
  } finally {
    for (const app of [...empty, ...ours]) await app.end();
    await bench.close();
  }
}

function processorTime(apps: readonly MarkedApp[]): number {
  return apps.reduce((sum, { processId }) => sum + sumOfTree(processId, processorTimeMs), 0);
}

/** From the click on the icon until the window is shown and a button in it can be pressed. */
export async function measureOpening(): Promise<readonly BenchRow[]> {
  const bench = await Bench.open();
  const app = bench.start('ours');
  const times: number[] = [];
  try {
    await app.next('icon');
    await passed(2_000);
    for (let round = 0; round < WINDOWS; round += 1) {
      const begun = nowMs();
      app.command('click');
      times.push((await app.next('usable')).at - begun);
      app.command('close');
      await app.next('closed');
    }
  } finally {
    await app.end();
    await bench.close();
  }
  const [first = Number.NaN, ...others] = times;
  return [
    { topic: 'click to usable window, first time', unit: 'ms', measured: first, floor: null, limit: 500 },
    { topic: 'click to usable window, again', unit: 'ms', measured: median(others), floor: null, limit: 500 },
  ];
}

/** From a pause at the Services console until the icon shows it, and back. The slowest counts. */
export async function measureOutsideChanges(): Promise<readonly BenchRow[]> {
  const bench = await Bench.open();
  const app = bench.start('ours');
  const times: number[] = [];
  try {
    const shows = (shape: string): Promise<Told> => app.next('icon-changed', ({ image }) => image?.includes(shape) === true);
    await shows('in-service');
    const server = await openThisServer({
      dataFolder: app.data,
      simulate: { scenario: null },
      seed: null,
      speed: null,
      undoCard: () => '',
    });
    for (let round = 0; round < CHANGES; round += 1) {
      // Anywhere between two looks, not always just after one.
      await passed(2_000 + (round / CHANGES) * 1_000);
      const isPause = round % 2 === 0;
      const begun = nowMs();
      await attended(server.simulation!).console.control('RTCCPS', isPause ? 'pause' : 'continue');
      times.push((await shows(isPause ? 'draining' : 'in-service')).at - begun);
    }
    await server.close();
  } finally {
    await app.end();
    await bench.close();
  }
  return [
    { topic: `outside change to right icon, slowest of ${CHANGES}`, unit: 'ms', measured: Math.max(...times), floor: null, limit: 1_000 },
  ];
}

function renderersOf({ processId }: MarkedApp): number {
  return processTree(processId).filter((one) => readFileSync(`/proc/${one}/cmdline`, 'utf8').includes('--type=renderer')).length;
}

function passed(milliseconds: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, milliseconds));
}
