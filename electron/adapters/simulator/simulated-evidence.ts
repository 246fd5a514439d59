import type { ServiceStatus } from '../../contract/service.js';
import type { SessionReading } from '../../contract/sessions.js';
import type { SessionEvidence } from '../../ports/session-evidence.js';
import { createLayeredEvidence } from '../layered-evidence/layered-evidence.js';
import { LiveView } from './live-view.js';
import { listStatuses } from './readings.js';
import { simulateSources } from './simulated-sources.js';
import type { Simulation } from './simulation.js';
import { asTold } from './told-sessions.js';

/** A simulated source answers at once, or never. */
const DEADLINES = { counters: 500, windows: 500, registry: 500 };

/** The evidence of the simulated server: its sources, judged by the same rules as those of a real one. */
export class SimulatedEvidence implements SessionEvidence {
  readonly #simulation: Simulation;
  readonly #evidence: SessionEvidence;
  #view: LiveView;

  constructor(simulation: Simulation) {
    this.#simulation = simulation;
    this.#view = new LiveView(simulation.look());
    this.#evidence = createLayeredEvidence(
      simulateSources(() => this.#view),
      DEADLINES,
    );
  }

  /** @param allServices left out: every service of the simulated server */
  async read(services: readonly ServiceStatus[], allServices?: readonly ServiceStatus[]): Promise<ReadonlyMap<string, SessionReading>> {
    const look = this.#simulation.look();
    this.#view = new LiveView(look);
    const readings = await this.#evidence.read(services, allServices ?? listStatuses(look.state, look.nowMs));
    return look.state.copyOf === undefined ? readings : asTold(this.#view, services, readings);
  }

  release(): Promise<void> {
    return this.#evidence.release();
  }
}
