import { namesService } from '../contract/service-names.js';
import { drawChecklist } from '../core/maintenance/checklist.js';
import { planSteps } from '../core/maintenance/plan.js';
import type { DrainRequest, PlanResult } from './engine.js';
import { Observer } from './observer.js';
import { findOpenRun } from './open-run.js';
import { checkPlan, hasRead, knownOverrides, leftOutBy, ownChanges, requireServices } from './order.js';
import type { EngineParts } from './parts.js';

/** What a drain would do, and what stands in its way; changes nothing. @throws ProblemError unknown-service, unknown-check … */
export async function planDrain(parts: EngineParts, request: DrainRequest): Promise<PlanResult> {
  const open = await findOpenRun(parts);
  const observer = new Observer(parts);
  const first = await observer.readFacts(open === null ? [] : [...open.run.services.keys()]);
  const serviceNames = requireServices(first, request.services, open?.run ?? null);
  const facts = hasRead(first, serviceNames) ? first : await observer.readFacts(serviceNames);
  const checked = { serviceNames, hold: request.hold, overrides: request.overrides, ...ownChanges(open) };
  const checks = checkPlan(facts, checked, open === null ? [] : knownOverrides(open.run));
  // What the order would do: a service that is left out stands in the checks, and nothing is planned for it.
  const planned = serviceNames.filter((name) => !namesService(leftOutBy(checks), name));
  const checklist = drawChecklist(facts, null, { plan: { ...checked, serviceNames: planned }, stalledAfterMs: parts.stalledAfterMs });
  return { checklist: { ...checklist, checks }, steps: planSteps(facts, planned, request.hold), runReason: open?.run.reason ?? null };
}
