import { printMessages, type CommandContext } from './context.js';

const LOOK_EVERY_MS = 1_000;
/** The cmdlet answers within three minutes or is given up (lync/powershell): after that nothing is waited for. */
const MAX_LOOKS = 240;

/**
 * Waits until Lync's cmdlet has answered once in this program, for an order that needs to know of now. Its first answer can take
 * minutes. A drain has it by the time it needs it; a command that was just started does not, and a reading without it
 * would end the proof.
 * @returns false if the user stopped waiting
 */
export async function waitForCmdlet(context: CommandContext): Promise<boolean> {
  const { server, terminal, texts, messages } = context;
  const { interruption } = terminal;
  if (server.findUnread === undefined || server.records.findOpen() === null) return true;
  for (let looks = 0; looks < MAX_LOOKS && !interruption.aborted; looks += 1) {
    const unread = await server.findUnread();
    if (unread.length === 0) return true;
    if (looks === 0) printMessages(context, [messages.format(texts.waitsForCmdlet, { services: unread.join(', ') })]);
    await server.host.sleep(LOOK_EVERY_MS, interruption);
  }
  return !interruption.aborted;
}
