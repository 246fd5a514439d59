import type { Checklist, ServiceRow } from '../../contract/checklist.js';
import type { Run } from '../../contract/run.js';
import { namesService } from '../../contract/service-names.js';
import type { DrainRequest, PauseRequest, ResumeRequest } from '../../engine/engine.js';

/** An order as it was given, to be given again. */
export type RepeatedOrder =
  | { readonly command: 'drain'; readonly request: DrainRequest }
  | { readonly command: 'pause'; readonly request: PauseRequest }
  | { readonly command: 'resume'; readonly request: ResumeRequest };

/** The run's present order when changes of it are still to be made and nothing went wrong with them; null otherwise. */
export function unfinishedOrder(run: Run, checklist: Checklist): RepeatedOrder | null {
  const { command, services, holdTimeMs, hold, reason, until, stayStopped } = run.order;
  const rows = checklist.services.filter((row) => row.planned && namesService(services, row.serviceName) && row.problem === null);
  switch (command) {
    case 'drain':
      return rows.some(isHalfDrained) ? { command, request: { services, holdTimeMs, hold, reason, overrides: [] } } : null;
    case 'pause': {
      const forMs = until === null ? null : Math.max(0, Date.parse(until) - Date.parse(checklist.now.at));
      return rows.some(isHalfDrained) ? { command, request: { services, forMs, reason, overrides: [] } } : null;
    }
    case 'resume':
      // Also where all are back and only the end of it was not written.
      return rows.length > 0 && (rows.every(({ wayBack }) => wayBack === 'done') || rows.some(isOnItsWay))
        ? { command, request: { services, stayStopped, conflicts: null } }
        : null;
  }
}

function isOnItsWay({ wayBack }: ServiceRow): boolean {
  return wayBack === 'todo' || wayBack === 'doing';
}

function isHalfDrained({ steps }: ServiceRow): boolean {
  return [steps.pause, steps.manual].some((step) => step === 'todo' || step === 'doing');
}
