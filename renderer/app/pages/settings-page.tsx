import { Button, Checkbox, Field, Input, Radio, RadioGroup, Select } from '@fluentui/react-components';
import { type ReactElement, useState } from 'react';

import {
  LANGUAGE_SETTINGS,
  REHEARSAL_MISHAPS,
  REHEARSAL_SPEEDS,
  type AppSettings,
  type Language,
  type RehearsalMishap,
  type RehearsalSpeed,
} from '../../../electron/contract/app-snapshot.js';
import type { ServiceRow } from '../../../electron/contract/checklist.js';
import { isSameService, namesService } from '../../../electron/contract/service-names.js';
import { HOLDS, HOLD_TIMES_MS, isFullName, WAIT_TIMEOUTS_MS } from '../../../electron/contract/settings.js';
import { RefusalBanner } from '../../components/banner.js';
import { useOrder } from '../../store/use-order.js';
import { useWindow } from '../../store/window-context.js';

/** Languages by their own names, so that a user who cannot read this page still finds theirs. */
const LANGUAGE_NAMES: Readonly<Record<Language, string>> = { en: 'English', 'zh-CN': '简体中文' };

/** Every setting is saved as soon as it is changed, and shown as the main process has it. */
export function SettingsPage(): ReactElement {
  const { client, snapshot, texts } = useWindow();
  const { give, refusal, forget } = useOrder();
  const { settings } = snapshot;
  const save = (change: Partial<AppSettings>): void => {
    const { services, ...rest } = { ...settings, ...change };
    void give(() => client.saveSettings({ ...rest, services: services === null ? null : [...services] }));
  };
  return (
    <main className="page">
      <h2>{texts.t('page-settings')}</h2>
      <RefusalBanner problem={refusal} onDismiss={forget} />
      <MaintenanceSettings settings={settings} save={save} />
      <ServiceSettings settings={settings} services={snapshot.checklist?.services ?? []} save={save} />
      <PoolSettings key={settings.pool} settings={settings} save={save} />
      <AppWideSettings settings={settings} save={save} />
      {snapshot.rehearsal === null && <RehearsalSettings />}
    </main>
  );
}

interface SectionProps {
  readonly settings: AppSettings;
  readonly save: (change: Partial<AppSettings>) => void;
}

function MaintenanceSettings({ settings, save }: SectionProps): ReactElement {
  const { texts } = useWindow();
  return (
    <section className="card settings-section">
      <h3>{texts.t('settings-maintenance')}</h3>
      <Field label={texts.t('setting-hold-time')} hint={texts.t('setting-hold-time-hint')}>
        <Choice
          values={offer(HOLD_TIMES_MS, settings.holdTimeMs)}
          value={settings.holdTimeMs}
          nameOf={texts.duration}
          onChoose={(holdTimeMs) => save({ holdTimeMs })}
        />
      </Field>
      <Field label={texts.t('setting-wait-timeout')} hint={texts.t('setting-wait-timeout-hint')}>
        <Choice
          values={offer(WAIT_TIMEOUTS_MS, settings.waitTimeoutMs)}
          value={settings.waitTimeoutMs}
          nameOf={texts.duration}
          onChoose={(waitTimeoutMs) => save({ waitTimeoutMs })}
        />
      </Field>
      <Field label={texts.t('setting-hold')} hint={texts.t('setting-hold-hint')}>
        <RadioGroup
          value={settings.hold}
          onChange={(_, data) => {
            const hold = HOLDS.find((value) => value === data.value);
            if (hold !== undefined) save({ hold });
          }}
        >
          {HOLDS.map((hold) => (
            <Radio key={hold} value={hold} label={texts.t(`setting-hold-${hold}`)} />
          ))}
        </RadioGroup>
      </Field>
    </section>
  );
}

function ServiceSettings({ settings, save, services }: SectionProps & { readonly services: readonly ServiceRow[] }): ReactElement {
  const { texts } = useWindow();
  const chosen = settings.services;
  const planned = services.filter((service) => service.planned).map((service) => service.serviceName);
  const choose = (serviceName: string, isChosen: boolean): void => {
    const others = (chosen ?? []).filter((name) => !isSameService(name, serviceName));
    const next = isChosen ? [...others, serviceName] : others;
    // At least one: a maintenance of nothing is none.
    if (next.length > 0) save({ services: next });
  };
  return (
    <section className="card settings-section">
      <h3>{texts.t('settings-services')}</h3>
      <Checkbox
        label={texts.t('setting-all-services')}
        checked={chosen === null}
        disabled={planned.length === 0}
        onChange={(_, data) => save({ services: data.checked === true ? null : planned })}
      />
      {chosen !== null && (
        <div className="settings-services">
          {services.map(({ serviceName, displayName }) => (
            <Checkbox
              key={serviceName}
              label={`${displayName} (${serviceName})`}
              checked={namesService(chosen, serviceName)}
              onChange={(_, data) => choose(serviceName, data.checked === true)}
            />
          ))}
        </div>
      )}
    </section>
  );
}

