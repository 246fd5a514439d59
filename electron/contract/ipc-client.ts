import type { AppSnapshot } from './app-snapshot.js';
import { CALL_NAMES, type Bridge, type CallName } from './ipc-channels.js';
import type { Call } from './ipc.js';

/** The main process as the window sees it. */
export type AppClient = { readonly [N in CallName]: Call<N> } & {
  /**
   * Calls back with the present snapshot and with every newer one; never with an older one after it.
   * @returns its own unsubscribe
   */
  readonly follow: (listener: (snapshot: AppSnapshot) => void) => () => void;
};

/** The typed client of a bridge: the preload script's, or a test double's. */
export function createClient(bridge: Bridge): AppClient {
  const calls = Object.fromEntries(CALL_NAMES.map((name) => [name, bridge[name]])) as unknown as { readonly [N in CallName]: Call<N> };
  return { ...calls, follow: (listener) => followSnapshots(bridge, calls.snapshot, listener) };
}

/** Subscribes first and asks then, so that no change falls between; what is older than the last one shown is dropped. */
function followSnapshots(bridge: Bridge, ask: Call<'snapshot'>, listener: (snapshot: AppSnapshot) => void): () => void {
  let shown = -1;
  let isFollowing = true;
  const show = (snapshot: AppSnapshot): void => {
    if (!isFollowing || snapshot.revision <= shown) return;
    shown = snapshot.revision;
    listener(snapshot);
  };
  const unsubscribe = bridge.onSnapshot(show);
  void ask(null).then((answer) => {
    if (answer.ok) show(answer.value);
  });
  return () => {
    isFollowing = false;
    unsubscribe();
  };
}
