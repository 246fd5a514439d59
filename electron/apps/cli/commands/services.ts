import type { Checklist, ServiceRow } from '../../../contract/checklist.js';
import { EXIT_CODES, type ExitCode } from '../../../contract/outcome.js';
import { printJson, printLines, type CommandContext } from '../context.js';
import { inventoryJson } from '../json/inventory-json.js';
import { paragraph, renderComputer } from '../render/checklist-text.js';
import { renderFailover } from '../render/failover-text.js';
import { renderHeld, renderSharedProcesses } from '../render/held-text.js';
import { formatCount } from '../render/services-table.js';
import type { Style } from '../render/style.js';
import { renderTable } from '../render/table.js';
import { runOrShowRemains } from '../unreadable-state.js';

/** Inventory: what is installed, what can be paused, and how its sessions are counted. */
export function services(context: CommandContext): Promise<ExitCode> {
  return runOrShowRemains(context, () => showServices(context));
}

async function showServices(context: CommandContext): Promise<ExitCode> {
  const result = await context.server.engine.readInventory();
  if (context.parsed.global.json) printJson(context, inventoryJson(result));
  else {
    const { style } = context;
    const { checklist } = result;
    printLines(context, [
      ...renderComputer(style, checklist),
      '',
      ...renderInventory(style, checklist),
      ...paragraph([...renderHeld(style, checklist), ...renderSharedProcesses(style, checklist)]),
      ...paragraph(renderFailover(style, checklist)),
    ]);
  }
  return EXIT_CODES.done;
}

/** Windows reports it while the service runs or is paused; otherwise it is not known. */
function isPausable({ state, controlsAccepted }: ServiceRow): boolean | null {
  return state === 'running' || state === 'paused' ? controlsAccepted.includes('pause-continue') : null;
}

function renderInventory(style: Style, { services: rows }: Checklist): readonly string[] {
  const { texts, messages } = style;
  const { words } = messages.texts;
  const { service, state, pausable, sessions, evidence, displayName } = texts.columns;
  const wordOf = (isTrue: boolean | null): string => (isTrue === null ? texts.unknown : isTrue ? texts.yes : texts.no);
  return renderTable(
    style,
    [service, state, pausable, sessions, evidence, displayName],
    rows.map((row) => [
      { text: row.serviceName },
      { text: words.states[row.state] },
      { text: wordOf(isPausable(row)) },
      { text: formatCount(style, row.sessions) },
      { text: row.sessions.kind === 'count' ? words.evidence[row.sessions.evidence] : '-' },
      // They begin with the product's name.
      { text: row.displayName, keepsEnd: true },
    ]),
  );
}
