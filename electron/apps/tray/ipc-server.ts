import { ipcMain } from 'electron';

import type { AppSnapshot } from '../../contract/app-snapshot.js';
import { CALL_NAMES, channelOf, SNAPSHOT_CHANNEL, type Answer, type CallName } from '../../contract/ipc-channels.js';
import { problem } from '../../contract/problem.js';
import type { Answering, CallHandlers } from './answer-call.js';
import { isFromWindow, type AppWindow } from './app-window.js';

/** Answers the window's calls, after making sure that it is our window that calls. */
export function serveCalls(window: AppWindow, loadHandlers: () => Promise<CallHandlers>): void {
  let answering: Promise<ReadonlyMap<CallName, Answering>> | null = null;
  for (const call of CALL_NAMES) {
    ipcMain.handle(channelOf(call), async (event, request: unknown): Promise<Answer<unknown>> => {
      if (!isFromWindow(window, event.sender, event.senderFrame)) return { ok: false, problem: problem('sender-refused') };
      answering ??= loadHandlers().then(loadAnswering);
      return (await answering).get(call)?.(request) ?? { ok: false, problem: problem('request-refused', { channel: call }) };
    });
  }
}

async function loadAnswering(handlers: CallHandlers): Promise<ReadonlyMap<CallName, Answering>> {
  return (await import('./answer-call.js')).answerCalls(handlers);
}

/** Shows the window a new snapshot, where there is a window. */
export function pushSnapshot(window: AppWindow, snapshot: () => AppSnapshot): void {
  window.contents?.send(SNAPSHOT_CHANNEL, snapshot());
}
