import { describe, expect, it } from 'vitest';

import { isRestartedSince, type BootReading } from '../../electron/contract/computer.js';

const BOOTED = Date.parse('2026-11-20T01:00:00.000Z');

/** A reading so many seconds after Windows started; `boot` moves that start, `clock` sets the wall clock. Seconds. */
function reading(up: number, { boot = 0, clock = 0 } = {}): BootReading {
  const bootedAt = BOOTED + 1_000 * (boot + clock);
  return { at: new Date(bootedAt + 1_000 * up).toISOString(), upMs: 1_000 * up, bootedAt: new Date(bootedAt).toISOString(), bootId: null };
}

describe('a restart of Windows between two readings', () => {
  it('is seen where the uptime began again, also soon after the start before', () => {
    expect(isRestartedSince(reading(90_000), reading(40, { boot: 90_300 }))).toBe(true);
    expect(isRestartedSince(reading(60), reading(10, { boot: 100 }))).toBe(true);
  });

  it('is seen where the uptime is longer than it was, a long time later', () => {
    expect(isRestartedSince(reading(600), reading(900, { boot: 7_200 }))).toBe(true);
  });

  it('is none when a clock is set', () => {
    for (const clock of [-3_600, -600, 600, 3_600]) expect(isRestartedSince(reading(9_000), reading(9_060, { clock }))).toBe(false);
  });

  it('is none when a reading is judged by a record that was written to since, however slow the disk', () => {
    for (const written of [1, 2, 30, 600]) expect(isRestartedSince(reading(9_000 + written), reading(9_000))).toBe(false);
  });
});
