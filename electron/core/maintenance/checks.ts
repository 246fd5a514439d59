import type { Check } from '../../contract/checklist.js';
import type { Facts } from '../../contract/facts.js';
import { message } from '../../contract/message.js';
import { namedIn, namesService } from '../../contract/service-names.js';
import type { ServiceStatus } from '../../contract/service.js';
import type { StartHold } from '../../contract/settings.js';
import { compareDrainOrder, findInCatalogue, FRONT_END } from '../catalogue/catalogue.js';
import { findFailoverTraces, HALF_DONE_CHECK } from './failover.js';
import { restartsAfterFailure } from './failure-recovery.js';
import { checkPool, type Finding } from './pool-checks.js';
import { previewReboot } from './reboot-preview.js';
import { checkRole, inWordsOfRole, servesWebClients } from './role-checks.js';
import { carriesSessions, isLyncService } from './selection.js';
import { isAwake } from './step-status.js';

/** What preflight looks at: the plan, not the run. */
export interface CheckedPlan {
  readonly serviceNames: readonly string[];
  readonly hold: StartHold;
  readonly overrides: readonly string[];
  /** Services whose start type an open run holds. */
  readonly held?: readonly string[];
  /** Those of them that it set to Disabled: that is no failover. */
  readonly disabled?: readonly string[];
  /** Services of an open run that were not paused when it began. */
  readonly pausedSince?: readonly string[];
  /** True once an open run has looked at the other servers of the pool before its first pause. */
  readonly hasClaim?: boolean;
}

/** Everything worth knowing before the first change, in the order in which it is shown. */
export function runChecks(facts: Facts, plan: CheckedPlan): readonly Check[] {
  const statuses = plan.serviceNames.flatMap((name) => facts.statuses.get(name) ?? []);
  const outside = checkOutsidePlan(facts, plan);
  const findings: Finding[] = [
    checkElevated(facts),
    ...checkFailover(facts, plan.disabled ?? []),
    ...checkFailoverTool(facts, plan, outside),
    ...checkRole(facts),
    ...statuses.flatMap((status) => [
      checkPausable(status),
      ...checkPending(status),
      ...checkRuns(facts, status),
      ...checkCatalogue(status),
    ]),
    ...outside,
    ...statuses.map((status) => checkEvidence(facts, status)),
    ...checkFoundPaused(statuses, plan.pausedSince ?? []),
    ...checkPool(facts, plan.serviceNames, { isUnderWay: hasOwnWork(plan), hasClaim: plan.hasClaim ?? false }).map((finding) =>
      inWordsOfRole(finding, facts),
    ),
    ...checkReboot(facts, plan),
    ...checkRecovery(facts, plan),
    ...(servesWebClients(facts) ? checkWebTraffic(plan.serviceNames) : []),
  ];
  return findings.map((finding) => toCheck(finding, plan.overrides));
}

/** True once an open run has changed something: what the pool says then is of our own doing. */
function hasOwnWork({ held = [], pausedSince = [] }: CheckedPlan): boolean {
  return held.length + pausedSince.length > 0;
}

/** Checks that forbid the plan: they block and were not overridden. */
export function blockingChecks(checks: readonly Check[]): readonly Check[] {
  return checks.filter((check) => check.result === 'block' && !check.overridden);
}

function toCheck(finding: Finding, overrides: readonly string[]): Check {
  const isNamed = overrides.some((id) => id.toUpperCase() === finding.id.toUpperCase());
  const override = finding.override ?? (isNamed ? (finding.inAdvance ?? null) : null);
  const overridden = override !== null && isNamed;
  return { id: finding.id, result: finding.result, message: finding.message, override, overridden };
}

function checkElevated({ computer }: Facts): Finding {
  // Windows looks the name up when it is first read, and a check that passes is not always shown.
  const params = {
    get user() {
      return computer.user;
    },
  };
  return computer.elevated
    ? { id: 'elevated', result: 'pass', message: message('check-elevated-pass', params) }
    : { id: 'elevated', result: 'block', message: message('check-elevated-block', params) };
}

function checkFailover(facts: Facts, disabledByRun: readonly string[]): Finding[] {
  const { kind, disabled } = findFailoverTraces(facts, disabledByRun);
  switch (kind) {
    case 'none':
      return [{ id: 'failed-over', result: 'pass', message: message('check-failover-pass') }];
    case 'failed-over':
      return [{ id: 'failed-over', result: 'block', message: message('check-failover-block') }];
    case 'half-done': {
      const text = message('check-failover-half', { services: disabled.join(', ') });
      return [{ id: HALF_DONE_CHECK, result: 'block', message: text, override: 'go-on' }];
    }
  }
}

/** Skype for Business Server 2015. */
const FIRST_WITH_FAILOVER = 6;

/** For a whole server of a pool, Lync has a tool of its own since 2015: it moves the users and the roles, which a pause does not. */
function checkFailoverTool({ pool, product }: Facts, plan: CheckedPlan, outside: readonly Finding[]): Finding[] {
  const isPool = pool.known && pool.value.members !== null && pool.value.members > 1;
  const isTooOld = product.known && product.majorVersion < FIRST_WITH_FAILOVER;
  if (!isPool || isTooOld || outside.length > 0 || !namesService(plan.serviceNames, FRONT_END)) return [];
  return [{ id: 'failover-tool', result: 'pass', message: message('check-failover-tool') }];
}

