import type { ServerRole } from '../../contract/installed-server.js';
import { isSameService } from '../../contract/service-names.js';
import { FRONT_END } from './catalogue.js';

/** What a service does for Lync that Windows does not show apart: it can be paused with its service alone. */
export const HELD_FUNCTIONS = [
  'registrar',
  'user-services',
  'conference-focus',
  'focus-factory',
  'monitoring-agent',
  'archiving-agent',
  'access-edge',
  'response-group',
  'announcement',
] as const;
export type HeldFunction = (typeof HELD_FUNCTIONS)[number];

const OF_FRONT_END: Readonly<Record<ServerRole, readonly HeldFunction[]>> = {
  'front-end': ['registrar', 'user-services', 'conference-focus', 'focus-factory', 'monitoring-agent', 'archiving-agent'],
  // Signs people in and sends them on to their own pool: it has no users of its own.
  director: ['registrar'],
  edge: ['access-edge'],
  'branch-appliance': ['registrar'],
  mediation: [],
  'persistent-chat': [],
};

/**
 * What Windows shows as one service, by what it holds; empty for a service that is one thing, and where the role is not known
 * (docs/lync-services.md, "What a service holds").
 */
export function heldFunctions(serviceName: string, role: ServerRole | null): readonly HeldFunction[] {
  if (isSameService(serviceName, FRONT_END)) return role === null ? [] : OF_FRONT_END[role];
  return isSameService(serviceName, 'RTCRGS') ? ['response-group', 'announcement'] : [];
}
