import type { Check, CheckResult } from '../contract/checklist.js';
import type { Facts, PoolFacts } from '../contract/facts.js';
import { message, type MessageId } from '../contract/message.js';
import type { ServiceStatus } from '../contract/service.js';
import { CATALOGUE, findInCatalogue } from '../lync/catalogue.js';
import { requiredToFunction } from './quorum.js';
import { previewReboot } from './reboot-preview.js';
import type { Hold } from './start-hold.js';

/** What preflight looks at: the plan, not the run. */
export interface CheckedPlan {
  readonly serviceNames: readonly string[];
  readonly hold: Hold;
  readonly overrides: readonly string[];
  /** Services whose start type an open run holds: their being disabled is our own doing. */
  readonly held?: readonly string[];
}

type Params = Readonly<Record<string, string | number>>;
interface Finding {
  readonly id: string;
  readonly result: CheckResult;
  readonly message: MessageId;
  readonly params?: Params;
  readonly override?: Check['override'];
}

/** Everything worth knowing before the first change, in the order in which it is shown. */
export function runChecks(facts: Facts, plan: CheckedPlan): readonly Check[] {
  const statuses = plan.serviceNames.flatMap((name) => facts.statuses.get(name) ?? []);
  const findings: Finding[] = [
    checkElevated(facts),
    checkFailover(facts, plan.held ?? []),
    ...statuses.flatMap((status) => [checkPausable(status), ...checkPending(status), ...checkCatalogue(status)]),
    ...statuses.map((status) => checkEvidence(facts, status)),
    checkPool(facts, plan.serviceNames),
    ...checkSingleServer(facts, plan.serviceNames),
    ...checkDns(facts, plan.serviceNames),
    ...checkReboot(facts, plan),
    ...checkWebTraffic(plan.serviceNames),
  ];
  return findings.map((finding) => toCheck(finding, plan.overrides));
}

/** Checks that forbid the plan: they block and nobody overrode them. */
export function blockingChecks(checks: readonly Check[]): readonly Check[] {
  return checks.filter((check) => check.result === 'block' && !check.overridden);
}

function toCheck(finding: Finding, overrides: readonly string[]): Check {
  const override = finding.override ?? null;
  const overridden = override !== null && overrides.some((id) => id.toUpperCase() === finding.id.toUpperCase());
  return { id: finding.id, result: finding.result, message: message(finding.message, finding.params), override, overridden };
}

function checkElevated(facts: Facts): Finding {
  const { elevated, user } = facts.computer;
  return elevated
    ? { id: 'elevated', result: 'pass', message: 'check-elevated-pass', params: { user } }
    : { id: 'elevated', result: 'block', message: 'check-elevated-block', params: { user } };
}

/** Invoke-CsComputerFailOver disables and stops every Lync service; only Invoke-CsComputerFailBack may undo that. */
function checkFailover(facts: Facts, held: readonly string[]): Finding {
  const installed = CATALOGUE.filter((service) => facts.statuses.has(service.serviceName));
  const isFailedOver =
    installed.length >= 2 &&
    installed.every(({ serviceName }) => {
      const start = facts.configurations.get(serviceName)?.start;
      return !held.includes(serviceName) && facts.statuses.get(serviceName)?.state === 'stopped' && start?.startType === 'disabled';
    });
  return isFailedOver
    ? { id: 'failed-over', result: 'block', message: 'check-failover-block' }
    : { id: 'failed-over', result: 'pass', message: 'check-failover-pass' };
}

function checkPausable(status: ServiceStatus): Finding {
  const { serviceName, state, controlsAccepted } = status;
  const finding = { id: `pausable:${serviceName}`, params: { serviceName } };
  switch (state) {
    case 'stopped':
    case 'paused':
      return { ...finding, result: 'pass', message: 'check-pausable-pass' };
    case 'running':
      if (controlsAccepted.includes('pause-continue')) return { ...finding, result: 'pass', message: 'check-pausable-pass' };
      return { ...finding, result: 'block', message: 'check-pausable-block', override: 'leave-out' };
    case 'start-pending':
    case 'stop-pending':
    case 'continue-pending':
    case 'pause-pending':
      return { ...finding, result: 'unknown', message: 'check-pausable-unknown' };
  }
}

function checkPending(status: ServiceStatus): Finding[] {
  if (!status.state.endsWith('-pending')) return [];
  const { serviceName, state } = status;
  return [{ id: `settled:${serviceName}`, result: 'warn', message: 'check-pending-warn', params: { serviceName, state } }];
}

