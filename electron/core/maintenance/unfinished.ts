import type { Checklist } from '../../contract/checklist.js';

/** How many planned services are not yet paused and held as ordered, though nothing is wrong with them. */
export function countUnfinished({ services }: Checklist): number {
  const isOpen = (step: string): boolean => step === 'todo' || step === 'doing';
  return services.filter(({ planned, problem, steps }) => planned && problem === null && (isOpen(steps.pause) || isOpen(steps.manual)))
    .length;
}
