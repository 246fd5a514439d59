/** Where the facts come from: a real service control manager, or the built-in simulated server. */
export const SOURCES = ['windows', 'simulated'] as const;
export type Source = (typeof SOURCES)[number];

/** The machine that is taken down, and who we are on it. */
export interface Computer {
  readonly name: string;
  /** UTC, ISO 8601 with milliseconds: when Windows started last. For show: where it is counted back from a clock, setting that moves it. */
  readonly bootedAt: string;
  /**
   * What tells this start of Windows from every other: a process that lives as long as Windows runs, and its creation time in
   * the system's own units (`smss.exe 134083152000000000`). Null if it cannot be read; then both clocks are compared.
   */
  readonly bootId: string | null;
  readonly source: Source;
  /** True when this process may control services (an elevated member of Administrators). */
  readonly elevated: boolean;
  /** `DOMAIN\user` as Windows writes it. */
  readonly user: string;
}

/** A point in time, twice: to be shown, and to be measured with. */
export interface Instant {
  /** UTC, ISO 8601 with milliseconds. Shown and recorded; never subtracted, because clocks are set. */
  readonly at: string;
  /** Milliseconds of the system's monotonic clock since it started: comparable across processes of one boot only. */
  readonly upMs: number;
}

/** Two boots are one when their times agree within this: the boot time is worked out from a clock that is set now and then. */
const SAME_BOOT_MS = 120_000;

/** How one start of Windows is told from another. */
type Boot = Pick<Computer, 'bootedAt' | 'bootId'>;

/** One reading of the computer's boot and of both its clocks. */
export type BootReading = Boot & Instant;

/** What two boot ids say. `unknown`: one is missing, or they are of different processes. */
export function compareBoots(one: string | null, other: string | null): 'same' | 'other' | 'unknown' {
  if (one === null || other === null) return 'unknown';
  if (one === other) return 'same';
  return processOf(one) === processOf(other) ? 'other' : 'unknown';
}

function processOf(bootId: string): string | undefined {
  return bootId.split(' ')[0];
}

/** True if two readings are of different starts of Windows, told by the boot ids, else by the boot times. */
export function isOtherBoot(one: Boot, other: Boot): boolean {
  const boots = compareBoots(one.bootId, other.bootId);
  return boots === 'unknown' ? isRestartBetween(one.bootedAt, other.bootedAt) : boots === 'other';
}

/**
 * True if the computer was restarted between two readings, or, by a boot id that stayed, if it may have been: an uptime that
 * fell is a snapshot that came back, or a second start at the same time of a clock that forgets.
 * `later` may be the older one: a record grows while the reading that it is judged by stays as it is.
 */
export function isRestartedSince(earlier: BootReading, later: BootReading): boolean {
  switch (compareBoots(earlier.bootId, later.bootId)) {
    case 'other':
      return true;
    case 'same':
      return later.upMs < earlier.upMs - CLOCK_TOLERANCE_MS && !isOlderOfSameBoot(earlier, later);
    case 'unknown':
      return isRestartedByClocks(earlier, later);
  }
}

/**
 * The boot time is worked out from the wall clock, so a clock that is set moves it: such a move is a restart only if the time
 * since the earlier reading has room for the uptime of now.
 */
function isRestartedByClocks(earlier: BootReading, later: BootReading): boolean {
  if (later.upMs < earlier.upMs - CLOCK_TOLERANCE_MS) return !isOlderOfSameBoot(earlier, later);
  if (!isRestartBetween(earlier.bootedAt, later.bootedAt)) return false;
  const elapsedMs = Date.parse(later.at) - Date.parse(earlier.at);
  return later.upMs <= elapsedMs + SAME_BOOT_MS;
}

/** True if `reading` was taken before `than` in the same boot: both clocks are behind by the same time. */
function isOlderOfSameBoot(than: BootReading, reading: BootReading): boolean {
  const behindMs = { up: than.upMs - reading.upMs, wall: Date.parse(than.at) - Date.parse(reading.at) };
  return Math.abs(behindMs.up - behindMs.wall) <= CLOCK_TOLERANCE_MS && !isRestartBetween(than.bootedAt, reading.bootedAt);
}

/** True if both clocks went on together between two instants: no restart, and no clock that was set. */
export function isSameClock(earlier: Instant, later: Instant): boolean {
  const bootOf = ({ at, upMs }: Instant): number => Date.parse(at) - upMs;
  return later.upMs >= earlier.upMs - CLOCK_TOLERANCE_MS && Math.abs(bootOf(later) - bootOf(earlier)) <= SAME_BOOT_MS;
}

/** Two processes may read the monotonic clock in another order than they write. */
const CLOCK_TOLERANCE_MS = 1_000;

/** True when the computer was restarted between two readings of its boot time. */
export function isRestartBetween(earlierBootedAt: string, laterBootedAt: string): boolean {
  return Math.abs(Date.parse(laterBootedAt) - Date.parse(earlierBootedAt)) > SAME_BOOT_MS;
}
