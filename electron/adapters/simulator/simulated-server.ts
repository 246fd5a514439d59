import type { StartSetting } from '../../contract/service.js';
import type { Control } from '../../ports/service-control.js';
import {
  exists,
  findService,
  latestDue,
  type Moment,
  momentAt,
  type Reaction,
  type Refusal,
  type SimulatedOrder,
  type SimulatedService,
  type SimulatedState,
  startAt,
  withService,
} from './simulated-state.js';
import { move } from './transition.js';

/** Refusals of the service control manager that a healthy simulated server gives too (winerror.h). */
export const WIN32 = {
  success: 0,
  accessDenied: 5,
  invalidName: 123,
  dependentsRunning: 1051,
  controlNotAccepted: 1052,
  requestTimeout: 1053,
  alreadyRunning: 1056,
  disabled: 1058,
  notFound: 1060,
  cannotAcceptControlNow: 1061,
  notActive: 1062,
  dependencyFailed: 1068,
  dependencyMissing: 1075,
  shutdownInProgress: 1115,
} as const;

/** Who gives the order. At the console every service obeys: oddities are for the program under test. */
export type Sender = 'program' | 'console';

/** What the caller is told, and the server as it is from now on. */
export interface Outcome {
  readonly state: SimulatedState;
  /** 0, or why not. */
  readonly win32: number;
  /** Simulated milliseconds the caller waits for the answer. */
  readonly answerAfterMs: number;
  /** Not carried out yet: another handler is busy for so many more milliseconds, infinity for ever. 0: carried out or refused. */
  readonly blockedForMs: number;
}

/**
 * The service control manager waits for one handler before it calls the next one, of whatever service: `ControlService`
 * blocks while any service is busy with a control, and fails with 1053 if that has not ended after 30 seconds (Microsoft
 * Learn, `ControlService`, Remarks).
 */
export const CONTROL_PATIENCE_MS = 30_000;

type ControlKind = Control | 'stop';

/** One order to the server. */
export type ServerOrder =
  | { readonly kind: ControlKind | 'start'; readonly serviceName: string }
  | { readonly kind: 'set-start'; readonly serviceName: string; readonly start: StartSetting };

/** Carries out one order as the service control manager would, or refuses it with its number. */
export function carryOut(state: SimulatedState, nowMs: number, order: ServerOrder, sender: Sender): Outcome {
  const service = lookUp(state, nowMs, order.serviceName);
  if (typeof service === 'number') return refuse(state, service);
  const blockedForMs = sender === 'program' && isControl(order) ? handlerBusyForMs(state, nowMs) : 0;
  if (blockedForMs > 0) return { state, win32: WIN32.success, answerAfterMs: 0, blockedForMs };
  const slot = reactionSlot(order);
  const reaction = sender === 'console' ? {} : (service.reactions[slot] ?? {});
  const { refusal } = reaction;
  if (refusal === undefined || refusal.times === 0) return obey(state, nowMs, order, { service, reaction });
  const counted = countRefusal(service, slot, reaction, refusal);
  const refused = withService(state, counted);
  const next = refusal.obeysAllTheSame ? obey(refused, nowMs, order, { service: counted, reaction }).state : refused;
  const after = isControl(order) ? withBusyHandler(next, nowMs, service, refusal.answerAfterMs) : next;
  return { state: after, win32: refusal.win32, answerAfterMs: refusal.answerAfterMs, blockedForMs: 0 };
}

function isControl({ kind }: ServerOrder): boolean {
  return kind !== 'start' && kind !== 'set-start';
}

/** Milliseconds until Windows gives out the next control: 0 now, infinity never. */
function handlerBusyForMs({ busyHandler, services }: SimulatedState, nowMs: number): number {
  if (busyHandler === undefined) return 0;
  const service = services.find(({ serviceName }) => serviceName === busyHandler.serviceName);
  if (service === undefined || !exists(service, nowMs) || momentAt(service, nowMs).processId !== busyHandler.processId) return 0;
  return busyHandler.untilMs === null ? Number.POSITIVE_INFINITY : Math.max(0, busyHandler.untilMs - nowMs);
}

