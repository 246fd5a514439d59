import { describe, expect, it } from 'vitest';

import { isOtherBoot, isRestartedSince, type BootReading } from '../../electron/contract/computer.js';

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

describe('a start of Windows that has an identity', () => {
  const ofBoot = (bootId: string | null, ...at: Parameters<typeof reading>): BootReading => ({ ...reading(...at), bootId });
  const [MONDAY, FRIDAY] = ['smss.exe 134083152000000000', 'smss.exe 134086608000000000'];

  it('is another one by the identity alone, whatever the clocks say', () => {
    expect(isRestartedSince(ofBoot(MONDAY, 60), ofBoot(FRIDAY, 60))).toBe(true);
    expect(isRestartedSince(ofBoot(MONDAY, 60), ofBoot(FRIDAY, 90, { clock: -4 * 86_400 }))).toBe(true);
  });

  it('is the same one however a clock was set, or the time counted while the machine was saved', () => {
    for (const clock of [-86_400, -600, 600, 86_400]) {
      expect(isRestartedSince(ofBoot(MONDAY, 60), ofBoot(MONDAY, 70, { clock }))).toBe(false);
      // By the clocks alone a set clock this soon after the start looks like a restart.
      expect(isRestartedSince(ofBoot(null, 60), ofBoot(MONDAY, 70, { clock }))).toBe(clock > 60);
    }
    expect(isOtherBoot(ofBoot(MONDAY, 60), ofBoot(MONDAY, 60, { clock: 86_400 }))).toBe(false);
  });

  it('may be another one where its uptime fell: a snapshot that came back', () => {
    expect(isRestartedSince(ofBoot(MONDAY, 9_000), ofBoot(MONDAY, 600, { clock: 10_000 }))).toBe(true);
  });

  it('is told by the clocks where one identity is missing or is that of another process', () => {
    const wininit = 'wininit.exe 134083152100000000';
    for (const other of [null, wininit]) {
      expect(isRestartedSince(ofBoot(MONDAY, 90_000), ofBoot(other, 40, { boot: 90_300 }))).toBe(true);
      expect(isRestartedSince(ofBoot(MONDAY, 9_000), ofBoot(other, 9_060))).toBe(false);
      expect(isOtherBoot(ofBoot(MONDAY, 90_000), ofBoot(other, 40, { boot: 90_300 }))).toBe(true);
    }
  });
});
