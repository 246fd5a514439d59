import type { ReadRun } from '../../contract/read-run.js';
import type { Speech } from '../language/speech.js';
import { reportHtml } from './report-html.js';
import { buildReport } from './report.js';

/** A run as an HTML document; the tray app loads this file when the first report is asked for. */
export function htmlReport(read: ReadRun, speech: Speech): string {
  return reportHtml(buildReport(read, speech), speech.language);
}
