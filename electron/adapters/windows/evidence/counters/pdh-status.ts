import type { CounterAnswer } from '../../../../contract/evidence-answers.js';

type UnreadableReason = Extract<CounterAnswer, { kind: 'unreadable' }>['reason'];

/**
 * Codes of pdhmsg.h that say more than "failed". Missing: this computer does not have the counter or its instance. Broken:
 * the counter is there, and its data cannot be right.
 */
const REASONS: ReadonlyMap<number, UnreadableReason> = new Map([
  [0x800007d1, 'counter-missing'], // PDH_CSTATUS_NO_INSTANCE
  [0xc0000bb8, 'counter-missing'], // PDH_CSTATUS_NO_OBJECT
  [0xc0000bb9, 'counter-missing'], // PDH_CSTATUS_NO_COUNTER
  [0xc0000bc4, 'counter-missing'], // PDH_INVALID_PATH
  [0xc0000bc5, 'counter-missing'], // PDH_INVALID_INSTANCE
  [0xc0000bd4, 'counter-missing'], // PDH_STRING_NOT_FOUND
  [0xc0000bdb, 'counter-denied'], // PDH_ACCESS_DENIED
  [0x00000005, 'counter-denied'], // ERROR_ACCESS_DENIED
  [0x800007d6, 'counter-broken'], // PDH_CALC_NEGATIVE_DENOMINATOR
  [0x800007d7, 'counter-broken'], // PDH_CALC_NEGATIVE_TIMEBASE
  [0x800007d8, 'counter-broken'], // PDH_CALC_NEGATIVE_VALUE
  [0xc0000bba, 'counter-broken'], // PDH_CSTATUS_INVALID_DATA
  [0xc0000bc6, 'counter-broken'], // PDH_INVALID_DATA
]);

/** What a status of PDH or Windows other than success means for the evidence; the code is kept as people look it up. */
export function toUnreadable(status: number): CounterAnswer {
  return { kind: 'unreadable', reason: REASONS.get(status) ?? 'counter-failed', raw: `0x${status.toString(16).padStart(8, '0')}` };
}
