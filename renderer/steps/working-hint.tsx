import { Button } from '@fluentui/react-components';
import type { ReactElement } from 'react';

import { Icon } from '../components/icons.js';
import { useOrder } from '../store/use-order.js';
import { useWindow } from '../store/window-context.js';

/** What the app is doing to which service right now; otherwise what the step has to say. */
export function WorkingHint({ otherwise }: { readonly otherwise: string | null }): ReactElement | null {
  const { client, snapshot, texts } = useWindow();
  const { give, isSending } = useOrder();
  const { activity } = snapshot;
  if (activity.kind !== 'working') return otherwise === null ? null : <>{otherwise}</>;
  const underWay = activity.services.filter((service) => service.state === 'doing');
  const doing = underWay.at(-1);
  const names = underWay.filter(({ step }) => step === doing?.step).map(({ serviceName }) => serviceName);
  return (
    <span className="working">
      <Icon name="hourglass" />
      {doing === undefined
        ? texts.t('working')
        : texts.t('working-on', { serviceName: names.join(', '), step: texts.words.steps[doing.step] })}
      <Button size="small" disabledFocusable={isSending} onClick={() => void give(() => client.stopWorking(null))}>
        {texts.t('stop-working')}
      </Button>
    </span>
  );
}
