import { problem, type Problem } from '../../contract/problem.js';
import type { Entry, SeenServer } from '../../contract/run.js';
import { STEP_OF_CHANGE } from '../../contract/steps.js';
import type { Messages } from '../language/messages.js';
import type { Params } from '../language/template.js';
import { acceptanceEnded } from '../maintenance/acceptance.js';
import { lossProblem } from '../maintenance/losses.js';
import { movedStart } from '../maintenance/moved-start.js';
import { yieldedTo } from '../maintenance/pool-claim.js';

/** One entry of the record as a sentence; null for entries that the report shows elsewhere (originals, samples, intentions). */
export function describeEntry(entry: Entry, messages: Messages): string | null {
  const { entries } = messages.texts.report;
  switch (entry.type) {
    case 'original':
      return movedText(entry, messages);
    case 'intended':
    case 'observed':
    case 'sampled':
      return null;
    case 'run-opened':
    case 'closed':
      return messages.format(entries[entry.type], { user: entry.by.user });
    case 'ordered':
    case 'overridden':
    case 'accepted-by-hand':
    case 'accepted':
    case 'confirmed':
    case 'choice':
      return describeDecision(entry, messages);
    case 'acceptance-ended':
    case 'awake':
    case 'lost':
    case 'yielded':
    case 'withdrawn':
    case 'outside-change':
      return messages.format(entries[entry.type], { problem: messages.problem(problemOf(entry)).happened });
    case 'left-out':
    case 'stalled':
      return messages.format(entries[entry.type], { serviceName: entry.serviceName, ...('count' in entry && { count: entry.count }) });
    case 'changed':
    case 'failed':
      return describeChange(entry, messages);
    case 'quiet':
    case 'held-zero':
      return messages.format(entries[entry.type], { held: messages.duration(entry.heldMs) });
    case 'leaked':
    case 'tail-lost':
    case 'pool-looked':
    case 'restarted':
      return messages.format(entries[entry.type], paramsOf(entry));
    case 'returned':
      return messages.format(entries.returned, { serviceName: entry.serviceName, how: messages.texts.report.returned[entry.how] });
  }
}

function describeChange(entry: Extract<Entry, { type: 'changed' | 'failed' }>, messages: Messages): string {
  const { entries } = messages.texts.report;
  const { steps, stepsDone } = messages.texts.words;
  const { serviceName } = entry;
  if (entry.type === 'changed') return messages.format(entries.changed, { serviceName, step: stepsDone[STEP_OF_CHANGE[entry.change]] });
  const step = steps[STEP_OF_CHANGE[entry.change]];
  return messages.format(entries.failed, { serviceName, step, problem: messages.problem(entry.problem).happened });
}

type DecisionEntry = Extract<Entry, { type: 'ordered' | 'overridden' | 'accepted-by-hand' | 'accepted' | 'confirmed' | 'choice' }>;

/** What an administrator ordered or decided. */
function describeDecision(entry: DecisionEntry, messages: Messages): string {
  const { entries, choices, commands } = messages.texts.report;
  const { user } = entry.by;
  switch (entry.type) {
    case 'ordered':
      return messages.format(entries.ordered, { user, command: commands[entry.order.command] });
    case 'overridden':
      return messages.format(entries.overridden, { user, checkId: entry.checkId, ...noteOf(entry) });
    case 'accepted-by-hand':
      return messages.format(entries[entry.type], { user, serviceName: entry.serviceName, ...noteOf(entry) });
    case 'accepted':
      return messages.format(entries.accepted, acceptedParams(entry));
    case 'confirmed':
      return messages.format(entries.confirmed, { user, ...scopeOf(entry, messages), ...noteOf(entry) });
    case 'choice':
      return messages.format(entries.choice, { user, serviceName: entry.serviceName, choice: choices[entry.choice] });
  }
}

/** An original is shown in the table of services; only one that another person changed later is an event. */
function movedText(entry: Extract<Entry, { type: 'original' }>, messages: Messages): string | null {
  const moved = movedStart(entry);
  return moved === null
    ? null
    : messages.format(messages.texts.report.entries['outside-change'], { problem: messages.problem(moved).happened });
}

function paramsOf(entry: Extract<Entry, { type: 'leaked' | 'tail-lost' | 'pool-looked' | 'restarted' }>): Params {
  switch (entry.type) {
    case 'pool-looked':
      return { ...(entry.when === 'after-pause' && { again: 'yes' }), ...serverNames(entry.servers) };
    case 'leaked': {
      const { serviceName, before, after, from } = entry;
      return { serviceName, before, after, ...(from !== null && { from }) };
    }
    case 'tail-lost': {
      const { entries, anchored, unrecorded } = entry;
      return { entries, ...(anchored !== null && { anchored }), ...namesOf(unrecorded) };
    }
    case 'restarted':
      return namesOf(entry.running);
  }
}

function serverNames(servers: readonly SeenServer[]): Params {
  const named = (standing: SeenServer['standing'], place: string): Params => {
    const names = servers.filter((server) => server.standing === standing).map(({ fqdn }) => fqdn);
    return names.length === 0 ? {} : { [place]: names.join(', ') };
  };
  return { ...named('in-service', 'inService'), ...named('in-maintenance', 'inMaintenance'), ...named('unknown', 'unknown') };
}

function namesOf(services: readonly string[]): Params {
  return services.length === 0 ? {} : { services: services.join(', ') };
}

function acceptedParams({ by, serviceName, note, count, cut, inAdvance }: Extract<Entry, { type: 'accepted' }>): Params {
  return {
    user: by.user,
    serviceName,
    note,
    ...(count > 0 && { count }),
    ...(cut !== null && { cut }),
    ...(inAdvance && { inAdvance: 'yes' }),
  };
}

function problemOf(
  entry: Extract<Entry, { type: 'acceptance-ended' | 'awake' | 'lost' | 'yielded' | 'withdrawn' | 'outside-change' }>,
): Problem {
  switch (entry.type) {
    case 'acceptance-ended':
      return acceptanceEnded(entry);
    case 'awake':
      return problem('awake-since', { serviceName: entry.serviceName });
    case 'lost':
      return lossProblem(entry);
    case 'yielded':
      return yieldedTo(entry.to);
    case 'withdrawn':
    case 'outside-change':
      return entry.problem;
  }
}

function scopeOf({ scope = 'services', cut }: Extract<Entry, { type: 'confirmed' }>, messages: Messages): Params {
  return { scope: messages.texts.words.signOffs[scope], ...(cut !== undefined && { cut }) };
}

function noteOf({ note }: { readonly note: string | null }): Params {
  return note === null ? {} : { note };
}
