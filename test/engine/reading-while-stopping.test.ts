import { describe, expect, it } from 'vitest';

import type { ServiceStatus } from '../../electron/contract/service.js';
import { Observer } from '../../electron/engine/observer.js';
import type { EngineParts } from '../../electron/engine/parts.js';
import { configurationOf, FE01, readingOf, statusOf } from '../harness/fakes/server-facts.js';

/** The services that Windows lists, first before and then after the counts are read. */
function observerOf(...listings: readonly (readonly ServiceStatus[])[]): Observer {
  const left = [...listings];
  const zero = {
    read: async (watched: readonly ServiceStatus[]) => new Map(watched.map(({ serviceName }) => [serviceName, readingOf(0)])),
  };
  return new Observer({
    host: { computer: async () => FE01, now: () => ({ at: '2026-11-23T12:00:00.000Z', upMs: 1 }) },
    serviceControl: { listServices: async () => left.shift(), readConfiguration: async (name: string) => configurationOf(name) },
    evidence: zero,
    pool: { read: async () => ({ known: false, reason: 'not-supported' }) },
    installedProduct: { read: async () => ({ known: false, reason: 'not-supported' }) },
  } as unknown as EngineParts);
}

const paused = (processId = 700): ServiceStatus => statusOf('RTCAVMCU', { state: 'paused', status: { processId } });
const ended = (state: 'stopped' | 'stop-pending', processId: number): ServiceStatus =>
  statusOf('RTCAVMCU', { state, status: { processId } });

describe('a zero that was counted', () => {
  it.each<readonly [string, readonly ServiceStatus[]]>([
    ['stopped', [ended('stopped', 0)]],
    ['began to stop', [ended('stop-pending', 700)]],
    ['was started again', [paused(701)]],
    ['was removed', []],
  ])('is no reading of a service that meanwhile %s: its sessions may have been cut', async (_, after) => {
    expect((await observerOf([paused()], after).readFacts([])).sessions.has('RTCAVMCU')).toBe(false);
  });

  it('is one of a service whose process lived all the time, also while it was being paused', async () => {
    const facts = await observerOf([statusOf('RTCAVMCU', { state: 'running', status: { processId: 700 } })], [paused()]).readFacts([]);
    expect(facts.sessions.get('RTCAVMCU')).toEqual(readingOf(0));
  });

  it('is one of a service that was stopped all the time', async () => {
    expect((await observerOf([ended('stopped', 0)], [ended('stopped', 0)]).readFacts([])).sessions.get('RTCAVMCU')).toEqual(readingOf(0));
  });
});
