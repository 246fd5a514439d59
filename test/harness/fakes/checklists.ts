import type { Checklist, RunSummary, ServiceRow, RestartVerdict } from '../../../electron/contract/checklist.js';
import type { SignOffScope } from '../../../electron/contract/run.js';
import type { SessionReading } from '../../../electron/contract/sessions.js';

/** Checklists as the engine draws them, with what a test is about filled in. */

export const NOON = '2026-11-23T12:00:00.000Z';

export function counted(count: number): SessionReading {
  return { kind: 'count', count, evidence: 'counter', arrivals: [] };
}

export function row(serviceName: string, parts: Partial<ServiceRow> = {}): ServiceRow {
  return {
    serviceName,
    displayName: `Lync Server ${serviceName}`,
    planned: true,
    state: 'running',
    startType: 'auto',
    originalStartType: null,
    firstStartType: null,
    originalState: null,
    controlsAccepted: ['stop', 'pause-continue'],
    processId: 4_312,
    sessions: counted(2),
    lastCount: null,
    steps: { pause: 'todo', manual: 'todo', wait: 'todo', confirm: 'todo' },
    wayBack: 'todo',
    returned: null,
    conflict: null,
    stateConflict: null,
    problem: null,
    ...parts,
  };
}

/** A row that is paused and set Manual, as it is while draining. */
export function drainingRow(serviceName: string, parts: Partial<ServiceRow> = {}): ServiceRow {
  return row(serviceName, {
    state: 'paused',
    startType: 'demand',
    originalStartType: 'auto',
    steps: { pause: 'done', manual: 'done', wait: 'doing', confirm: 'todo' },
    ...parts,
  });
}

/** A row under a quick pause: its start type stays. */
export function pausedRow(serviceName: string, parts: Partial<ServiceRow> = {}): ServiceRow {
  return drainingRow(serviceName, {
    startType: 'auto',
    steps: { pause: 'done', manual: 'skipped', wait: 'doing', confirm: 'todo' },
    ...parts,
  });
}

export function run(parts: Partial<RunSummary> = {}): RunSummary {
  return {
    id: '20261123T115000Z-1',
    phase: 'draining',
    openedAt: '2026-11-23T11:50:00.000Z',
    openedBy: { user: 'CONTOSO\\ann', face: 'tray', processId: 700 },
    reason: null,
    command: 'drain',
    until: null,
    confirmed: null,
    restart: null,
    ...parts,
  };
}

export function checklist(parts: Partial<Checklist> = {}): Checklist {
  return {
    now: { at: NOON, upMs: 3_600_000 },
    computer: {
      name: 'FE01',
      bootedAt: '2026-11-23T11:00:00.000Z',
      bootId: null,
      source: 'simulated',
      elevated: true,
      user: 'CONTOSO\\ann',
    },
    installed: { role: 'front-end', edition: 'enterprise', product: { known: true, version: '5.0.8308.0', majorVersion: 5 } },
    run: null,
    ready: false,
    restart: { ...SAFE, kind: 'not-safe' },
    proof: null,
    accepted: [],
    acceptedInAdvance: [],
    losses: [],
    blockers: [],
    services: [row('RTCMEDSRV'), row('RTCSRV')],
    checks: [],
    rebootPreview: [],
    quiet: { kind: 'not-draining' },
    estimate: { kind: 'cannot-say' },
    curve: [],
    stalled: [],
    ...parts,
  };
}

/** A server that may be restarted, as far as the verdict goes. */
export const SAFE: RestartVerdict = { kind: 'safe', reasons: [], caveats: [], accepted: [], cut: 0 };

/** A sign-off of the whole server. */
export function signedOff(scope: SignOffScope = 'server'): NonNullable<RunSummary['confirmed']> {
  return { at: NOON, by: { user: 'CONTOSO\\ann', face: 'tray', processId: 700 }, note: null, scope, cut: 0 };
}
