import type { CmdletAnswer, CounterAnswer, ServiceActivity, TcpCount, UdpCount, Answered } from '../../contract/evidence-answers.js';
import { MAX_PLAUSIBLE_SESSIONS, type UnknownSessionReason } from '../../contract/sessions.js';
import type { BusyRule, CounterTerm, ProofRule } from './evidence-table.js';

/** The sources' answers in one reading. */
export interface SourceAnswers {
  readonly counters: Answered<ReadonlyMap<string, CounterAnswer>>;
  readonly tcp: Answered<ReadonlyMap<string, TcpCount | null>>;
  readonly udp: Answered<ReadonlyMap<string, UdpCount | null>>;
  /** Null if the cmdlet is not asked. */
  readonly cmdlet: CmdletAnswer | null;
}

/** Why a source cannot be believed to have said everything. */
export interface Doubt {
  readonly reason: UnknownSessionReason;
  /** What it really said, if that helps. */
  readonly raw: string | null;
}

/** What one source says of one service in one reading. */
export interface SourceReading {
  readonly source: 'counter' | 'cmdlet' | 'tcp' | 'udp';
  /**
   * Sessions that it sees; with a doubt only some of them, or those of a moment too long ago. Null: it gives no number. Zero is
   * always a whole answer, if perhaps an old one: a part of it that is zero says nothing of the rest.
   */
  readonly seen: number | null;
  /** Milliseconds since it saw them. */
  readonly ageMs: number;
  /** Null: it answered in full and in time. */
  readonly doubt: Doubt | null;
}

/** Older answers of the cmdlet say nothing of now. Shorter than the usual hold time: one zero must not be all its proof. */
const MAX_ACTIVITY_AGE_MS = 45_000;

/**
 * What a source that may prove a service empty says of it.
 * @param sinceMs how long the service is known to be in its present state and process: what was seen before that says
 *   nothing of sessions that began in between
 */
export function readProof(rule: ProofRule, serviceName: string, answers: SourceAnswers, sinceMs: number): SourceReading {
  switch (rule.kind) {
    case 'counter':
      return readCounters(rule.terms, answers.counters);
    case 'cmdlet':
      return readActivity(rule.counting, serviceName, answers.cmdlet, sinceMs);
  }
}

/** What a source that may only prove a service busy says of it. */
export function readBusy(rule: BusyRule, serviceName: string, answers: SourceAnswers): SourceReading {
  switch (rule.kind) {
    case 'tcp':
      return readNow('tcp', answers.tcp, (counts) => counts.get(serviceName)?.count);
    case 'udp':
      // A call has several endpoints, so that any number of them is at least one call.
      return readNow('udp', answers.udp, (counts) => toFlag(counts.get(serviceName)?.endpoints));
    case 'counter':
      return readCounters([rule.term], answers.counters);
  }
}

function readNow<T>(source: 'tcp' | 'udp', answer: Answered<T>, seenIn: (value: T) => number | undefined): SourceReading {
  if (answer.kind === 'failed') return doubtful(source, answer);
  const seen = seenIn(answer.value);
  return seen === undefined ? doubtful(source, { reason: 'no-evidence', raw: null }) : { source, seen, ageMs: 0, doubt: null };
}

function toFlag(endpoints: number | undefined): number | undefined {
  return endpoints === undefined ? undefined : Math.min(endpoints, 1);
}

function doubtful(source: SourceReading['source'], { reason, raw }: Doubt, seen: number | null = null, ageMs = 0): SourceReading {
  return { source, seen, ageMs, doubt: { reason, raw } };
}

/** What a source sees that cannot be believed to see everything. */
function partOf(seen: number): number | null {
  return seen > 0 ? seen : null;
}

function readCounters(terms: readonly CounterTerm[], answer: SourceAnswers['counters']): SourceReading {
  if (answer.kind === 'failed') return doubtful('counter', answer);
  const read = terms.map((term) => readTerm(term, answer.value));
  const seen = sumOf(read.map((term) => term.seen ?? 0));
  const doubt = read.find((term) => term.doubt !== null)?.doubt ?? null;
  if (doubt !== null) return doubtful('counter', doubt, partOf(seen));
  if (!isPlausible(seen)) return doubtful('counter', { reason: 'counter-broken', raw: String(seen) });
  return { source: 'counter', seen, ageMs: 0, doubt: null };
}

