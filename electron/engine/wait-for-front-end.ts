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
  /** Endpoints that are registered; null if that is not known. A Director keeps no registrations, so they are not counted there. */
  readonly registered: number | null | 'uncounted';
}

/** What can be seen of a Front-End that came back. */
export interface ReturnedFrontEnd {
  /** False on a Director: it keeps no registrations, because it redirects clients to their pool. */
  readonly registers: boolean;
}

/** Roles whose RTCSRV is a Front-End; an Edge's is the Access Edge. */
const FRONT_ENDS: readonly (ServerRole | null)[] = ['front-end', 'branch-appliance', 'director', null];

/** Null unless the way back is over and a Front-End runs again with it. */
export function findReturned({ outcome, checklist }: CommandResult): ReturnedFrontEnd | null {
  if (outcome !== 'returned' || checklist?.run?.phase !== 'closed' || !FRONT_ENDS.includes(checklist.installed.role)) return null;
  const row = checklist.services.find(({ serviceName }) => isSameService(serviceName, FRONT_END));
  return row?.state === 'running' ? { registers: checklist.installed.role !== 'director' } : null;
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

export interface WaitForFrontEnd {
  readonly host: Pick<Host, 'now' | 'sleep'>;
  readonly signal: AbortSignal;
  /** Called if the first look does not show that it works. */
  readonly onWait?: () => void;
}

/** Looks until the Front-End is reached again, at most a minute. What cannot be known is not waited for. */
export async function waitForFrontEnd(
  health: FrontEndHealth,
  returned: ReturnedFrontEnd,
  { host, signal, onWait }: WaitForFrontEnd,
): Promise<SeenFrontEnd> {
  const endsUpMs = host.now().upMs + PATIENCE_MS;
  let seen = await look(health, returned);
  if (!isSettled(seen)) onWait?.();
  while (!isSettled(seen) && host.now().upMs < endsUpMs && !signal.aborted) {
    await host.sleep(LOOK_EVERY_MS, signal);
    seen = await look(health, returned);
  }
  return seen;
}

async function look(health: FrontEndHealth, { registers }: ReturnedFrontEnd): Promise<SeenFrontEnd> {
  const [listens, registered] = await Promise.all([health.listens(), registers ? health.countRegistered() : ('uncounted' as const)]);
  return { listens, registered };
}

/** Nothing is missing that could still come. */
export function isSettled({ listens, registered }: SeenFrontEnd): boolean {
  return listens !== false && registered !== 0;
}
