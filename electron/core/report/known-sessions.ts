import type { CurvePoint } from '../../contract/checklist.js';

/** Null where it is not known that there was a session, nor that there was none: no session was seen, and some could not be counted. */
export function knownSessions({ sessions, isAtLeast }: CurvePoint): number | null {
  return sessions === 0 && isAtLeast === true ? null : sessions;
}
