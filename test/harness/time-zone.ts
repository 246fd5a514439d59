import { afterAll, beforeAll } from 'vitest';

/**
 * Called once in a suite: while it runs, this process is in that time zone.
 * @throws Error where the runtime does not follow, at the given moment (UTC), by so many minutes east of UTC
 */
export function inTimeZone(zone: string, at: string, minutesEast: number): void {
  const before = process.env.TZ;
  beforeAll(() => {
    process.env.TZ = zone;
    const found = -new Date(at).getTimezoneOffset();
    if (found !== minutesEast) throw new Error(`${zone} is ${found} minutes east of UTC here, not ${minutesEast}`);
  });
  afterAll(() => {
    if (before === undefined) delete process.env.TZ;
    else process.env.TZ = before;
  });
}
