import { Button } from '@fluentui/react-components';
import { useEffect, useState, type ReactElement } from 'react';

import type { QuickPause } from '../../electron/contract/app-snapshot.js';
import { Banner, RefusalBanner } from '../components/banner.js';
import { useOrder } from '../store/use-order.js';
import { useAllowed, useWindow } from '../store/window-context.js';

const TICK_MS = 1_000;

/** Milliseconds left, counted down between snapshots; measured, because clocks are set. */
function useCountdown(leftMs: number): number {
  const [shownMs, setShownMs] = useState(leftMs);
  useEffect(() => {
    const begun = performance.now();
    const show = (): void => setShownMs(Math.max(0, leftMs - (performance.now() - begun)));
    show();
    const timer = setInterval(show, TICK_MS);
    return () => clearInterval(timer);
  }, [leftMs]);
  return shownMs;
}

/** How long new calls stay paused, and the way to end it now. */
export function QuickPauseBanner({ quickPause }: { readonly quickPause: QuickPause }): ReactElement {
  const { client, texts } = useWindow();
  const { give, isSending, refusal, forget } = useOrder();
  const allowed = useAllowed();
  const leftMs = useCountdown(quickPause.leftMs);
  const resume = (): void => void give(() => client.resume({ services: null, stayStopped: false, conflicts: null }));
  return (
    <>
      <Banner
        tone="accent"
        icon="bars"
        role="note"
        actions={
          <Button appearance="primary" disabledFocusable={isSending || !allowed.resume} onClick={resume}>
            {texts.t('back-in-service-now')}
          </Button>
        }
      >
        <strong>{texts.t('quick-pause-banner')}</strong>{' '}
        <span>
          {texts.t('quick-pause-left')}{' '}
          <span role="timer" className="countdown">
            {texts.countdown(leftMs)}
          </span>
        </span>
      </Banner>
      <RefusalBanner problem={refusal} onDismiss={forget} />
    </>
  );
}
