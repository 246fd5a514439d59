import type { ExitCode } from '../../contract/outcome.js';
import type { CommandName } from './command-table.js';
import type { CommandContext } from './context.js';

/**
 * Loads the one command that was asked for, and runs it: `status` must not pay for what only a report needs. `explain` needs
 * no server and is not here.
 */
export async function runCommand(command: Exclude<CommandName, 'explain'>, context: CommandContext): Promise<ExitCode> {
  switch (command) {
    case 'status':
      return (await import('./commands/status.js')).status(context);
    case 'services':
      return (await import('./commands/services.js')).services(context);
    case 'plan':
      return (await import('./commands/plan.js')).plan(context);
    case 'pause':
      return (await import('./commands/pause.js')).pause(context);
    case 'drain':
      return (await import('./commands/drain.js')).drain(context);
    case 'watch':
      return (await import('./commands/watch.js')).watch(context);
    case 'accept':
      return (await import('./commands/accept.js')).accept(context);
    case 'sessions':
      return (await import('./commands/sessions.js')).sessions(context);
    case 'confirm':
      return (await import('./commands/confirm.js')).confirm(context);
    case 'resume':
      return (await import('./commands/resume.js')).resume(context);
    case 'report':
      return (await import('./commands/report.js')).report(context);
    case 'history':
      return (await import('./commands/history.js')).history(context);
    case 'doctor':
      return (await import('./commands/doctor.js')).doctor(context);
  }
}
