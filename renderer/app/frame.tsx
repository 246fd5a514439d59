import { lazy, Suspense, useState, type ReactElement } from 'react';

import { ChecklistPage } from '../steps/checklist-page.js';
import { useDraft, type Draft } from '../store/draft.js';
import { useWindow } from '../store/window-context.js';
import { Announcer } from './announcer.js';
import { Banners } from './banners.js';
import { EventList } from './event-list.js';
import { Header, type Page } from './header.js';
import { NoReading } from './no-reading.js';

/** Loaded when they are opened: most days nobody changes a setting or reads of an earlier maintenance, and no record is broken. */
const HistoryPage = lazy(async () => ({ default: (await import('./pages/history-page.js')).HistoryPage }));
const BrokenRecordPage = lazy(async () => ({ default: (await import('./pages/broken-record-page.js')).BrokenRecordPage }));
const SettingsPage = lazy(async () => ({ default: (await import('./pages/settings-page.js')).SettingsPage }));

/** Header, what must be known at once, and the page that was chosen. */
export function Frame(): ReactElement {
  const { snapshot } = useWindow();
  const [page, setPage] = useState<Page>('checklist');
  // Held here, so that a look at another page does not forget what was chosen.
  const draft = useDraft(snapshot.settings, snapshot.checklist?.run?.id ?? null);
  return (
    <div className="window">
      <div className="frame">
        <Header page={page} onPage={setPage} />
        <Banners onHistory={() => setPage('history')} />
        <Suspense fallback={<main className="page" aria-busy />}>
          <PageBody page={page} draft={draft} onPage={setPage} />
        </Suspense>
        <Announcer />
      </div>
    </div>
  );
}

interface PageBodyProps {
  readonly page: Page;
  readonly draft: Draft;
  readonly onPage: (page: Page) => void;
}

function PageBody({ page, draft, onPage }: PageBodyProps): ReactElement {
  const { checklist, brokenRecord } = useWindow().snapshot;
  switch (page) {
    case 'checklist':
      if (checklist !== null && brokenRecord !== null) return <BrokenRecordPage record={brokenRecord} />;
      return checklist !== null ? <ChecklistPage draft={draft} onHistory={() => onPage('history')} /> : <NoReading />;
    case 'events':
      return <EventList />;
    case 'history':
      return <HistoryPage />;
    case 'settings':
      return <SettingsPage />;
  }
}
