import { describe, expect, it } from 'vitest';

import type { Facts } from '../../electron/contract/facts.js';
import { RunMonitor } from '../../electron/core/maintenance/run-monitor.js';
import { RunView } from '../../electron/core/maintenance/run-view.js';
import { DONE, drainedOf, factsOf, MANUAL, runOf, second } from '../harness/fakes/server-facts.js';

const SERVICE = 'RTCMEDSRV';
const RUN = runOf([drainedOf(SERVICE)], { hold: 'demand' });

function counting(sessions: number, seconds: number): RunView {
  return new RunView(factsOf({ [SERVICE]: { state: 'paused', start: MANUAL, sessions } }, second(seconds)), RUN);
}

function typesOf({ entries }: ReturnType<RunMonitor['findChanges']>): readonly string[] {
  return entries.map(({ type }) => type);
}

/** Finds, and takes it for written. */
function findAndWrite(monitor: RunMonitor, view: RunView): readonly string[] {
  const found = monitor.findChanges(view);
  monitor.remember(found.memory);
  return typesOf(found);
}

describe('what the monitor found', () => {
  it('is given out, and found again until it is written', () => {
    const monitor = new RunMonitor();
    expect(findAndWrite(monitor, counting(3, 0))).toEqual(['sampled']);
    expect(typesOf(monitor.findChanges(counting(4, 1)))).toEqual(['leaked', 'sampled']);
    // The disk was full: nobody was told.
    expect(findAndWrite(monitor, counting(4, 2))).toEqual(['leaked', 'sampled']);
    expect(findAndWrite(monitor, counting(4, 3))).toEqual([]);
  });

  it('is, of a step that was undone from outside, told once, and once more when it comes again', () => {
    const monitor = new RunMonitor();
    const facts = (seconds: number, isUndone: boolean): Facts =>
      factsOf({ [SERVICE]: { state: isUndone ? 'running' : 'paused', start: MANUAL, sessions: 0 } }, second(seconds));
    const run = runOf([drainedOf(SERVICE, { pause: DONE })], { hold: 'demand' });
    const outside = (seconds: number, isUndone: boolean): boolean =>
      findAndWrite(monitor, new RunView(facts(seconds, isUndone), run)).includes('outside-change');
    expect([outside(0, false), outside(1, true), outside(2, true), outside(3, false), outside(4, true)]).toEqual([
      false,
      true,
      false,
      false,
      true,
    ]);
  });
});
