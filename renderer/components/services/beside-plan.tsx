import { Button } from '@fluentui/react-components';
import type { ReactElement } from 'react';

import { rowsBesidePlan, takesCalls } from '../../../electron/core/maintenance/allowed-orders.js';
import type { Draft } from '../../store/draft.js';
import { useReadWindow } from '../../store/window-context.js';
import { RefusalBanner } from '../banner.js';
import { usePlanOrders } from '../verdict/plan-orders.js';
import { ServiceList } from './service-list.js';

/**
 * Services that an open maintenance leaves in service, with their sessions: a restart of the server is about them too. Draws
 * nothing where there are none.
 */
export function BesidePlan({ draft }: { readonly draft: Draft }): ReactElement | null {
  const { checklist, texts } = useReadWindow();
  const orders = usePlanOrders(draft);
  const services = rowsBesidePlan(checklist);
  if (checklist.run === null || services.length === 0) return null;
  return (
    <section className="beside-plan" aria-label={texts.t('beside-plan')}>
      <h3>{texts.t('beside-plan')}</h3>
      <RefusalBanner problem={orders.refusal} onDismiss={orders.forget} />
      <ServiceList
        services={services}
        below={(service) =>
          service.originalState !== null && service.returned === null ? (
            <p className="service-offer">{texts.t('left-out')}</p>
          ) : (
            takesCalls(service) && (
              <p className="service-offer">
                <span>{texts.t('remedy-add-hint')}</span>
                <Button size="small" disabledFocusable={!orders.isAllowed} onClick={() => orders.add([service.serviceName])}>
                  {texts.t('remedy-add', { serviceName: service.serviceName })}
                </Button>
              </p>
            )
          )
        }
      />
    </section>
  );
}
