import type { AppSnapshot } from '../../electron/contract/app-snapshot.js';
import type { AppClient } from '../../electron/contract/ipc-client.js';

/** The one thing the window draws from, in the shape `useSyncExternalStore` takes. */
export interface SnapshotStore {
  /** The newest snapshot; null until the first one came. */
  readonly current: () => AppSnapshot | null;
  /** @returns its own unsubscribe */
  readonly subscribe: (onChange: () => void) => () => void;
}

/** Follows the main process while there are listeners; the client drops what is older than what was shown. */
export function createSnapshotStore(client: Pick<AppClient, 'follow'>): SnapshotStore {
  let snapshot: AppSnapshot | null = null;
  const listeners = new Set<() => void>();
  let unfollow: (() => void) | null = null;

  const accept = (next: AppSnapshot): void => {
    snapshot = next;
    for (const listener of listeners) listener();
  };
  return {
    current: () => snapshot,
    subscribe: (onChange) => {
      listeners.add(onChange);
      unfollow ??= client.follow(accept);
      return () => {
        listeners.delete(onChange);
        if (listeners.size > 0) return;
        unfollow?.();
        unfollow = null;
      };
    },
  };
}
