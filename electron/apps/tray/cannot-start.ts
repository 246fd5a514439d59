import { dialog } from 'electron';

import type { Language } from '../../contract/app-snapshot.js';
import { ProblemError } from '../../contract/problem.js';
import { createSpeech } from '../../core/language/speech.js';

/** Says in one box why the app cannot start at all, and what to do. */
export function sayCannotStart(error: unknown, language: Language): void {
  const speech = createSpeech(language);
  if (!(error instanceof ProblemError)) {
    dialog.showErrorBox('Lync Drain', error instanceof Error ? (error.stack ?? error.message) : String(error));
    return;
  }
  const { code, happened, next } = speech.problem(error.problem);
  dialog.showErrorBox(`Lync Drain ${code}`, `${happened}\n\n${next}`);
}
