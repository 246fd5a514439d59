import type { AcceptedService, LostSessions } from '../../contract/checklist.js';
import type { Problem } from '../../contract/problem.js';
import type { Entry, EntryContents, Run } from '../../contract/run.js';
import { recordedProof, type RecordedProof } from './quiet.js';

/** What became of the sign-off: the last one that was given, and whether it stood until the way back. */
export type SignOffOverview =
  | { readonly kind: 'none' }
  | {
      readonly kind: 'signed';
      readonly confirmed: NonNullable<Run['confirmed']>;
      readonly accepted: readonly AcceptedService[];
      readonly lossesBefore: readonly LostSessions[];
    }
  | { readonly kind: 'withdrawn'; readonly at: string; readonly problem: Problem };

/** An acceptance, with what ended it. What the way back ended is no end worth telling. */
export interface AcceptedOverview extends AcceptedService {
  readonly inAdvance: boolean;
  readonly ended: (EntryContents['acceptance-ended'] & { readonly at: string }) | null;
}

/** What a reader of a whole run must know first. */
export interface RunOverview {
  readonly signOff: SignOffOverview;
  readonly losses: readonly LostSessions[];
  /** How often new work reached a paused service. */
  readonly leaks: readonly { readonly serviceName: string; readonly times: number }[];
  readonly stalls: readonly { readonly serviceName: string; readonly count: number; readonly at: string }[];
  /** When this server gave way to another one of its pool, and to which. */
  readonly gaveWay: readonly (Pick<EntryContents['yielded'], 'to'> & { readonly at: string })[];
  readonly accepted: readonly AcceptedOverview[];
  /** Null if the services were never proved quiet. */
  readonly proof: (RecordedProof & { readonly services: number }) | null;
  /** When they were, if what was seen later contradicts it. */
  readonly contradictedProofAt: string | null;
}

/** Works the overview of a run out of its record. */
export function overviewOf(run: Run, entries: readonly Entry[]): RunOverview {
  const told = withoutEndsOfWayBack(entries);
  const accepted = acceptedOf(told);
  const proof = recordedProof(run);
  const lastProof = entries.filter((entry) => entry.type === 'quiet').at(-1);
  const planned = [...run.services.values()].filter(
    ({ serviceName, leftOut }) => !leftOut && !accepted.some((one) => one.serviceName === serviceName && one.ended === null),
  );
  return {
    signOff: signOffOf(run, told, accepted),
    losses: run.losses,
    leaks: countLeaks(entries),
    stalls: entries.flatMap((entry) =>
      entry.type === 'stalled' ? [{ serviceName: entry.serviceName, count: entry.count, at: entry.at }] : [],
    ),
    gaveWay: entries.flatMap((entry) => (entry.type === 'yielded' ? [{ at: entry.at, to: entry.to }] : [])),
    accepted,
    proof: proof === null ? null : { ...proof, services: planned.length },
    contradictedProofAt: proof === null ? (lastProof?.at ?? null) : null,
  };
}

/** On the way back every acceptance ends, because the services take calls again: that is what was ordered. */
export function withoutEndsOfWayBack(entries: readonly Entry[]): readonly Entry[] {
  let isReturning = false;
  return entries.filter((entry) => {
    if (entry.type === 'ordered') isReturning = entry.order.command === 'resume';
    return entry.type !== 'acceptance-ended' || !isReturning;
  });
}

function acceptedOf(entries: readonly Entry[]): readonly AcceptedOverview[] {
  return entries.flatMap((entry, index): AcceptedOverview[] => {
    if (entry.type !== 'accepted' && entry.type !== 'accepted-by-hand') return [];
    const { serviceName, at, by, note } = entry;
    const { cut = null, inAdvance = false } = entry.type === 'accepted' ? entry : {};
    return [{ serviceName, at, by, note, cut, inAdvance, ended: endOf(entries.slice(index + 1), serviceName) }];
  });
}

function endOf(later: readonly Entry[], serviceName: string): AcceptedOverview['ended'] {
  for (const entry of later) {
    const isSame = 'serviceName' in entry && entry.serviceName === serviceName;
    if (isSame && entry.type === 'acceptance-ended') return { serviceName, at: entry.at, because: entry.because, detail: entry.detail };
    if (isSame && entry.type === 'accepted') return null;
  }
  return null;
}

function signOffOf(run: Run, entries: readonly Entry[], accepted: readonly AcceptedOverview[]): SignOffOverview {
  const { confirmed } = run;
  if (confirmed !== null) {
    const stood = accepted.filter(({ at, ended }) => at <= confirmed.at && (ended === null || ended.at > confirmed.at));
    return { kind: 'signed', confirmed, accepted: stood, lossesBefore: run.losses.filter(({ at }) => at <= confirmed.at) };
  }
  const signed = entries.filter((entry) => entry.type === 'confirmed').at(-1);
  const withdrawn = entries.find((entry) => entry.type === 'withdrawn' && signed !== undefined && entry.seq > signed.seq);
  return withdrawn?.type === 'withdrawn' ? { kind: 'withdrawn', at: withdrawn.at, problem: withdrawn.problem } : { kind: 'none' };
}

function countLeaks(entries: readonly Entry[]): RunOverview['leaks'] {
  const times = new Map<string, number>();
  for (const entry of entries) if (entry.type === 'leaked') times.set(entry.serviceName, (times.get(entry.serviceName) ?? 0) + 1);
  return [...times].map(([serviceName, count]) => ({ serviceName, times: count }));
}
