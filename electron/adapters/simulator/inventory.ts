import { MINUTE_MS, SECOND_MS } from '../../contract/time-units.js';
import { between, type Random, randomFor } from './random.js';
import type { Moment, SessionProfile, SimulatedService, StoredStart } from './simulated-state.js';

/** What a simulated service is made from; everything left out is as on most servers. */
export interface ServiceDraft {
  readonly serviceName: string;
  readonly displayName: string;
  readonly start: 'auto' | 'auto-delayed' | 'demand' | 'disabled';
  /** Left out: a service that starts automatically runs, others do not. */
  readonly state?: 'running' | 'stopped' | 'paused';
  readonly account?: string;
  readonly dependencies?: readonly string[];
  readonly acceptsPause?: boolean;
  readonly restartsAfterFailure?: boolean;
  readonly hasStartTrigger?: boolean;
  readonly sessions?: SessionProfile;
}

const LYNC_ACCOUNT = 'NT AUTHORITY\\NetworkService';

function sessions(usual: number, shortestMs: number, longestMs: number): SessionProfile {
  return { usual, shortestMs, longestMs, endless: 0, leak: null };
}

function lync(serviceName: string, role: string, start: ServiceDraft['start'], profile?: SessionProfile): ServiceDraft {
  const draft = { serviceName, displayName: `Lync Server ${role}`, start, account: LYNC_ACCOUNT, restartsAfterFailure: true };
  return profile === undefined ? draft : { ...draft, acceptsPause: true, sessions: profile };
}

/**
 * What a Lync Server 2013 Front End with collocated Mediation carries sessions with. Call lengths are shortened so that a
 * drain takes minutes.
 */
export const LYNC_SERVICES: readonly ServiceDraft[] = [
  lync('RTCMEDSRV', 'Mediation', 'auto-delayed', sessions(14, 20 * SECOND_MS, 5 * MINUTE_MS)),
  lync('RTCRGS', 'Response Group', 'auto-delayed', sessions(5, 20 * SECOND_MS, 4 * MINUTE_MS)),
  lync('RTCCPS', 'Call Park', 'auto', sessions(1, 10 * SECOND_MS, 90 * SECOND_MS)),
  lync('RTCCAA', 'Conferencing Attendant', 'auto-delayed', sessions(3, 10 * SECOND_MS, 2 * MINUTE_MS)),
  lync('RTCCAS', 'Conferencing Announcement', 'auto', sessions(2, 10 * SECOND_MS, 2 * MINUTE_MS)),
  // Found Manual and running: the way back has to leave it Manual.
  { ...lync('RTCATS', 'Audio Test Service', 'demand', sessions(1, 5 * SECOND_MS, 20 * SECOND_MS)), state: 'running' },
  lync('RTCAVMCU', 'Audio/Video Conferencing', 'auto-delayed', sessions(18, 30 * SECOND_MS, 5 * MINUTE_MS)),
  lync('RTCASMCU', 'Application Sharing', 'auto-delayed', sessions(7, 30 * SECOND_MS, 4 * MINUTE_MS)),
  lync('RTCDATAMCU', 'Web Conferencing', 'auto', sessions(6, 30 * SECOND_MS, 4 * MINUTE_MS)),
  lync('RTCIMMCU', 'IM Conferencing', 'auto-delayed', sessions(16, 30 * SECOND_MS, 7 * MINUTE_MS)),
  // Installed with every Front End and disabled where XMPP federation is not used.
  lync('RTCXMPPTGW', 'XMPP Translating Gateway', 'disabled', sessions(2, 30 * SECOND_MS, 5 * MINUTE_MS)),
  lync('RTCSRV', 'Front-End', 'auto', sessions(85, 15 * SECOND_MS, 3 * MINUTE_MS)),
];

/** What an Edge server carries sessions with: people outside, over the internet. */
export const EDGE_SERVICES: readonly ServiceDraft[] = [
  lync('RTCDATAPROXY', 'Web Conferencing Edge', 'auto', sessions(4, 30 * SECOND_MS, 4 * MINUTE_MS)),
  { ...lync('RTCMRAUTH', 'Audio/Video Authentication', 'auto'), acceptsPause: true },
  lync('RTCMEDIARELAY', 'Audio/Video Edge', 'auto-delayed', sessions(12, 30 * SECOND_MS, 5 * MINUTE_MS)),
  lync('RTCSRV', 'Access Edge', 'auto', sessions(40, 15 * SECOND_MS, 3 * MINUTE_MS)),
];

/** What a Persistent Chat server carries sessions with. */
export const CHAT_SERVICES: readonly ServiceDraft[] = [
  lync('RTCCHAT', 'Persistent Chat', 'auto-delayed', sessions(9, 30 * SECOND_MS, 4 * MINUTE_MS)),
  lync('RTCCOMPL', 'Persistent Chat Compliance', 'auto', sessions(1, 10 * SECOND_MS, MINUTE_MS)),
];

/** Not in the catalogue, and yet it carries sessions. */
export const VIDEO_INTEROP: ServiceDraft = lync('RTCVIS', 'Video Interop', 'auto', sessions(3, 30 * SECOND_MS, 4 * MINUTE_MS));

function windows(serviceName: string, displayName: string, start: ServiceDraft['start'], more: Partial<ServiceDraft> = {}): ServiceDraft {
  return { serviceName, displayName, start, ...more };
}

