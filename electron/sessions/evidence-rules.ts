import { MAX_PLAUSIBLE_SESSIONS, type RemoteEnd, type UnknownSessionReason } from '../contract/sessions.js';
import type { EvidenceRule } from '../lync/catalogue.js';
import type { CmdletAnswer, CounterAnswer, TcpCount } from './evidence-sources.js';

/** The sources' answers in one reading. `activities` is null where the cmdlet is not used. */
export interface OneReading {
  counters(): Promise<ReadonlyMap<string, CounterAnswer>>;
  tcp(): Promise<ReadonlyMap<string, TcpCount | null>>;
  readonly activities: (() => CmdletAnswer) | null;
}

/**
 * A rule without a count. `absent`: this computer does not have the source, so the next rule speaks with full right.
 * `doubtful`: the source is there, but its word cannot be had or cannot be believed.
 */
export interface NoCount {
  readonly kind: 'absent' | 'doubtful';
  readonly reason: UnknownSessionReason;
  readonly raw: string | null;
}

/** What one rule says of one service. */
export type RuleAnswer =
  | { readonly kind: 'count'; readonly count: number; readonly evidence: EvidenceRule['kind']; readonly arrivals: readonly RemoteEnd[] }
  | NoCount;

/** Asks one rule. A source that fails is an answer, never a rejection. */
export function askRule(rule: EvidenceRule, serviceName: string, reading: OneReading): Promise<RuleAnswer> {
  switch (rule.kind) {
    case 'none-needed':
      return Promise.resolve({ kind: 'count', count: 0, evidence: 'none-needed', arrivals: [] });
    case 'counter':
      return askCounters(rule.paths, reading);
    case 'tcp':
      return askTcp(serviceName, reading);
    case 'cmdlet':
      return Promise.resolve(askCmdlet(rule.activities, serviceName, reading));
  }
}

async function askCounters(paths: readonly string[], reading: OneReading): Promise<RuleAnswer> {
  try {
    const answers = await reading.counters();
    return sumCounters(paths.map((path) => answers.get(path) ?? NOT_ANSWERED));
  } catch (error) {
    return { kind: 'doubtful', reason: 'counter-failed', raw: messageOf(error) };
  }
}

const NOT_ANSWERED: CounterAnswer = { kind: 'unreadable', reason: 'counter-failed', raw: 'no answer' };

/** One counter of several that cannot be read makes the sum unknown. Only when all are missing is the source absent. */
function sumCounters(answers: readonly CounterAnswer[]): RuleAnswer {
  const unreadable = answers.filter((answer) => answer.kind === 'unreadable');
  const worst = unreadable.find((answer) => answer.reason !== 'counter-missing') ?? unreadable[0];
  if (worst !== undefined) {
    const isAbsent = answers.every((answer) => answer.kind === 'unreadable' && answer.reason === 'counter-missing');
    return { kind: isAbsent ? 'absent' : 'doubtful', reason: worst.reason, raw: worst.raw };
  }
  const values = answers.flatMap((answer) => (answer.kind === 'value' ? [answer.value] : []));
  return countOf(values, 'counter', 'counter-broken');
}

async function askTcp(serviceName: string, reading: OneReading): Promise<RuleAnswer> {
  try {
    const counted = (await reading.tcp()).get(serviceName);
    if (counted === undefined || counted === null) return { kind: 'absent', reason: 'no-evidence', raw: null };
    return { kind: 'count', count: counted.count, evidence: 'tcp', arrivals: counted.arrivals };
  } catch (error) {
    return { kind: 'doubtful', reason: 'tcp-failed', raw: messageOf(error) };
  }
}

/**
 * The cmdlet is optional: it needs rights that a local administrator may lack, so that one which fails is as good as
 * absent. Numbers it gives that cannot be true are a reason to doubt.
 */
function askCmdlet(names: readonly string[], serviceName: string, reading: OneReading): RuleAnswer {
  const answer = reading.activities?.() ?? NOT_USED;
  if (answer.kind === 'unavailable') return { kind: 'absent', reason: answer.reason, raw: answer.raw };
  const activities = answer.activities.get(serviceName.toUpperCase());
  const values = names.length > 0 ? names.map((name) => activities?.get(name)) : [...(activities?.values() ?? [])];
  const known = values.filter((value) => value !== undefined);
  if (known.length === 0 || known.length < values.length) return { kind: 'absent', reason: 'cmdlet-missing', raw: null };
  return countOf(known, 'cmdlet', 'cmdlet-failed');
}

const NOT_USED = { kind: 'unavailable', reason: 'cmdlet-missing', raw: null } as const;

/** The sum, unless a value or the sum cannot be a number of sessions; then what was really said. */
function countOf(values: readonly number[], evidence: 'counter' | 'cmdlet', whenBroken: UnknownSessionReason): RuleAnswer {
  const count = values.reduce((sum, value) => sum + value, 0);
  const broken = [...values, count].find((value) => !isPlausible(value));
  if (broken !== undefined) return { kind: 'doubtful', reason: whenBroken, raw: String(broken) };
  return { kind: 'count', count, evidence, arrivals: [] };
}

function isPlausible(value: number): boolean {
  return Number.isInteger(value) && value >= 0 && value <= MAX_PLAUSIBLE_SESSIONS;
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
