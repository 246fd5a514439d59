import type { CommandResult } from '../../engine/engine.js';
import type { CommandContext } from '../context.js';

/** How a command ended that nothing stood in the way of, in a sentence that holds for what was really asked and done. */
export function sayOutcome({ speech, texts, parsed }: Pick<CommandContext, 'speech' | 'texts' | 'parsed'>, { outcome, checklist }: CommandResult): string {
  if (outcome === 'nothing-to-do' && checklist === null) return texts.nothingOpen;
  if (outcome !== 'returned' || checklist?.run == null) return speech.texts.outcomes[outcome];
  const planned = checklist.services.filter((row) => row.planned);
  if (checklist.run.phase !== 'closed') return speech.say(texts.returnedSome, { count: planned.filter((row) => row.wayBack !== 'done').length });
  if (parsed.options.stayStopped && planned.some((row) => row.state === 'stopped')) return texts.returnedStopped;
  if (planned.some((row) => row.startType !== row.originalStartType)) return texts.returnedKept;
  return speech.texts.outcomes.returned;
}
