import { Button } from '@fluentui/react-components';
import type { ReactElement } from 'react';

import { useWindow } from '../store/window-context.js';
import { ServerStatus } from './server-status.js';

export const PAGES = ['checklist', 'events', 'history', 'settings'] as const;
export type Page = (typeof PAGES)[number];

/** Which server this is, how it is, and where else to go in this window. */
export function Header({ page, onPage }: { readonly page: Page; readonly onPage: (page: Page) => void }): ReactElement {
  const { snapshot, texts } = useWindow();
  return (
    <header className="header">
      <div className="header-server">
        <h1>{snapshot.checklist?.computer.name ?? texts.t('title')}</h1>
        <ServerStatus />
        {snapshot.checklist !== null && <p className="header-installed">{texts.installed(snapshot.checklist.installed)}</p>}
      </div>
      <nav className="header-pages" aria-label={texts.t('pages')}>
        {PAGES.map((name) => (
          <Button
            key={name}
            appearance="subtle"
            className={name === page ? 'page-link page-link-here' : 'page-link'}
            aria-current={name === page ? 'page' : undefined}
            onClick={() => onPage(name)}
          >
            {texts.t(`page-${name}`)}
          </Button>
        ))}
      </nav>
    </header>
  );
}
