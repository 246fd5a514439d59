import { createDOMRenderer, RendererProvider } from '@fluentui/react-components';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';

import { BRIDGE_KEY, type Bridge } from '../electron/contract/ipc-channels.js';
import { createClient } from '../electron/contract/ipc-client.js';
import { App } from './app/app.js';
import { createFailureReports, type ReportFailure } from './store/failure-reports.js';
import { createSnapshotStore } from './store/snapshot-store.js';

/** Where the preload script, or a test double, left the bridge. */
function findBridge(): Bridge {
  return (window as unknown as Record<typeof BRIDGE_KEY, Bridge>)[BRIDGE_KEY];
}

function findElement(selector: string): Element {
  const element = document.querySelector(selector);
  if (element === null) throw new Error(`index.html has no ${selector}`);
  return element;
}

/** Styles made at run time carry the nonce, because the content security policy lets no other inline style through. */
function createStyles(): ReturnType<typeof createDOMRenderer> {
  const nonce = findElement('meta[name="style-nonce"]').getAttribute('content') ?? '';
  return createDOMRenderer(document, { styleElementAttributes: { nonce } });
}

/** What no code of ours caught; React sends here what no boundary caught. */
function listenForFailures(report: ReportFailure): void {
  window.addEventListener('error', ({ error, message }: ErrorEvent) => report(error ?? message));
  window.addEventListener('unhandledrejection', ({ reason }: PromiseRejectionEvent) => report(reason));
}

const client = createClient(findBridge());
listenForFailures(createFailureReports(client));
createRoot(findElement('#window')).render(
  <StrictMode>
    <RendererProvider renderer={createStyles()} targetDocument={document}>
      <App client={client} store={createSnapshotStore(client)} />
    </RendererProvider>
  </StrictMode>,
);
