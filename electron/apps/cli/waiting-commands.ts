import type { CommandName } from './command-table.js';

/** They may go on for hours, so that memory counts more than a quick start. */
export const WAITING_COMMANDS: ReadonlySet<string> = new Set<CommandName>(['drain', 'resume', 'watch']);