/** The machinery beside them, and some of what every Windows Server has. */
export const OTHER_SERVICES: readonly ServiceDraft[] = [
  lync('REPLICA', 'Replica Replicator Agent', 'auto'),
  lync('RTCCLSAGT', 'Centralized Logging Service Agent', 'auto'),
  lync('FTA', 'File Transfer Agent', 'auto'),
  windows('FabricHostSvc', 'Windows Fabric Host Service', 'auto', { restartsAfterFailure: true }),
  windows('MSSQL$RTCLOCAL', 'SQL Server (RTCLOCAL)', 'auto', { acceptsPause: true, account: LYNC_ACCOUNT }),
  windows('MSSQL$LYNCLOCAL', 'SQL Server (LYNCLOCAL)', 'auto', { acceptsPause: true, account: LYNC_ACCOUNT }),
  windows('SQLAgent$RTCLOCAL', 'SQL Server Agent (RTCLOCAL)', 'disabled', { dependencies: ['MSSQL$RTCLOCAL'] }),
  windows('SQLAgent$LYNCLOCAL', 'SQL Server Agent (LYNCLOCAL)', 'disabled', { dependencies: ['MSSQL$LYNCLOCAL'] }),
  windows('HTTP', 'HTTP Service', 'demand', { state: 'running' }),
  windows('WAS', 'Windows Process Activation Service', 'demand', { state: 'running' }),
  windows('W3SVC', 'World Wide Web Publishing Service', 'auto', { dependencies: ['WAS', 'HTTP'], acceptsPause: true }),
  windows('LanmanServer', 'Server', 'auto', { acceptsPause: true }),
  windows('LanmanWorkstation', 'Workstation', 'auto', { acceptsPause: true, account: LYNC_ACCOUNT }),
  windows('Netlogon', 'Netlogon', 'auto', { acceptsPause: true, dependencies: ['LanmanWorkstation'] }),
  windows('EventLog', 'Windows Event Log', 'auto'),
  windows('W32Time', 'Windows Time', 'demand', { state: 'running', hasStartTrigger: true }),
  windows('wuauserv', 'Windows Update', 'demand', { hasStartTrigger: true }),
  windows('Spooler', 'Print Spooler', 'auto', { restartsAfterFailure: true }),
  windows('RemoteRegistry', 'Remote Registry', 'disabled'),
];

/** What every Windows Server has. */
export const WINDOWS_SERVICES: readonly ServiceDraft[] = [
  ...['LanmanServer', 'LanmanWorkstation', 'Netlogon', 'EventLog', 'W32Time', 'wuauserv', 'Spooler', 'RemoteRegistry'].flatMap((name) =>
    OTHER_SERVICES.filter(({ serviceName }) => serviceName === name),
  ),
  windows('BFE', 'Base Filtering Engine', 'auto'),
  windows('Dhcp', 'DHCP Client', 'auto'),
  windows('Dnscache', 'DNS Client', 'auto'),
  windows('MpsSvc', 'Windows Firewall', 'auto', { dependencies: ['BFE'] }),
  windows('Schedule', 'Task Scheduler', 'auto'),
  windows('TermService', 'Remote Desktop Services', 'auto'),
];

/** A service as it has been since the last boot. */
export function simulatedService(draft: ServiceDraft, seed: number, bootedAtMs: number, processId: number): SimulatedService {
  const random = randomFor(seed, draft.serviceName, 'pace');
  const acceptsPause = draft.acceptsPause ?? false;
  return {
    serviceName: draft.serviceName,
    displayName: draft.displayName,
    account: draft.account ?? 'LocalSystem',
    dependencies: draft.dependencies ?? [],
    failureActions: draft.restartsAfterFailure === true ? RESTARTS : { actions: [] },
    hasStartTrigger: draft.hasStartTrigger ?? false,
    sharesProcess: false,
    acceptsPause,
    pace: paceOf(draft, random),
    sessions: draft.sessions ?? null,
    reactions: {},
    moments: [firstMoment(draft, bootedAtMs, processId, acceptsPause)],
    starts: [{ atMs: bootedAtMs, start: storedStart(draft.start) }],
    goneAtMs: null,
    lagMs: 0,
    staleSinceMs: null,
  };
}

const RESTARTS: SimulatedService['failureActions'] = {
  actions: [{ kind: 'restart' }, { kind: 'restart' }, { kind: 'none' }],
};

/** The Front-End moves its users away before it is paused, and fetches their data before it runs. */
function paceOf(draft: ServiceDraft, random: Random): SimulatedService['pace'] {
  const weight = draft.serviceName === 'RTCSRV' ? 4 : 1;
  return {
    pause: weight * between(random, 300, 1500),
    continue: weight * between(random, 200, 900),
    start: weight * between(random, 2000, 6000),
    stop: weight * between(random, 500, 2000),
  };
}

function firstMoment(draft: ServiceDraft, atMs: number, processId: number, acceptsPause: boolean): Moment {
  const state = draft.state ?? (draft.start.startsWith('auto') ? 'running' : 'stopped');
  return {
    atMs,
    state,
    processId: state === 'stopped' ? 0 : processId,
    acceptsPause,
    checkpointEveryMs: null,
    waitHintMs: 0,
    win32ExitCode: state === 'stopped' ? 1077 : 0,
    serviceSpecificExitCode: 0,
  };
}

function storedStart(start: ServiceDraft['start']): StoredStart {
  return start === 'auto-delayed' ? { startType: 'auto', delayed: true } : { startType: start, delayed: false };
}
