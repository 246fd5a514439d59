import type { ServiceState, ServiceStatus } from '../contract/service.js';
import { longestWaitMs, patienceMs, pollDelayMs } from '../maintenance/patience.js';
import type { EngineParts } from './parts.js';

/** How waiting for a service to settle ended. */
export type Settled =
  | { readonly kind: 'reached'; readonly status: ServiceStatus }
  /** It came to rest in another state than the one wanted. */
  | { readonly kind: 'elsewhere'; readonly status: ServiceStatus }
  /** Nothing moved for as long as the service asked for. */
  | { readonly kind: 'out-of-patience'; readonly status: ServiceStatus }
  /** The administrator stopped waiting, or the command's time is up. */
  | { readonly kind: 'given-up'; readonly status: ServiceStatus };

export interface SettleGoal {
  readonly serviceName: string;
  /** Null: any state that is not pending. */
  readonly wanted: ServiceState | null;
  /** A resting state that may be seen for a while before the service begins to move. */
  readonly departed: ServiceState | null;
  /** Monotonic milliseconds after which waiting ends; null never. */
  readonly deadlineUpMs: number | null;
  readonly signal: AbortSignal;
}

/** A service that shows no movement is asked to report after this long, */
const INTERROGATE_AFTER_MS = 2_000;
/** and again: while it starts, Windows refuses to ask it. */
const INTERROGATE_AGAIN_MS = 10_000;

/**
 * Waits until a service has come to rest, by checkpoint and wait hint: patience begins again whenever state or
 * checkpoint moves, so that a slow service is waited for and a hung one is not.
 */
export async function settle(parts: Pick<EngineParts, 'serviceControl' | 'host'>, goal: SettleGoal): Promise<Settled> {
  const { serviceControl, host } = parts;
  const begunAtUpMs = host.now().upMs;
  let status = await serviceControl.readStatus(goal.serviceName);
  let movedAtUpMs = begunAtUpMs;
  let askAtUpMs = begunAtUpMs + INTERROGATE_AFTER_MS;
  let hasDeparted = false;
  for (;;) {
    hasDeparted ||= status.state !== goal.departed;
    if (isAtRest(status)) {
      if (goal.wanted === null || status.state === goal.wanted) return { kind: 'reached', status };
      if (hasDeparted) return { kind: 'elsewhere', status };
    }
    const { upMs } = host.now();
    if (upMs - movedAtUpMs >= patienceMs(status) || upMs - begunAtUpMs >= longestWaitMs(status)) return { kind: 'out-of-patience', status };
    if (goal.signal.aborted || (goal.deadlineUpMs !== null && upMs >= goal.deadlineUpMs)) return { kind: 'given-up', status };
    if (upMs >= askAtUpMs) {
      askAtUpMs = upMs + INTERROGATE_AGAIN_MS;
      await interrogate(parts, goal.serviceName);
    }
    await host.sleep(pollDelayMs(status), goal.signal);
    const next = await serviceControl.readStatus(goal.serviceName);
    if (next.state !== status.state || next.checkpoint !== status.checkpoint) {
      movedAtUpMs = host.now().upMs;
      askAtUpMs = movedAtUpMs + INTERROGATE_AFTER_MS;
    }
    status = next;
  }
}

function isAtRest(status: ServiceStatus): boolean {
  return !status.state.endsWith('-pending');
}

/** A service may report its state late; asking cannot do harm, and a refusal says nothing we need. */
async function interrogate({ serviceControl }: Pick<EngineParts, 'serviceControl'>, serviceName: string): Promise<void> {
  await serviceControl.sendControl(serviceName, 'interrogate').catch(() => undefined);
}
