import type { Checklist, Quiet, Stalled } from '../contract/checklist.js';
import type { Instant } from '../contract/computer.js';
import type { Facts } from '../contract/facts.js';
import type { MessageId } from '../contract/message.js';
import { problem, type Problem, type ProblemId } from '../contract/problem.js';
import type { ObservedService, RecordedService, Run } from '../contract/run.js';
import type { SessionReading } from '../contract/sessions.js';
import { acceptanceEnded, endOfAcceptance } from '../core/maintenance/acceptance.js';
import { findLeak } from '../core/maintenance/alarms.js';
import { hasShownNothing, newlyHeldZero } from '../core/maintenance/awaited-acceptances.js';
import { findAwakenings } from '../core/maintenance/awakening.js';
import { findLosses, type LatestReading } from '../core/maintenance/losses.js';
import { toSample, viewQuiet, type Sample } from '../core/maintenance/quiet.js';
import { carriesSessions } from '../core/maintenance/selection.js';
import {
  activeServices,
  isClockSetUnrecorded,
  isRestartUnrecorded,
  takesNoNewWork,
  viewManual,
  viewPause,
} from '../core/maintenance/step-status.js';
import type { WorkingRun } from './working-run.js';

/** A sample that says nothing new is recorded again after this long while no session is seen: the proof must have no gaps. */
const QUIET_HEARTBEAT_MS = 5_000;
/** And after this long while sessions remain, so that a time without readings shows as a gap in the curve. */
const BUSY_HEARTBEAT_MS = 10_000;

/**
 * Compares each new reading with what the record knows and writes down what changed: samples, leaks, stalls, restarts,
 * changes from outside, and a sign-off that no longer holds.
 */
export class RunMonitor {
  readonly #working: WorkingRun;
  readonly #before = new Map<string, SessionReading>();
  #announcedStalled: ReadonlySet<string> = new Set();
  /** By service, what of ours was found undone at the last reading. */
  readonly #undone = new Map<string, ProblemId | null>();
  #lastSample: Sample | null = null;
  /** The latest reading of each service that carries sessions: what a process carried is known only while it lives. */
  readonly #latest = new Map<string, LatestReading>();

  constructor(working: WorkingRun) {
    this.#working = working;
  }

  /**
   * What happened to the processes since the record's last word: a restart, sessions that went with a process, services
   * that were awake. Written before anything else is made of the facts.
   */
  noteProcesses(facts: Facts): void {
    this.#noteLosses(facts);
    this.#noteRestart(facts);
    if (this.#working.run.order.command !== 'resume') this.#noteAwakenings(facts);
    this.#noteObserved(facts);
    // On the way back what was accepted takes calls again, as ordered.
    if (this.#working.run.order.command !== 'resume') this.#noteAcceptances(facts);
    this.#keepReadings(facts);
  }

  /** What a service counts while it stops is what is left of its sessions, not what it carried. */
  #keepReadings({ sessions, statuses, now }: Facts): void {
    for (const [name, reading] of sessions) if (statuses.get(name)?.state !== 'stop-pending') this.#latest.set(name, { reading, now });
  }

  #noteLosses(facts: Facts): void {
    for (const loss of findLosses(facts, this.#working.run, this.#latest)) {
      this.#working.store({ type: 'lost', ...loss });
      this.#working.announce({ type: 'lost', ...loss });
    }
  }

  #noteRestart(facts: Facts): void {
    const { run } = this.#working;
    if (!isRestartUnrecorded(facts, run)) return;
    const { bootedAt, bootId } = facts.computer;
    const running = activeServices(run)
      .map((service) => service.serviceName)
      .filter((name) => facts.statuses.get(name)?.state === 'running');
    this.#working.store({ type: 'restarted', bootedAt, ...(bootId !== null && { bootId }), running });
    this.#working.announce({ type: 'restarted', bootedAt, running });
    if (run.quiet !== null && run.order.command !== 'resume') this.#noteAwake(facts);
  }

