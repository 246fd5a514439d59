import type { PoolReading } from '../../contract/facts.js';
import type { ServerRole } from '../../contract/installed-server.js';
import { isInfrastructure } from '../../core/catalogue/catalogue.js';
import { CHAT_SERVICES, EDGE_SERVICES, LYNC_SERVICES, OTHER_SERVICES, type ServiceDraft, WINDOWS_SERVICES } from './inventory.js';
import { ENTERPRISE_POOL } from './simulated-pool.js';
import type { SimulatedState } from './simulated-state.js';

/** A server of one role, in the version of one product. */
export interface RoleScenario {
  readonly id: string;
  readonly services: readonly ServiceDraft[];
  readonly server: Pick<SimulatedState, 'computer' | 'pool' | 'sources'>;
}

/** What differs between the roles; what differs between the products is below. */
interface RoleDraft {
  readonly id: string;
  readonly role: ServerRole;
  readonly computer: string;
  /** Of Lync, that carry sessions. */
  readonly services: readonly ServiceDraft[];
  /** Names of the machinery beside them. */
  readonly machinery: readonly string[];
  /** Versions that it exists in; 5 is Lync Server 2013. */
  readonly versions: readonly number[];
  readonly pool: PoolReading;
}

/** A server of this role stands in no pool of Front Ends. */
export const NO_POOL: PoolReading = { known: false, reason: 'not-supported' };
const STANDARD_POOL: PoolReading = { known: true, value: { fqdn: 'se01.contoso.com', members: 1, othersInService: 0, addresses: 1 } };

const ANY_VERSION = [5, 6, 7];
const DATABASES = ['MSSQL$RTCLOCAL', 'MSSQL$LYNCLOCAL', 'SQLAgent$RTCLOCAL', 'SQLAgent$LYNCLOCAL'];
const EVERYWHERE = ['REPLICA', 'RTCCLSAGT', ...DATABASES];
const WEB = ['HTTP', 'WAS', 'W3SVC'];

const POOL_DATABASE: ServiceDraft = {
  serviceName: 'MSSQL$RTC',
  displayName: 'SQL Server (RTC)',
  start: 'auto',
  acceptsPause: true,
  account: 'NT AUTHORITY\\NetworkService',
};
const MASTER: ServiceDraft = { serviceName: 'MASTER', displayName: 'Lync Server Master Replicator Agent', start: 'auto' };

function pick(...names: readonly string[]): readonly ServiceDraft[] {
  return LYNC_SERVICES.filter(({ serviceName }) => names.includes(serviceName));
}

/** Rows and sources: docs/lync-services.md, "Roles". */
const ROLES: readonly RoleDraft[] = [
  {
    ...{ id: 'front-end', role: 'front-end', computer: 'FE01', services: LYNC_SERVICES, versions: ANY_VERSION, pool: ENTERPRISE_POOL },
    machinery: [...EVERYWHERE, 'FTA', 'FabricHostSvc', ...WEB],
  },
  {
    ...{ id: 'standard-edition', role: 'front-end', computer: 'SE01', versions: ANY_VERSION, pool: STANDARD_POOL },
    // The first one keeps the Central Management Store too.
    services: [...LYNC_SERVICES, POOL_DATABASE, MASTER],
    machinery: [...EVERYWHERE, 'FTA', 'FabricHostSvc', ...WEB],
  },
  {
    ...{ id: 'director', role: 'director', computer: 'DIR01', services: pick('RTCSRV'), versions: ANY_VERSION, pool: NO_POOL },
    machinery: [...EVERYWHERE, 'FabricHostSvc', ...WEB],
  },
  {
    ...{ id: 'edge', role: 'edge', computer: 'EDGE01', services: EDGE_SERVICES, versions: ANY_VERSION, pool: NO_POOL },
    machinery: EVERYWHERE,
  },
  {
    ...{ id: 'mediation', role: 'mediation', computer: 'MED01', services: pick('RTCMEDSRV'), versions: ANY_VERSION, pool: NO_POOL },
    machinery: EVERYWHERE,
  },
  {
    // 2019 has none any more.
    ...{ id: 'persistent-chat', role: 'persistent-chat', computer: 'CHAT01', services: CHAT_SERVICES, versions: [5, 6], pool: NO_POOL },
    machinery: EVERYWHERE,
  },
  {
    ...{ id: 'branch-appliance', role: 'branch-appliance', computer: 'SBA01', versions: ANY_VERSION, pool: NO_POOL },
    services: pick('RTCSRV', 'RTCMEDSRV'),
    machinery: EVERYWHERE,
  },
];

const YEARS: Readonly<Record<number, string>> = { 5: '', 6: '-2015', 7: '-2019' };

/** Each role in each version that it exists in: `edge` is of Lync Server 2013, `edge-2019` of Skype for Business Server 2019. */
export const ROLE_SCENARIOS: readonly RoleScenario[] = ROLES.flatMap((role) => role.versions.map((version) => roleScenario(role, version)));

function roleScenario(draft: RoleDraft, majorVersion: number): RoleScenario {
  const { computer, pool, services } = draft;
  const machinery = OTHER_SERVICES.filter(({ serviceName }) => draft.machinery.includes(serviceName));
  const isEdge = draft.role === 'edge';
  return {
    id: `${draft.id}${YEARS[majorVersion] ?? ''}`,
    services: [...services.filter(existsIn(majorVersion)), ...machinery, ...WINDOWS_SERVICES.filter(isOfDomain(!isEdge))].map(
      namedIn(majorVersion),
    ),
    server: {
      // An Edge stands in a workgroup, where nobody has the rights that Lync's cmdlets ask for.
      computer: { name: computer, user: isEdge ? `${computer}\\Administrator` : 'CONTOSO\\ann' },
      pool,
      sources: { majorVersion, ...(isEdge && { cmdlet: 'cmdlet-missing' }) },
    },
  };
}

/** 2019 came without the XMPP gateway (Microsoft, "Migrating XMPP federation"). */
function existsIn(majorVersion: number): (draft: ServiceDraft) => boolean {
  return ({ serviceName }) => serviceName !== 'RTCXMPPTGW' || majorVersion < 7;
}

function isOfDomain(isMember: boolean): (draft: ServiceDraft) => boolean {
  return ({ serviceName }) => isMember || serviceName !== 'Netlogon';
}

/** The product's name is part of the display names; short names stayed as they were. */
function namedIn(majorVersion: number): (draft: ServiceDraft) => ServiceDraft {
  return (draft) =>
    majorVersion === 5 || (isInfrastructure(draft.serviceName) && !draft.displayName.startsWith('Lync Server'))
      ? draft
      : { ...draft, displayName: draft.displayName.replace('Lync Server', 'Skype for Business Server') };
}
