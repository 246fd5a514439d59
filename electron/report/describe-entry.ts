import type { Change, Entry } from '../contract/run.js';
import type { Speech } from '../language/speech.js';
import type { Params } from '../language/template.js';
import type { StepName } from '../language/topics.js';
import { movedStart } from '../maintenance/moved-start.js';

const STEPS: Readonly<Record<Change['kind'], StepName>> = {
  'pause': 'pause',
  'set-start': 'manual',
  'continue': 'continue',
  'start': 'start',
  'restore-start': 'restore-start-type',
};

/** One entry of the record as a sentence; null for entries that the report shows elsewhere (originals, samples, intentions). */
export function describeEntry(entry: Entry, speech: Speech): string | null {
  const { entries, choices, commands } = speech.texts.report;
  const { steps, stepsDone } = speech.texts.words;
  const happened = (): string => ('problem' in entry ? speech.problem(entry.problem).happened : '');
  switch (entry.type) {
    case 'original': {
      const moved = movedStart(entry);
      return moved === null ? null : speech.say(entries['outside-change'], { problem: speech.problem(moved).happened });
    }
    case 'intended':
    case 'sampled':
      return null;
    case 'run-opened':
    case 'closed':
      return speech.say(entries[entry.type], { user: entry.by.user });
    case 'ordered':
      return speech.say(entries.ordered, { user: entry.by.user, command: commands[entry.order.command] });
    case 'overridden':
      return speech.say(entries.overridden, { user: entry.by.user, checkId: entry.checkId });
    case 'accepted-by-hand':
      return speech.say(entries[entry.type], { user: entry.by.user, serviceName: entry.serviceName, ...noteOf(entry) });
    case 'left-out':
      return speech.say(entries['left-out'], { serviceName: entry.serviceName });
    case 'changed':
      return speech.say(entries.changed, { serviceName: entry.serviceName, step: stepsDone[STEPS[entry.change]] });
    case 'failed':
      return speech.say(entries.failed, { serviceName: entry.serviceName, step: steps[STEPS[entry.change]], problem: happened() });
    case 'leaked':
      return speech.say(entries.leaked, { serviceName: entry.serviceName, before: entry.before, after: entry.after, ...(entry.from !== null && { from: entry.from }) });
    case 'stalled':
      return speech.say(entries.stalled, { serviceName: entry.serviceName, count: entry.count });
    case 'quiet':
      return speech.say(entries.quiet, { held: speech.duration(entry.heldMs) });
    case 'confirmed':
      return speech.say(entries.confirmed, { user: entry.by.user, ...noteOf(entry) });
    case 'withdrawn':
    case 'outside-change':
      return speech.say(entries[entry.type], { problem: happened() });
    case 'restarted':
      return speech.say(entries.restarted, entry.running.length === 0 ? {} : { services: entry.running.join(', ') });
    case 'choice':
      return speech.say(entries.choice, { user: entry.by.user, serviceName: entry.serviceName, choice: choices[entry.choice] });
    case 'returned':
      return speech.say(entries.returned, { serviceName: entry.serviceName, how: speech.texts.report.returned[entry.how] });
  }
}

function noteOf({ note }: { readonly note: string | null }): Params {
  return note === null ? {} : { note };
}