/** @param handlerMs how long the handler works; null for ever */
function withBusyHandler(state: SimulatedState, nowMs: number, service: SimulatedService, handlerMs: number | null): SimulatedState {
  if (handlerMs === 0) return state;
  const { serviceName } = service;
  const { processId } = momentAt(service, nowMs);
  return { ...state, busyHandler: { serviceName, processId, untilMs: handlerMs === null ? null : nowMs + handlerMs } };
}

/** The service, or the number with which `OpenServiceW` refuses its name. */
export function lookUp(state: SimulatedState, nowMs: number, serviceName: string): SimulatedService | number {
  if (serviceName === '' || serviceName.length > 256 || /[/\\]/.test(serviceName)) return WIN32.invalidName;
  return findService(state, serviceName, nowMs) ?? WIN32.notFound;
}

function reactionSlot(order: ServerOrder): SimulatedOrder {
  if (order.kind !== 'set-start') return order.kind;
  return order.start.startType === 'auto' ? 'set-auto' : 'set-held';
}

function countRefusal(service: SimulatedService, slot: SimulatedOrder, reaction: Reaction, refusal: Refusal): SimulatedService {
  if (refusal.times === null) return service;
  return { ...service, reactions: { ...service.reactions, [slot]: { ...reaction, refusal: { ...refusal, times: refusal.times - 1 } } } };
}

/** The service that an order is for, and what it makes of it. */
interface Addressee {
  readonly service: SimulatedService;
  readonly reaction: Reaction;
}

function obey(state: SimulatedState, nowMs: number, order: ServerOrder, addressee: Addressee): Outcome {
  const { service, reaction } = addressee;
  switch (order.kind) {
    case 'set-start':
      return accept(sideEffects(setStart(state, nowMs, service, order.start), nowMs, service.serviceName, reaction));
    case 'start':
      return start(state, nowMs, service, reaction);
    case 'pause':
    case 'continue':
    case 'stop':
    case 'interrogate':
      return control(state, nowMs, order.kind, addressee);
  }
}

function control(state: SimulatedState, nowMs: number, kind: ControlKind, addressee: Addressee): Outcome {
  const { service, reaction } = addressee;
  const moment = momentAt(service, nowMs);
  if (moment.state === 'stopped') return refuse(state, WIN32.notActive);
  if (moment.state === 'start-pending' || moment.state === 'stop-pending') return refuse(state, WIN32.cannotAcceptControlNow);
  if (kind === 'interrogate') return accept(withService(state, { ...service, staleSinceMs: null }));
  if (kind === 'stop') {
    const needed = dependentsOf(state, service, nowMs).some((dependent) => momentAt(dependent, nowMs).state !== 'stopped');
    return needed ? refuse(state, WIN32.dependentsRunning) : accept(move(state, service, { movement: 'stop', atMs: nowMs }, reaction));
  }
  if (!moment.acceptsPause) return refuse(state, WIN32.controlNotAccepted);
  // A service that is told to be what it is, or what it is about to become, takes the control and does nothing.
  const next = service.moments.find((later) => later.atMs > nowMs);
  if (isDoing(kind, moment) || next?.state === `${kind}-pending`) {
    return accept(sideEffects(state, nowMs, service.serviceName, reaction));
  }
  return handle(state, nowMs, kind, addressee);
}

/** Calls the service's handler, which does what was ordered before it returns, or after it has worked for a while. */
function handle(state: SimulatedState, nowMs: number, kind: 'pause' | 'continue', { service, reaction }: Addressee): Outcome {
  const { handlerMs = 0 } = reaction;
  const busy = withBusyHandler(state, nowMs, service, handlerMs);
  if (handlerMs === null) return timeOut(busy);
  const moved = sideEffects(
    move(busy, service, { movement: kind, atMs: nowMs + handlerMs }, reaction),
    nowMs,
    service.serviceName,
    reaction,
  );
  return handlerMs < CONTROL_PATIENCE_MS ? { ...accept(moved), answerAfterMs: handlerMs } : timeOut(moved);
}

function isDoing(kind: 'pause' | 'continue', { state }: Moment): boolean {
  return state === `${kind}-pending` || state === (kind === 'pause' ? 'paused' : 'running');
}

