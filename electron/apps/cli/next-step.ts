import type { Checklist, RunSummary } from '../../contract/checklist.js';
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
