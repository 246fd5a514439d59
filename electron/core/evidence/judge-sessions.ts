import type { ServiceStatus } from '../../contract/service.js';
import type { AtLeast, RemoteEnd, SessionReading, SessionSigns } from '../../contract/sessions.js';
import { readBusy, readProof, type Doubt, type SourceAnswers, type SourceReading } from './evidence-rules.js';
import type { CounterProof, ServiceEvidence } from './evidence-table.js';
import type { SessionMemory } from './session-memory.js';

/** No source sees every kind of its sessions. */
const BUSY_ONLY: Doubt = { reason: 'busy-only', raw: null };
/** One of them does and says none, but another one sees some. */
const CONTRADICTED: Doubt = { reason: 'sources-disagree', raw: null };

/** A service, with what may count its sessions; null: it carries none. */
export interface Subject {
  readonly service: ServiceStatus;
  readonly evidence: ServiceEvidence | null;
}

/** What the sources of one service say in one reading. */
interface Heard {
  /** Of the source that may prove it empty; null: it has none. */
  readonly proof: SourceReading | null;
  readonly busy: readonly SourceReading[];
}

/**
 * How many sessions a service carries. The number of a source that may prove it empty is the reading, and overrules those
 * that may only prove it busy: connections among Lync's servers stay up without a call. Without such a number the reading is
 * unknown, whatever the others see; what they see, and what was seen last, is "at least".
 * @param nowMs of the clock that the memory counts with
 */
export function judgeSessions(
  { service, evidence }: Subject,
  answers: SourceAnswers,
  memory: SessionMemory,
  nowMs: number,
): SessionReading {
  const { serviceName, state } = service;
  const sinceMs = memory.turnTo(service, nowMs);
  if (state === 'stopped') return { kind: 'count', count: 0, evidence: 'stopped', arrivals: [] };
  if (evidence === null) return { kind: 'count', count: 0, evidence: 'none-needed', arrivals: [] };
  const { mayProveEmpty, busyOnly } = evidence;
  const heard: Heard = {
    proof: mayProveEmpty === null ? null : readProof(mayProveEmpty, serviceName, answers, sinceMs),
    busy: busyOnly.map((rule) => readBusy(rule, serviceName, answers)),
  };
  const readings = heard.proof === null ? heard.busy : [heard.proof, ...heard.busy];
  for (const reading of readings) memory.keep(serviceName, reading, nowMs);
  const signs = readSigns(serviceName, evidence, answers);
  const others = mayProveEmpty?.kind === 'counter' ? mayProveEmpty.others : 'nothing';
  const judged = judge(heard, others);
  const arrivals = others !== 'nothing' || 'reason' in judged ? arrivalsOf(serviceName, answers) : [];
  if (!('reason' in judged)) return { kind: 'count', count: judged.count, evidence: judged.source, arrivals, signs };
  const atLeast = seenAtLeast(serviceName, readings, memory, nowMs);
  return { kind: 'unknown', reason: judged.reason, raw: judged.raw, ...(atLeast === null ? {} : { atLeast }), arrivals, signs };
}

/** The number that can be believed, or why there is none. */
function judge(
  { proof, busy }: Heard,
  others: CounterProof['others'],
): { readonly count: number; readonly source: SourceReading['source'] } | Doubt {
  if (proof?.doubt !== null || proof.seen === null) return proof?.doubt ?? firstDoubt(busy) ?? BUSY_ONLY;
  const { seen: count, source } = proof;
  if (others === 'nothing') return { count, source };
  const isContradicted = count === 0 && busy.some(({ seen }) => seen !== null && seen > 0);
  const doubt = others === 'must-agree' ? firstDoubt(busy) : null;
  return doubt ?? (isContradicted ? CONTRADICTED : { count, source });
}

function firstDoubt(readings: readonly SourceReading[]): Doubt | null {
  return readings.find(({ doubt }) => doubt !== null)?.doubt ?? null;
}

/** The largest number that a source sees now, or saw last if it cannot say it now; of equal ones the latest. */
function seenAtLeast(serviceName: string, readings: readonly SourceReading[], memory: SessionMemory, nowMs: number): AtLeast | null {
  const seen = readings.flatMap(({ source, seen: count, ageMs, doubt }): readonly AtLeast[] => {
    if (count !== null && count > 0) return [{ count, evidence: source, ageMs }];
    const last = doubt === null ? null : memory.recall(serviceName, source, nowMs);
    return last === null ? [] : [last];
  });
  return [...seen].sort((one, other) => other.count - one.count || one.ageMs - other.ageMs)[0] ?? null;
}

function arrivalsOf(serviceName: string, { tcp }: SourceAnswers): readonly RemoteEnd[] {
  return tcp.kind === 'answer' ? (tcp.value.get(serviceName)?.arrivals ?? []) : [];
}

/** What an administrator may look at; whether it counts or not. */
function readSigns(serviceName: string, { drainingFlag }: ServiceEvidence, { counters, tcp, udp, cmdlet }: SourceAnswers): SessionSigns {
  const connections = tcp.kind === 'answer' ? tcp.value.get(serviceName) : undefined;
  const media = udp.kind === 'answer' ? udp.value.get(serviceName) : undefined;
  const activity = cmdlet?.kind === 'activities' ? cmdlet.activities.get(serviceName.toUpperCase())?.text : undefined;
  const flag = counters.kind === 'answer' && drainingFlag !== null ? counters.value.get(drainingFlag) : undefined;
  return {
    connections: connections?.count ?? null,
    ends: connections?.ends ?? [],
    mediaPorts: media?.endpoints ?? null,
    activity: activity ?? null,
    drainingFlag: flag?.kind === 'value' && (flag.value === 0 || flag.value === 1 || flag.value === 2) ? flag.value : null,
  };
}
