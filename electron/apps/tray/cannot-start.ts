import { dialog } from 'electron';

import type { Language } from '../../contract/app-snapshot.js';
import { ProblemError } from '../../contract/problem.js';
import { createMessages } from '../../core/language/messages.js';

/** Says in one box why the app cannot start at all, and what to do. */
export function showCannotStart(error: unknown, language: Language): void {
  const messages = createMessages(language);
  if (!(error instanceof ProblemError)) {
    dialog.showErrorBox('Lync Drain', error instanceof Error ? (error.stack ?? error.message) : String(error));
    return;
  }
  const { code, happened, next } = messages.problem(error.problem);
  dialog.showErrorBox(`Lync Drain ${code}`, `${happened}\n\n${next}`);
}
