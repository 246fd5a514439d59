import { REGISTERED_ENDPOINTS } from '../../contract/registrar.js';
import { FRONT_END } from '../../core/catalogue/catalogue.js';
import type { FrontEndHealth } from '../../ports/front-end-health.js';
import { LiveView } from './live-view.js';
import { listStatuses } from './readings.js';
import { simulateSources } from './simulated-sources.js';
import type { Simulation } from './simulation.js';

/** What the simulated server shows of its Front-End; it has no event log. */
export function createSimulatedHealth(simulation: () => Simulation): FrontEndHealth {
  return {
    readPlacement: async () => null,
    listens: async () => {
      const { state, nowMs } = simulation().look();
      return listStatuses(state, nowMs).some((status) => status.serviceName === FRONT_END && status.state === 'running');
    },
    countRegistered: async () => {
      const view = new LiveView(simulation().look());
      const answer = (await simulateSources(() => view).counters.read([REGISTERED_ENDPOINTS])).get(REGISTERED_ENDPOINTS);
      return answer?.kind === 'value' ? answer.value : null;
    },
  };
}
