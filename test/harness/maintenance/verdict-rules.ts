import type { RestartKind } from '../../../electron/contract/checklist.js';
import { type Case, isOtherProcess, seenIn } from './verdict-cases.js';

/**
 * What must be said of a restart, written down a second time and in another way than the program does it: from what a
 * service may carry and where it may run, not from what the record and the readings look like.
 */

/** True if a service takes new work, or may do so at any moment. */
function isAwake({ state }: Case): boolean {
  return state === 'running' || (state.endsWith('-pending') && state !== 'stop-pending');
}

function isPlanned({ membership }: Case): boolean {
  return membership === 'planned';
}

/** What is not installed is missed only if it is planned. */
function isJudged({ state, membership }: Case): boolean {
  return state !== 'missing' || membership === 'planned';
}

function isProvedEmpty(one: Case): boolean {
  const { state, evidence } = one;
  if (state === 'stopped' || evidence === 'zero-held' || evidence === 'signed') return true;
  // Proved together with the plan: nothing is known of what stands outside it.
  return isPlanned(one) && (evidence === 'zero-after-gap' || evidence === 'services-signed');
}

function isAccepted(one: Case): boolean {
  if (isOtherProcess(one.evidence)) return one.state === 'stopped' && one.acceptance !== 'none';
  switch (one.acceptance) {
    case 'none':
      return false;
    case 'empty':
      return one.state === 'stopped' || one.evidence !== 'three';
    case 'cut':
      return true;
    case 'cut-two':
      return seenIn(one) <= 2;
    case 'ended':
      return one.state === 'stopped';
  }
}

/** True if a restart may cut a session of it that was not accepted. */
export function mayLoseSessions(one: Case): boolean {
  if (!isJudged(one) || one.state === 'missing') return false;
  return isAwake(one) || !(isProvedEmpty(one) || isAccepted(one));
}

/** True if a restart may bring it back with calls before its way back was ordered. */
export function mayRunAfterRestart({ start, preview, state }: Case): boolean {
  if (state === 'missing') return false;
  if (preview === 'unreadable') return true;
  return start === 'demand' ? preview !== 'alone' : start !== 'disabled';
}

/** The ids of the reasons that one service gives, without its name. */
export function reasonsOf(one: Case): readonly string[] {
  if (!isJudged(one)) return [];
  if (one.state === 'missing') return ['missing'];
  if (isAwake(one)) return [one.membership === 'planned' ? 'not-paused' : one.membership === 'left-out' ? 'left-out' : 'outside-plan'];
  return [...(mayLoseSessions(one) ? [sessionReason(one)] : []), ...(mayRunAfterRestart(one) ? [startReason(one)] : [])];
}

function sessionReason({ evidence }: Case): string {
  if (evidence === 'three') return 'sessions';
  return evidence.startsWith('zero') ? 'not-proved' : 'unknown';
}

function startReason({ start, preview }: Case): string {
  if (preview === 'unreadable') return 'start-unknown';
  if (start !== 'demand') return 'not-held';
  return { alone: 'none', 'automatic-dependent': 'dependent', trigger: 'trigger', 'dependents-unknown': 'start-unknown' }[preview];
}

/** What is said of the whole server. */
export function kindOf(cases: readonly Case[]): RestartKind {
  if (cases.some((one) => reasonsOf(one).length > 0)) return 'not-safe';
  const needed = cases.filter((one) => isAccepted(one) && needsAcceptance(one));
  if (needed.some(({ acceptance }) => acceptance.startsWith('cut'))) return 'cuts';
  return needed.length > 0 ? 'accepted' : 'safe';
}

/** A service that has stopped, or that shows zero, needs no acceptance. */
function needsAcceptance({ state, evidence }: Case): boolean {
  return state !== 'stopped' && state !== 'missing' && !evidence.startsWith('zero');
}