function start(state: SimulatedState, nowMs: number, service: SimulatedService, reaction: Reaction): Outcome {
  if (startAt(service, nowMs).startType === 'disabled') return refuse(state, WIN32.disabled);
  if (momentAt(service, nowMs).state !== 'stopped') return refuse(state, WIN32.alreadyRunning);
  const prepared = startDependencies(state, nowMs, service, [service.serviceName]);
  if (typeof prepared === 'number') return refuse(state, prepared);
  const started = move(prepared.state, service, { movement: 'start', atMs: prepared.readyAtMs }, reaction);
  return accept(sideEffects(started, nowMs, service.serviceName, reaction));
}

/** Starts what a service needs first, as `StartServiceW` does. @returns the number of the refusal when that cannot be */
export function startDependencies(
  state: SimulatedState,
  nowMs: number,
  service: SimulatedService,
  path: readonly string[],
): { readonly state: SimulatedState; readonly readyAtMs: number } | number {
  let next = state;
  let readyAtMs = nowMs;
  for (const name of service.dependencies) {
    const dependency = findService(next, name, nowMs);
    if (dependency === undefined) {
      // A copy has no drivers, and services depend on those too.
      if (state.copyOf !== undefined) continue;
      return WIN32.dependencyMissing;
    }
    // Whatever it is on the way to counts: it may have been told to start a moment ago.
    const last = latestDue(dependency.moments, Number.POSITIVE_INFINITY);
    if (last.state !== 'stopped' || path.includes(dependency.serviceName)) {
      readyAtMs = Math.max(readyAtMs, last.atMs);
      continue;
    }
    if (startAt(dependency, nowMs).startType === 'disabled') return WIN32.dependencyFailed;
    const before = startDependencies(next, nowMs, dependency, [...path, dependency.serviceName]);
    if (typeof before === 'number') return WIN32.dependencyFailed;
    next = move(before.state, dependency, { movement: 'start', atMs: before.readyAtMs });
    readyAtMs = Math.max(readyAtMs, before.readyAtMs + dependency.pace.start);
  }
  return { state: next, readyAtMs };
}

function setStart(state: SimulatedState, nowMs: number, service: SimulatedService, setting: StartSetting): SimulatedState {
  const before = startAt(service, nowMs);
  const written = { atMs: nowMs, start: { startType: setting.startType, delayed: setting.delayed ?? before.delayed } };
  const still = service.starts.filter((later) => later.atMs > nowMs);
  return withService(state, { ...service, starts: [{ atMs: nowMs, start: before }, written, ...still] });
}

/** What else an oddity brings: another program writes the start type, or the service is removed. */
function sideEffects(state: SimulatedState, nowMs: number, serviceName: string, reaction: Reaction): SimulatedState {
  const service = findService(state, serviceName, nowMs);
  if (service === undefined) return state;
  const { laterStart, vanishesAfterMs } = reaction;
  const starts =
    laterStart === undefined ? service.starts : [...service.starts, { atMs: nowMs + laterStart.afterMs, start: laterStart.start }];
  const goneAtMs = vanishesAfterMs === undefined ? service.goneAtMs : nowMs + vanishesAfterMs;
  return withService(state, { ...service, starts, goneAtMs });
}

/** Every service that names this one among its dependencies, directly. */
export function dependentsOf(state: SimulatedState, service: SimulatedService, nowMs: number): readonly SimulatedService[] {
  const name = service.serviceName.toUpperCase();
  return state.services.filter((other) => exists(other, nowMs) && other.dependencies.some((needed) => needed.toUpperCase() === name));
}

function accept(state: SimulatedState): Outcome {
  return { state, win32: WIN32.success, answerAfterMs: 0, blockedForMs: 0 };
}

function refuse(state: SimulatedState, win32: number): Outcome {
  return { state, win32, answerAfterMs: 0, blockedForMs: 0 };
}

function timeOut(state: SimulatedState): Outcome {
  return { ...refuse(state, WIN32.requestTimeout), answerAfterMs: CONTROL_PATIENCE_MS };
}
