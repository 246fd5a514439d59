import { BrowserWindow, dialog, session, type SaveDialogOptions, type Session } from 'electron';

import type { Language } from '../../contract/app-snapshot.js';
import { problem, ProblemError } from '../../contract/problem.js';
import { appTextsOf } from '../../core/language/app-texts.js';
import { PRINT_SCHEME, PrintedDocuments } from './printed-documents.js';

/** What the question where to save a report is asked with. */
export interface SaveQuestion {
  readonly owner: BrowserWindow | null;
  readonly language: Language;
  /** The file name that is proposed. */
  readonly name: string;
}

/**
 * Asks where a report goes and has it written there.
 * @returns false when the administrator cancelled
 * @throws whatever `save` throws
 */
export async function saveHtml({ owner, language, name }: SaveQuestion, save: (path: string) => Promise<void>): Promise<boolean> {
  const { saveReport: title } = appTextsOf(language).dialogs;
  const options: SaveDialogOptions = { title, defaultPath: name, filters: [{ name: 'HTML', extensions: ['html'] }] };
  const { canceled, filePath } = await (owner === null ? dialog.showSaveDialog(options) : dialog.showSaveDialog(owner, options));
  if (canceled || filePath === undefined) return false;
  await save(filePath);
  return true;
}

const documents = new PrintedDocuments();
/** As Chromium says it; there is no other way to know that the user cancelled. */
const CANCELLED = 'Print job canceled';

/**
 * Prints a document from a page of its own, without scripts; the system's print dialog asks how.
 * @throws ProblemError not-printed
 */
export async function printHtml(html: string): Promise<void> {
  const own = printSession();
  // Not a data: address, which may have 2 MB: a long wait makes a longer report.
  const address = documents.add(html);
  const page = new BrowserWindow({
    show: false,
    webPreferences: { session: own, sandbox: true, contextIsolation: true, nodeIntegration: false, javascript: false },
  });
  try {
    await page.loadURL(address);
    const failure = await new Promise<string | null>((resolve) =>
      page.webContents.print({}, (isPrinted, reason) => resolve(isPrinted ? null : reason)),
    );
    if (failure !== null && failure !== CANCELLED) throw new ProblemError(problem('not-printed', { detail: failure }));
  } finally {
    page.destroy();
    documents.remove(address);
  }
}

/** One session for all printing: a session lives until the app ends. */
function printSession(): Session {
  const own = session.fromPartition('print', { cache: false });
  if (!own.protocol.isProtocolRegistered(PRINT_SCHEME)) {
    own.protocol.registerBufferProtocol(PRINT_SCHEME, ({ url }, answer) =>
      answer({ mimeType: 'text/html', charset: 'utf-8', data: documents.read(url) }),
    );
  }
  return own;
}
