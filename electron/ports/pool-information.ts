import type { PoolFacts } from '../contract/facts.js';
import type { Reading } from '../contract/service.js';

/** The port to what is known of the pool. The program does its whole main job without it. */
export interface PoolInformation {
  /** Never rejects; what could not be learnt is unknown with the reason. */
  read(): Promise<Reading<PoolFacts>>;
}
