import { Button, Radio, RadioGroup } from '@fluentui/react-components';
import { useState, type ReactElement } from 'react';

import { QUICK_PAUSES_MS } from '../../../electron/contract/app-snapshot.js';
import { RefusalBanner } from '../../components/banner.js';
import { Modal } from '../../components/modal.js';
import { overridesFor, reasonOf, type Draft } from '../../store/draft.js';
import { useOrder } from '../../store/use-order.js';
import { useWindow } from '../../store/window-context.js';

interface QuickPauseDialogProps {
  readonly isOpen: boolean;
  /** Services that take calls now, of those that were chosen. */
  readonly count: number;
  readonly draft: Draft;
  readonly onClose: () => void;
}

/** Stops new calls for a while, or until it is ended by hand; start types stay as they are. */
export function QuickPauseDialog({ isOpen, count, draft, onClose }: QuickPauseDialogProps): ReactElement {
  const { client, texts } = useWindow();
  const { give, isSending, refusal, forget } = useOrder();
  const [choice, setChoice] = useState(0);
  const forMs = QUICK_PAUSES_MS[choice] ?? null;
  const nameOf = (ms: number | null): string => (ms === null ? texts.t('quick-pause-until-i-say') : texts.duration(ms));
  const pause = async (): Promise<void> => {
    const request = {
      services: draft.services === null ? null : [...draft.services],
      forMs,
      reason: reasonOf(draft),
      overrides: [...overridesFor(draft, draft.services)],
    };
    if (await give(() => client.pause(request))) onClose();
  };
  return (
    <Modal
      isOpen={isOpen}
      kind="question"
      title={texts.t('quick-pause-title')}
      onClose={onClose}
      actions={
        <>
          <Button onClick={onClose}>{texts.t('cancel')}</Button>
          <Button appearance="primary" disabledFocusable={isSending} onClick={() => void pause()}>
            {texts.t('pause-services', { count })}
          </Button>
        </>
      }
    >
      <p>{texts.t('quick-pause-lead', { count })}</p>
      <RadioGroup aria-label={texts.t('quick-pause-how-long')} value={String(choice)} onChange={(_, data) => setChoice(Number(data.value))}>
        {QUICK_PAUSES_MS.map((ms, index) => (
          <Radio key={nameOf(ms)} value={String(index)} label={nameOf(ms)} />
        ))}
      </RadioGroup>
      <RefusalBanner problem={refusal} onDismiss={forget} />
    </Modal>
  );
}
