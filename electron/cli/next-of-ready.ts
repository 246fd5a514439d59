import type { CommandResult } from '../engine/engine.js';
import type { CommandContext } from './context.js';

/** What comes after *ready*: to sign off, unless that was done before. */
export function nextOfReady({ texts }: Pick<CommandContext, 'texts'>, { checklist }: CommandResult): string {
  return checklist?.run?.phase === 'confirmed' ? texts.nextResume : texts.nextConfirm;
}
