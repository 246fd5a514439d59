import type { Instant } from '../../contract/computer.js';
import type { Entry, HeldZero, LastSeen, QuietProof, Run } from '../../contract/run.js';
import { isSameService, ServiceMap } from '../../contract/service-names.js';

/** What single entries make of the run's proof, of what was seen last, and of what was accepted. */

export const NO_PROOF: Pick<Run, 'quiet' | 'heldZero'> = { quiet: null, heldZero: null };

/** @param earlier what held zero before; a proof that reaches back to it has its gaps */
function provedBy({ at, upMs, heldMs, samples }: Extract<Entry, { type: 'quiet' | 'held-zero' }>, earlier: QuietProof | null): QuietProof {
  const longestGapMs = earlier !== null && upMs - heldMs < earlier.upMs ? earlier.longestGapMs : 0;
  return { at, upMs, heldMs, samples, last: { at, upMs }, longestGapMs };
}

/** Both clocks are looked at: one stands still while the computer sleeps, the other jumps when it is set. */
export function grow<P extends QuietProof>(proof: P, now: Instant): P {
  const gapMs = Math.max(now.upMs - proof.last.upMs, Math.abs(Date.parse(now.at) - Date.parse(proof.last.at)));
  return { ...proof, samples: proof.samples + 1, last: now, longestGapMs: Math.max(proof.longestGapMs, gapMs) };
}

/** Nothing but zero agrees with what was held; an answer that has yet to come says nothing either way. */
export function heldZeroAfter(
  held: HeldZero,
  { at, upMs, sessions }: Extract<Entry, { type: 'sampled' }>,
  isInPlan: (serviceName: string) => boolean,
): HeldZero | null {
  const counts = held.services.filter(isInPlan).map((name) => sessions[name]);
  if (counts.some((count) => count !== 0 && count !== 'not-read-yet')) return null;
  return counts.includes('not-read-yet') ? held : grow(held, { at, upMs });
}

/** True for an entry that says which boot its clocks belong to. */
export function tellsBoot(entry: Entry): boolean {
  return entry.type === 'restarted' || (entry.type === 'observed' && entry.bootedAt !== undefined);
}

export function observedNotes(
  run: Pick<Run, 'lastSeen' | 'bootedAtLast'>,
  entry: Extract<Entry, { type: 'observed' }>,
): Pick<Run, 'lastSeen' | 'bootedAtLast'> {
  return { lastSeen: lastSeenAfter(run.lastSeen, entry), bootedAtLast: entry.bootedAt ?? run.bootedAtLast };
}

/** A service that is found in another process while it takes no new work has been awake in between: its sleep begins again. */
function lastSeenAfter(before: Run['lastSeen'], { services, seq }: Extract<Entry, { type: 'observed' }>): Run['lastSeen'] {
  const lastSeen = new ServiceMap<LastSeen>(before);
  for (const [name, { state, processId }] of Object.entries(services)) {
    const known = before.get(name);
    const isSame = processId === 0 || processId === known?.processId;
    const wasAsleep = known !== undefined && known.asleepFromSeq !== null;
    const isAsleep = state === 'paused' || state === 'stopped' || state === 'stop-pending';
    lastSeen.set(name, {
      ...{ state, processId },
      asleepFromSeq: isAsleep ? (wasAsleep && isSame ? known.asleepFromSeq : seq) : null,
      isOtherProcess: isSame ? (known?.isOtherProcess ?? false) : known !== undefined,
      isLost: false,
    });
  }
  return lastSeen;
}

/** What replaced a process before this run paused the service says nothing of who woke it afterwards. */
export function pausedNotes({ lastSeen }: Pick<Run, 'lastSeen'>, serviceName: string): Pick<Run, 'lastSeen'> {
  const known = lastSeen.get(serviceName);
  return {
    lastSeen: known?.isOtherProcess === true ? new ServiceMap(lastSeen).set(serviceName, { ...known, isOtherProcess: false }) : lastSeen,
  };
}

/** What this run continued takes calls again, in the same process. */
export function awakeNotes({ lastSeen }: Pick<Run, 'lastSeen'>, serviceName: string): Pick<Run, 'lastSeen'> {
  const known = lastSeen.get(serviceName);
  return {
    lastSeen:
      known === undefined ? lastSeen : new ServiceMap(lastSeen).set(serviceName, { ...known, state: 'running', asleepFromSeq: null }),
  };
}

/**
 * A process is lost once, also if this program ends before it has recorded what is there now. Its number stays: a service that
 * is only stopping is still in it, and has not been started since.
 */
export function lossNotes(
  { losses, lastSeen }: Pick<Run, 'losses' | 'lastSeen'>,
  entry: Extract<Entry, { type: 'lost' }>,
): Pick<Run, 'losses' | 'lastSeen'> {
  const { at, upMs, serviceName, how, count, certainty } = entry;
  const known = lastSeen.get(serviceName);
  return {
    losses: [...losses, { at, upMs, serviceName, how, count, certainty }],
    lastSeen: known === undefined ? lastSeen : new ServiceMap(lastSeen).set(serviceName, { ...known, isLost: true }),
  };
}

