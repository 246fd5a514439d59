import type { ReadRun } from '../../contract/read-run.js';
import type { Messages } from '../language/messages.js';
import { reportHtml } from './report-html.js';
import { buildReport, type ReportOptions } from './report.js';

/** A run as an HTML document; the tray app loads this file when the first report is asked for. */
export function htmlReport(read: ReadRun, messages: Messages, options: ReportOptions = {}): string {
  return reportHtml(buildReport(read, messages, options), messages.language);
}
