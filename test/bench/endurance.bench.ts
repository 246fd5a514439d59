import { Bench, type MarkedApp, type Told } from './marked-app.js';
import type { BenchRow } from './table.js';

/** By then V8 has compiled what a window needs again and again; machine code counts as heap, too. */
const WARM_UP_WINDOWS = 300;
const WINDOWS = 1_000;
/**
 * Every tenth window is waited for until it can be used; the others are closed as soon as their page loads, or all of them
 * would take minutes more.
 */
const USED = 10;
const WARM_UP_THOUSANDS = 1;
const THOUSANDS = 10;
/** A garbage collector never leaves quite the same behind. */
const FLAT = 1.05;

/** Heap and listeners of the main process while its window is opened and closed, and while it hands out snapshots. */
export async function measureEndurance(): Promise<readonly BenchRow[]> {
  const bench = await Bench.open();
  const app = bench.start('ours', ['--js-flags=--expose-gc']);
  try {
    await app.next('icon');
    await openAndClose(app, WARM_UP_WINDOWS);
    const fewWindows = await count(app);
    await openAndClose(app, WINDOWS - WARM_UP_WINDOWS);
    const manyWindows = await count(app);
    app.command('click');
    await app.next('usable');
    await handOut(app, WARM_UP_THOUSANDS);
    const fewSnapshots = await count(app);
    await handOut(app, THOUSANDS - WARM_UP_THOUSANDS);
    const manySnapshots = await count(app);
    return [
      ...flat(`${WINDOWS.toLocaleString('en')} windows opened and closed`, `after ${WARM_UP_WINDOWS}`, fewWindows, manyWindows),
      ...flat(`${(THOUSANDS * 1_000).toLocaleString('en')} snapshots`, 'after 1,000', fewSnapshots, manySnapshots),
    ];
  } finally {
    await app.end();
    await bench.close();
  }
}

async function openAndClose(app: MarkedApp, windows: number): Promise<void> {
  for (let window = 0; window < windows; window += 1) {
    app.command('click');
    await app.next(window % USED === 0 ? 'usable' : 'loading');
    app.command('close');
    await app.next('closed');
  }
}

async function handOut(app: MarkedApp, thousands: number): Promise<void> {
  for (let thousand = 0; thousand < thousands; thousand += 1) {
    app.command('snapshots');
    await app.next('handed-out');
  }
}

function count(app: MarkedApp): Promise<Told> {
  app.command('count');
  return app.next('counted');
}

function flat(what: string, floor: string, few: Told, many: Told): readonly BenchRow[] {
  return [
    {
      topic: `heap after ${what}`,
      unit: 'MB',
      measured: many.heapMb ?? Number.NaN,
      floor: { name: floor, figure: few.heapMb ?? Number.NaN },
      limit: FLAT,
    },
    {
      topic: `listeners after ${what}`,
      unit: 'listeners',
      measured: many.listeners ?? Number.NaN,
      floor: { name: floor, figure: few.listeners ?? Number.NaN },
      limit: 1,
    },
  ];
}
