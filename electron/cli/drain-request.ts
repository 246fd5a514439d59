import type { DrainRequest } from '../engine/engine.js';
import type { CommandContext } from './context.js';

/** Services named on the command line, else those of the settings; null means all Lync services. */
export function requestedServices({ parsed, server }: CommandContext): readonly string[] | null {
  return parsed.operands.length > 0 ? parsed.operands : server.settings.services;
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
  };
}
