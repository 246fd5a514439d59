import type { Instant } from '../contract/computer.js';
import { problem } from '../contract/problem.js';
import type { EntryDraft } from '../contract/run.js';
import { STEP_OF_CHANGE } from '../contract/steps.js';
import { acceptanceEnded } from '../core/maintenance/acceptance.js';
import { movedStart } from '../core/maintenance/moved-start.js';
import { yieldedTo } from '../core/maintenance/pool-claim.js';
import type { EngineEvent } from './engine.js';

type WithoutInstant<T> = T extends Instant ? Omit<T, keyof Instant> : never;
/** What happens, not yet told at any time. */
export type EventDraft = WithoutInstant<EngineEvent>;

/** The event that tells of an entry; null if the next reading shows the same. */
export function entryEvent(entry: EntryDraft): EventDraft | null {
  switch (entry.type) {
    case 'intended':
    case 'changed':
    case 'failed':
      return stepEvent(entry);
    case 'leaked':
      return { type: 'leak', serviceName: entry.serviceName, before: entry.before, after: entry.after, from: entry.from };
    case 'stalled':
      return { type: 'stalled', serviceName: entry.serviceName, count: entry.count, sinceMs: entry.sinceMs };
    case 'awake':
      return awakeEvent(entry);
    case 'lost':
      return { type: 'lost', serviceName: entry.serviceName, how: entry.how, count: entry.count, certainty: entry.certainty };
    case 'accepted':
      return acceptedEvent(entry);
    case 'acceptance-ended':
      return { type: 'acceptance-ended', serviceName: entry.serviceName, problem: acceptanceEnded(entry) };
    case 'outside-change':
    case 'withdrawn':
    case 'yielded':
      return problemEvent(entry);
    case 'restarted':
      return { type: 'restarted', bootedAt: entry.bootedAt, running: entry.running };
    case 'original':
      return movedEvent(entry);
    case 'tail-lost':
    case 'run-opened':
    case 'ordered':
    case 'overridden':
    case 'accepted-by-hand':
    case 'left-out':
    case 'observed':
    case 'pool-looked':
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

function problemEvent(entry: Extract<EntryDraft, { type: 'outside-change' | 'withdrawn' | 'yielded' }>): EventDraft {
  switch (entry.type) {
    case 'outside-change':
      return { type: 'outside-change', serviceName: entry.serviceName, problem: entry.problem };
    case 'withdrawn':
      return { type: 'withdrawn', problem: entry.problem };
    case 'yielded':
      return { type: 'yielded', problem: yieldedTo(entry.to) };
  }
}

function acceptedEvent({ serviceName, by, note, cut }: Extract<EntryDraft, { type: 'accepted' }>): EventDraft {
  return { type: 'accepted', serviceName, user: by.user, note, cut };
}

function awakeEvent({ serviceName }: Extract<EntryDraft, { type: 'awake' }>): EventDraft {
  return { type: 'awake', serviceName, problem: problem('awake-since', { serviceName }) };
}

function stepEvent(entry: Extract<EntryDraft, { type: 'intended' | 'changed' | 'failed' }>): EventDraft {
  const { serviceName } = entry;
  switch (entry.type) {
    case 'intended':
      return { type: 'step', serviceName, step: STEP_OF_CHANGE[entry.change.kind], state: 'doing', problem: null };
    case 'changed':
      return { type: 'step', serviceName, step: STEP_OF_CHANGE[entry.change], state: 'done', problem: null };
    case 'failed':
      return { type: 'step', serviceName, step: STEP_OF_CHANGE[entry.change], state: 'failed', problem: entry.problem };
  }
}

function movedEvent(entry: Extract<EntryDraft, { type: 'original' }>): EventDraft | null {
  const moved = movedStart(entry);
  return moved === null ? null : { type: 'outside-change', serviceName: entry.serviceName, problem: moved };
}