/** The largest of its values; doubtful if one cannot be read that must be there. */
function readTerm({ paths, must }: CounterTerm, answers: ReadonlyMap<string, CounterAnswer>): Pick<SourceReading, 'seen' | 'doubt'> {
  const all = paths.map((path) => answers.get(path) ?? NOT_ANSWERED);
  const values = all.flatMap((answer) => (answer.kind === 'value' ? [answer.value] : []));
  const seen = Math.max(0, ...values.filter(isPlausible));
  const broken = values.find((value) => !isPlausible(value));
  if (broken !== undefined) return { seen, doubt: { reason: 'counter-broken', raw: String(broken) } };
  const unreadable = all.flatMap((answer) => (answer.kind === 'unreadable' ? [answer] : []));
  const isMissingAllowed = must === 'any' && values.length > 0;
  const worst = unreadable.find(({ reason }) => reason !== 'counter-missing') ?? (isMissingAllowed ? undefined : unreadable[0]);
  return { seen, doubt: worst === undefined ? null : { reason: worst.reason, raw: worst.raw } };
}

const NOT_ANSWERED: CounterAnswer = { kind: 'unreadable', reason: 'counter-failed', raw: 'no answer' };

function readActivity(counting: readonly string[], serviceName: string, answer: CmdletAnswer | null, sinceMs: number): SourceReading {
  if (answer === null) return doubtful('cmdlet', { reason: 'cmdlet-not-asked', raw: null });
  if (answer.kind === 'unavailable') return doubtful('cmdlet', answer);
  const { ageMs } = answer;
  const activity = answer.activities.get(serviceName.toUpperCase());
  if (activity === undefined || activity.text.trim() === '') return doubtful('cmdlet', { reason: 'activity-missing', raw: null });
  const { seen, isReadable } = countSessions(activity, counting);
  const sure = isReadable ? seen : partOf(seen);
  if (ageMs > MAX_ACTIVITY_AGE_MS) return doubtful('cmdlet', { reason: 'too-old', raw: `${Math.round(ageMs / 1000)} s` }, sure, ageMs);
  if (!isReadable) return doubtful('cmdlet', { reason: 'activity-unreadable', raw: activity.text }, sure, ageMs);
  // Asked while the service still took calls, or of its process before: a zero of then is none of now.
  if (seen === 0 && ageMs > sinceMs) return doubtful('cmdlet', { reason: 'not-read-yet', raw: null }, seen, ageMs);
  return { source: 'cmdlet', seen, ageMs, doubt: null };
}

/** The sum of what is known to count; not readable if that is not there, cannot be true, or might not be all. */
function countSessions(
  { values, isWhole }: ServiceActivity,
  counting: readonly string[],
): { readonly seen: number; readonly isReadable: boolean } {
  const named = [...values].map(([name, value]) => ({ value, counts: countsSessions(name, counting) }));
  const counted = named.flatMap(({ value, counts }) => (counts ? [value] : []));
  const total = sumOf(counted.filter(isPlausible));
  const isTrue = counted.every(isPlausible) && isPlausible(total);
  const isAllZero = named.every(({ value }) => value === 0);
  const isComplete = counting.length > 0 ? counted.length === counting.length : counted.length > 0 && (total > 0 || isAllZero);
  return { seen: isPlausible(total) ? total : 0, isReadable: isWhole && isTrue && isComplete };
}

function countsSessions(name: string, counting: readonly string[]): boolean {
  return counting.length > 0 ? counting.some((known) => isSameName(known, name)) : /^concurrent\b/i.test(name);
}

function isSameName(one: string, other: string): boolean {
  return one.toUpperCase() === other.toUpperCase();
}

function sumOf(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0);
}

function isPlausible(value: number): boolean {
  return Number.isInteger(value) && value >= 0 && value <= MAX_PLAUSIBLE_SESSIONS;
}
