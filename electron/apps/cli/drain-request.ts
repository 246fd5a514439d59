import { problem, type Problem } from '../../contract/problem.js';
import type { DrainRequest } from '../../engine/engine.js';
import type { CommandContext } from './context.js';

/** Services named on the command line, else those of the settings; null means all Lync services. */
export function requestedServices({ parsed, server }: CommandContext): readonly string[] | null {
  return parsed.operands.length > 0 ? parsed.operands : server.settings.services;
}

/** True if a drain that names no service is one of all services: the settings name none either. */
export function drainsAll({ server }: Pick<CommandContext, 'server'>): boolean {
  return server.settings.services === null;
}

/** A service that is not there and that no command line named stands in the settings file: that is where to mend it. */
export function blameSettings(found: Problem, { parsed, server }: CommandContext): Problem {
  if (found.id !== 'unknown-service' || parsed.operands.length > 0 || server.settings.services === null) return found;
  return problem('settings-service-unknown', { path: server.settingsFile.path, serviceName: String(found.params['name'] ?? '') });
}

/** What was ordered, with the settings where the command line says nothing. */
export function drainRequest(context: CommandContext): DrainRequest {
  const { options } = context.parsed;
  const { settings } = context.server;
  return {
    services: requestedServices(context),
    holdTimeMs: options.holdTimeMs ?? settings.holdTimeMs,
    hold: options.keepStartType ? null : (options.hold ?? settings.hold),
    reason: options.reason,
    overrides: options.overrides,
    note: options.note,
  };
}