/** No process outlives a restart of Windows, whatever numbers are given out after it. */
export function afterRestart({ lastSeen, acceptances }: Pick<Run, 'lastSeen' | 'acceptances'>): Pick<Run, 'lastSeen' | 'acceptances'> {
  return {
    lastSeen: new ServiceMap([...lastSeen].map(([name, seen]) => [name, { ...seen, processId: 0 }])),
    acceptances: new ServiceMap([...acceptances].map(([name, acceptance]) => [name, { ...acceptance, processId: 0 }])),
  };
}

const EVIDENCE_OVERRIDE = 'evidence:';

/** An override of a service's evidence with a note accepts it in advance. */
export function overriddenBy(
  run: Pick<Run, 'overrides' | 'acceptedInAdvance'>,
  { checkId, by, note }: Extract<Entry, { type: 'overridden' }>,
): Pick<Run, 'overrides' | 'acceptedInAdvance'> {
  const overrides = run.overrides.includes(checkId) ? run.overrides : [...run.overrides, checkId];
  if (!checkId.startsWith(EVIDENCE_OVERRIDE) || note === null) return { overrides, acceptedInAdvance: run.acceptedInAdvance };
  return { overrides, acceptedInAdvance: new ServiceMap(run.acceptedInAdvance).set(checkId.slice(EVIDENCE_OVERRIDE.length), { by, note }) };
}

/** An acceptance of schema 1 says nothing of what could be seen, and of which process. */
export function acceptedNotes(
  { acceptances }: Pick<Run, 'acceptances'>,
  entry: Extract<Entry, { type: 'accepted' | 'accepted-by-hand' }>,
): Pick<Run, 'acceptances'> {
  const { at, by, note, serviceName } = entry;
  const seen = entry.type === 'accepted' ? entry : { processId: null, count: 0, ends: [], mediaPorts: null, cut: null };
  const { processId, count, ends, mediaPorts = null, cut } = seen;
  return { acceptances: new ServiceMap(acceptances).set(serviceName, { at, by, note, processId, count, ends, mediaPorts, cut }) };
}

/** What was accepted in advance was accepted once: it does not come back by itself. */
export function withoutAcceptance(
  run: Pick<Run, 'acceptances' | 'acceptedInAdvance'>,
  serviceName: string,
): Pick<Run, 'acceptances' | 'acceptedInAdvance'> {
  const without = <T>(map: ReadonlyMap<string, T>): ReadonlyMap<string, T> =>
    new ServiceMap([...map].filter(([name]) => !isSameService(name, serviceName)));
  return { acceptances: without(run.acceptances), acceptedInAdvance: without(run.acceptedInAdvance) };
}

/** A service that is chosen to stay as it is needs its lost original no more. */
export function withoutUnrecorded({ tailLost }: Pick<Run, 'tailLost'>, serviceName: string): Pick<Run, 'tailLost'> {
  if (tailLost === undefined) return {};
  return { tailLost: { ...tailLost, unrecorded: tailLost.unrecorded.filter((name) => !isSameService(name, serviceName)) } };
}

/** A sign-off of a record from before scopes were written was for the services. */
export function confirmedBy({ at, upMs, by, note, scope = 'services', cut = 0 }: Extract<Entry, { type: 'confirmed' }>): Run['confirmed'] {
  return { at, upMs, by, note, scope, cut };
}

/** What yielded has a claim until its way back is ordered, which follows at once: killed before that, it is to be verified still. */
export function claimAfter(claim: Run['claim'], { when, servers }: Extract<Entry, { type: 'pool-looked' }>): Run['claim'] {
  return when === 'before-pause' ? { before: servers, isVerified: false } : { before: claim?.before ?? servers, isVerified: true };
}

export function withdrawnNotes({ seq, proofStands }: Extract<Entry, { type: 'withdrawn' }>): Partial<Run> {
  return proofStands === true ? { confirmed: null } : { holdFromSeq: seq, ...NO_PROOF, confirmed: null };
}

export function tailLostNotes({ seq, at, unrecorded }: Extract<Entry, { type: 'tail-lost' }>): Partial<Run> {
  return { holdFromSeq: seq, ...NO_PROOF, confirmed: null, tailLost: { at, unrecorded } };
}

export function proofNotes({ heldZero }: Pick<Run, 'heldZero'>, entry: Extract<Entry, { type: 'quiet' | 'held-zero' }>): Partial<Run> {
  return entry.type === 'quiet'
    ? { quiet: provedBy(entry, heldZero) }
    : { heldZero: { ...provedBy(entry, null), services: entry.services } };
}
