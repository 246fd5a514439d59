import type { Edition, ServerRole } from '../../contract/installed-server.js';
import { namesService } from '../../contract/service-names.js';
import { CATALOGUE, FRONT_END, WEB_SERVER } from './catalogue.js';

/** Found on Edge servers only. */
const EDGE_SERVICES = CATALOGUE.filter(({ group }) => group === 'edge').map(({ serviceName }) => serviceName);
/** A Front End hosts meetings; a Director and a branch appliance do not. */
const CONFERENCING_SERVERS = ['RTCIMMCU', 'RTCAVMCU', 'RTCDATAMCU', 'RTCASMCU'];
const CHAT_SERVICES = CATALOGUE.filter(({ group }) => group === 'chat').map(({ serviceName }) => serviceName);
const MEDIATION = 'RTCMEDSRV';
/** The database of a pool's users. A Standard Edition server has it on board; Enterprise Edition keeps it on a Back End. */
const POOL_DATABASE = 'MSSQL$RTC';

/**
 * What a server is for, by its installed services, running or not. The rows and how far each is known: docs/lync-services.md, "Roles".
 * @returns null for services that fit no role
 */
export function readRole(installed: readonly string[]): ServerRole | null {
  const hasAny = (names: readonly string[]): boolean => names.some((name) => namesService(installed, name));
  if (hasAny(EDGE_SERVICES)) return 'edge';
  if (hasAny([FRONT_END]) && hasAny(CONFERENCING_SERVERS)) return 'front-end';
  const others = CATALOGUE.filter(({ serviceName }) => hasAny([serviceName])).map(({ serviceName }) => serviceName);
  const hasJust = (...names: readonly string[]): boolean => others.length > 0 && others.every((name) => namesService(names, name));
  if (hasAny([FRONT_END]) && hasAny([MEDIATION])) return hasJust(FRONT_END, MEDIATION) ? 'branch-appliance' : null;
  if (hasJust(FRONT_END)) return hasAny([WEB_SERVER]) ? 'director' : null;
  if (hasJust(MEDIATION)) return 'mediation';
  return hasJust(...CHAT_SERVICES) ? 'persistent-chat' : null;
}

/**
 * Standard Edition: the pool's database is on board, and the pool is called like the server.
 * @param isOwnPool whether the pool's name is this server's own; null if it is not known
 */
export function readEdition(installed: readonly string[], isOwnPool: boolean | null): Edition | null {
  if (readRole(installed) !== 'front-end') return null;
  if (!namesService(installed, POOL_DATABASE)) return 'enterprise';
  return isOwnPool === true ? 'standard' : null;
}
