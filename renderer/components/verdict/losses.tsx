import type { ReactElement } from 'react';

import type { Checklist, LostSessions, ServiceRow } from '../../../electron/contract/checklist.js';
import { isSameService } from '../../../electron/contract/service-names.js';
import type { StepState } from '../../../electron/contract/steps.js';
import type { WindowMessages } from '../../store/texts.js';
import { useReadWindow } from '../../store/window-context.js';
import { Banner } from '../banner.js';
import { Icon } from '../icons.js';

/** Sessions that may have been cut, as long as the maintenance is open: nothing takes that away. */
export function LossBanner(): ReactElement | null {
  const { checklist, texts } = useReadWindow();
  const { losses, run } = checklist;
  if (losses.length === 0 || run === null || run.phase === 'closed') return null;
  return (
    <Banner tone="bad" icon="exclamation" role="alert">
      <ul className="losses">
        {losses.map((loss) => (
          <li key={`${loss.serviceName} ${loss.at}`}>
            <strong>{formatLoss(loss, checklist.now.at, texts)}</strong> {texts.t(`loss-${loss.how}`)}
          </li>
        ))}
      </ul>
      {texts.t('loss-advice')}
    </Banner>
  );
}

/** The same beside the row of the service; draws nothing where nothing was lost. */
export function LossLines({ service }: { readonly service: ServiceRow }): ReactElement {
  const { checklist, texts } = useReadWindow();
  return (
    <>
      {lossesOf(checklist, service).map((loss) => (
        <p key={loss.at} className="service-problem">
          <Icon name="exclamation" />
          <span>
            {formatLoss(loss, checklist.now.at, texts)} {texts.t(`loss-${loss.how}`)}
          </span>
        </p>
      ))}
    </>
  );
}

/** No tick for a service whose sessions may have been cut. */
export function withLosses(checklist: Pick<Checklist, 'losses'>, service: ServiceRow, state: StepState): StepState {
  return lossesOf(checklist, service).length > 0 ? 'failed' : state;
}

function lossesOf({ losses }: Pick<Checklist, 'losses'>, { serviceName }: ServiceRow): readonly LostSessions[] {
  return losses.filter((loss) => isSameService(loss.serviceName, serviceName));
}

function formatLoss({ serviceName, at, count, certainty }: LostSessions, now: string, texts: WindowMessages): string {
  const params = { serviceName, time: texts.time(at, now), count };
  return texts.t(`loss-of-${certainty}`, params);
}
