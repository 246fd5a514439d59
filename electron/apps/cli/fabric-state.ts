import { withoutControls } from '../../contract/foreign-text.js';
import type { CommandContext } from './context.js';

/** What Get-CsPoolFabricState prints, as it prints it, for a person who asked for more (`-v`); empty otherwise. */
export async function renderFabricState({ server, parsed, texts, messages }: CommandContext): Promise<readonly string[]> {
  if (!parsed.global.verbose || parsed.global.json || server.pool === undefined) return [];
  const said = await server.pool.readFabricState();
  if (said.kind === 'unavailable') return ['', messages.format(texts.noFabricState, { trouble: said.trouble })];
  const lines = said.value
    .split(/\r?\n/)
    .map((line) => `  ${withoutControls(line).trimEnd()}`)
    .filter((line) => line.trim() !== '');
  return ['', texts.fabricState, ...lines];
}
