import type { ServiceRow, ServiceSteps } from '../../../electron/contract/checklist.js';
import type { StartType } from '../../../electron/contract/service.js';
import type { EvidenceSource, SessionReading } from '../../../electron/contract/sessions.js';
import type { StepState } from '../../../electron/contract/steps.js';

/** A Front End server's services, as the window gets them. */
const SERVICES: readonly (readonly [
  serviceName: string,
  role: string,
  startType: StartType,
  evidence: EvidenceSource,
  sessions: number,
])[] = [
  ['RTCMEDSRV', 'Mediation', 'auto-delayed', 'counter', 12],
  ['RTCRGS', 'Response Group', 'auto', 'tcp', 3],
  ['RTCCPS', 'Call Park', 'auto', 'tcp', 0],
  ['RTCCAA', 'Conferencing Attendant', 'auto', 'cmdlet', 2],
  ['RTCCAS', 'Conferencing Announcement', 'auto', 'cmdlet', 1],
  ['RTCAVMCU', 'Audio/Video Conferencing', 'auto', 'counter', 27],
  ['RTCASMCU', 'Application Sharing', 'auto', 'counter', 9],
  ['RTCIMMCU', 'IM Conferencing', 'auto', 'counter', 41],
  ['RTCSRV', 'Front-End', 'auto', 'counter', 1486],
];

export const SERVICE_NAMES = SERVICES.map(([serviceName]) => serviceName);

const TODO: ServiceSteps = { pause: 'todo', manual: 'todo', wait: 'todo', confirm: 'todo' };

export function counted(count: number, evidence: EvidenceSource = 'counter'): SessionReading {
  return { kind: 'count', count, evidence, arrivals: [] };
}

/** Before a run: everything runs and carries calls. */
export const IN_SERVICE: readonly ServiceRow[] = SERVICES.map(([serviceName, role, startType, evidence, sessions], index) => ({
  serviceName,
  displayName: `Lync Server ${role}`,
  planned: true,
  state: 'running',
  startType,
  originalStartType: null,
  firstStartType: null,
  originalState: null,
  controlsAccepted: ['stop', 'pause-continue'],
  processId: 2_340 + 84 * index,
  sessions: counted(sessions, evidence),
  lastCount: null,
  steps: TODO,
  wayBack: 'todo',
  returned: null,
  conflict: null,
  stateConflict: null,
  problem: null,
}));

/** Paused by a run; `left` says which still carry sessions. */
export function paused(left: Readonly<Record<string, number>> = {}, manual: StepState = 'done'): readonly ServiceRow[] {
  return IN_SERVICE.map((service): ServiceRow => {
    const sessions = left[service.serviceName] ?? 0;
    const evidence = service.sessions.kind === 'count' ? service.sessions.evidence : 'counter';
    return {
      ...service,
      state: 'paused',
      startType: manual === 'done' ? 'demand' : service.startType,
      originalStartType: service.startType,
      sessions: counted(sessions, evidence),
      // Done all at once, when all are quiet.
      steps: { pause: 'done', manual, wait: 'doing', confirm: 'todo' },
    };
  });
}

/** Changes the rows that are named. */
export function withRows(rows: readonly ServiceRow[], changes: Readonly<Record<string, Partial<ServiceRow>>>): readonly ServiceRow[] {
  return rows.map((row) => ({ ...row, ...changes[row.serviceName] }));
}

/** Changes steps or the way back of every row. */
export function withSteps(rows: readonly ServiceRow[], steps: Partial<ServiceSteps>, wayBack: StepState = 'todo'): readonly ServiceRow[] {
  return rows.map((row) => ({ ...row, steps: { ...row.steps, ...steps }, wayBack }));
}

/** As Windows allows: brackets, quotes, other scripts, and names as long as they come (CreateServiceW: 256 characters). */
export const ODDLY_NAMED: readonly ServiceRow[] = [
  ['Acme Recorder (x64) [live]', `O'Hara "Call" Service for the Eastern and the Western Region, Second Edition`],
  ['Fernsprech-Überwachung', 'Fernsprechvermittlungsüberwachungsdienst'],
  ['呼叫录音服务', '呼叫录音服务（东部区域与西部区域共用，第二版）'],
  [`Acme${'_VeryLongName'.repeat(19)}`, `Acme ${'very long name '.repeat(16)}`.trim()],
].map(([serviceName = '', displayName = ''], index) => ({
  ...IN_SERVICE[0]!,
  serviceName,
  displayName,
  processId: 9_000 + index,
  sessions: counted(999_999),
}));
