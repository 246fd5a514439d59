import { Field, Input, Radio, RadioGroup } from '@fluentui/react-components';
import type { ReactElement } from 'react';

import { useTexts } from '../../store/window-context.js';
import type { AcceptanceForm } from './use-acceptance.js';

/** Empty, or a cut of so many: an administrator takes another thing upon himself with each. */
export function AcceptChoice({ acceptance }: { readonly acceptance: AcceptanceForm }): ReactElement {
  const texts = useTexts();
  const { isCut, setCut, counted, most, setMost, least } = acceptance;
  const isCounted = counted.length > 0;
  return (
    <div className="accept-choice">
      <RadioGroup aria-label={texts.t('accept-as')} value={isCut ? 'cut' : 'empty'} onChange={(_, data) => setCut(data.value === 'cut')}>
        <Radio
          value="empty"
          disabled={isCounted}
          label={isCounted ? texts.t('accept-as-empty-no', { services: texts.list(counted) }) : texts.t('accept-as-empty')}
        />
        <Radio value="cut" label={texts.t('accept-as-cut')} />
      </RadioGroup>
      {isCut && (
        <Field
          className="accept-most"
          label={texts.t('accept-cut-most')}
          validationMessage={Number(most) >= least ? null : texts.t('accept-cut-least', { count: least })}
        >
          <Input type="number" min={least} value={most} onChange={(_, data) => setMost(data.value)} />
        </Field>
      )}
    </div>
  );
}
