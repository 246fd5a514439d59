import { FluentProvider } from '@fluentui/react-components';
import { useEffect, useMemo, useSyncExternalStore, type ReactElement } from 'react';

import type { AppSnapshot } from '../../electron/contract/app-snapshot.js';
import type { AppClient } from '../../electron/contract/ipc-client.js';
import type { SnapshotStore } from '../store/snapshot-store.js';
import { createTexts } from '../store/texts.js';
import { WindowContextProvider, type WindowContext } from '../store/window-context.js';
import { Frame } from './frame.js';
import { themeFor, useSystemColours } from './theme.js';

/** The whole window. Draws nothing until the first snapshot came, which is within one message of opening. */
export function App({ client, store }: { readonly client: AppClient; readonly store: SnapshotStore }): ReactElement | null {
  const snapshot = useSyncExternalStore(store.subscribe, store.current);
  return snapshot === null ? null : <Window client={client} snapshot={snapshot} />;
}

function Window({ client, snapshot }: { readonly client: AppClient; readonly snapshot: AppSnapshot }): ReactElement {
  const { language } = snapshot;
  const colours = useSystemColours();
  const theme = useMemo(() => themeFor(colours, language), [colours, language]);
  const texts = useMemo(() => createTexts(language), [language]);
  const context = useMemo((): WindowContext => ({ client, snapshot, texts, colours }), [client, snapshot, texts, colours]);
  const computer = snapshot.checklist?.computer.name;
  useEffect(() => {
    document.documentElement.lang = language;
    document.title = computer === undefined ? texts.t('title') : texts.t('title-of', { computer });
  }, [language, texts, computer]);
  return (
    <FluentProvider theme={theme}>
      <WindowContextProvider value={context}>
        <Frame />
      </WindowContextProvider>
    </FluentProvider>
  );
}
