import { inDrainOrder } from '../../core/catalogue/catalogue.js';
import { ODD_WHEN_PAUSED, ODD_WHEN_RETURNED } from './oddities.js';
import { momentAt, type SimulatedService } from './simulated-state.js';

/** Which services of a server a mishap is about; null: there is none that it could be about. */
export interface MishapTargets {
  readonly whenPaused: string | null;
  readonly whenReturned: string | null;
  readonly leak: string | null;
  readonly stalled: string | null;
}

/** Those of a Front End where there are such; else others that carry sessions and are at work. */
export function findTargets(services: readonly SimulatedService[], nowMs: number): MishapTargets {
  const atWork = services.filter(
    (service) => service.sessions !== null && service.acceptsPause && momentAt(service, nowMs).state === 'running',
  );
  const names = inDrainOrder(atWork.map(({ serviceName }) => serviceName));
  const pick = (usual: string, other: string | undefined): string | null => (names.includes(usual) ? usual : (other ?? null));
  const whenPaused = pick(ODD_WHEN_PAUSED, names[0]);
  return {
    whenPaused,
    whenReturned: pick(
      ODD_WHEN_RETURNED,
      names.find((name) => name !== whenPaused),
    ),
    leak: pick('RTCDATAMCU', names.at(-1)),
    stalled: pick('RTCIMMCU', names.at(-1)),
  };
}
