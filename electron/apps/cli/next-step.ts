import type { Checklist, RunSummary } from '../../contract/checklist.js';
import { MINUTE_MS } from '../../contract/time-units.js';
import { findInCatalogue } from '../../core/catalogue/catalogue.js';
import { countUnfinished } from '../../core/maintenance/unfinished.js';
import type { CommandResult } from '../../engine/engine.js';
import type { CommandContext } from './context.js';
import { rowsToAccept } from './services-to-accept.js';

/** What the administrator does next with the open run; null if there is none. */
export function nextStep({ texts, messages }: Pick<CommandContext, 'texts' | 'messages'>, checklist: Checklist): string | null {
  const { run, restart } = checklist;
  const missing = rowsToAccept(checklist);
  switch (run?.phase) {
    case undefined:
    case 'closed':
      return null;
    case 'draining':
      return missing.length > 0
        ? messages.format(texts.nextAccept, { services: missing.map(({ serviceName }) => serviceName).join(' ') })
        : texts.nextWatch;
    case 'ready':
      return restart.kind === 'not-safe' ? texts.nextNotSafe : texts.nextConfirm;
    case 'confirmed':
      return nextAfterSignOff({ texts }, run, restart.kind === 'not-safe');
    case 'returning':
      return texts.nextFinish;
  }
}

/**
 * How to go on with an order of which a part is not done, while no program is at work on it; null if there is none. Nothing goes on
 * with it by itself.
 */
export function nextOfUnfinished(
  { texts, messages }: Pick<CommandContext, 'texts' | 'messages'>,
  checklist: Checklist,
  isAttended: boolean,
): string | null {
  const { run, services, now } = checklist;
  if (isAttended || run?.phase !== 'draining' || countUnfinished(checklist) === 0) return null;
  const planned = services.filter((row) => row.planned);
  const isAll = services.every((row) => row.planned || findInCatalogue(row.serviceName) === undefined);
  const names = isAll ? '' : planned.map(({ serviceName }) => ` ${serviceName}`).join('');
  const minutes = run.until === null ? 0 : Math.ceil((Date.parse(run.until) - Date.parse(now.at)) / MINUTE_MS);
  return messages.format(texts.nextGiveAgain, { command: `${run.command}${names}${minutes > 0 ? ` --for ${minutes}m` : ''}` });
}

/** The same after a command. */
export function nextOf(context: Pick<CommandContext, 'texts' | 'messages'>): (result: CommandResult) => string | null {
  return ({ checklist }) => (checklist === null ? null : nextStep(context, checklist));
}

/** A sign-off of the services alone is no leave to restart the server. */
function nextAfterSignOff({ texts }: Pick<CommandContext, 'texts'>, { confirmed, restart }: RunSummary, isNotSafe: boolean): string {
  if (confirmed?.scope === 'services') return isNotSafe ? texts.nextServicesSigned : texts.nextSignServer;
  const isRestarted = restart !== null && confirmed !== null && restart.bootedAt > confirmed.at;
  return isRestarted ? texts.nextRestarted : texts.nextResume;
}
