import { Button } from '@fluentui/react-components';
import { useState, type ReactElement } from 'react';

import type { ServiceRow } from '../../../electron/contract/checklist.js';
import { Refusal } from '../../chrome/banner.js';
import { Modal } from '../../chrome/modal.js';
import { NoteField } from '../../chrome/note-field.js';
import { useOrder } from '../../store/use-order.js';
import { useWindow } from '../../store/window-context.js';

/** Takes a service as quiet on the administrator's word, with a note that goes into the record. */
export function AcceptDialog({ service, onClose }: { readonly service: ServiceRow | null; readonly onClose: () => void }): ReactElement | null {
  const { client, texts } = useWindow();
  const { give, isSending, refusal, forget } = useOrder();
  const [note, setNote] = useState('');
  if (service === null) return null;
  const { serviceName, displayName } = service;
  const accept = async (): Promise<void> => {
    if (await give(() => client.accept({ services: [serviceName], note: note.trim(), cut: null }))) onClose();
  };
  return (
    <Modal
      isOpen
      kind="question"
      title={texts.t('accept-title', { serviceName })}
      onClose={onClose}
      actions={
        <>
          <Button onClick={onClose}>{texts.t('cancel')}</Button>
          <Button appearance="primary" disabledFocusable={isSending || note.trim() === ''} onClick={() => void accept()}>
            {texts.t('accept-service', { serviceName })}
          </Button>
        </>
      }
    >
      <p>{texts.t('accept-lead', { displayName })}</p>
      <NoteField label={texts.t('accept-note')} value={note} onChange={setNote} isRequired />
      <Refusal problem={refusal} onDismiss={forget} />
    </Modal>
  );
}
