import { contextBridge, ipcRenderer } from 'electron';

import type { AppSnapshot } from './contract/app-snapshot.js';
import { BRIDGE_KEY, CALL_NAMES, channelOf, SNAPSHOT_CHANNEL, type Bridge, type CallName } from './contract/ipc-channels.js';

type Calls = Record<CallName, Bridge[CallName]>;

const calls = Object.fromEntries(
  CALL_NAMES.map((name) => [name, (request: unknown) => ipcRenderer.invoke(channelOf(name), request)]),
) as Calls;

const bridge: Bridge = {
  ...calls,
  onSnapshot: (listener) => {
    const forward = (_event: unknown, snapshot: AppSnapshot): void => listener(snapshot);
    ipcRenderer.on(SNAPSHOT_CHANNEL, forward);
    return () => ipcRenderer.off(SNAPSHOT_CHANNEL, forward);
  },
};

contextBridge.exposeInMainWorld(BRIDGE_KEY, bridge);
