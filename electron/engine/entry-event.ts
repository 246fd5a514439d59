import { problem } from '../contract/problem.js';
import type { Entry } from '../contract/run.js';
import { STEP_OF_CHANGE } from '../contract/steps.js';
import { acceptanceEnded } from '../core/maintenance/acceptance.js';
import { movedStart } from '../core/maintenance/moved-start.js';
import type { EngineEvent } from './engine.js';

/** The event for watchers; null if the next reading shows the same. */
export function entryEvent(entry: Entry): EngineEvent | null {
  const { at, upMs } = entry;
  switch (entry.type) {
    case 'intended':
    case 'changed':
    case 'failed':
      return stepEvent(entry);
    case 'leaked':
      return { type: 'leak', serviceName: entry.serviceName, before: entry.before, after: entry.after, from: entry.from, at, upMs };
    case 'stalled':
      return { type: 'stalled', serviceName: entry.serviceName, count: entry.count, sinceMs: entry.sinceMs, at, upMs };
    case 'awake':
      return awakeEvent(entry);
    case 'lost':
      return { type: 'lost', serviceName: entry.serviceName, how: entry.how, count: entry.count, certainty: entry.certainty, at, upMs };
    case 'accepted':
      return acceptedEvent(entry);
    case 'acceptance-ended':
      return { type: 'acceptance-ended', serviceName: entry.serviceName, problem: acceptanceEnded(entry), at, upMs };
    case 'outside-change':
      return { type: 'outside-change', serviceName: entry.serviceName, problem: entry.problem, at, upMs };
    case 'withdrawn':
      return { type: 'withdrawn', problem: entry.problem, at, upMs };
    case 'restarted':
      return { type: 'restarted', bootedAt: entry.bootedAt, running: entry.running, at, upMs };
    case 'original':
      return movedEvent(entry);
    case 'tail-lost':
    case 'run-opened':
    case 'ordered':
    case 'overridden':
    case 'accepted-by-hand':
    case 'left-out':
    case 'observed':
    case 'sampled':
    case 'quiet':
    case 'held-zero':
    case 'confirmed':
    case 'choice':
    case 'returned':
    case 'closed':
      return null;
  }
}

function acceptedEvent({ serviceName, by, note, cut, at, upMs }: Extract<Entry, { type: 'accepted' }>): EngineEvent {
  return { type: 'accepted', serviceName, user: by.user, note, cut, at, upMs };
}

function awakeEvent({ serviceName, at, upMs }: Extract<Entry, { type: 'awake' }>): EngineEvent {
  return { type: 'awake', serviceName, problem: problem('awake-since', { serviceName }), at, upMs };
}

function stepEvent(entry: Extract<Entry, { type: 'intended' | 'changed' | 'failed' }>): EngineEvent {
  const { serviceName, at, upMs } = entry;
  switch (entry.type) {
    case 'intended':
      return { type: 'step', serviceName, step: STEP_OF_CHANGE[entry.change.kind], state: 'doing', problem: null, at, upMs };
    case 'changed':
      return { type: 'step', serviceName, step: STEP_OF_CHANGE[entry.change], state: 'done', problem: null, at, upMs };
    case 'failed':
      return { type: 'step', serviceName, step: STEP_OF_CHANGE[entry.change], state: 'failed', problem: entry.problem, at, upMs };
  }
}

function movedEvent(entry: Extract<Entry, { type: 'original' }>): EngineEvent | null {
  const moved = movedStart(entry);
  return moved === null ? null : { type: 'outside-change', serviceName: entry.serviceName, problem: moved, at: entry.at, upMs: entry.upMs };
}
