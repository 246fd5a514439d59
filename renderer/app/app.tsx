import { FluentProvider } from '@fluentui/react-components';
import { useEffect, useMemo, useState, useSyncExternalStore, type ReactElement } from 'react';

import type { AppSnapshot, Language } from '../../electron/contract/app-snapshot.js';
import type { AppClient } from '../../electron/contract/ipc-client.js';
import { loadLanguage } from '../store/load-language.js';
import type { SnapshotStore } from '../store/snapshot-store.js';
import { createTexts, type WindowMessages } from '../store/texts.js';
import { WindowContextProvider, type WindowContext } from '../store/window-context.js';
import { FailureBoundary } from './failure-boundary.js';
import { Frame } from './frame.js';
import { themeFor, useSystemColours } from './theme.js';

/** The whole window. Draws nothing until the first snapshot came, which is within one message of opening, and its language was read. */
export function App({ client, store }: { readonly client: AppClient; readonly store: SnapshotStore }): ReactElement | null {
  const snapshot = useSyncExternalStore(store.subscribe, store.current);
  const texts = useTextsOf(snapshot?.language ?? null);
  return snapshot === null || texts === null ? null : <Window client={client} snapshot={snapshot} texts={texts} />;
}

/** The language that was spoken last stays until the next one was read. */
function useTextsOf(language: Language | null): WindowMessages | null {
  const [texts, setTexts] = useState<WindowMessages | null>(null);
  useEffect(() => {
    if (language === null) return undefined;
    let isWanted = true;
    void loadLanguage(language).then((pack) => {
      if (isWanted) setTexts(createTexts(language, pack));
    });
    return () => {
      isWanted = false;
    };
  }, [language]);
  return texts;
}

function Window({
  client,
  snapshot,
  texts,
}: {
  readonly client: AppClient;
  readonly snapshot: AppSnapshot;
  readonly texts: WindowMessages;
}): ReactElement {
  const { language } = snapshot;
  const colours = useSystemColours();
  const theme = useMemo(() => themeFor(colours, language), [colours, language]);
  const context = useMemo((): WindowContext => ({ client, snapshot, texts, colours }), [client, snapshot, texts, colours]);
  const computer = snapshot.checklist?.computer.name;
  useEffect(() => {
    document.documentElement.lang = language;
    document.title = computer === undefined ? texts.t('title') : texts.t('title-of', { computer });
  }, [language, texts, computer]);
  return (
    <FluentProvider theme={theme}>
      <WindowContextProvider value={context}>
        <FailureBoundary client={client}>
          <Frame />
        </FailureBoundary>
      </WindowContextProvider>
    </FluentProvider>
  );
}
