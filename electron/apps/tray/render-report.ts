import type { ReadRun } from '../../contract/read-run.js';
import type { Messages } from '../../core/language/messages.js';
import { htmlReport } from '../../core/report/html-report.js';
import { readConnected, type ConnectedSource } from '../../engine/connected-now.js';

/**
 * A run as an HTML document, with how many are connected now if it is open; loaded when the first report is asked for. Without an address:
 * a report goes to people who need not know who was on the line. Lync is asked for its servers beside it, so that a page is not waited for.
 */
export async function renderReport(read: ReadRun, source: ConnectedSource, messages: Messages): Promise<string> {
  const connected = await readConnected(read, source, false);
  return htmlReport(read, messages, connected === null ? {} : { connected });
}
