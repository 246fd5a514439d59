import { useState, type ReactElement } from 'react';

import { HistoryPage } from '../pages/history-page.js';
import { SettingsPage } from '../pages/settings-page.js';
import { ChecklistPage } from '../steps/checklist-page.js';
import { useWindow } from '../store/window-context.js';
import { Announcer } from './announcer.js';
import { Banners } from './banners.js';
import { EventList } from './event-list.js';
import { Header, type Page } from './header.js';
import { NoReading } from './no-reading.js';

/** Header, what must be known at once, and the page that was chosen. */
export function Frame(): ReactElement {
  const { snapshot } = useWindow();
  const [page, setPage] = useState<Page>('checklist');
  return (
    <div className="window">
      <div className="frame">
      <Header page={page} onPage={setPage} />
      <Banners />
      <PageBody page={page} hasReading={snapshot.checklist !== null} onPage={setPage} />
      <Announcer />
      </div>
    </div>
  );
}

function PageBody(props: { readonly page: Page; readonly hasReading: boolean; readonly onPage: (page: Page) => void }): ReactElement {
  const { page, hasReading, onPage } = props;
  switch (page) {
    case 'checklist':
      return hasReading ? <ChecklistPage onHistory={() => onPage('history')} /> : <NoReading />;
    case 'events':
      return <EventList />;
    case 'history':
      return <HistoryPage />;
    case 'settings':
      return <SettingsPage />;
  }
}
