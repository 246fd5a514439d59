import type { Checklist, ServiceRow } from '../../../contract/checklist.js';
import { withoutControls } from '../../../contract/foreign-text.js';
import type { CommandResult } from '../../../engine/engine.js';
import type { CommandContext } from '../context.js';

type MessageContext = Pick<CommandContext, 'messages' | 'texts' | 'parsed'>;

/** How a command ended that nothing stood in the way of, in a sentence that holds for what was really asked and done. */
export function formatOutcome(context: MessageContext, { outcome, checklist }: CommandResult): string {
  const { messages, texts, parsed } = context;
  if (outcome === 'nothing-to-do' && checklist === null) return texts.nothingOpen;
  if (parsed.command === 'accept' && outcome === 'nothing-to-do') return texts.nothingToAccept;
  if (parsed.command === 'accept' && outcome === 'done') return texts.acceptedNow;
  const signed = checklist?.run?.confirmed ?? null;
  if (outcome === 'confirmed' && signed !== null) {
    return messages.format(texts.signedOffNow, { scope: messages.texts.words.signOffs[signed.scope] });
  }
  if (outcome === 'ready' && checklist !== null) return formatReady(context, checklist);
  if (outcome !== 'returned' || checklist?.run == null) return messages.texts.outcomes[outcome];
  const isLeft = checklist.run.phase !== 'closed' || (parsed.options.stayStopped && checklist.services.some(isLeftStopped));
  return isLeft ? formatLeft(context, checklist) : formatClosed(context, checklist);
}

/** What was accepted by hand may carry sessions, and is not called quiet. */
export function formatReady({ messages, texts }: Pick<CommandContext, 'messages' | 'texts'>, { accepted }: Checklist): string {
  return accepted.length > 0 ? texts.readyAccepted : messages.texts.outcomes.ready;
}

/** Whatever else is said, a service that ran and was left stopped does not serve. */
function isLeftStopped({ planned, state, originalState }: ServiceRow): boolean {
  return planned && state === 'stopped' && originalState !== 'stopped';
}

/** The run stays open: others were not named, or nothing was to be started. */
function formatLeft({ messages, texts, parsed }: MessageContext, { services }: Checklist): string {
  const count = services.filter((row) => (row.planned && row.wayBack !== 'done') || row.wayBack === 'failed').length;
  if (parsed.options.stayStopped) return messages.format(texts.returnedStopped, { count });
  const kept = services.filter((row) => row.returned === 'kept');
  const some =
    kept.length > 0
      ? messages.format(texts.returnedSomeKept, { count, services: named(kept) })
      : messages.format(texts.returnedSome, { count });
  return [some, ...formatDisabled({ messages, texts }, kept)].join(' ');
}

/** Kept as Disabled and stopped, it does not serve, whatever else came back. */
function formatDisabled({ messages, texts }: Pick<MessageContext, 'messages' | 'texts'>, kept: readonly ServiceRow[]): readonly string[] {
  const disabled = kept.filter((row) => row.startType === 'disabled' && isLeftStopped(row));
  return disabled.length === 0 ? [] : [messages.format(texts.returnedDisabled, { count: disabled.length, services: named(disabled) })];
}

/** What was kept, what stays out of service because it was found so, and start types that are not the very first. */
export function formatClosed({ messages, texts }: MessageContext, { services }: Checklist): string {
  const kept = services.filter((row) => row.returned === 'kept' || (row.planned && row.startType !== row.originalStartType));
  const stillPaused = services.filter((row) => row.returned !== null && row.state === 'paused' && isPaused(row.originalState));
  const moved = services.filter((row) => row.firstStartType !== null && !kept.includes(row));
  const sentences: string[] = [];
  if (kept.length > 0) sentences.push(messages.format(texts.returnedKept, { services: named(kept) }));
  else if (stillPaused.length === 0) sentences.push(messages.texts.outcomes.returned);
  if (stillPaused.length > 0) {
    sentences.push(messages.format(texts.returnedPaused, { count: stillPaused.length, services: named(stillPaused) }));
  }
  sentences.push(...formatDisabled({ messages, texts }, kept));
  if (moved.length > 0) sentences.push(messages.format(texts.returnedMoved, { services: named(moved) }));
  return sentences.join(' ');
}

function isPaused(state: ServiceRow['originalState']): boolean {
  return state === 'paused' || state === 'pause-pending';
}

function named(rows: readonly ServiceRow[]): string {
  return rows.map((row) => withoutControls(row.serviceName)).join(', ');
}
