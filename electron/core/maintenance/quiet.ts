import type { Proof, Quiet } from '../../contract/checklist.js';
import type { Instant } from '../../contract/computer.js';
import type { Facts } from '../../contract/facts.js';
import { type HeldZero, type RecordedSample, type RecordedService, type Run, MAX_SAMPLE_GAP_MS } from '../../contract/run.js';
import { namesService } from '../../contract/service-names.js';
import type { EvidenceSource, SessionReading } from '../../contract/sessions.js';
import { DEFAULT_SETTINGS } from '../../contract/settings.js';
import { currentAcceptance } from './acceptance.js';
import { howAwoken } from './awakening.js';
import { isRestartUnrecorded } from './step-status.js';

/** Wall clock and monotonic clock may differ by this between two samples; more means a restart or a clock that was set. */
const MAX_CLOCK_DRIFT_MS = 5_000;

/** A sample that may not be in the record yet. */
export type Sample = Omit<RecordedSample, 'seq'>;

/** A reading in the record's short form: the count, or why it is unknown and what was seen at least. */
export function toSample(now: Instant, sessions: ReadonlyMap<string, SessionReading>): Sample {
  const short: RecordedSample['sessions'] = {};
  const atLeast: Record<string, number> = {};
  for (const [name, reading] of sessions) {
    short[name] = reading.kind === 'count' ? reading.count : reading.reason;
    if (reading.kind === 'unknown' && reading.atLeast !== undefined) atLeast[name] = reading.atLeast.count;
  }
  return { at: now.at, upMs: now.upMs, sessions: short, atLeast };
}

/** What the proof of a run is judged by: one reading of now, and the record. */
export interface QuietView {
  readonly facts: Facts;
  readonly run: Run;
  readonly current: Sample;
  readonly trail: Trail;
  /** True if Windows was restarted since the record's last word. */
  readonly isRestarted: boolean;
}

export function viewQuiet(facts: Facts, run: Run): QuietView {
  const current = toSample(facts.now, facts.sessions);
  return { facts, run, current, trail: new Trail(current, run.samples), isRestarted: isRestartUnrecorded(facts, run) };
}

/** The recorded samples that lie close enough together, latest first. Worked out as far as it is asked for, once for all services. */
class Trail {
  readonly #found: RecordedSample[] = [];
  #earliest: Instant;
  readonly #samples: readonly RecordedSample[];

  constructor(current: Instant, samples: readonly RecordedSample[]) {
    this.#earliest = current;
    this.#samples = samples;
  }

