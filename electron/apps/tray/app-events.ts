import type { AppEvent } from '../../contract/app-snapshot.js';
import type { Checklist } from '../../contract/checklist.js';
import { namesService } from '../../contract/service-names.js';
import { acceptedParam } from '../../core/maintenance/acceptance.js';
import { lossProblem } from '../../core/maintenance/losses.js';
import { missingAcceptances } from '../../core/maintenance/missing-acceptances.js';
import { stalledProblem } from '../../core/maintenance/stalled-problem.js';
import type { EngineEvent } from '../../engine/engine.js';

export type AppEventDraft = Omit<AppEvent, 'id' | 'at'>;

const SLOW_MS = 30_000;

/** The entry of the event list for an event of the engine; null if the checklist says it better. */
export function engineEventDraft(event: EngineEvent): AppEventDraft | null {
  switch (event.type) {
    case 'step':
      return stepDraft(event);
    case 'waiting':
      return waitingDraft(event);
    case 'leak':
      return { level: 'attention', kind: 'leak', params: leakParams(event), problem: null };
    case 'stalled':
      return stalledDraft(event);
    case 'lost':
      return { level: 'failure', kind: 'lost', params: { serviceName: event.serviceName }, problem: lossProblem(event) };
    case 'accepted':
      return { level: 'info', kind: 'accepted', params: { serviceName: event.serviceName, user: event.user }, problem: null };
    case 'awake':
      return { level: 'attention', kind: 'awake', params: { serviceName: event.serviceName }, problem: event.problem };
    case 'acceptance-ended':
      return { level: 'attention', kind: 'acceptance-ended', params: { serviceName: event.serviceName }, problem: event.problem };
    case 'outside-change':
      return { level: 'attention', kind: 'outside-change', params: { serviceName: event.serviceName }, problem: event.problem };
    case 'withdrawn':
      return { level: 'attention', kind: 'withdrawn', params: {}, problem: event.problem };
    case 'yielded':
      return { level: 'attention', kind: 'yielded', params: {}, problem: event.problem };
    case 'restarted':
      return {
        level: event.running.length === 0 ? 'info' : 'attention',
        kind: 'restarted',
        params: { count: event.running.length },
        problem: null,
      };
    case 'lock-taken-over':
      return { level: 'info', kind: 'lock-taken-over', params: { user: event.from.user }, problem: null };
    case 'tail-lost':
      return { level: 'attention', kind: 'tail-lost', params: {}, problem: null };
    case 'unseen-pause':
    case 'run':
    case 'check':
    case 'sessions':
      return null;
  }
}

function stepDraft({ serviceName, step, state, problem }: Extract<EngineEvent, { type: 'step' }>): AppEventDraft | null {
  if (state === 'doing') return null;
  const params = { serviceName, step };
  return state === 'done'
    ? { level: 'info', kind: 'step-done', params, problem: null }
    : { level: 'failure', kind: 'step-failed', params, problem };
}

function stalledDraft(event: Extract<EngineEvent, { type: 'stalled' }>): AppEventDraft {
  return { level: 'attention', kind: 'stalled', params: stalledProblem(event).params, problem: null };
}

function leakParams({ serviceName, before, after, from }: Extract<EngineEvent, { type: 'leak' }>): AppEventDraft['params'] {
  return { serviceName, before, after, ...(from === null ? {} : { from }) };
}

/** Listed once, when it is longer than a healthy service takes. Starting may take minutes, and is no reason for attention. */
function waitingDraft({ serviceName, step, sinceMs }: Extract<EngineEvent, { type: 'waiting' }>): AppEventDraft | null {
  if (sinceMs !== SLOW_MS) return null;
  const params = { serviceName, step, seconds: SLOW_MS / 1000 };
  return { level: step === 'start' ? 'info' : 'attention', kind: 'service-waiting', params, problem: null };
}

/** Only an administrator's word is missing, and no source may still answer. */
function lacksWordOnly({ quiet, acceptedInAdvance, services }: Checklist): boolean {
  if (quiet.kind !== 'needs-acceptance' || missingAcceptances({ quiet, acceptedInAdvance }).length === 0) return false;
  const unread = services.filter(({ sessions }) => sessions.kind === 'unknown' && sessions.reason === 'not-read-yet');
  return !unread.some(({ serviceName }) => namesService(quiet.unknown, serviceName));
}

function needsAcceptanceDraft(checklist: Checklist): AppEventDraft {
  return { level: 'attention', kind: 'needs-acceptance', params: { count: missingAcceptances(checklist).length }, problem: null };
}

/** What changed between two readings that every administrator needs to know, no matter who did it. */
export function phaseEventDraft(before: Checklist | null, after: Checklist): AppEventDraft | null {
  const was = before?.run?.phase ?? 'closed';
  const is = after.run?.phase ?? 'closed';
  if (before === null) return null;
  if (was === is) return is === 'draining' && lacksWordOnly(after) && !lacksWordOnly(before) ? needsAcceptanceDraft(after) : null;
  if (is === 'closed') return { level: 'info', kind: 'returned', params: {}, problem: null };
  if (was === 'closed') return { level: 'info', kind: 'run-opened', params: {}, problem: null };
  if (is === 'ready' && was === 'draining') return { level: 'info', kind: 'ready', params: acceptedParam(after), problem: null };
  return null;
}
