/** Where the facts come from: a real service control manager, or the built-in simulated server. */
export type Source = 'windows' | 'simulated';

/** The machine that is taken down, and who we are on it. */
export interface Computer {
  readonly name: string;
  /** UTC, ISO 8601 with milliseconds: when Windows started last. */
  readonly bootedAt: string;
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

/** True when the computer was started anew between two readings of its boot time. */
export function isRestartBetween(earlierBootedAt: string, laterBootedAt: string): boolean {
  return Math.abs(Date.parse(laterBootedAt) - Date.parse(earlierBootedAt)) > SAME_BOOT_MS;
}
