import { writeFile } from 'node:fs/promises';

import { BrowserWindow, dialog, session, type SaveDialogOptions } from 'electron';

import { problem, ProblemError } from '../contract/problem.js';

/**
 * Asks where a report goes and writes it there.
 * @returns false when the administrator cancelled
 * @throws ProblemError output-not-written
 */
export async function saveHtml(owner: BrowserWindow | null, title: string, name: string, html: string): Promise<boolean> {
  const options: SaveDialogOptions = { title, defaultPath: name, filters: [{ name: 'HTML', extensions: ['html'] }] };
  const { canceled, filePath } = await (owner === null ? dialog.showSaveDialog(options) : dialog.showSaveDialog(owner, options));
  if (canceled || filePath === undefined) return false;
  try {
    await writeFile(filePath, html, 'utf8');
    return true;
  } catch (cause) {
    const code = (cause as NodeJS.ErrnoException).code ?? 'unknown';
    throw new ProblemError(problem('output-not-written', { path: filePath, code }), { cause });
  }
}

/** Only the page to be printed has it, and only one document. */
const PRINT_SCHEME = 'lync-drain-print';
/** As Chromium says it; there is no other way to know that somebody thought better of it. */
const CANCELLED = 'Print job canceled';

/**
 * Prints a document from a page of its own, without scripts; the system's print dialog asks how.
 * @throws ProblemError not-printed
 */
export async function printHtml(html: string): Promise<void> {
  const own = session.fromPartition('print', { cache: false });
  // Not a data: address, which may have 2 MB: a long wait makes a longer report.
  const data = Buffer.from(html, 'utf8');
  own.protocol.registerBufferProtocol(PRINT_SCHEME, (_, answer) => answer({ mimeType: 'text/html', charset: 'utf-8', data }));
  const page = new BrowserWindow({
    show: false,
    webPreferences: { session: own, sandbox: true, contextIsolation: true, nodeIntegration: false, javascript: false },
  });
  try {
    await page.loadURL(`${PRINT_SCHEME}://report`);
    const failure = await new Promise<string | null>((resolve) => page.webContents.print({}, (isPrinted, reason) => resolve(isPrinted ? null : reason)));
    if (failure !== null && failure !== CANCELLED) throw new ProblemError(problem('not-printed', { detail: failure }));
  } finally {
    page.destroy();
    own.protocol.unregisterProtocol(PRINT_SCHEME);
  }
}
