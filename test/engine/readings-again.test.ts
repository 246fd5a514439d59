import { describe, expect, it } from 'vitest';

import type { ServiceStatus } from '../../electron/contract/service.js';
import type { CommandResult } from '../../electron/engine/engine.js';
import type { ServiceControl } from '../../electron/ports/service-control.js';
import { atMoments } from '../harness/engine/administrators.js';
import { DRAIN_ALL, type EngineHarness, HOURS, type Program } from '../harness/engine/engine-harness.js';
import { harnessesOf } from '../harness/engine/open-harnesses.js';
import { carrying } from '../harness/engine/server-of.js';
import { boundControl } from '../harness/fakes/bound-control.js';

/** Windows' word of its services comes twice, or an older one after a newer one. */

const SERVICES = ['RTCMEDSRV', 'RTCCPS'];
const DRAIN: typeof DRAIN_ALL = { ...DRAIN_ALL, services: SERVICES, holdTimeMs: 5_000 };
/** The call ends, or the service crashes, after so many sleeps of the drain. */
const MOMENT = 20;
/** From the first list to the wait for the hold time. */
const LISTS = Array.from({ length: 40 }, (_, index) => 2 + index);

const openHarness = harnessesOf('quiet');

/** A list that was answered late, and when. */
class LateList {
  answeredAtMs = 0;
  readonly #lists: (readonly ServiceStatus[])[] = [];
  readonly #number: number;
  readonly #age: number;

  /** In place of the list of that number comes the one that was so many before it, or the first. */
  constructor(number: number, age: number) {
    this.#number = number;
    this.#age = age;
  }

  control(control: ServiceControl, harness: EngineHarness): ServiceControl {
    return {
      ...boundControl(control),
      listServices: async () => {
        const now = await control.listServices();
        this.#lists.push(now);
        if (this.#lists.length !== this.#number) return now;
        this.answeredAtMs = harness.time.nowMs();
        return this.#lists[Math.max(0, this.#number - 1 - this.#age)] ?? now;
      },
    };
  }
}

interface Drained {
  readonly harness: EngineHarness;
  readonly result: CommandResult;
  readonly program: Program;
  readonly readyAtMs: number;
}

async function drain(harness: EngineHarness, late: LateList | null = null): Promise<Drained> {
  const program = harness.begin(undefined, undefined, (control) => late?.control(control, harness) ?? control);
  const { engine, by, listen } = program;
  const result = await engine.drain(DRAIN, by, listen, HOURS);
  return { harness, result, program, readyAtMs: harness.time.nowMs() };
}

async function drainWhile(what: (harness: EngineHarness) => Promise<unknown>, late: LateList | null): Promise<Drained> {
  const harness = await openHarness('quiet', 1, carrying('RTCMEDSRV', 1));
  atMoments(harness, { [MOMENT]: () => what(harness) });
  return drain(harness, late);
}

/** A call goes on for a while and ends. */
function drainWithCall(late: LateList | null = null): Promise<Drained> {
  return drainWhile((harness) => harness.change(carrying('RTCMEDSRV', 0)), late);
}

/** A call is cut in the middle. */
function drainWithCrash(late: LateList): Promise<Drained> {
  return drainWhile((harness) => harness.server.console.control('RTCMEDSRV', 'stop'), late);
}

/** What the record says beside its samples, which come by the clock. */
function told({ records }: Program): readonly string[] {
  return records.list()[0]!.entries.flatMap((entry) => (entry.type === 'sampled' ? [] : [entry.type]));
}

function count(program: Program, type: string): number {
  return told(program).filter((one) => one === type).length;
}

describe('a list of services that comes twice', () => {
  it('is one word: nothing is told or recorded twice, and ready comes no sooner', async () => {
    const usual = await drainWithCall();
    for (const number of LISTS) {
      const twice = await drainWithCall(new LateList(number, 1));
      expect([number, twice.result.outcome, twice.readyAtMs]).toEqual([number, 'ready', usual.readyAtMs]);
      // A state that lasted from one list to the next is not seen then.
      expect(count(twice.program, 'observed')).toBeLessThanOrEqual(count(usual.program, 'observed'));
      const others = (program: Program): readonly string[] => told(program).filter((type) => type !== 'observed');
      expect(others(twice.program)).toEqual(others(usual.program));
    }
  });

  it('tells a crash once, whichever list it is', async () => {
    for (const number of LISTS) {
      const { result, program } = await drainWithCrash(new LateList(number, 1));
      expect([number, result.outcome, count(program, 'lost')]).toEqual([number, 'lost', 1]);
    }
  });
});

describe('an older list after a newer one', () => {
  it.each([
    ['a reading', 3],
    ['the whole drain', Number.POSITIVE_INFINITY],
  ])('older by %s, loses nothing, makes nothing ready sooner, and is no proof', async (_, age) => {
    const usual = await drainWithCall();
    for (const number of LISTS) {
      const late = new LateList(number, age);
      const { harness, result, program, readyAtMs } = await drainWithCall(late);
      expect([number, count(program, 'lost')]).toEqual([number, 0]);
      const hasWoken = count(program, 'awake') + count(program, 'outside-change') > 0;
      expect(['ready', ...(hasWoken ? ['changed-outside'] : [])]).toContain(result.outcome);
      if (result.outcome === 'ready') expect(readyAtMs).toBeGreaterThanOrEqual(usual.readyAtMs);
      // What looked as if a service had taken calls again ends the proof: a new one begins after it.
      await harness.change(carrying('RTCMEDSRV', 0));
      const { engine, by, listen } = harness.begin();
      const next = await engine.watch(by, listen, HOURS);
      expect([number, next.outcome, next.checklist?.losses]).toEqual([number, 'ready', []]);
      if (hasWoken) expect(Date.parse(next.checklist!.proof!.since)).toBeGreaterThanOrEqual(late.answeredAtMs);
    }
  });

  it('after a crash never hides the loss; what looks like another process of the same number may be told as another one', async () => {
    for (const number of LISTS) {
      const { result, program } = await drainWithCrash(new LateList(number, 3));
      expect([number, result.outcome]).toEqual([number, 'lost']);
      expect([1, 2]).toContain(count(program, 'lost'));
    }
  });
});
