import type { Check, CheckResult } from '../../contract/checklist.js';
import type { Facts, KeptServers, OtherServer, PoolFacts, PoolReading } from '../../contract/facts.js';
import { message, type Message } from '../../contract/message.js';
import { namesService } from '../../contract/service-names.js';
import { findInCatalogue, FRONT_END } from '../catalogue/catalogue.js';
import { judgeServer, otherServers, othersInService, unseenInService } from './other-servers.js';
import { milderRequirement, requiredForFirstStart, requiredToFunction } from './quorum.js';
import { judgeReadiness, type ReadinessVerdict } from './upgrade-readiness.js';

/** What one check found. */
export interface Finding {
  readonly id: string;
  readonly result: CheckResult;
  readonly message: Message;
  readonly override?: Check['override'];
  /** What it is overridden with if that is asked for before it blocks. */
  readonly inAdvance?: Check['override'];
}

/** What the open run, if there is one, has to do with the pool. */
export interface OwnPart {
  /** True once an open run has changed something: then the pool is busy because of us, and is not asked whether it is ready. */
  readonly isUnderWay: boolean;
  /** True once an open run has looked at the other servers before its first pause. */
  readonly hasClaim: boolean;
}

/** What preflight says of the pool. */
export function checkPool(facts: Facts, serviceNames: readonly string[], { isUnderWay, hasClaim }: OwnPart): readonly Finding[] {
  const takesFrontEnd = namesService(serviceNames, FRONT_END);
  return [
    checkMembers(facts.pool, takesFrontEnd),
    ...checkServers(facts.pool, takesFrontEnd && !hasClaim),
    ...(takesFrontEnd ? checkFirstStart(facts.pool) : []),
    ...(takesFrontEnd && !isUnderWay ? checkReadiness(facts) : []),
    ...(takesFrontEnd ? checkSingleServer(facts.pool) : []),
    ...checkLastInstance(facts.pool, dependent(serviceNames)),
    ...checkDns(facts.pool, dependent(serviceNames)),
  ];
}

/** Planned services whose calls go to another server of the pool only through DNS load balancing. */
function dependent(serviceNames: readonly string[]): readonly string[] {
  return serviceNames.filter((name) => findInCatalogue(name)?.needsDnsLoadBalancing === true);
}

/** The check of one other server of the pool. */
export function serverCheckId({ fqdn }: Pick<OtherServer, 'fqdn'>): string {
  return `server:${fqdn}`;
}

/** One server at a time: another one in maintenance forbids that this one begins. A run that has begun is told, and judges by itself. */
function checkServers(pool: PoolReading, isForbidding: boolean): readonly Finding[] {
  const told = pool.kept === undefined ? {} : { toldAt: pool.kept.toldAt };
  return otherServers(pool).map((server) => checkServer(server, isForbidding, told));
}

/** @param told since when it is known to be a server of the pool, if that is not of now */
function checkServer(server: OtherServer, isForbidding: boolean, told: { readonly toldAt?: string }): Finding {
  const id = serverCheckId(server);
  const { fqdn } = server;
  const standing = judgeServer(server);
  // It may be another thing after the first pause.
  const inAdvance = isForbidding ? 'go-on' : null;
  switch (standing.kind) {
    case 'in-service':
      return { id, result: 'pass', message: message('check-server-pass', { server: fqdn }), inAdvance };
    case 'unknown': {
      const text = message('check-server-unknown', { server: fqdn, silence: standing.reason, ...told });
      return { id, result: 'unknown', message: text, inAdvance };
    }
    case 'in-maintenance': {
      const { serviceName, state } = standing;
      const text = message('check-server-block', { server: fqdn, serviceName, state, ...told });
      return isForbidding ? { id, result: 'block', message: text, override: 'go-on' } : { id, result: 'warn', message: text };
    }
  }
}

function checkMembers(pool: PoolReading, takesFrontEnd: boolean): Finding {
  const id = 'pool-members';
  if (pool.kept !== undefined) return checkKept(pool, pool.kept);
  if (!pool.known) return { id, result: 'unknown', message: message('check-pool-unknown', troubleOf(pool)) };
  const { fqdn, members, membersTrouble: trouble } = pool.value;
  const others = othersInService(pool.value);
  if (members === null) {
    return { id, result: 'unknown', message: message('check-pool-unknown', { pool: fqdn, ...(trouble !== undefined && { trouble }) }) };
  }
  if (members === 1) return { id, result: 'pass', message: message('check-pool-pass', { pool: fqdn, members, others: others ?? 0 }) };
  if (others === null) return checkUnseen(pool.value, members);
  const unseen = unseenInService(pool.value);
  const params = { pool: fqdn, members, others, ...(unseen > 0 && { unseen }) };
  if (!takesFrontEnd) return { id, result: 'pass', message: message('check-pool-pass', params) };
  return judgeQuorum(id, params);
}

/** Nobody tells the members now. However many of those of earlier are in service, it is not known how many the pool has and needs. */
function checkKept(pool: PoolReading, { fqdn, toldAt, others }: KeptServers): Finding {
  const params = { pool: fqdn, count: others.length, toldAt, ...troubleOf(pool) };
  return { id: 'pool-members', result: 'unknown', message: message('check-pool-kept', params) };
}