  /** Undefined where nothing can be relied on any more: a gap, or the record's beginning. */
  at(place: number): RecordedSample | undefined {
    while (this.#found.length <= place) {
      const sample = this.#samples[this.#samples.length - 1 - this.#found.length];
      if (sample === undefined || !isUnbroken(sample, this.#earliest)) return undefined;
      this.#found.push(sample);
      this.#earliest = sample;
    }
    return this.#found[place];
  }
}

function isAnyAwoken({ facts, run, isRestarted }: QuietView, names: readonly string[]): boolean {
  return names.some((name) => howAwoken(facts.statuses.get(name), run.lastSeen.get(name), isRestarted) !== null);
}

/**
 * Works out whether the services have been without sessions for the hold time.
 * @param services those that count: planned and not left out
 */
export function judgeQuiet(view: QuietView, services: readonly RecordedService[], allPaused: boolean): Quiet {
  if (!allPaused || services.length === 0) return { kind: 'not-draining' };
  const names = services.map((service) => service.serviceName);
  if (view.facts.evidence === 'not-asked') return judgeUnasked(view, names);
  const asked = names.filter((name) => currentAcceptance(view.facts, view.run, name) === null);
  const known = asked.filter((name) => typeof view.current.sessions[name] === 'number');
  const unknown = asked.filter((name) => !known.includes(name));
  const counted = known.reduce((sum, name) => sum + countOf(view.current, name), 0);
  const sessions = counted + unknown.reduce((sum, name) => sum + (view.current.atLeast[name] ?? 0), 0);
  if (counted > 0) return { kind: 'busy', sessions, unknown };
  const holdTimeMs = holdTimeOf(view.run);
  const held = heldEarlier(view, names, known) ?? measureHold(view, known);
  if (unknown.length > 0) {
    return held.heldMs >= holdTimeMs
      ? { kind: 'needs-acceptance', heldMs: held.heldMs, sessions, unknown }
      : { kind: 'busy', sessions, unknown };
  }
  return judgeHeld(view, names, held, holdTimeMs);
}

/**
 * What all those that can be known have held while acceptances were missing: it stands over a gap, as a proof does, so that an
 * acceptance costs no new hold time. Asked of services at zero now.
 * @returns null if it is not on record, too short, not of all of them, or a service was awake since
 */
export function heldEarlier(view: QuietView, names: readonly string[], known: readonly string[]): Hold | null {
  const held = standingHeldZero(view);
  if (held === null || !known.every((name) => namesService(held.services, name)) || isAnyAwoken(view, names)) return null;
  return { heldMs: sinceProof(held, view.facts.now), samples: held.samples };
}

/** True if the record says that it held zero for the hold time, and nothing on record contradicts that. */
export function hasHeldZero(view: QuietView, serviceName: string): boolean {
  return namesService(standingHeldZero(view)?.services ?? [], serviceName);
}

function standingHeldZero({ run, isRestarted }: QuietView): HeldZero | null {
  const { heldZero } = run;
  return heldZero !== null && !isRestarted && heldZero.heldMs >= holdTimeOf(run) ? heldZero : null;
}

/** After a sign-off only states, start types and processes are looked at: the proof of then stands until one of them speaks against it. */
function judgeUnasked(view: QuietView, names: readonly string[]): Quiet {
  const { facts, run } = view;
  if (run.quiet === null || isAnyAwoken(view, names)) return { kind: 'holding', heldMs: 0, holdTimeMs: holdTimeOf(run) };
  return { kind: 'quiet', heldMs: sinceProof(run.quiet, facts.now), samples: run.quiet.samples };
}

function judgeHeld(view: QuietView, names: readonly string[], held: Hold, holdTimeMs: number): Quiet {
  const {
    facts,
    run: { quiet: proof },
  } = view;
  const stands = proof !== null && proof.heldMs >= holdTimeMs && !isAnyAwoken(view, names);
  if (stands) return { kind: 'quiet', heldMs: sinceProof(proof, facts.now), samples: proof.samples };
  return held.heldMs >= holdTimeMs
    ? { kind: 'quiet', heldMs: held.heldMs, samples: held.samples }
    : { kind: 'holding', heldMs: held.heldMs, holdTimeMs };
}

/** How long zero must hold. A quick pause names no time: what proves nothing needs the usual one. */
export function holdTimeOf({ order }: Run): number {
  return order.command === 'pause' ? DEFAULT_SETTINGS.holdTimeMs : order.holdTimeMs;
}

/** For how long this service alone has shown zero, planned or not, in milliseconds. Looks no further back than the hold time. */
export function heldZeroMs(view: QuietView, serviceName: string): number {
  return measure(view, [serviceName], (sample) => sample.sessions[serviceName] === 0, holdTimeOf(view.run)).heldMs;
}

interface Hold {
  readonly heldMs: number;
  readonly samples: number;
}

/** For how long all these have been at zero until now. */
export function measureHold(view: QuietView, names: readonly string[]): Hold {
  return measure(view, names, (sample) => names.every((name) => sample.sessions[name] === 0));
}

/**
 * Goes back from now through samples that hold and lie close enough together, as far as all these services took no new work.
 * @param enoughMs where it may stop
 */
export function measure(
  view: QuietView,
  names: readonly string[],
  holds: (sample: Sample) => boolean,
  enoughMs = Number.POSITIVE_INFINITY,
): Hold {
  const { run, current, trail } = view;
  if (!holds(current) || isAnyAwoken(view, names)) return { heldMs: 0, samples: 0 };
  const fromSeq = Math.max(run.holdFromSeq, ...names.map((name) => asleepFromSeq(run, name)));
  let heldMs = 0;
  let samples = 1;
  for (
    let sample = trail.at(0);
    heldMs < enoughMs && sample !== undefined && sample.seq >= fromSeq && holds(sample);
    sample = trail.at(samples - 1)
  ) {
    heldMs = current.upMs - sample.upMs;
    samples += 1;
  }
  return { heldMs, samples };
}

/**
 * The place in the record since when a service takes no new work. One that the record knows awake only just went to sleep; of
 * one it does not know, all that is there counts.
 */
function asleepFromSeq({ lastSeen }: Run, serviceName: string): number {
  const last = lastSeen.get(serviceName);
  return last === undefined ? 0 : (last.asleepFromSeq ?? Number.POSITIVE_INFINITY);
}

function countOf(sample: Sample, serviceName: string): number {
  const count = sample.sessions[serviceName];
  return typeof count === 'number' ? count : 0;
}

/** True when `later` follows `earlier` in the same boot, close enough that nothing can have hidden in between. */
export function isUnbroken(earlier: Instant, later: Instant): boolean {
  const upMs = later.upMs - earlier.upMs;
  const wallMs = Date.parse(later.at) - Date.parse(earlier.at);
  return upMs >= 0 && upMs <= MAX_SAMPLE_GAP_MS && Math.abs(wallMs - upMs) <= MAX_CLOCK_DRIFT_MS;
}

/** The monotonic clock begins again with Windows: across a restart only the other one can say how long it is. */
function sinceProof(proof: NonNullable<Run['quiet']>, now: Instant): number {
  const sinceMs = now.upMs >= proof.upMs ? now.upMs - proof.upMs : Date.parse(now.at) - Date.parse(proof.at);
  return proof.heldMs + Math.max(0, sinceMs);
}

/** What the record alone says of the proof that stands. */
export type RecordedProof = Pick<Proof, 'since' | 'lastAt' | 'heldMs' | 'readings' | 'longestGapMs'>;

/** From the first reading of zero to the last one on record; null if no proof stands. */
export function recordedProof(run: Run): RecordedProof | null {
  const { quiet: proof } = run;
  if (proof === null) return null;
  return {
    since: new Date(Date.parse(proof.at) - proof.heldMs).toISOString(),
    lastAt: proof.last.at,
    heldMs: sinceProof(proof, proof.last),
    readings: proof.samples,
    longestGapMs: Math.max(proof.longestGapMs, longestGapWithin(run, proof)),
  };
}

/** The proof as all faces show it; null until the record has one that stands. */
export function describeProof({ facts, run }: QuietView, quiet: Quiet, names: readonly string[]): Proof | null {
  const proof = recordedProof(run);
  if (quiet.kind !== 'quiet' || run.quiet === null || proof === null) return null;
  const proved = names.filter((name) => currentAcceptance(facts, run, name) === null);
  return {
    since: proof.since,
    heldMs: quiet.heldMs,
    readings: proof.readings,
    longestGapMs: Math.max(proof.longestGapMs, sinceLast(run.quiet, facts.now)),
    lastAt: proof.lastAt,
    services: proved.length,
    sources: sourcesOf(facts, proved),
  };
}

/** Between the readings that made the proof; those that lie further apart than they may have been thinned out since. */
function longestGapWithin({ samples }: Run, proof: NonNullable<Run['quiet']>): number {
  const within = samples.filter(({ upMs }) => upMs >= proof.upMs - proof.heldMs && upMs <= proof.upMs).map(({ upMs }) => upMs);
  const gaps = within.map((upMs, index) => upMs - (within[index - 1] ?? upMs));
  return Math.min(MAX_SAMPLE_GAP_MS, Math.max(0, ...gaps));
}

/** The time without a reading that is going on: readings have ended, or pause for a moment. */
function sinceLast({ last }: NonNullable<Run['quiet']>, now: Instant): number {
  return now.upMs >= last.upMs ? now.upMs - last.upMs : Math.max(0, Date.parse(now.at) - Date.parse(last.at));
}

function sourcesOf(facts: Facts, names: readonly string[]): readonly EvidenceSource[] {
  const sources = names.flatMap((name) => {
    const reading = facts.sessions.get(name);
    return reading?.kind === 'count' ? [reading.evidence] : [];
  });
  return [...new Set(sources)];
}
