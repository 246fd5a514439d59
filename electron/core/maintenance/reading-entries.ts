/** What a reading adds to the record where nothing but facts and record decides it. Nothing is written here. */

import type { Checklist, Quiet } from '../../contract/checklist.js';
import type { MessageId } from '../../contract/message-places.js';
import { problem, type Problem } from '../../contract/problem.js';
import type { EntryDraft, ObservedService } from '../../contract/run.js';
import type { ServiceStatus } from '../../contract/service.js';
import { endOfAcceptance } from './acceptance.js';
import { hasShownNothing, newlyHeldZero } from './awaited-acceptances.js';
import { findAwakenings } from './awakening.js';
import type { RunJudgement } from './run-judgement.js';
import type { RunView } from './run-view.js';
import { carriesSessions } from './selection.js';
import { isClockSetUnrecorded } from './step-status.js';

/** Windows was restarted since the record's last word. */
export function restartEntries(view: RunView): readonly EntryDraft[] {
  const { facts, run, active } = view;
  if (!view.quiet.isRestarted) return [];
  const { bootedAt, bootId } = facts.computer;
  const states = active.map(({ serviceName }) => ({ serviceName, state: facts.statuses.get(serviceName)?.state }));
  const running = states.filter(({ state }) => state === 'running').map(({ serviceName }) => serviceName);
  const restarted: EntryDraft = { type: 'restarted', bootedAt, ...(bootId !== null && { bootId }), running };
  // What is not stopped after a restart has been started since, also if it was paused again: it may have taken calls.
  const mayHaveTakenCalls = states.some(({ state }) => state !== undefined && state !== 'stopped');
  const isContradicted = run.quiet !== null && !view.isReturning && mayHaveTakenCalls;
  return isContradicted ? [restarted, notReadyEntry('blocks-hold-time')] : [restarted];
}

/** Planned services that were awake since they were paused or stopped. An outside change is not reported twice. */
export function awakeEntries(view: RunView): readonly EntryDraft[] {
  const { facts, run, active } = view;
  const names = active.map((service) => service.serviceName);
  const undone = active.filter((service) => view.pauseOf(service).undoneOutside).map((service) => service.serviceName);
  const awake = findAwakenings(facts, run, names).filter(({ serviceName }) => !undone.includes(serviceName));
  const entries = awake.map(({ serviceName, by }): EntryDraft => ({ type: 'awake', serviceName, by }));
  const [first] = awake;
  if (first === undefined || (run.quiet === null && run.confirmed === null)) return entries;
  return [...entries, withdrawnEntry(problem('awake-since', { serviceName: first.serviceName }))];
}

/** States and processes that are others than the record knows, and a clock that was set. */
export function observedEntries(view: RunView): readonly EntryDraft[] {
  const { facts, run } = view;
  const services: Record<string, ObservedService> = {};
  for (const status of facts.statuses.values()) {
    const { serviceName, state, processId } = status;
    const known = run.lastSeen.get(serviceName);
    if (known === undefined && !isOfInterest(view, status)) continue;
    if (known?.state !== state || known.processId !== processId) services[serviceName] = { state, processId };
  }
  // A removed service has no process either: what it carried is lost once.
  for (const [name, { processId }] of run.lastSeen) {
    if (processId !== 0 && !facts.statuses.has(name)) services[name] = { state: 'stopped', processId: 0 };
  }
  const clock = isClockSetUnrecorded(facts, run) ? { bootedAt: facts.computer.bootedAt } : {};
  return Object.keys({ ...services, ...clock }).length > 0 ? [{ type: 'observed', services, ...clock }] : [];
}

function isOfInterest({ run }: RunView, status: ServiceStatus): boolean {
  return carriesSessions(status) || run.services.has(status.serviceName);
}

/** Acceptances that this reading ends. */
export function endedAcceptanceEntries({ facts, run }: RunView): readonly EntryDraft[] {
  return [...run.acceptances].flatMap(([serviceName, acceptance]): EntryDraft[] => {
    const end = endOfAcceptance(acceptance, facts.statuses.get(serviceName), facts.sessions.get(serviceName));
    return end === null ? [] : [{ type: 'acceptance-ended', serviceName, ...end }];
  });
}

/** What was accepted in advance is accepted once all others have held zero, and it has shown nothing for as long. */
export function acceptedInAdvanceEntries({ facts, run, quiet: proof }: RunView, quiet: Quiet): readonly EntryDraft[] {
  if (quiet.kind !== 'needs-acceptance' || !quiet.unknown.every((name) => run.acceptedInAdvance.has(name))) return [];
  return quiet.unknown.flatMap((serviceName): EntryDraft[] => {
    const word = run.acceptedInAdvance.get(serviceName);
    const processId = facts.statuses.get(serviceName)?.processId ?? 0;
    if (word === undefined || !hasShownNothing(proof, serviceName)) return [];
    const { by, note } = word;
    return [{ type: 'accepted', by, serviceName, note, processId, count: 0, ends: [], cut: null, inAdvance: true }];
  });
}

/** What held zero is kept while only acceptances are missing: they may come after a time in which nobody looked. */
export function heldZeroEntries({ run, active, quiet: proof }: RunView, quiet: Quiet): readonly EntryDraft[] {
  if (quiet.kind !== 'needs-acceptance' || run.order.command !== 'drain') return [];
  const held = newlyHeldZero(proof, active);
  return held === null ? [] : [held];
}

/** Quiet is reached, or a sign-off does not hold any more. */
export function verdictEntries({ run }: RunView, judgement: RunJudgement): readonly EntryDraft[] {
  const isSignedOff = run.confirmed !== null && judgement.phase !== 'confirmed';
  return [...proofEntries(run, judgement), ...(isSignedOff ? [withdrawnEntry(whyWithdrawn(judgement), judgement.isReady)] : [])];
}

/** A quick pause waits for no proof; and a proof of a shorter hold time does not do for a longer one. */
function proofEntries({ order, quiet: proof }: RunView['run'], { quiet, restart }: RunJudgement): readonly EntryDraft[] {
  if (quiet.kind !== 'quiet' || order.command !== 'drain' || (proof !== null && proof.heldMs >= order.holdTimeMs)) return [];
  const { heldMs, samples } = quiet;
  const isSafe = restart.kind === 'safe' || restart.kind === 'accepted';
  return [{ type: 'quiet', heldMs, samples, ...(isSafe && { safeToRestart: true }) }];
}

/** The first thing that speaks against what was signed off. */
function whyWithdrawn({ isReady, blockers, restart }: RunJudgement): Problem {
  const [reason] = restart.reasons;
  return isReady && reason !== undefined ? reason.problem : notReady(blockers[0]?.id);
}

function notReadyEntry(because: MessageId): EntryDraft {
  return withdrawnEntry(notReady(because));
}

function notReady(because: Checklist['blockers'][number]['id'] | undefined): Problem {
  return problem('not-ready', { because: because ?? 'blocks-not-read' });
}

function withdrawnEntry(because: Problem, proofStands = false): EntryDraft {
  return { type: 'withdrawn', problem: because, ...(proofStands && { proofStands }) };
}
