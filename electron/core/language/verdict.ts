import type { AcceptedService, Checklist, Phase, Proof, RestartReason } from '../../contract/checklist.js';
import type { Problem } from '../../contract/problem.js';
import { acceptedParam } from '../maintenance/acceptance.js';
import type { Messages } from './messages.js';
import type { SpokenTexts } from './texts.js';

/** One kind of reason against a restart, with all services that it is about. */
export interface ReasonMessage {
  readonly happened: string;
  /** The remedy. */
  readonly next: string;
}

/** What reasons of one kind have in common; any other param belongs to one service. */
const SHARED: Readonly<Record<string, string>> = {
  'sessions-unknown': 'reason',
  'started-by-dependent': 'dependent',
  'not-proved-yet': 'outside',
};
/** A command that names more services than this breaks over the lines of a terminal, and cannot be copied. */
const MAX_NAMED = 4;
/** Remedies that order a drain, which takes all services if none is named. */
const DRAINS: ReadonlySet<string> = new Set([
  'outside-plan',
  'not-proved-yet',
  'starts-with-windows',
  'started-by-dependent',
  'may-start-by-trigger',
  'start-not-known',
]);

/**
 * The one sentence about a restart of the server: the only one in which the server is called safe.
 * "No call is cut" is never said once sessions may have been cut in this run.
 */
export function formatRestart({ restart, losses }: Pick<Checklist, 'restart' | 'losses'>, messages: Messages<SpokenTexts>): string {
  const { restarts, restartAfterLoss } = messages.texts.words;
  if (restart.kind === 'safe' && losses.length > 0) return restartAfterLoss;
  const services = restart.accepted.map(({ serviceName }) => serviceName).join(', ');
  return messages.format(restarts[restart.kind], {
    services,
    count: restart.accepted.length,
    users: usersOf(restart.accepted),
    cut: restart.cut,
  });
}

/** Where the run stands. What was accepted by hand may carry sessions, and is not called quiet. */
export function formatPhase(messages: Messages<SpokenTexts>, phase: Phase, checklist: Pick<Checklist, 'accepted'>): string {
  return messages.format(messages.texts.words.phases[phase], acceptedParam(checklist));
}

function usersOf(accepted: readonly AcceptedService[]): string {
  return [...new Set(accepted.map(({ by }) => by.user))].join(', ');
}

/**
 * The reasons against a restart, one sentence for each kind with its services, in the order of the first of each kind.
 * @param drainsAll true if a drain that names no service is one of all services
 */
export function formatReasons(
  reasons: readonly RestartReason[],
  messages: Messages<SpokenTexts>,
  drainsAll: boolean,
): readonly ReasonMessage[] {
  const kinds = new Map<string, RestartReason[]>();
  for (const reason of reasons) {
    const { id, params } = reason.problem;
    const kind = `${id} ${params[SHARED[id] ?? ''] ?? ''}`;
    kinds.set(kind, [...(kinds.get(kind) ?? []), reason]);
  }
  return [...kinds.values()].flatMap((alike) => formatAlike(alike, messages, drainsAll));
}

/** One reason says itself; several are said together if there is a sentence for their kind. */
function formatAlike(alike: readonly RestartReason[], messages: Messages<SpokenTexts>, drainsAll: boolean): readonly ReasonMessage[] {
  const [first] = alike;
  if (first === undefined) return [];
  const groups: Readonly<Record<string, { readonly happened: string; readonly next: string }>> = messages.texts.verdict.groups;
  const { id, params } = first.problem;
  const group = groups[id];
  if (alike.length === 1 || group === undefined) return alike.map((reason) => formatSingle(reason, messages));
  const serviceNames = alike.flatMap(({ serviceName }) => serviceName ?? []);
  const isEveryService = drainsAll && DRAINS.has(id) && serviceNames.length > MAX_NAMED;
  const shared = { ...params, services: alike.map(({ problem }) => formatItem(problem, messages)).join(', ') };
  const names = isEveryService ? '' : ` ${serviceNames.join(' ')}`;
  return [{ happened: messages.format(group.happened, shared), next: messages.format(group.next, { ...shared, names }) }];
}

function formatSingle({ problem }: RestartReason, messages: Messages<SpokenTexts>): ReasonMessage {
  const { happened, next } = messages.problem(problem);
  return { happened, next };
}

/** A service of a group, with what is known of it alone. */
function formatItem({ id, params }: Problem, messages: Messages<SpokenTexts>): string {
  const { details, item } = messages.texts.verdict;
  const texts: Readonly<Record<string, string>> = details;
  const detail = messages.format(texts[id] ?? '', params);
  const serviceName = messages.format('{serviceName}', params);
  return detail === '' ? serviceName : messages.format(item, { serviceName, detail });
}

/** How a time is shown: on the reader's clock, or as it is. */
type FormatTimeAt = (at: string) => string;

/** Why the planned services count as quiet. */
export function formatProof(proof: Proof, messages: Messages<SpokenTexts>, formatAt: FormatTimeAt): string {
  const { evidence } = messages.texts.words;
  const counting = proof.sources.filter((source) => source !== 'stopped' && source !== 'none-needed');
  const sources = counting.map((source) => evidence[source]).join(', ');
  const isAllStopped = proof.sources.length > 0 && proof.sources.every((source) => source === 'stopped');
  return messages.format(messages.texts.verdict.proof, {
    services: proof.services,
    at: formatAt(proof.since),
    held: messages.duration(proof.heldMs),
    readings: proof.readings,
    gap: messages.duration(proof.longestGapMs),
    ...(sources !== '' && { sources }),
    ...(isAllStopped && { stopped: 'yes' }),
  });
}

/** What stands accepted, one sentence for what was accepted in one order. */
export function formatAccepted(
  accepted: readonly AcceptedService[],
  messages: Messages<SpokenTexts>,
  formatAt: FormatTimeAt,
): readonly string[] {
  const orders = new Map<string, AcceptedService[]>();
  for (const one of accepted) {
    const order = JSON.stringify([one.by.user, one.note, one.cut, formatAt(one.at)]);
    orders.set(order, [...(orders.get(order) ?? []), one]);
  }
  return [...orders.values()].flatMap((together) => {
    const [first] = together;
    if (first === undefined) return [];
    const services = together.map(({ serviceName }) => serviceName).join(', ');
    const optional = { ...(first.cut !== null && { cut: first.cut }), ...(first.note !== null && { note: first.note }) };
    return [messages.format(messages.texts.verdict.accepted, { services, user: first.by.user, at: formatAt(first.at), ...optional })];
  });
}
