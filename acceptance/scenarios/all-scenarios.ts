import type { Scenario } from '../scenario.js';
import { wholeMaintenance } from './whole-maintenance.js';

/** In the order in which they are played. */
export const SCENARIOS: readonly Scenario[] = [wholeMaintenance];
