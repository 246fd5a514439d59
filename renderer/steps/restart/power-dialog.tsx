import { Button, Checkbox } from '@fluentui/react-components';
import { useState, type ReactElement } from 'react';

import { RefusalBanner } from '../../components/banner.js';
import { Modal } from '../../components/modal.js';
import { AcceptedList } from '../../components/verdict/accepted-list.js';
import { useOrder } from '../../store/use-order.js';
import { useReadWindow } from '../../store/window-context.js';
import { consentOf, mayTurnOff, SignedInOthers, useSignOut } from './signed-in-others.js';

export type PowerOrder = 'restart' | 'shut-down';

/** Asks once more; what would run after a restart, and who else is signed out by it, has to be acknowledged first. */
export function PowerDialog({ order, onClose }: { readonly order: PowerOrder; readonly onClose: () => void }): ReactElement | null {
  const { snapshot } = useReadWindow();
  if (snapshot.power === null) return null;
  return <OpenPowerDialog key={order} order={order} token={snapshot.power.token} onClose={onClose} />;
}

function OpenPowerDialog(props: { readonly order: PowerOrder; readonly token: string; readonly onClose: () => void }): ReactElement {
  const { client, checklist, texts } = useReadWindow();
  const { give, isSending, refusal, forget } = useOrder();
  const [isAcknowledged, setAcknowledged] = useState(false);
  const signOut = useSignOut();
  const { order, token, onClose } = props;
  const computer = checklist.computer.name;
  const unsafe = checklist.rebootPreview.filter((row) => row.wouldRun !== false).map((row) => row.serviceName);
  const mayGo = (unsafe.length === 0 || isAcknowledged) && mayTurnOff(signOut);
  const go = async (): Promise<void> => {
    const call = order === 'restart' ? client.restartComputer : client.shutDownComputer;
    if (await give(() => call({ token, consent: consentOf(signOut) }))) onClose();
    else signOut.readAndRecord();
  };
  return (
    <Modal
      isOpen
      kind="alert"
      title={texts.t(`${order}-title`, { computer })}
      onClose={onClose}
      actions={
        <>
          <Button onClick={onClose}>{texts.t('cancel')}</Button>
          <Button appearance="primary" disabledFocusable={isSending || !mayGo} onClick={() => void go()}>
            {checklist.restart.kind === 'cuts'
              ? texts.t(`${order}-cuts`, { computer, count: checklist.restart.cut })
              : texts.t(order, { computer })}
          </Button>
        </>
      }
    >
      <p>{texts.t(`${order}-question`, { computer })}</p>
      <WhatIsCut />
      {unsafe.length > 0 && (
        <Checkbox
          label={texts.t('acknowledge-preview', { services: texts.list(unsafe), count: unsafe.length })}
          checked={isAcknowledged}
          onChange={(_, data) => setAcknowledged(data.checked === true)}
        />
      )}
      <SignedInOthers signOut={signOut} />
      <RefusalBanner problem={refusal} onDismiss={forget} />
    </Modal>
  );
}

function WhatIsCut(): ReactElement {
  const { checklist, texts } = useReadWindow();
  const { kind, cut, accepted } = checklist.restart;
  return (
    <>
      {kind === 'cuts' && <p>{texts.t('power-cuts', { count: cut })}</p>}
      <AcceptedList accepted={accepted} />
    </>
  );
}
