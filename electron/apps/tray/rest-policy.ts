/** An outside change must show within a second. */
const LOOK_EVERY_MS = 900;
/** A server so busy that looking takes long is looked at less often: looking costs at most a twentieth of the time. */
const REST_PER_LOOK = 19;
const LOOK_AT_LEAST_EVERY_MS = 5_000;
/**
 * In a longer rest a server that does not tell of news is asked for them: at most so often, and less often where the look that
 * follows is quick.
 */
const GLANCE_EVERY_MS = 600;
/** A server in service is not watched closely: news and glances show whatever would change the icon, so full readings can be rare. */
const UNEVENTFUL_REST_MS = 60_000;

/** How long to rest after a reading, and how often to glance meanwhile. */
export interface Rest {
  readonly restMs: number;
  /** Where the server tells of news, one glance at the beginning is enough. */
  readonly glanceEveryMs: number;
}

/** @param tookMs how long the reading took */
export function restAfter(isUneventful: boolean, tookMs: number): Rest {
  const glanceEveryMs = Math.max(GLANCE_EVERY_MS, LOOK_EVERY_MS - tookMs);
  const busyMs = Math.min(LOOK_AT_LEAST_EVERY_MS, Math.max(LOOK_EVERY_MS, tookMs * REST_PER_LOOK));
  return { restMs: isUneventful ? UNEVENTFUL_REST_MS : busyMs, glanceEveryMs };
}
