import { Button, Checkbox } from '@fluentui/react-components';
import { useState, type ReactElement } from 'react';

import type { ServiceRow } from '../../../electron/contract/checklist.js';
import { useOrder } from '../../store/use-order.js';
import { useReadWindow } from '../../store/window-context.js';
import { RefusalBanner } from '../banner.js';
import { Modal } from '../modal.js';
import { NoteField } from '../note-field.js';
import { AcceptChoice } from './accept-choice.js';
import { SessionSignList } from './session-signs.js';
import { useAcceptance, type AcceptanceForm } from './use-acceptance.js';

interface AcceptDialogProps {
  readonly serviceNames: readonly string[];
  readonly onClose: () => void;
}

/**
 * Takes an administrator's word for services, with one note that goes into the record: that they are empty, or that a restart
 * may cut so many sessions.
 */
export function AcceptDialog({ serviceNames, onClose }: AcceptDialogProps): ReactElement {
  const { client, texts } = useReadWindow();
  const { give, isSending, refusal, forget } = useOrder();
  const [note, setNote] = useState('');
  const acceptance = useAcceptance(serviceNames);
  const { offered, chosen, isCut, most, isComplete } = acceptance;
  const only = offered.length === 1 ? offered[0] : undefined;
  const accept = async (): Promise<void> => {
    const request = { services: [...chosen], note: note.trim(), cut: isCut ? Number(most) : null };
    if (await give(() => client.accept(request))) onClose();
  };
  return (
    <Modal
      isOpen
      kind="question"
      title={
        only === undefined
          ? texts.t('accept-title-many', { count: offered.length })
          : texts.t('accept-title-one', { serviceName: only.serviceName })
      }
      onClose={onClose}
      actions={
        <>
          <Button onClick={onClose}>{texts.t('cancel')}</Button>
          <Button appearance="primary" disabledFocusable={isSending || !isComplete || note.trim() === ''} onClick={() => void accept()}>
            {texts.t(isCut ? 'accept-cut' : 'accept', { count: chosen.length, serviceName: chosen[0] ?? '' })}
          </Button>
        </>
      }
    >
      <p>{offered.length === 0 ? texts.t('accept-none') : texts.t('accept-lead')}</p>
      {/* Scrolls by itself, so that choice and note stay in sight; with a stop of its own, because it may hold nothing to press. */}
      <div className="accept-services" role="region" aria-label={texts.t('services')} tabIndex={0}>
        <ul>
          {offered.map((service) => (
            <OfferedService key={service.serviceName} service={service} acceptance={acceptance} isOnly={only !== undefined} />
          ))}
        </ul>
      </div>
      <AcceptChoice acceptance={acceptance} />
      <NoteField label={texts.t('accept-note')} value={note} onChange={setNote} isRequired />
      <RefusalBanner problem={refusal} onDismiss={forget} />
    </Modal>
  );
}

interface OfferedServiceProps {
  readonly service: ServiceRow;
  readonly acceptance: AcceptanceForm;
  readonly isOnly: boolean;
}

function OfferedService({ service, acceptance, isOnly }: OfferedServiceProps): ReactElement {
  const name = `${service.displayName} (${service.serviceName})`;
  const { isChosen, choose } = acceptance;
  return (
    <li>
      {isOnly ? (
        <strong>{name}</strong>
      ) : (
        <Checkbox label={name} checked={isChosen(service)} onChange={(_, data) => choose(service, data.checked === true)} />
      )}
      <SessionSignList sessions={service.sessions} />
    </li>
  );
}