  /** Planned services that were awake since they were paused or stopped. An outside change is not reported twice. */
  #noteAwakenings(facts: Facts): void {
    const { run } = this.#working;
    const services = activeServices(run);
    const undone = services.filter((service) => viewPause(facts, run, service).undoneOutside).map((service) => service.serviceName);
    const awake = findAwakenings(
      facts,
      run,
      services.map((service) => service.serviceName),
    ).filter(({ serviceName }) => !undone.includes(serviceName));
    for (const { serviceName, by } of awake) {
      this.#working.store({ type: 'awake', serviceName, by });
      this.#working.announce({ type: 'awake', serviceName, problem: problem('awake-since', { serviceName }) });
    }
    const [first] = awake;
    if (first !== undefined && (run.quiet !== null || run.confirmed !== null)) {
      this.#withdrawBecause(problem('awake-since', { serviceName: first.serviceName }));
    }
  }

  #noteObserved(facts: Facts): void {
    const { run } = this.#working;
    const { lastSeen } = run;
    const services: Record<string, ObservedService> = {};
    for (const status of facts.statuses.values()) {
      const { serviceName, state, processId } = status;
      const known = lastSeen.get(serviceName);
      if (known === undefined && !this.#isOfInterest(status)) continue;
      if (known?.state !== state || known.processId !== processId) services[serviceName] = { state, processId };
    }
    // A removed service has no process either: what it carried is lost once.
    for (const [name, { processId }] of lastSeen) {
      if (processId !== 0 && !facts.statuses.has(name)) services[name] = { state: 'stopped', processId: 0 };
    }
    const clock = isClockSetUnrecorded(facts, run) ? { bootedAt: facts.computer.bootedAt } : {};
    if (Object.keys({ ...services, ...clock }).length > 0) this.#working.store({ type: 'observed', services, ...clock });
  }

  #isOfInterest(status: Parameters<typeof carriesSessions>[0]): boolean {
    return carriesSessions(status) || this.#working.run.services.has(status.serviceName);
  }

  #noteAcceptances(facts: Facts): void {
    for (const [serviceName, acceptance] of this.#working.run.acceptances) {
      const end = endOfAcceptance(acceptance, facts.statuses.get(serviceName), facts.sessions.get(serviceName));
      if (end === null) continue;
      this.#working.store({ type: 'acceptance-ended', serviceName, ...end });
      this.#working.announce({ type: 'acceptance-ended', serviceName, problem: acceptanceEnded({ serviceName, ...end }) });
    }
  }

  /** A service that is not stopped after a restart has been started since, also one that was paused again: it may have taken calls. */
  #noteAwake(facts: Facts): void {
    const states = activeServices(this.#working.run).map((service) => facts.statuses.get(service.serviceName)?.state);
    if (states.some((state) => state !== undefined && state !== 'stopped')) this.#withdraw('blocks-hold-time');
  }

  #withdraw(because: MessageId): void {
    this.#withdrawBecause(problem('not-ready', { because }));
  }

  #withdrawBecause(withdrawn: Problem, proofStands = false): void {
    this.#working.store({ type: 'withdrawn', problem: withdrawn, ...(proofStands && { proofStands }) });
    this.#working.announce({ type: 'withdrawn', problem: withdrawn });
  }

  /** What was changed from outside on planned services since the last reading. */
  noteOutsideChanges(facts: Facts): void {
    const { run } = this.#working;
    for (const service of activeServices(run)) {
      const pause = viewPause(facts, run, service);
      const manual = viewManual(facts.configurations.get(service.serviceName), service, run.order.hold);
      const found = [pause, manual].find((status) => status.undoneOutside)?.problem ?? null;
      if (this.#isNews(service, found)) this.#announceOutsideChange(service.serviceName, found);
    }
  }

  /** An undone step is told once, and once more when it comes again after it had been as we left it. */
  #isNews({ serviceName, outsideChange }: RecordedService, found: Problem | null): found is Problem {
    const before = this.#undone.get(serviceName);
    this.#undone.set(serviceName, found?.id ?? null);
    const told = before === undefined ? (outsideChange?.id ?? null) : before;
    return found !== null && found.id !== told;
  }

  #announceOutsideChange(serviceName: string, found: Problem): void {
    this.#working.store({ type: 'outside-change', serviceName, problem: found });
    this.#working.announce({ type: 'outside-change', serviceName, problem: found });
  }

  /** The session counts of all services that carry any, if those of a planned one are new or it is time. */
  noteSessions(facts: Facts): void {
    if (facts.evidence === 'not-asked') return;
    const services = activeServices(this.#working.run);
    for (const service of services) this.#noteLeak(facts, service);
    const sample = withAllOf(toSample(facts.now, facts.sessions), services);
    if (!this.#isWorthRecording(sample, services)) return;
    const { sessions, atLeast } = sample;
    this.#working.store({ type: 'sampled', sessions, ...(Object.keys(atLeast).length > 0 && { atLeast }) });
    this.#lastSample = sample;
  }

  /** What was accepted in advance is accepted once all others have held zero, and it has shown nothing for as long. */
  noteAcceptedInAdvance(facts: Facts, { quiet }: Checklist): void {
    const { run } = this.#working;
    if (quiet.kind !== 'needs-acceptance' || !quiet.unknown.every((name) => run.acceptedInAdvance.has(name))) return;
    const view = viewQuiet(facts, run);
    for (const serviceName of quiet.unknown) {
      const word = run.acceptedInAdvance.get(serviceName);
      const processId = facts.statuses.get(serviceName)?.processId ?? 0;
      if (word === undefined || !hasShownNothing(view, serviceName)) continue;
      this.#working.store({
        type: 'accepted',
        by: word.by,
        serviceName,
        note: word.note,
        processId,
        count: 0,
        ends: [],
        cut: null,
        inAdvance: true,
      });
      this.#working.announce({ type: 'accepted', serviceName, user: word.by.user, note: word.note, cut: null });
    }
  }

  /** What held zero is kept while only acceptances are missing: they may come after a time in which nobody looked. */
  noteHeldZero(facts: Facts, { quiet }: Checklist): void {
    const { run } = this.#working;
    if (quiet.kind !== 'needs-acceptance' || run.order.command !== 'drain') return;
    const held = newlyHeldZero(viewQuiet(facts, run), activeServices(run));
    if (held !== null) this.#working.store(held);
  }

  /** What the checklist worked out from the reading: quiet reached, sessions stalled, a sign-off withdrawn. */
  noteConclusions(checklist: Checklist): void {
    const { run } = this.#working;
    const { quiet, restart } = checklist;
    if (isNewProof(run, quiet)) {
      const { heldMs, samples } = quiet;
      const isSafe = restart.kind === 'safe' || restart.kind === 'accepted';
      this.#working.store({ type: 'quiet', heldMs, samples, ...(isSafe && { safeToRestart: true }) });
    }
    if (run.confirmed !== null && checklist.run?.phase !== 'confirmed') this.#withdrawBecause(whyWithdrawn(checklist), checklist.ready);
    this.#noteStalled(checklist);
  }

  /** Each stall is reported once, no matter which process watches then, and once more when it comes again after the count had moved. */
  #noteStalled({ stalled, now }: Checklist): void {
    for (const stall of stalled.filter((one) => !this.#announcedStalled.has(one.serviceName) && !this.#isRecorded(one, now))) {
      this.#working.store({ type: 'stalled', ...stall });
      this.#working.announce({ type: 'stalled', ...stall });
    }
    this.#announcedStalled = new Set(stalled.map((stall) => stall.serviceName));
  }

  #isRecorded({ serviceName, sinceMs }: Stalled, now: Instant): boolean {
    const toldAt = this.#working.run.services.get(serviceName)?.stalledAt ?? null;
    return toldAt !== null && Date.parse(toldAt) >= Date.parse(now.at) - sinceMs;
  }

  #noteLeak(facts: Facts, { serviceName }: RecordedService): void {
    const status = facts.statuses.get(serviceName);
    const now = facts.sessions.get(serviceName);
    const leak = findLeak(status, this.#before.get(serviceName) ?? null, now);
    if (now !== undefined && takesNoNewWork(status)) this.#before.set(serviceName, now);
    else this.#before.delete(serviceName);
    if (leak === null) return;
    this.#working.store({ type: 'leaked', ...leak });
    this.#working.announce({ type: 'leak', ...leak });
  }

  #isWorthRecording(sample: Sample, services: readonly RecordedService[]): boolean {
    const last = this.#lastSample;
    if (last === null || sample.upMs < last.upMs) return true;
    const names = services.map((service) => service.serviceName);
    if (names.some((name) => sample.sessions[name] !== last.sessions[name] || sample.atLeast[name] !== last.atLeast[name])) return true;
    const isBusy = names.some((name) => Number(sample.sessions[name]) > 0);
    return sample.upMs - last.upMs >= (isBusy ? BUSY_HEARTBEAT_MS : QUIET_HEARTBEAT_MS);
  }
}

/** A quick pause waits for no proof; and a proof of a shorter hold time does not do for a longer one. */
function isNewProof(run: Run, quiet: Quiet): quiet is Extract<Quiet, { kind: 'quiet' }> {
  if (quiet.kind !== 'quiet' || run.order.command !== 'drain') return false;
  return run.quiet === null || run.quiet.heldMs < run.order.holdTimeMs;
}

/** A planned service that was not read is recorded as such: its silence proves nothing. */
function withAllOf(sample: Sample, services: readonly RecordedService[]): Sample {
  const sessions = { ...sample.sessions };
  for (const { serviceName } of services) sessions[serviceName] ??= 'not-read-yet';
  return { ...sample, sessions };
}

/** The first thing that speaks against what was signed off. */
function whyWithdrawn({ ready, blockers, restart }: Checklist): Problem {
  const [reason] = restart.reasons;
  if (ready && reason !== undefined) return reason.problem;
  return problem('not-ready', { because: blockers[0]?.id ?? 'blocks-not-read' });
}