/** Saved when the field is left, or with Enter: half a name is none. An empty field takes the name back. */
function PoolSettings({ settings, save }: SectionProps): ReactElement {
  const { texts } = useWindow();
  const [typed, setTyped] = useState(settings.pool ?? '');
  const name = typed.trim();
  const isWrong = name !== '' && !isFullName(name);
  const keep = (): void => {
    const pool = name === '' ? null : name;
    if (!isWrong && pool !== settings.pool) save({ pool });
  };
  return (
    <section className="card settings-section">
      <h3>{texts.t('settings-pool')}</h3>
      <Field
        label={texts.t('setting-pool')}
        hint={texts.t('setting-pool-hint')}
        {...(isWrong && { validationState: 'error', validationMessage: texts.t('setting-pool-invalid') })}
      >
        <Input
          value={typed}
          onChange={(_, data) => setTyped(data.value)}
          onBlur={keep}
          onKeyDown={({ key }) => {
            if (key === 'Enter') keep();
          }}
        />
      </Field>
    </section>
  );
}

function AppWideSettings({ settings, save }: SectionProps): ReactElement {
  const { texts } = useWindow();
  return (
    <section className="card settings-section">
      <h3>{texts.t('settings-app')}</h3>
      <Field label={texts.t('setting-language')}>
        <Choice
          values={LANGUAGE_SETTINGS}
          value={settings.language}
          nameOf={(language) => (language === 'system' ? texts.t('setting-language-system') : LANGUAGE_NAMES[language])}
          onChoose={(language) => save({ language })}
        />
      </Field>
      <Checkbox
        label={texts.t('setting-start-with-windows')}
        checked={settings.startWithWindows}
        onChange={(_, data) => save({ startWithWindows: data.checked === true })}
      />
    </section>
  );
}

function RehearsalSettings(): ReactElement {
  const { client, texts } = useWindow();
  const { give, isSending, refusal, forget } = useOrder();
  const [speed, setSpeed] = useState<RehearsalSpeed>(10);
  const [mishaps, setMishaps] = useState<readonly RehearsalMishap[]>([]);
  const choose = (mishap: RehearsalMishap, isChosen: boolean): void =>
    setMishaps(REHEARSAL_MISHAPS.filter((one) => (one === mishap ? isChosen : mishaps.includes(one))));
  return (
    <section className="card settings-section">
      <h3>{texts.t('settings-rehearsal')}</h3>
      <p>{texts.t('rehearsal-offer')}</p>
      <RefusalBanner problem={refusal} onDismiss={forget} />
      <Field label={texts.t('rehearsal-speed')}>
        <Choice values={REHEARSAL_SPEEDS} value={speed} nameOf={(times) => texts.t('rehearsal-times', { times })} onChoose={setSpeed} />
      </Field>
      <fieldset className="rehearsal-mishaps">
        <legend>{texts.t('rehearsal-mishaps')}</legend>
        {REHEARSAL_MISHAPS.map((mishap) => (
          <Checkbox
            key={mishap}
            label={texts.t(`mishap-${mishap}`)}
            checked={mishaps.includes(mishap)}
            onChange={(_, data) => choose(mishap, data.checked === true)}
          />
        ))}
      </fieldset>
      <Button disabledFocusable={isSending} onClick={() => void give(() => client.startRehearsal({ speed, mishaps: [...mishaps] }))}>
        {texts.t('rehearse')}
      </Button>
    </section>
  );
}

/** What the window offers, and what the settings file says beside it. */
function offer(offered: readonly number[], present: number): readonly number[] {
  return offered.includes(present) ? offered : [...offered, present].sort((one, other) => one - other);
}

interface ChoiceProps<T> {
  readonly values: readonly T[];
  readonly value: T;
  readonly nameOf: (value: T) => string;
  readonly onChoose: (value: T) => void;
}

/** A drop-down of values that need not be texts. Field gives it its name. */
function Choice<T>({ values, value, nameOf, onChoose, ...field }: ChoiceProps<T>): ReactElement {
  return (
    <Select
      {...field}
      value={String(values.indexOf(value))}
      onChange={(_, data) => {
        const chosen = values[Number(data.value)];
        if (chosen !== undefined) onChoose(chosen);
      }}
    >
      {values.map((each, index) => (
        <option key={nameOf(each)} value={String(index)}>
          {nameOf(each)}
        </option>
      ))}
    </Select>
  );
}
