import type { AppSnapshot } from './app-snapshot.js';
import type { Problem } from './problem.js';

/**
 * Names only, without a parser: the preload script carries this file and nothing else. What each call takes and answers
 * is in ipc.ts, which the compiler holds to these names.
 */
export const CALL_NAMES = [
  'snapshot',
  'plan',
  'pause',
  'drain',
  'stopWorking',
  'accept',
  'confirm',
  'resume',
  'goOn',
  'listEnds',
  'findNames',
  'signedIn',
  'restartComputer',
  'shutDownComputer',
  'saveSettings',
  'history',
  'report',
  'saveReport',
  'printReport',
  'startRehearsal',
  'stopRehearsal',
  'reportFailure',
] as const;
export type CallName = (typeof CALL_NAMES)[number];

export function channelOf(call: CallName): string {
  return `lync-drain:${call}`;
}

/** The one push: a new snapshot. */
export const SNAPSHOT_CHANNEL = 'lync-drain:changed';

/** Every answer is a value or a failure. */
export type Answer<T> = { readonly ok: true; readonly value: T } | { readonly ok: false; readonly problem: Problem };

/** The key of `window` under which the preload script puts the bridge. */
export const BRIDGE_KEY = 'lyncDrain';

/** What crosses into the window: one function a call, and one subscription. Typed by the client, not here. */
export type Bridge = Readonly<Record<CallName, (request: unknown) => Promise<unknown>>> & {
  /** @returns its own unsubscribe */
  readonly onSnapshot: (listener: (snapshot: AppSnapshot) => void) => () => void;
};
