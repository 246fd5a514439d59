import { ipcMain } from 'electron';

import { channelOf, SNAPSHOT_CHANNEL, type Answer } from '../contract/ipc-channels.js';
import { problem } from '../contract/problem.js';
import type { AppSnapshot } from '../contract/app-snapshot.js';
import { answerCalls, type CallHandlers } from './answer-call.js';
import { isFromWindow, type AppWindow } from './app-window.js';

/** Answers the window's calls, after making sure that it is our window that calls. */
export function serveCalls(window: AppWindow, handlers: CallHandlers): void {
  for (const [call, answer] of answerCalls(handlers)) {
    ipcMain.handle(channelOf(call), async (event, request: unknown): Promise<Answer<unknown>> => {
      if (!isFromWindow(window, event.sender, event.senderFrame)) return { ok: false, problem: problem('sender-refused') };
      return answer(request);
    });
  }
}

/** Shows the window a new snapshot, where there is a window. */
export function pushSnapshot(window: AppWindow, snapshot: () => AppSnapshot): void {
  window.contents?.send(SNAPSHOT_CHANNEL, snapshot());
}
