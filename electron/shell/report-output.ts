import { writeFile } from 'node:fs/promises';

import { BrowserWindow, dialog, type SaveDialogOptions } from 'electron';

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

/** Prints a document from a page of its own, without scripts; the system's print dialog asks how. */
export async function printHtml(html: string): Promise<void> {
  const page = new BrowserWindow({
    show: false,
    webPreferences: { sandbox: true, contextIsolation: true, nodeIntegration: false, javascript: false, partition: 'print' },
  });
  try {
    await page.loadURL(`data:text/html;charset=utf-8;base64,${Buffer.from(html, 'utf8').toString('base64')}`);
    await new Promise<void>((resolve) => page.webContents.print({}, () => resolve()));
  } finally {
    page.destroy();
  }
}
