import type { Checklist } from '../../../contract/checklist.js';
import type { Problem } from '../../../contract/problem.js';
import { shownStartType } from '../../../contract/service.js';
import type { Messages } from '../../../core/language/messages.js';
import type { RecordLeft } from '../../../engine/record-left.js';
import { headJson, problemJson, servicesJson } from './checklist-json.js';
import type { Json } from './json-value.js';
import { NO_VERDICT } from './verdict-json.js';

/**
 * What `status`, `services` and `plan` print with `--json` where our own state cannot be read: `run` is null, and `record`
 * says what is left of it.
 */
export function unreadableJson(checklist: Checklist, left: RecordLeft, problem: Problem, messages: Messages): Json {
  return {
    ...headJson(checklist),
    run: null,
    ...NO_VERDICT,
    services: servicesJson(checklist, messages),
    plan: [],
    checks: [],
    record: recordJson(left),
    problem: problemJson(problem, messages),
  };
}

function recordJson({ read, undoCard }: RecordLeft): Json {
  if (read === null) return null;
  const { runId, path, entryCount, run } = read;
  return {
    ...{
      id: runId,
      path,
      entries: entryCount,
      openedAt: run?.openedAt ?? null,
      openedBy: run?.openedBy.user ?? null,
      reason: run?.reason ?? null,
    },
    services: [...(run?.services.values() ?? [])].map(({ serviceName, original }) => ({
      serviceName,
      state: original.state,
      startType: shownStartType(original.start),
    })),
    undoCard: undoCard?.path ?? null,
  };
}
