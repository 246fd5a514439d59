import type { CommandResult, EngineListener } from '../../engine/engine.js';
import { findReturned, waitForFrontEnd, watchPlacement } from '../../engine/wait-for-front-end.js';
import type { FrontEndHealth, GroupPlacement } from '../../ports/front-end-health.js';
import { printJson, printSentences, type CommandContext } from './context.js';

/**
 * Carries out a way back and tells, while the Front-End starts, how many routing groups the pool has not placed yet: without it an hour
 * in start-pending looks like a hang. An answer that comes when the way back is over is told no more: the result is the last word.
 */
export async function followPlacement(
  context: CommandContext,
  health: FrontEndHealth,
  listen: EngineListener,
  bringBack: (listen: EngineListener) => Promise<CommandResult>,
): Promise<CommandResult> {
  let isOver = false;
  const watch = watchPlacement(health, context.server.host.now().at, (placement) => {
    if (!isOver) printPlacement(context, placement);
  });
  const result = await bringBack((event) => {
    listen(event);
    watch(event);
  });
  isOver = true;
  return result;
}

function printPlacement(context: CommandContext, { notPlaced, groups }: GroupPlacement): void {
  const { texts, parsed, server } = context;
  if (parsed.global.json) printJson(context, { type: 'placement', at: server.host.now().at, notPlaced, groups });
  else print(context, texts.placement, { notPlaced, groups: groups ?? 'unknown' });
}

/** Says what was seen of a Front-End that came back. Nothing of the way back depends on it: the maintenance is closed. */
export async function settleHealth(context: CommandContext, health: FrontEndHealth, result: CommandResult): Promise<void> {
  const returned = findReturned(result);
  if (returned === null) return;
  const { server, terminal, texts, parsed } = context;
  const { listens, registered } = await waitForFrontEnd(health, returned, {
    host: server.host,
    signal: terminal.interruption,
    onWait: () => print(context, texts.waitsForFrontEnd, { registers: String(returned.registers) }),
  });
  const counted = registered === 'uncounted' ? null : registered;
  if (parsed.global.json) printJson(context, { type: 'health', at: server.host.now().at, listens, registered: counted });
  else print(context, texts.health, { listens: String(listens), registered: registered ?? 'unknown' });
}

function print(context: CommandContext, text: string, params: Readonly<Record<string, string | number>>): void {
  printSentences(context, context.messages.format(text, params));
}
