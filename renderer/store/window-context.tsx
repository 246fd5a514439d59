import { createContext, useContext, type ReactElement, type ReactNode } from 'react';

import type { AppSnapshot } from '../../electron/contract/app-snapshot.js';
import type { Checklist } from '../../electron/contract/checklist.js';
import type { AppClient } from '../../electron/contract/ipc-client.js';
import { allowedOrders, type AllowedOrders } from '../../electron/core/maintenance/allowed-orders.js';
import type { WindowMessages } from './texts.js';

/** The colours that the system asks for. */
export type Colours = 'light' | 'dark' | 'light contrast' | 'dark contrast';

/** What every part of the window may use: the newest snapshot, the language, and the calls to the main process. */
export interface WindowContext {
  readonly client: AppClient;
  readonly snapshot: AppSnapshot;
  readonly texts: WindowMessages;
  /** For what reads the window's colours once and draws with them. */
  readonly colours: Colours;
}

const Context = createContext<WindowContext | null>(null);

export function WindowContextProvider({ value, children }: { readonly value: WindowContext; readonly children: ReactNode }): ReactElement {
  return <Context value={value}>{children}</Context>;
}

export function useWindow(): WindowContext {
  const value = useContext(Context);
  if (value === null) throw new Error('drawn outside the window');
  return value;
}

/** What may be ordered now, by the rule that the tray and the calls themselves use. Nothing is ordered on old facts. */
export function useAllowed(): AllowedOrders {
  const { checklist, activity, readingProblem } = useWindow().snapshot;
  return allowedOrders(readingProblem === null ? checklist : null, activity);
}

export function useTexts(): WindowMessages {
  return useWindow().texts;
}

/** A snapshot that has a reading; steps are only drawn then. */
export interface ReadWindow extends WindowContext {
  readonly checklist: Checklist;
}

export function useReadWindow(): ReadWindow {
  const value = useWindow();
  if (value.snapshot.checklist === null) throw new Error('drawn before the first reading');
  return { ...value, checklist: value.snapshot.checklist };
}
