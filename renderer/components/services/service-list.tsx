import { Button, Checkbox } from '@fluentui/react-components';
import { lazy, Suspense, useId, useState, type ReactElement, type ReactNode } from 'react';

import type { ServiceRow } from '../../../electron/contract/checklist.js';
import type { StepState } from '../../../electron/contract/steps.js';
import { sharedProcesses } from '../../../electron/core/maintenance/process-groups.js';
import { useTexts } from '../../store/window-context.js';
import { ProblemLines } from '../banner.js';
import { Icon } from '../icons.js';
import { ServiceStateBadge, StepBadge } from './service-state.js';
import { SessionCount } from './session-count.js';

/** Loaded when details are opened first. */
const ServiceDetails = lazy(async () => ({ default: (await import('./service-details.js')).ServiceDetails }));

export interface ServiceListProps {
  readonly services: readonly ServiceRow[];
  /** Where each stands in the step that is shown; left out where there is none. */
  readonly stepOf?: (service: ServiceRow) => StepState;
  /** Lets services be chosen; left out where the plan stands. */
  readonly selection?: {
    readonly isChosen: (service: ServiceRow) => boolean;
    readonly choose: (service: ServiceRow, isChosen: boolean) => void;
  };
  /** What the step asks or offers for one service, below its row. */
  readonly below?: (service: ServiceRow) => ReactNode;
}

/** One row per service: name, state, start type, sessions, and on demand how all that is known. */
export function ServiceList(props: ServiceListProps): ReactElement {
  const texts = useTexts();
  const hasLead = props.stepOf !== undefined || props.selection !== undefined;
  return (
    <div className={hasLead ? 'card services services-with-lead' : 'card services'}>
      <div className="service-head" aria-hidden="true">
        {hasLead && <span />}
        <span>{texts.t('column-service')}</span>
        <span>{texts.t('column-state')}</span>
        <span>{texts.t('column-start-type')}</span>
        <span>{texts.t('column-sessions')}</span>
        <span />
      </div>
      <ul aria-label={texts.t('services')}>
        {groupsOf(props.services).map(({ processId, services }) =>
          processId === null ? (
            services.map((service) => <ServiceLine key={service.serviceName} service={service} list={props} />)
          ) : (
            <li key={processId} className="process-group">
              <p className="process-note">{texts.t('one-process', { processId: String(processId) })}</p>
              <ul>
                {services.map((service) => (
                  <ServiceLine key={service.serviceName} service={service} list={props} />
                ))}
              </ul>
            </li>
          ),
        )}
      </ul>
    </div>
  );
}

interface ServiceGroup {
  /** Null for a service that has its process for itself. */
  readonly processId: number | null;
  readonly services: readonly ServiceRow[];
}

/** Services of one process stand together, where the first of them stands. */
function groupsOf(services: readonly ServiceRow[]): readonly ServiceGroup[] {
  const shared = sharedProcesses(services);
  return services.flatMap((service): readonly ServiceGroup[] => {
    const process = shared.find(({ serviceNames }) => serviceNames.includes(service.serviceName));
    if (process === undefined) return [{ processId: null, services: [service] }];
    if (process.serviceNames[0] !== service.serviceName) return [];
    return [{ processId: process.processId, services: services.filter(({ serviceName }) => process.serviceNames.includes(serviceName)) }];
  });
}

function ServiceLine({ service, list }: { readonly service: ServiceRow; readonly list: ServiceListProps }): ReactElement {
  const texts = useTexts();
  const [isOpen, setOpen] = useState(false);
  const detailsId = useId();
  const below = list.below?.(service);
  return (
    <li className="service">
      <div className="service-row">
        <ServiceLead service={service} list={list} />
        <span className="service-name">
          <span className="display-name">{service.displayName}</span>
          <span className="short-name">{service.serviceName}</span>
        </span>
        <Cell label={texts.t('column-state')}>
          <ServiceStateBadge state={service.state} />
        </Cell>
        <Cell label={texts.t('column-start-type')}>
          {service.startType === null ? texts.t('start-type-unknown') : texts.words.startTypes[service.startType]}
        </Cell>
        <Cell label={texts.t('column-sessions')}>
          <SessionCount service={service} />
        </Cell>
        <DetailsButton service={service} openId={isOpen ? detailsId : null} onToggle={() => setOpen(!isOpen)} />
      </div>
      {service.problem !== null && (
        <p className="service-problem">
          <Icon name="exclamation" />
          <span>
            <ProblemLines problem={service.problem} />
          </span>
        </p>
      )}
      {below}
      {isOpen && (
        // Here, not in what is loaded late: the button refers to it at once.
        <div id={detailsId}>
          <Suspense fallback={null}>
            <ServiceDetails service={service} />
          </Suspense>
        </div>
      )}
    </li>
  );
}

interface DetailsButtonProps {
  readonly service: ServiceRow;
  /** Id of the open details; null while they are closed. */
  readonly openId: string | null;
  readonly onToggle: () => void;
}

function DetailsButton({ service, openId, onToggle }: DetailsButtonProps): ReactElement {
  const texts = useTexts();
  return (
    <Button
      appearance="subtle"
      size="small"
      className={openId === null ? 'chevron' : 'chevron chevron-open'}
      icon={<Icon name="chevron" />}
      aria-expanded={openId !== null}
      aria-controls={openId ?? undefined}
      aria-label={texts.t('details-of', { serviceName: service.serviceName })}
      onClick={onToggle}
    />
  );
}

function ServiceLead({ service, list }: { readonly service: ServiceRow; readonly list: ServiceListProps }): ReactElement | null {
  const texts = useTexts();
  const { selection, stepOf } = list;
  if (selection !== undefined) {
    const label = texts.t('include-service', { serviceName: service.serviceName });
    return (
      <Checkbox
        aria-label={label}
        checked={selection.isChosen(service)}
        onChange={(_, data) => selection.choose(service, data.checked === true)}
      />
    );
  }
  return stepOf === undefined ? null : <StepBadge state={stepOf(service)} />;
}

/** A value with its column's name, which is seen only where there are no columns and always heard. */
function Cell({ label, children }: { readonly label: string; readonly children: ReactNode }): ReactElement {
  return (
    <span className="service-cell">
      <span className="cell-label">{label}</span>
      {children}
    </span>
  );
}