/** Why the members of the pool are not known, if there is a word for it. */
function troubleOf(pool: PoolReading): { readonly trouble?: string } {
  if (pool.known) return pool.value.membersTrouble === undefined ? {} : { trouble: pool.value.membersTrouble };
  return pool.reason === 'not-supported' || pool.reason === 'access-denied' || pool.reason.startsWith('win32-')
    ? {}
    : { trouble: pool.reason };
}

/** The members are known, and not how many of them are in service. */
function checkUnseen({ fqdn: pool, membersTrouble: trouble }: PoolFacts, members: number): Finding {
  const required = requiredToFunction(members);
  const params = { pool, members, ...(required !== null && { required }), ...(trouble !== undefined && { trouble }) };
  return { id: 'pool-members', result: 'unknown', message: message('check-pool-unseen', params) };
}

interface QuorumParams {
  readonly pool: string;
  readonly members: number;
  readonly others: number;
  /** Of the others, how many only the cmdlets count as in service. */
  readonly unseen?: number;
}

/** @param params what every sentence about the pool is told */
function judgeQuorum(id: string, params: QuorumParams): Finding {
  const { members, others } = params;
  const required = requiredToFunction(members);
  if (required === null) return { id, result: 'warn', message: message('check-pool-warn', params) };
  const milder = milderRequirement(members);
  const withRequired = { ...params, required };
  if (others < required) {
    const text = message('check-pool-block', milder === null ? withRequired : { ...withRequired, milder });
    return { id, result: 'block', message: text, override: 'go-on' };
  }
  // The second-last instance: one more failure, and the pool is below its level.
  return others === required
    ? { id, result: 'warn', message: message('check-pool-warn', withRequired) }
    : { id, result: 'pass', message: message('check-pool-pass', withRequired) };
}

/** A pool that stopped as a whole needs more servers to start than it needs to go on. */
function checkFirstStart(pool: PoolReading): Finding[] {
  if (!pool.known || pool.value.members === null || pool.value.members === 1) return [];
  const { fqdn, members } = pool.value;
  const others = othersInService(pool.value);
  if (others === null) return [];
  const firstStart = requiredForFirstStart(members);
  const running = others + 1;
  if (firstStart === null || running >= firstStart) return [];
  return [{ id: 'first-start', result: 'warn', message: message('check-first-start-warn', { pool: fqdn, firstStart, running }) }];
}

function checkReadiness({ pool, now }: Facts): Finding[] {
  const readiness = pool.known ? pool.value.readiness : undefined;
  if (readiness === undefined) return [];
  const id = 'upgrade-readiness';
  if (readiness.state === 'unknown') {
    return [{ id, result: 'unknown', message: message('check-readiness-unknown', { trouble: readiness.trouble }) }];
  }
  const verdict = judgeReadiness(readiness, now);
  if (verdict.kind === 'ready') return [{ id, result: 'pass', message: message('check-readiness-pass') }];
  return [{ id, result: 'block', message: whyNotReady(verdict), override: 'go-on' }];
}

function whyNotReady(verdict: Exclude<ReadinessVerdict, { kind: 'ready' }>): Message {
  switch (verdict.kind) {
    case 'ready-soon':
      return message('check-readiness-soon', { since: verdict.since, passesAt: verdict.at });
    case 'busy':
      return message('check-readiness-busy', { times: verdict.times, passesAt: verdict.at });
    case 'busy-too-long':
      return message('check-readiness-stuck', { times: verdict.times, since: verdict.since });
    case 'insufficient':
      return message('check-readiness-insufficient');
  }
}

function checkSingleServer(pool: PoolReading): Finding[] {
  if (!pool.known || pool.value.members !== 1) return [];
  return [{ id: 'single-server', result: 'warn', message: message('check-single-server-warn') }];
}

/** An application hands new calls to another instance; without one it declines them (Microsoft, "Prevent new connections"). */
function checkLastInstance(pool: PoolReading, services: readonly string[]): Finding[] {
  if (!pool.known || services.length === 0 || pool.value.members === null) return [];
  const isLast = pool.value.members === 1 || othersInService(pool.value) === 0;
  if (!isLast) return [];
  return [{ id: 'last-instance', result: 'warn', message: message('check-last-instance-warn', { services: services.join(', ') }) }];
}

function checkDns(pool: PoolReading, dependents: readonly string[]): Finding[] {
  if (dependents.length === 0) return [];
  const params = { services: dependents.join(', ') };
  const id = 'dns-load-balancing';
  const addresses = pool.known ? pool.value.addresses : null;
  if (addresses === null) {
    const trouble = pool.known ? pool.value.dnsTrouble : (troubleOf(pool).trouble ?? 'no-pool-name');
    const told = trouble === undefined ? params : { ...params, trouble };
    return [{ id, result: 'unknown', message: message('check-dns-unknown', told) }];
  }
  return addresses > 1
    ? [{ id, result: 'pass', message: message('check-dns-pass', { ...params, addresses }) }]
    : [{ id, result: 'warn', message: message('check-dns-warn', params) }];
}
