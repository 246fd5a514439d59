import { describe, expect, it } from 'vitest';

import type { Facts } from '../../electron/contract/facts.js';
import type { Run } from '../../electron/contract/run.js';
import { ServiceMap } from '../../electron/contract/service-names.js';
import { isClockSetUnrecorded, isRestartUnrecorded } from '../../electron/core/maintenance/step-status.js';
import { drainedOf, factsOf, FE01, runOf, second } from '../harness/fakes/server-facts.js';

const NAMES = ['RTCSRV', 'RTCMEDSRV', 'RTCRGS'];
const [MONDAY, FRIDAY] = ['smss.exe 134083152000000000', 'smss.exe 134086608000000000'];
const TEN_MINUTES = 600;

interface Given {
  /** Uptime in seconds. */
  readonly up: number;
  /** The wall clock, in seconds since the record's latest entry. */
  readonly at: number;
  readonly bootId: string | null;
  /** Process ids of the services; 0: stopped. */
  readonly processIds: readonly number[];
}

/** Recorded last at second 0, when Windows had run for five minutes. */
const RECORDED: Given = { up: 300, at: 0, bootId: MONDAY, processIds: [1_000, 2_000, 3_000] };

/** The boot time is worked out as Windows' adapter does: the wall clock minus the uptime. */
function bootOf({ up, at }: Given): string {
  return new Date(Date.parse(second(at).at) - up * 1_000).toISOString();
}

function recordedAs(given: Given): Run {
  const lastSeen = new ServiceMap(
    NAMES.map((name, index) => {
      const processId = given.processIds[index]!;
      return [
        name,
        { state: processId === 0 ? 'stopped' : 'paused', processId, asleepFromSeq: 1, isOtherProcess: false, isLost: false } as const,
      ];
    }),
  );
  return runOf(
    NAMES.map((name) => drainedOf(name)),
    {},
    {
      bootedAtLast: bootOf(given),
      bootIdLast: given.bootId,
      lastEntryAt: { at: second(given.at).at, upMs: given.up * 1_000 },
      lastSeen,
    },
  );
}

function readAs(given: Given): Facts {
  const services = NAMES.map((name, index) => {
    const processId = given.processIds[index]!;
    return [name, { state: processId === 0 ? 'stopped' : 'paused', status: { processId } }] as const;
  });
  const now = { at: second(given.at).at, upMs: given.up * 1_000 };
  return factsOf(Object.fromEntries(services), now, { ...FE01, bootedAt: bootOf(given), bootId: given.bootId });
}

function isRestarted(change: Partial<Given>, recorded: Partial<Given> = {}): boolean {
  return isRestartUnrecorded(readAs({ ...RECORDED, ...change }), recordedAs({ ...RECORDED, ...recorded }));
}

const STOPPED = [0, 0, 0];
const OTHERS = [7_000, 8_000, 9_000];

describe('a restart that the record does not hold yet', () => {
  it.each([TEN_MINUTES, -TEN_MINUTES, 86_400, -86_400])('is none when the clock is set by %i s in the same boot, whatever runs', (by) => {
    for (const processIds of [RECORDED.processIds, OTHERS, STOPPED]) {
      const reading = { up: 310, at: 10 + by, processIds };
      expect(isRestarted(reading)).toBe(false);
      expect(isClockSetUnrecorded(readAs({ ...RECORDED, ...reading }), recordedAs(RECORDED))).toBe(true);
    }
  });

  it('is one in another boot, also with the same process ids at the same times', () => {
    expect(isRestarted({ bootId: FRIDAY })).toBe(true);
    expect(isRestarted({ bootId: FRIDAY, up: 310, at: 10 })).toBe(true);
    expect(isRestarted({ bootId: FRIDAY, up: 40, at: TEN_MINUTES, processIds: OTHERS })).toBe(true);
  });

  it('is none when a snapshot comes back with its processes, in which one service may have ended', () => {
    const back = { up: 120, at: 4_000 };
    expect(isRestarted(back)).toBe(false);
    expect(isRestarted({ ...back, processIds: [1_000, 2_000, 0] })).toBe(false);
  });

  it('is one when the uptime fell in a boot of the same id and the processes are gone', () => {
    expect(isRestarted({ up: 120, at: 4_000, processIds: OTHERS })).toBe(true);
    expect(isRestarted({ up: 120, at: 4_000, processIds: STOPPED })).toBe(true);
  });

  it('is none when a snapshot comes back and no service ran at the latest entry: nothing contradicts the id', () => {
    expect(isRestarted({ up: 120, at: 4_000, processIds: STOPPED }, { processIds: STOPPED })).toBe(false);
  });

  describe.each([
    ['the record has no boot id', { bootId: null }, {}],
    ['this reading has no boot id', {}, { bootId: null }],
    ['the two ids are of different processes', {}, { bootId: 'wininit.exe 134083152100000000' }],
  ])('is worked out from clocks and processes when %s', (_, recorded, read) => {
    it('and is none while most processes are the same, however the clock was set', () => {
      for (const by of [TEN_MINUTES, -TEN_MINUTES]) expect(isRestarted({ ...read, up: 310, at: 10 + by }, recorded)).toBe(false);
    });

    it('and is one when the uptime fell, or when the processes changed and there was time for a restart', () => {
      expect(isRestarted({ ...read, up: 40, at: TEN_MINUTES }, recorded)).toBe(true);
      expect(isRestarted({ ...read, up: 400, at: 7_200, processIds: OTHERS }, recorded)).toBe(true);
    });
  });
});
