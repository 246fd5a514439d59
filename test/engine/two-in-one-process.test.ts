import { describe, expect, it } from 'vitest';

import type { Moment } from '../../electron/adapters/simulator/simulated-state.js';
import type { EngineEvent } from '../../electron/engine/engine.js';
import type { ServiceControl } from '../../electron/ports/service-control.js';
import { DRAIN_ALL, type EngineHarness, HOURS, NO_WAIT, type Program } from '../harness/engine/engine-harness.js';
import { harnessesOf } from '../harness/engine/open-harnesses.js';
import { type Adjust, allOf, carrying } from '../harness/engine/server-of.js';
import { boundControl } from '../harness/fakes/bound-control.js';

/** Two services in one process, which ends while both carry sessions. */

const MINUTE_MS = 60_000;
const SHARING = ['RTCCAA', 'RTCCAS'];
const BOTH_LOST = [
  { serviceName: 'RTCCAA', how: 'ended', count: 2, certainty: 'exact' },
  { serviceName: 'RTCCAS', how: 'ended', count: 3, certainty: 'exact' },
];
const HELD: typeof DRAIN_ALL = { ...DRAIN_ALL, services: SHARING, holdTimeMs: 10_000 };
const TWO_MINUTES = { ...HOURS, timeoutMs: 2 * MINUTE_MS };
/** `ERROR_PROCESS_ABORTED`, the exit code that Windows notes for a crash. */
const CRASHED = 1067;

const openHarness = harnessesOf('shared-process');

function openBusy(): Promise<EngineHarness> {
  return openHarness('shared-process', 1, allOf(carrying('RTCCAA', 2, { usual: 0 }), carrying('RTCCAS', 3, { usual: 0 })));
}

/** What follows for both services at the same moment. */
function both(nowMs: number, next: Partial<Moment>): Adjust {
  return (state) => ({
    ...state,
    services: state.services.map((service) => {
      if (!SHARING.includes(service.serviceName)) return service;
      return { ...service, moments: [...service.moments, { ...service.moments.at(-1)!, atMs: nowMs, ...next }] };
    }),
  });
}

function crash(harness: EngineHarness): Promise<void> {
  return harness.change(both(harness.time.nowMs(), { state: 'stopped', processId: 0, win32ExitCode: CRASHED }));
}

/** Ends the process right after Windows has listed its services for so many times. */
function crashingAtList(harness: EngineHarness, number: number): (control: ServiceControl) => ServiceControl {
  let lists = 0;
  return (control) => ({
    ...boundControl(control),
    listServices: async () => {
      const listed = await control.listServices();
      lists += 1;
      if (lists === number) await crash(harness);
      return listed;
    },
  });
}

/** `SERVICE: count` of each zero that was told before the loss of its service, and `ready` if that was. */
function toldTooEarly(events: readonly EngineEvent[]): readonly string[] {
  const lost = new Set<string>();
  return events.flatMap((event) => {
    if (event.type === 'lost') lost.add(event.serviceName);
    if (event.type !== 'sessions') return [];
    const open = event.checklist.services.filter(({ serviceName }) => SHARING.includes(serviceName) && !lost.has(serviceName));
    const zeros = open.filter(({ sessions }) => sessions.kind === 'count' && sessions.count === 0).map(({ serviceName }) => serviceName);
    return event.checklist.ready && open.length > 0 ? [...zeros, 'ready'] : zeros;
  });
}

function entriesOf({ records }: Program, type: string): readonly unknown[] {
  return records.list()[0]!.entries.filter((entry) => entry.type === type);
}

describe('a crash of the process in which two services carry sessions', () => {
  // From the fourth reading on every odd list comes before a count, and every even one after it.
  it.each(Array.from({ length: 12 }, (_, index) => 8 + index))(
    'is a loss for both, and no zero and no ready before it, also between list and count (list %i)',
    async (number) => {
      const harness = await openBusy();
      const program = harness.begin(undefined, undefined, crashingAtList(harness, number));
      const { engine, by, listen, events } = program;
      const result = await engine.drain(HELD, by, listen, TWO_MINUTES);
      expect(result).toMatchObject({ outcome: 'lost', checklist: { losses: BOTH_LOST } });
      expect(entriesOf(program, 'lost')).toMatchObject(BOTH_LOST);
      expect(toldTooEarly(events)).toEqual([]);
      const { engine: later, by: other, listen: hear } = harness.begin();
      expect(await later.drain(HELD, other, hear, TWO_MINUTES)).toMatchObject({ outcome: 'lost', checklist: { losses: BOTH_LOST } });
      expect(entriesOf(program, 'lost')).toHaveLength(2);
    },
  );

  it('is a loss for both by the first look, where nobody looked when it came', async () => {
    const harness = await openBusy();
    const { engine, by, listen } = harness.begin();
    await engine.drain(HELD, by, listen, NO_WAIT);
    await crash(harness);
    harness.pass(MINUTE_MS);
    expect((await engine.observe()).losses).toMatchObject(BOTH_LOST);
    expect(await engine.watch(by, listen, TWO_MINUTES)).toMatchObject({ outcome: 'lost' });
  });

  it('is a loss for both where another process has begun for both since, and what ran there meanwhile proves nothing', async () => {
    const harness = await openBusy();
    const program = harness.begin();
    const { engine, by, listen } = program;
    await engine.drain(HELD, by, listen, NO_WAIT);
    await crash(harness);
    harness.pass(MINUTE_MS);
    await harness.change(both(harness.time.nowMs(), { state: 'running', processId: 9_000, win32ExitCode: 0 }));
    harness.pass(100);
    const replaced = BOTH_LOST.map((lost) => ({ ...lost, how: 'replaced' }));
    const result = await engine.watch(by, listen, TWO_MINUTES);
    expect(result).toMatchObject({ outcome: 'lost', checklist: { ready: false, losses: replaced } });
    expect(entriesOf(program, 'lost')).toMatchObject(replaced);
  });
});
