import { dialog } from 'electron';

import type { Problem } from '../../contract/problem.js';
import { appTextsOf } from '../../core/language/app-texts.js';
import type { Messages } from '../../core/language/messages.js';

const PAUSE = 1;

/** Asks whether to pause without the scheduled task that would end the pause. @returns true for "without it" */
export async function askPauseWithoutTask(obstacle: Problem, messages: Messages): Promise<boolean> {
  const { pauseTitle, pauseDetail, pauseCancel, pauseConfirm } = appTextsOf(messages.language).dialogs;
  const { code, happened } = messages.problem(obstacle);
  const { response } = await dialog.showMessageBox({
    type: 'question',
    title: 'Lync Drain',
    message: pauseTitle,
    detail: messages.format(pauseDetail, { reason: `${code}: ${happened}` }),
    buttons: [pauseCancel, pauseConfirm],
    defaultId: 0,
    cancelId: 0,
    noLink: true,
  });
  return response === PAUSE;
}
