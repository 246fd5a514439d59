import { createHash } from 'node:crypto';

import { problem, ProblemError } from '../../contract/problem.js';
import type { SignedIn, SignedInSession } from '../../contract/signed-in.js';
import type { Clock } from '../../ports/clock.js';
import type { Power } from '../../ports/power.js';

/** Windows answers at once, or its Remote Desktop service hangs. */
const PATIENCE_MS = 5_000;

/** Who else is signed in now. Never rejects: what cannot be read, or not in time, is unknown. */
export async function findSignedIn(power: Power, clock: Clock): Promise<SignedIn> {
  const others = await inTime(power.othersSignedIn(), clock).catch(() => null);
  return { others, consent: consentTo(others) };
}

/**
 * Whether others are to be signed out by force.
 * @param consent of the list that the administrator saw and agreed to; null for none
 * @returns false also where nobody says who is signed in and there is no consent: then Windows refuses if there are others
 * @throws ProblemError others-signed-in if there are some that nobody agreed to
 */
export async function mayForce(power: Power, consent: string | null, clock: Clock): Promise<boolean> {
  const now = await findSignedIn(power, clock);
  if (now.others?.length === 0) return false;
  if (now.consent === consent) return true;
  if (now.others === null) return false;
  const users = [...new Set(now.others.map(({ user }) => user))].join(', ');
  throw new ProblemError(problem('others-signed-in', { users }));
}

/** The same for the same people in the same sessions: who came after it was given is not meant. */
function consentTo(others: readonly SignedInSession[] | null): string {
  const named = others?.map(({ sessionId, user }) => [sessionId, user]) ?? 'unknown';
  return createHash('sha256').update(JSON.stringify(named)).digest('hex').slice(0, 32);
}

async function inTime<T>(reading: Promise<T>, clock: Clock): Promise<T | null> {
  const answered = new AbortController();
  const late = clock.sleep(PATIENCE_MS, answered.signal).then(() => null);
  return Promise.race([reading, late]).finally(() => answered.abort());
}
