import { loggedEvent, type LoggedEvent } from '../../contract/logged-event.js';
import { PROBLEMS } from '../../contract/problem.js';
import type { EntryDraft } from '../../contract/run.js';

const MINUTE_MS = 60_000;

/** An insert of which nothing is known. */
const NOTHING = '-';

/**
 * What entries that were just written to a record are worth in Windows' event log. Each entry is written once, by one process, however
 * many watch: so is its event.
 */
export function eventsOfEntries(runId: string, entries: readonly EntryDraft[]): readonly LoggedEvent[] {
  const [first, second] = entries;
  if (first?.type === 'run-opened' && second?.type === 'ordered') {
    return [loggedEvent('opened', { runId, command: second.order.command, user: first.by.user })];
  }
  return entries.flatMap((entry) => eventsOfEntry(runId, entry));
}

function eventsOfEntry(runId: string, entry: EntryDraft): readonly LoggedEvent[] {
  switch (entry.type) {
    case 'quiet':
      return [loggedEvent('ready', { runId }), ...(entry.safeToRestart === true ? [loggedEvent('safe', { runId })] : [])];
    case 'confirmed':
      return [loggedEvent('confirmed', { runId, user: entry.by.user, scope: entry.scope ?? 'services', cut: entry.cut ?? 0 })];
    case 'withdrawn':
      return [loggedEvent('withdrawn', { runId, code: PROBLEMS[entry.problem.id].code })];
    case 'lost':
    case 'leaked':
    case 'stalled':
      return [alarmOf(runId, entry)];
    case 'yielded':
      return [loggedEvent('yielded', { runId, servers: entry.to.map(({ fqdn }) => fqdn).join(', ') })];
    case 'closed':
      return [loggedEvent('returned', { runId, user: entry.by.user })];
    case 'run-opened':
    case 'ordered':
    case 'original':
    case 'overridden':
    case 'accepted-by-hand':
    case 'accepted':
    case 'acceptance-ended':
    case 'left-out':
    case 'intended':
    case 'changed':
    case 'failed':
    case 'observed':
    case 'pool-looked':
    case 'awake':
    case 'sampled':
    case 'held-zero':
    case 'tail-lost':
    case 'outside-change':
    case 'restarted':
    case 'choice':
    case 'returned':
      return [];
  }
}

function alarmOf(runId: string, entry: Extract<EntryDraft, { type: 'lost' | 'leaked' | 'stalled' }>): LoggedEvent {
  const { serviceName } = entry;
  switch (entry.type) {
    case 'lost': {
      const { count, certainty } = entry;
      return loggedEvent('lost', { runId, serviceName, count: certainty === 'unknown' ? NOTHING : count, certainty });
    }
    case 'leaked': {
      const { before, after, from } = entry;
      return loggedEvent('leaked', { runId, serviceName, before, after, from: from ?? NOTHING });
    }
    case 'stalled':
      return loggedEvent('stalled', { runId, serviceName, count: entry.count, minutes: Math.floor(entry.sinceMs / MINUTE_MS) });
  }
}
