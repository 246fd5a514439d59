import { dialog } from 'electron';

import type { Language } from '../../contract/app-snapshot.js';
import { appTextsOf } from '../../core/language/app-texts.js';

const EXIT = 1;

/** Asks whether to leave while a run is open; one box at a time, however often Exit is pressed. */
export class ExitQuestion {
  #isOpen = false;

  /** @returns true when the administrator wants to leave all the same */
  async ask(language: Language): Promise<boolean> {
    if (this.#isOpen) return false;
    this.#isOpen = true;
    const { exitTitle, exitDetail, exitCancel, exitConfirm } = appTextsOf(language).dialogs;
    const options = {
      type: 'warning',
      title: 'Lync Drain',
      message: exitTitle,
      detail: exitDetail,
      buttons: [exitCancel, exitConfirm],
    } as const;
    try {
      const { response } = await dialog.showMessageBox({
        ...options,
        buttons: [...options.buttons],
        defaultId: 0,
        cancelId: 0,
        noLink: true,
      });
      return response === EXIT;
    } finally {
      this.#isOpen = false;
    }
  }
}