function checkPausable(status: ServiceStatus): Finding {
  const { serviceName, state, controlsAccepted } = status;
  const id = `pausable:${serviceName}`;
  switch (state) {
    case 'stopped':
    case 'paused':
      return { id, result: 'pass', message: message('check-pausable-pass', { serviceName }) };
    case 'running':
      if (controlsAccepted.includes('pause-continue')) {
        return { id, result: 'pass', message: message('check-pausable-pass', { serviceName }) };
      }
      return { id, result: 'block', message: message('check-pausable-block', { serviceName }), override: 'leave-out' };
    case 'start-pending':
    case 'stop-pending':
    case 'continue-pending':
    case 'pause-pending':
      return { id, result: 'unknown', message: message('check-pausable-unknown', { serviceName }) };
  }
}

function checkPending(status: ServiceStatus): Finding[] {
  if (!status.state.endsWith('-pending')) return [];
  const { serviceName, state } = status;
  return [{ id: `settled:${serviceName}`, result: 'warn', message: message('check-pending-warn', { serviceName, state }) }];
}

/** Delayed services start two minutes and more after Windows; one that is found stopped before that is left stopped for good. */
function checkRuns(facts: Facts, { serviceName, state }: ServiceStatus): Finding[] {
  const start = facts.configurations.get(serviceName)?.start;
  if (state !== 'stopped' || start?.startType !== 'auto') return [];
  return [{ id: `running:${serviceName}`, result: 'warn', message: message('check-not-running-warn', { serviceName }) }];
}

/** The way back leaves what was found paused as it was found: an administrator who does not know that takes it for in service. */
function checkFoundPaused(statuses: readonly ServiceStatus[], pausedSince: readonly string[]): Finding[] {
  const wasPausedSince = namedIn(pausedSince);
  const found = statuses.filter(
    ({ serviceName, state }) => (state === 'paused' || state === 'pause-pending') && !wasPausedSince(serviceName),
  );
  if (found.length === 0) return [];
  const services = found.map((status) => status.serviceName).join(', ');
  return [{ id: 'found-paused', result: 'warn', message: message('check-found-paused-warn', { services, count: found.length }) }];
}

function checkCatalogue(status: ServiceStatus): Finding[] {
  const { serviceName } = status;
  if (findInCatalogue(serviceName) !== undefined) return [];
  const id = `lync:${serviceName}`;
  return [
    { id, result: 'warn', message: message(isLyncService(status) ? 'check-unknown-lync-warn' : 'check-not-lync-warn', { serviceName }) },
  ];
}

/** Services that go on taking calls beside the plan: the server cannot become safe to restart. */
function checkOutsidePlan(facts: Facts, { serviceNames }: CheckedPlan): Finding[] {
  const isPlanned = namedIn(serviceNames);
  const outside = [...facts.statuses.values()].filter(
    (status) => carriesSessions(status) && isAwake(status.state) && !isPlanned(status.serviceName),
  );
  if (outside.length === 0) return [];
  const services = outside
    .map(({ serviceName }) => serviceName)
    .sort(compareDrainOrder)
    .join(', ');
  return [{ id: 'outside-plan', result: 'warn', message: message('check-outside-plan-warn', { services }) }];
}

/**
 * A service that crashes while it is paused may be started again by its recovery action. That is watched; people are only told
 * that it is so.
 */
function checkRecovery(facts: Facts, { serviceNames }: CheckedPlan): Finding[] {
  // A stopped service has no process that could end.
  const alive = serviceNames.filter((name) => facts.statuses.get(name)?.state !== 'stopped');
  const restarting = alive.filter((name) => restartsAfterFailure(facts, name));
  if (restarting.length === 0) return [];
  const isEvery = restarting.length === alive.length;
  return [{ id: 'recovery', result: 'pass', message: message('check-recovery-pass', isEvery ? {} : { services: restarting.join(', ') }) }];
}

function checkEvidence(facts: Facts, status: ServiceStatus): Finding {
  const { serviceName } = status;
  const id = `evidence:${serviceName}`;
  const reading = facts.sessions.get(serviceName);
  if (reading?.kind !== 'count') {
    const reason = reading?.reason ?? 'not-read-yet';
    return { id, result: 'unknown', message: message('check-evidence-unknown', { serviceName, reason }), override: 'accept-by-hand' };
  }
  const params = { serviceName, evidence: reading.evidence, count: reading.count };
  return reading.evidence === 'tcp'
    ? { id, result: 'warn', message: message('check-evidence-weak', params) }
    : { id, result: 'pass', message: message('check-evidence-pass', params) };
}

/** What would run after a restart although the plan was carried out. */
function checkReboot(facts: Facts, plan: CheckedPlan): Finding[] {
  if (plan.hold === null) return [{ id: 'start-type-kept', result: 'warn', message: message('check-start-type-kept-warn') }];
  const preview = previewReboot(facts, plan.serviceNames, plan.hold);
  const running = preview.filter((row) => row.wouldRun === true).map((row) => row.serviceName);
  const unsure = preview.filter((row) => row.wouldRun === null).map((row) => row.serviceName);
  const id = 'reboot';
  if (running.length > 0) return [{ id, result: 'warn', message: message('check-reboot-warn', { services: running.join(', ') }) }];
  if (unsure.length > 0) return [{ id, result: 'unknown', message: message('check-reboot-unknown', { services: unsure.join(', ') }) }];
  return [{ id, result: 'pass', message: message('check-reboot-pass') }];
}

/** Web traffic is not drained by pausing: the node must leave the web load balancer too. */
function checkWebTraffic(serviceNames: readonly string[]): Finding[] {
  return namesService(serviceNames, FRONT_END) ? [{ id: 'web-traffic', result: 'warn', message: message('check-web-traffic-warn') }] : [];
}
