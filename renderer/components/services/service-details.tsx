import type { ReactElement, ReactNode } from 'react';

import type { ServiceRow } from '../../../electron/contract/checklist.js';
import { findInCatalogue } from '../../../electron/core/catalogue/catalogue.js';
import { heldFunctions } from '../../../electron/core/catalogue/held-functions.js';
import { nameOfEnd } from '../../../electron/core/maintenance/acceptance.js';
import type { WindowMessages } from '../../store/texts.js';
import { useReadWindow, useTexts } from '../../store/window-context.js';
import { SessionSignList } from '../accept/session-signs.js';
import { ConnectedList } from './connected-list.js';

/** What is known of one service and how: evidence, connections that just came, Windows' own details. */
export function ServiceDetails({ service }: { readonly service: ServiceRow }): ReactElement {
  const texts = useTexts();
  const { state, sessions, processId, controlsAccepted, originalStartType } = service;
  const lingers = findInCatalogue(service.serviceName)?.lingers;
  const arrivals = sessions.arrivals ?? [];
  const isBusy = sessions.kind === 'count' && sessions.count > 0;
  return (
    <>
      <dl className="service-details">
        <Detail name={texts.t('detail-evidence')}>{formatEvidence(service, texts)}</Detail>
        {isBusy && lingers !== undefined && <Detail name={texts.t('detail-lingers')}>{texts.words.lingers[lingers]}</Detail>}
        {arrivals.length > 0 && (
          <Detail name={texts.t('detail-arrivals')}>{texts.list(arrivals.map((end) => `${nameOfEnd(end)} → ${end.localPort}`))}</Detail>
        )}
        {originalStartType !== null && <Detail name={texts.t('detail-original')}>{texts.words.startTypes[originalStartType]}</Detail>}
        <HeldFunctions service={service} />
        <Detail name={texts.t('detail-process')}>{processId === 0 ? texts.t('detail-no-process') : String(processId)}</Detail>
        <Detail name={texts.t('detail-controls')}>
          {controlsAccepted.length === 0
            ? texts.t('detail-no-controls')
            : texts.list(controlsAccepted.map((control) => texts.words.controls[control]))}
        </Detail>
        {sessions.signs !== undefined && (
          <div className="detail-signs">
            <dt>{texts.t('detail-signs')}</dt>
            <dd>
              <SessionSignList sessions={sessions} />
            </dd>
          </div>
        )}
      </dl>
      {state !== 'stopped' && state !== 'missing' && <ConnectedList service={service} />}
    </>
  );
}

/** What Windows shows as one service and is more than one thing. Draws nothing where it is one. */
function HeldFunctions({ service }: { readonly service: ServiceRow }): ReactElement | null {
  const { checklist, texts } = useReadWindow();
  const held = heldFunctions(service.serviceName, checklist.installed.role);
  if (held.length === 0) return null;
  return <Detail name={texts.t('detail-holds')}>{texts.list(held.map((one) => texts.words.heldFunctions[one]))}</Detail>;
}

function Detail({ name, children }: { readonly name: string; readonly children: ReactNode }): ReactElement {
  return (
    <div>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </div>
  );
}

function formatEvidence({ sessions, lastCount }: ServiceRow, texts: WindowMessages): string {
  if (lastCount !== null) return texts.t('evidence-not-asked');
  if (sessions.kind === 'count') return texts.t(`evidence-${sessions.evidence}`, { count: sessions.count });
  const reason = texts.words.unknownSessions[sessions.reason];
  return sessions.raw === null ? texts.t('evidence-unknown', { reason }) : texts.t('evidence-unknown-raw', { reason, raw: sessions.raw });
}
