import type { Instant } from '../contract/computer.js';
import type { Entry, LastSeen, Loss, QuietProof, Run } from '../contract/run.js';
import { isSameService, ServiceMap } from '../contract/service-names.js';

/** What single entries make of the run's proof, of what was seen last, and of what was accepted. */

/** Both clocks are looked at: one stands still while the computer sleeps, the other jumps when it is set. */
export function grow(proof: QuietProof, now: Instant): QuietProof {
  const gapMs = Math.max(now.upMs - proof.last.upMs, Date.parse(now.at) - Date.parse(proof.last.at));
  return { ...proof, samples: proof.samples + 1, last: now, longestGapMs: Math.max(proof.longestGapMs, gapMs) };
}

/** A service that is found in another process while it takes no new work has been awake in between: its sleep begins again. */
export function lastSeenAfter(before: Run['lastSeen'], { services, seq }: Extract<Entry, { type: 'observed' }>): Run['lastSeen'] {
  const lastSeen = new ServiceMap<LastSeen>(before);
  for (const [name, { state, processId }] of Object.entries(services)) {
    const known = before.get(name);
    const isSame = processId === 0 || processId === known?.processId;
    const wasAsleep = known !== undefined && known.asleepFromSeq !== null;
    const isAsleep = state === 'paused' || state === 'stopped' || state === 'stop-pending';
    lastSeen.set(name, {
      ...{ state, processId },
      asleepFromSeq: isAsleep ? (wasAsleep && isSame ? known.asleepFromSeq : seq) : null,
      isOtherProcess: isSame ? (known?.isOtherProcess ?? false) : wasAsleep,
    });
  }
  return lastSeen;
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

/** What was accepted in advance was accepted once: it does not come back by itself. */
export function withoutAcceptance(run: Pick<Run, 'acceptances' | 'acceptedInAdvance'>, serviceName: string): Pick<Run, 'acceptances' | 'acceptedInAdvance'> {
  const without = <T>(map: ReadonlyMap<string, T>): ReadonlyMap<string, T> => new ServiceMap([...map].filter(([name]) => !isSameService(name, serviceName)));
  return { acceptances: without(run.acceptances), acceptedInAdvance: without(run.acceptedInAdvance) };
}

/** A service that is chosen to stay as it is needs its lost original no more. */
export function withoutUnrecorded({ tailLost }: Pick<Run, 'tailLost'>, serviceName: string): Pick<Run, 'tailLost'> {
  if (tailLost === undefined) return {};
  return { tailLost: { ...tailLost, unrecorded: tailLost.unrecorded.filter((name) => !isSameService(name, serviceName)) } };
}

export function lossOf({ at, upMs, serviceName, how, count, certainty }: Extract<Entry, { type: 'lost' }>): Loss {
  return { at, upMs, serviceName, how, count, certainty };
}
