import type {
  Reaction,
  SessionProfile,
  SimulatedOrder,
  SimulatedService,
  SimulatedState,
} from '../../../electron/adapters/simulator/simulated-state.js';

/** Changes to a simulated server before anything happens on it, to be given to `EngineHarness.open`. */
export type Adjust = (state: SimulatedState) => SimulatedState;

export function adjusting(serviceName: string, change: (service: SimulatedService) => SimulatedService): Adjust {
  return (state) => ({
    ...state,
    services: state.services.map((service) => (service.serviceName === serviceName ? change(service) : service)),
  });
}

export function allOf(...adjusts: readonly Adjust[]): Adjust {
  return (state) => adjusts.reduce((adjusted, adjust) => adjust(adjusted), state);
}

/** A service that answers orders of the program in its own way. */
export function reacting(serviceName: string, reactions: Partial<Record<SimulatedOrder, Reaction>>): Adjust {
  return adjusting(serviceName, (service) => ({ ...service, reactions }));
}

/** So many sessions that last as long as the process. */
export function carrying(serviceName: string, endless: number, more: Partial<SessionProfile> = {}): Adjust {
  return adjusting(serviceName, (service) => ({
    ...service,
    sessions: { usual: 0, shortestMs: 1_000, longestMs: 2_000, leak: null, ...service.sessions, ...more, endless },
  }));
}

/** Every control is obeyed within a tenth of a second, so that much can happen between two readings. */
export function swift(serviceName: string): Adjust {
  return adjusting(serviceName, (service) => ({ ...service, pace: { pause: 100, continue: 100, start: 100, stop: 100 } }));
}
