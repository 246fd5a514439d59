import type { ServerRole } from '../contract/installed-server.js';
import { isSameService } from '../contract/service-names.js';
import { FRONT_END } from '../core/catalogue/catalogue.js';
import type { FrontEndHealth, GroupPlacement } from '../ports/front-end-health.js';
import type { Host } from '../ports/host.js';
import type { CommandResult, EngineEvent, EngineListener } from './engine.js';

const LOOK_EVERY_MS = 2_000;
/** Endpoints that were connected try again within seconds; nothing depends on it, so nobody is kept longer. */
const PATIENCE_MS = 60_000;
/** Lync logs it about once a minute. */
const PLACEMENT_EVERY_MS = 60_000;

/** What was seen of a Front-End that came back; null for what cannot be known. */
export interface SeenFrontEnd {
  /** Whether port 5061 listens. */
  readonly listens: boolean | null;
  /** Endpoints that are registered. */
  readonly registered: number | null;
}

/** Roles whose RTCSRV registers endpoints for good: a Director passes them on, and an Edge's is the Access Edge. */
const REGISTRARS: readonly (ServerRole | null)[] = ['front-end', 'branch-appliance', null];

/** True after a way back that is over and with which the Front-End of a registrar runs again. */
export function isFrontEndBack({ outcome, checklist }: CommandResult): boolean {
  if (checklist === null || !REGISTRARS.includes(checklist.installed.role)) return false;
  const row = checklist.services.find(({ serviceName }) => isSameService(serviceName, FRONT_END));
  return outcome === 'returned' && checklist.run?.phase === 'closed' && row?.state === 'running';
}

/**
 * Asks once a minute, while the Front-End takes long to start, how many routing groups the pool has not placed yet, and tells each answer
 * that differs from the one before.
 * @param since the time of the order: what was logged before is of another start
 */
export function watchPlacement(health: FrontEndHealth, since: string, tell: (placement: GroupPlacement) => void): EngineListener {
  let told: GroupPlacement | null = null;
  return (event) => {
    if (!isLongStart(event)) return;
    void health.readPlacement(since).then((placement) => {
      if (placement === null || (placement.notPlaced === told?.notPlaced && placement.groups === told.groups)) return;
      told = placement;
      tell(placement);
    });
  };
}

function isLongStart(event: EngineEvent): boolean {
  if (event.type !== 'waiting' || event.state !== 'start-pending' || !isSameService(event.serviceName, FRONT_END)) return false;
  return event.sinceMs % PLACEMENT_EVERY_MS === 0;
}

/**
 * Looks until the Front-End takes registrations again, at most a minute. What cannot be known is not waited for.
 * @param onWait called if the first look does not show it
 */
export async function waitForFrontEnd(
  health: FrontEndHealth,
  host: Pick<Host, 'now' | 'sleep'>,
  signal: AbortSignal,
  onWait: () => void,
): Promise<SeenFrontEnd> {
  const endsUpMs = host.now().upMs + PATIENCE_MS;
  let seen = await look(health);
  if (!isSettled(seen)) onWait();
  while (!isSettled(seen) && host.now().upMs < endsUpMs && !signal.aborted) {
    await host.sleep(LOOK_EVERY_MS, signal);
    seen = await look(health);
  }
  return seen;
}

async function look(health: FrontEndHealth): Promise<SeenFrontEnd> {
  const [listens, registered] = await Promise.all([health.listens(), health.countRegistered()]);
  return { listens, registered };
}

/** Nothing is missing that could still come. */
export function isSettled({ listens, registered }: SeenFrontEnd): boolean {
  return listens !== false && registered !== 0;
}
