import type { Checklist, Quiet, Stalled } from '../contract/checklist.js';
import { isRestartBetween, type Instant } from '../contract/computer.js';
import type { Facts } from '../contract/facts.js';
import type { MessageId } from '../contract/message.js';
import { problem, type Problem, type ProblemId } from '../contract/problem.js';
import type { RecordedService, Run } from '../contract/run.js';
import type { SessionReading } from '../contract/sessions.js';
import { findLeak } from '../maintenance/alarms.js';
import { toSample, type Sample } from '../maintenance/quiet.js';
import { activeServices, takesNoNewWork, viewManual, viewPause } from '../maintenance/standing.js';
import type { WorkingRun } from './working-run.js';

/** A sample that says nothing new is recorded again after this long while no session is seen: the proof must have no gaps. */
const QUIET_HEARTBEAT_MS = 5_000;
/** And after this long while sessions remain, so that the curve goes on. */
const BUSY_HEARTBEAT_MS = 60_000;

/**
 * Compares each new reading with what the record knows and writes down what changed: samples, leaks, stalls, restarts,
 * changes from outside, and a sign-off that no longer holds.
 */
export class Vigil {
  private readonly working: WorkingRun;
  private readonly before = new Map<string, SessionReading>();
  private toldStalled: ReadonlySet<string> = new Set();
  /** By service, what of ours was found undone at the last look. */
  private readonly undone = new Map<string, ProblemId | null>();
  private lastSample: Sample | null = null;

  constructor(working: WorkingRun) {
    this.working = working;
  }

  /** A restart since the record's last word; told before anything else is made of the facts. */
  noteRestart(facts: Facts): void {
    const { run } = this.working;
    const { bootedAt } = facts.computer;
    if (!isRestartBetween(run.bootedAtLast, bootedAt)) return;
    const running = activeServices(run).map((service) => service.serviceName).filter((name) => facts.statuses.get(name)?.state === 'running');
    this.working.store({ type: 'restarted', bootedAt, running });
    this.working.announce({ type: 'restarted', bootedAt, running });
    if (run.quiet !== null && run.order.command !== 'resume') this.noteAwake(facts);
  }

  /** A service that is not stopped after a restart has been started since, also one that somebody paused again: it may have taken calls. */
  private noteAwake(facts: Facts): void {
    const states = activeServices(this.working.run).map((service) => facts.statuses.get(service.serviceName)?.state);
    if (states.some((state) => state !== undefined && state !== 'stopped')) this.withdraw('blocks-hold-time');
  }

  private withdraw(because: MessageId): void {
    const withdrawn = problem('not-ready', { because });
    this.working.store({ type: 'withdrawn', problem: withdrawn });
    this.working.announce({ type: 'withdrawn', problem: withdrawn });
  }

  /** What somebody else did to planned services since we last looked. */
  noteOutsideChanges(facts: Facts): void {
    const { run } = this.working;
    for (const service of activeServices(run)) {
      const pause = viewPause(facts, run, service);
      const manual = viewManual(facts.configurations.get(service.serviceName), service, run.order.hold);
      const found = [pause, manual].find((standing) => standing.undoneOutside)?.problem ?? null;
      if (this.isNews(service, found)) this.tellOutsideChange(service.serviceName, found);
    }
  }

  /** An undone step is told once, and once more when it comes again after it had been as we left it. */
  private isNews({ serviceName, outsideChange }: RecordedService, found: Problem | null): found is Problem {
    const before = this.undone.get(serviceName);
    this.undone.set(serviceName, found?.id ?? null);
    const told = before === undefined ? (outsideChange?.id ?? null) : before;
    return found !== null && found.id !== told;
  }

  private tellOutsideChange(serviceName: string, found: Problem): void {
    this.working.store({ type: 'outside-change', serviceName, problem: found });
    this.working.announce({ type: 'outside-change', serviceName, problem: found });
  }

  /** The session counts, where they are new or it is time. Called only while every planned service takes no new work. */
  noteSessions(facts: Facts): void {
    const services = activeServices(this.working.run);
    for (const service of services) this.noteLeak(facts, service);
    const sample = onlyOf(toSample(facts.now, facts.sessions), services);
    if (!this.isWorthRecording(sample)) return;
    this.working.store({ type: 'sampled', sessions: sample.sessions });
    this.lastSample = sample;
  }

  /** What the checklist worked out from the reading: quiet reached, sessions stalled, a sign-off withdrawn. */
  noteConclusions(checklist: Checklist): void {
    const { run } = this.working;
    const { quiet } = checklist;
    if (isNewProof(run, quiet)) this.working.store({ type: 'quiet', heldMs: quiet.heldMs, samples: quiet.samples });
    if (run.confirmed !== null && !checklist.ready) {
      this.withdraw(checklist.blockers[0]?.id ?? 'blocks-not-read');
    }
    this.noteStalled(checklist);
  }

  /** Each stall is told once, whoever watches then, and once more when it comes again after the count had moved. */
  private noteStalled({ stalled, now }: Checklist): void {
    for (const stall of stalled.filter((one) => !this.toldStalled.has(one.serviceName) && !this.isRecorded(one, now))) {
      this.working.store({ type: 'stalled', ...stall });
      this.working.announce({ type: 'stalled', ...stall });
    }
    this.toldStalled = new Set(stalled.map((stall) => stall.serviceName));
  }

  private isRecorded({ serviceName, sinceMs }: Stalled, now: Instant): boolean {
    const toldAt = this.working.run.services.get(serviceName)?.stalledAt ?? null;
    return toldAt !== null && Date.parse(toldAt) >= Date.parse(now.at) - sinceMs;
  }

  private noteLeak(facts: Facts, { serviceName }: RecordedService): void {
    const status = facts.statuses.get(serviceName);
    const now = facts.sessions.get(serviceName);
    const leak = findLeak(status, this.before.get(serviceName) ?? null, now);
    if (now !== undefined && takesNoNewWork(status)) this.before.set(serviceName, now);
    else this.before.delete(serviceName);
    if (leak === null) return;
    this.working.store({ type: 'leaked', ...leak });
    this.working.announce({ type: 'leak', ...leak });
  }

  private isWorthRecording(sample: Sample): boolean {
    const last = this.lastSample;
    if (last === null || sample.upMs < last.upMs) return true;
    const names = Object.keys(sample.sessions);
    if (names.some((name) => sample.sessions[name] !== last.sessions[name])) return true;
    const isBusy = names.some((name) => Number(sample.sessions[name]) > 0);
    return sample.upMs - last.upMs >= (isBusy ? BUSY_HEARTBEAT_MS : QUIET_HEARTBEAT_MS);
  }
}

/** A quick pause waits for no proof; and a proof of a shorter hold time does not do for a longer one. */
function isNewProof(run: Run, quiet: Quiet): quiet is Extract<Quiet, { kind: 'quiet' }> {
  if (quiet.kind !== 'quiet' || run.order.command !== 'drain') return false;
  return run.quiet === null || run.quiet.heldMs < run.order.holdTimeMs;
}

function onlyOf(sample: Sample, services: readonly RecordedService[]): Sample {
  const sessions: Sample['sessions'] = {};
  for (const { serviceName } of services) sessions[serviceName] = sample.sessions[serviceName] ?? 'not-read-yet';
  return { at: sample.at, upMs: sample.upMs, sessions };
}
