import { Field, Textarea } from '@fluentui/react-components';
import type { ReactElement } from 'react';

import { MAX_NOTE_LENGTH } from '../../electron/contract/app-snapshot.js';

interface NoteFieldProps {
  readonly label: string;
  readonly value: string;
  readonly onChange: (value: string) => void;
  readonly isRequired?: boolean;
}

/** A note that goes into the record. */
export function NoteField({ label, value, onChange, isRequired = false }: NoteFieldProps): ReactElement {
  return (
    <Field className="note-field" label={label} required={isRequired}>
      <Textarea value={value} maxLength={MAX_NOTE_LENGTH} rows={2} resize="vertical" onChange={(_, data) => onChange(data.value)} />
    </Field>
  );
}
