import type { Clock } from '../../ports/clock.js';
import { sleep } from './sleep.js';

/** The clock of this process. */
export const SYSTEM_CLOCK: Clock = { upMs: () => performance.now(), sleep };
