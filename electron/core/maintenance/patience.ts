import { isSameService } from '../../contract/service-names.js';
import type { ServiceStatus } from '../../contract/service.js';
import { FRONT_END } from '../catalogue/catalogue.js';

/**
 * How to wait for a pending state, after Microsoft's "Starting a Service" and "Stopping a Service": look again after a
 * tenth of the wait hint, and give up only when the checkpoint has not moved for as long as the service asked for.
 */
const MIN_POLL_MS = 100;
const MAX_POLL_MS = 10_000;
const MIN_PATIENCE_MS = 30_000;
/** A wait hint of 49 days (2^32-1 ms) is not meant; this is the longest we believe. */
const MAX_PATIENCE_MS = 600_000;
/** After a restart the Front-End can sit in start-pending for up to an hour while the pool has no quorum (events 32169, 32174). */
const FRONT_END_START_PATIENCE_MS = 3_600_000;
/** However much it moves, one service may not hold up all the others for longer. */
const MAX_MOVING_MS = 1_800_000;

/** The next drain group begins when the services of this one are paused, or so long after the last of them was ordered to. */
export const GROUP_PATIENCE_MS = 30_000;

/** Milliseconds until the next look. */
export function pollDelayMs(status: ServiceStatus): number {
  return Math.min(Math.max(status.waitHintMs / 10, MIN_POLL_MS), MAX_POLL_MS);
}

/** Milliseconds that may pass without the checkpoint or the state moving. */
export function patienceMs(status: ServiceStatus): number {
  if (isFrontEndStarting(status)) return FRONT_END_START_PATIENCE_MS;
  return Math.min(Math.max(status.waitHintMs, MIN_PATIENCE_MS), MAX_PATIENCE_MS);
}

/** Milliseconds after which even a service that goes on moving is no longer waited for. */
export function longestWaitMs(status: ServiceStatus): number {
  return isFrontEndStarting(status) ? 2 * FRONT_END_START_PATIENCE_MS : MAX_MOVING_MS;
}

function isFrontEndStarting(status: ServiceStatus): boolean {
  return isSameService(status.serviceName, FRONT_END) && status.state === 'start-pending';
}
