import type { InventoriedService, ServerInventory } from '../../contract/server-inventory.js';
import { isSameService } from '../../contract/service-names.js';
import { compareServiceNames, type ServiceState } from '../../contract/service.js';
import { MINUTE_MS, SECOND_MS } from '../../contract/time-units.js';
import { findInCatalogue, mayCarrySessions } from '../../core/catalogue/catalogue.js';
import { CHAT_SERVICES, EDGE_SERVICES, LYNC_SERVICES, simulatedService, VIDEO_INTEROP } from './inventory.js';
import type { Moment, SessionProfile, SimulatedService, SimulatedState, ToldSessions } from './simulated-state.js';
import { digestOf } from './state-digest.js';

/** Services whose calls have a usual length. */
const KNOWN_DRAFTS = [...LYNC_SERVICES, ...EDGE_SERVICES, ...CHAT_SERVICES, VIDEO_INTEROP];
const UNKNOWN_CALLS = { shortestMs: 30 * SECOND_MS, longestMs: 4 * MINUTE_MS };
/** What is on its way on the server arrives on the copy after so long. */
const SETTLES_AFTER_MS = 30 * SECOND_MS;
const ARRIVES_AT: Readonly<Partial<Record<ServiceState, ServiceState>>> = {
  'start-pending': 'running',
  'continue-pending': 'running',
  'pause-pending': 'paused',
  'stop-pending': 'stopped',
};

/**
 * A simulated server that is, at its first look, what the inventory says: services, states, start types, process ids, dependents, pool,
 * product and counts. How long its calls last, and which come after that, is made up: nothing tells it.
 */
export function copyServer(inventory: ServerInventory, seed: number, nowMs: number): SimulatedState {
  const { computer, pool, services: lync, otherServices, installed } = inventory;
  const bootedAtMs = Math.min(Date.parse(computer.bootedAt), nowMs - MINUTE_MS);
  const services = [...lync, ...otherServices].map((one) => copyService(one, { seed, bootedAtMs, nowMs }));
  services.sort((one, other) => compareServiceNames(one.serviceName, other.serviceName));
  const { product } = installed;
  return {
    scenario: 'default',
    copyOf: digestOf(inventory),
    seed,
    clock: { realMs: nowMs, simulatedMs: nowMs, speed: 1 },
    createdAtMs: nowMs,
    bootedAtMs,
    nextProcessId: 4 * Math.ceil((1 + Math.max(...[...lync, ...otherServices].map(({ processId }) => processId))) / 4),
    elevated: true,
    knowsDetails: true,
    computer: { name: computer.name, user: 'CONTOSO\\ann' },
    pool,
    ...(product.known && { version: product.version }),
    sources: product.known ? { majorVersion: product.majorVersion } : { registry: 'silent' },
    services,
  };
}

interface CopyTime {
  readonly seed: number;
  readonly bootedAtMs: number;
  readonly nowMs: number;
}

function copyService(told: InventoriedService, { seed, bootedAtMs, nowMs }: CopyTime): SimulatedService {
  const { serviceName, displayName, start, processId, state } = told;
  const acceptsPause = told.pausable ?? findInCatalogue(serviceName) !== undefined;
  const made = simulatedService({ serviceName, displayName, start: 'demand', acceptsPause }, seed, bootedAtMs, processId);
  const isKnown = (value: unknown): boolean => value !== null;
  const at = (atMs: number, then: ServiceState): Moment => ({
    ...{ atMs, state: then, processId: then === 'stopped' ? 0 : processId, acceptsPause, checkpointEveryMs: null, waitHintMs: 0 },
    ...{ win32ExitCode: then === 'stopped' ? 1077 : 0, serviceSpecificExitCode: 0 },
  });
  const arrives = ARRIVES_AT[state];
  const unknown = ['delayed', 'failureActions', 'hasStartTrigger'] as const;
  const detail = { delayed: start?.delayed ?? null, failureActions: told.failureActions, hasStartTrigger: told.hasStartTrigger };
  return {
    ...made,
    account: told.account ?? made.account,
    dependencies: told.dependencies ?? [],
    ...(told.dependents !== null && { dependents: told.dependents }),
    failureActions: { actions: (told.failureActions ?? []).map((kind) => ({ kind })) },
    hasStartTrigger: told.hasStartTrigger ?? false,
    sharesProcess: told.sharesProcess,
    ...(start === null && { hidesConfiguration: true }),
    hidesDetails: unknown.filter((name) => !isKnown(detail[name])),
    sessions: profileOf(told),
    ...toldOf(told),
    moments: [at(bootedAtMs, state), ...(arrives === undefined ? [] : [at(nowMs + SETTLES_AFTER_MS, arrives)])],
    starts: [{ atMs: bootedAtMs, start: { startType: start?.startType ?? 'demand', delayed: start?.delayed ?? false } }],
  };
}

/** So many as were there go on coming; those of a stopped service as they usually do, once it runs. */
function profileOf({ serviceName, state, sessions }: InventoriedService): SessionProfile | null {
  if (sessions === null || !mayCarrySessions(serviceName)) return null;
  const usual = KNOWN_DRAFTS.find((draft) => isSameService(draft.serviceName, serviceName))?.sessions;
  const seen = sessions.kind === 'count' ? sessions.count : (sessions.atLeast?.count ?? 0);
  const { shortestMs, longestMs } = usual ?? UNKNOWN_CALLS;
  return { usual: state === 'stopped' ? (usual?.usual ?? 0) : seen, shortestMs, longestMs, endless: 0, leak: null, present: seen };
}

/** Reasons that are of the moment: once the service is paused, the sources are asked as on any server. */
const OF_THE_MOMENT = ['not-read-yet', 'did-not-answer', 'too-old', 'cmdlet-not-asked'];

function toldOf({ state, sessions }: InventoriedService): { readonly told?: ToldSessions } {
  if (sessions === null || state === 'stopped') return {};
  if (sessions.kind === 'count') return sessions.evidence === 'none-needed' ? {} : { told: { evidence: sessions.evidence } };
  const { reason, atLeast } = sessions;
  return { told: { unknown: reason, ageMs: atLeast?.ageMs ?? 0, isLasting: !OF_THE_MOMENT.includes(reason) } };
}