function checkCatalogue(status: ServiceStatus): Finding[] {
  const { serviceName } = status;
  if (findInCatalogue(serviceName) !== undefined) return [];
  return [{ id: `lync:${serviceName}`, result: 'warn', message: 'check-not-lync-warn', params: { serviceName } }];
}

function checkEvidence(facts: Facts, status: ServiceStatus): Finding {
  const { serviceName } = status;
  const id = `evidence:${serviceName}`;
  const reading = facts.sessions.get(serviceName);
  if (reading?.kind !== 'count') {
    const reason = reading?.reason ?? 'not-read-yet';
    return { id, result: 'unknown', message: 'check-evidence-unknown', params: { serviceName, reason }, override: 'accept-by-hand' };
  }
  const params = { serviceName, evidence: reading.evidence, count: reading.count };
  const isWeak = reading.evidence === 'tcp' && findInCatalogue(serviceName)?.evidence.some((rule) => rule.kind === 'tcp') !== true;
  return isWeak
    ? { id, result: 'warn', message: 'check-evidence-weak', params }
    : { id, result: 'pass', message: 'check-evidence-pass', params };
}

function checkPool(facts: Facts, serviceNames: readonly string[]): Finding {
  const id = 'pool-members';
  if (!facts.pool.known) return { id, result: 'unknown', message: 'check-pool-unknown' };
  const pool = facts.pool.value;
  const params = { pool: pool.fqdn, members: pool.members, others: pool.othersInService };
  if (!serviceNames.includes('RTCSRV') || pool.members === 1) return { id, result: 'pass', message: 'check-pool-pass', params };
  return judgePool(id, pool, params);
}

function judgePool(id: string, pool: PoolFacts, params: Params): Finding {
  const required = requiredToFunction(pool.members);
  if (required === null) return { id, result: 'warn', message: 'check-pool-warn', params };
  const withRequired = { ...params, required };
  if (pool.othersInService < required) {
    return { id, result: 'block', message: 'check-pool-block', params: withRequired, override: 'go-on' };
  }
  // The second-last instance: one more failure, and the pool is below its level.
  const result = pool.othersInService === required ? 'warn' : 'pass';
  return { id, result, message: result === 'warn' ? 'check-pool-warn' : 'check-pool-pass', params: withRequired };
}

function checkSingleServer(facts: Facts, serviceNames: readonly string[]): Finding[] {
  if (!facts.pool.known || facts.pool.value.members !== 1 || !serviceNames.includes('RTCSRV')) return [];
  return [{ id: 'single-server', result: 'warn', message: 'check-single-server-warn' }];
}

function checkDns(facts: Facts, serviceNames: readonly string[]): Finding[] {
  const dependent = serviceNames.filter((name) => findInCatalogue(name)?.needsDnsLoadBalancing === true);
  if (dependent.length === 0) return [];
  const params = { services: dependent.join(', ') };
  const addresses = facts.pool.known ? facts.pool.value.addresses : null;
  const id = 'dns-load-balancing';
  if (addresses === null) return [{ id, result: 'unknown', message: 'check-dns-unknown', params }];
  return addresses > 1
    ? [{ id, result: 'pass', message: 'check-dns-pass', params: { ...params, addresses } }]
    : [{ id, result: 'warn', message: 'check-dns-warn', params }];
}

/** What would run after a restart although the plan was carried out. */
function checkReboot(facts: Facts, plan: CheckedPlan): Finding[] {
  if (plan.hold === null) return [{ id: 'start-type-kept', result: 'warn', message: 'check-start-type-kept-warn' }];
  const preview = previewReboot(facts, plan.serviceNames, plan.hold);
  const running = preview.filter((row) => row.wouldRun === true).map((row) => row.serviceName);
  const unsure = preview.filter((row) => row.wouldRun === null).map((row) => row.serviceName);
  const id = 'reboot';
  if (running.length > 0) return [{ id, result: 'warn', message: 'check-reboot-warn', params: { services: running.join(', ') } }];
  if (unsure.length > 0) return [{ id, result: 'unknown', message: 'check-reboot-unknown', params: { services: unsure.join(', ') } }];
  return [{ id, result: 'pass', message: 'check-reboot-pass' }];
}

/** Web traffic is not drained by pausing: the node must leave the web load balancer too. */
function checkWebTraffic(serviceNames: readonly string[]): Finding[] {
  return serviceNames.includes('RTCSRV') ? [{ id: 'web-traffic', result: 'warn', message: 'check-web-traffic-warn' }] : [];
}
