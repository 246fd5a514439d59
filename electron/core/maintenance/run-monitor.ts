import type { Stalled } from '../../contract/checklist.js';
import type { Facts } from '../../contract/facts.js';
import type { Problem, ProblemId } from '../../contract/problem.js';
import type { EntryDraft, RecordedService } from '../../contract/run.js';
import type { SessionReading } from '../../contract/sessions.js';
import { findLeak } from './alarms.js';
import { findLosses, type LatestReading } from './losses.js';
import { toSample, type Sample } from './quiet.js';
import { heldZeroEntries, verdictEntries } from './reading-entries.js';
import type { RunJudgement } from './run-judgement.js';
import type { RunView } from './run-view.js';
import { takesNoNewWork } from './step-status.js';

/** A sample that says nothing new is recorded again after this long while no session is seen: the proof must have no gaps. */
const QUIET_HEARTBEAT_MS = 5_000;
/** And after this long while sessions remain, so that a time without readings shows as a gap in the curve. */
const BUSY_HEARTBEAT_MS = 10_000;

/** What this process knows of earlier readings, and the record does not. */
interface Memory {
  /** The latest reading of each service that carries sessions: what a process carried is known only while it lives. */
  readonly latest: ReadonlyMap<string, LatestReading>;
  /** By service, what of ours was found undone at the last reading. */
  readonly undone: ReadonlyMap<string, ProblemId | null>;
  /** By planned service, the reading before, taken while it took no new work already. */
  readonly before: ReadonlyMap<string, SessionReading>;
  readonly lastSample: Sample | null;
  readonly stalled: ReadonlySet<string>;
}

/** Entries to write, and what is to be remembered when they are written: what could not be written is found again. */
export interface Findings {
  readonly entries: readonly EntryDraft[];
  readonly memory: Partial<Memory>;
}

/**
 * Compares each new reading with what the record knows, and with the reading before: gives out the entries that tell what changed.
 * It writes nothing. `reading-entries` has the rules that need no reading before.
 */
export class RunMonitor {
  #memory: Memory = { latest: new Map(), undone: new Map(), before: new Map(), lastSample: null, stalled: new Set() };

  /** Called when the entries stand in the record. */
  remember(memory: Partial<Memory>): void {
    this.#memory = { ...this.#memory, ...memory };
  }

  /** Sessions that went with their process. */
  findLosses({ facts, run }: RunView): readonly EntryDraft[] {
    return findLosses(facts, run, this.#memory.latest).map((loss) => ({ type: 'lost', ...loss }));
  }

  /**
   * Remembered when all that was found of the processes is written: until then the record names the ones before, and what these carried.
   * What a service counts while it stops is what is left of its sessions, not what it carried.
   */
  latestReadings({ sessions, statuses, now }: Facts): Pick<Memory, 'latest'> {
    const latest = new Map(this.#memory.latest);
    for (const [name, reading] of sessions) if (statuses.get(name)?.state !== 'stop-pending') latest.set(name, { reading, now });
    return { latest };
  }

  /** What was undone from outside on planned services since the last reading, new work on paused ones, and the counts. */
  findChanges(view: RunView): Findings {
    const [outside, sessions] = [this.#outsideChanges(view), this.#sessions(view)];
    return { entries: [...outside.entries, ...sessions.entries], memory: { ...outside.memory, ...sessions.memory } };
  }

  /** What was worked out from the reading as a whole: zero held, quiet reached, a sign-off withdrawn, sessions stalled. */
  findConclusions(view: RunView, judgement: RunJudgement): Findings {
    const stalls = judgement.stalled.filter((one) => !this.#memory.stalled.has(one.serviceName) && !isRecorded(view, one));
    return {
      entries: [
        ...heldZeroEntries(view, judgement.quiet),
        ...verdictEntries(view, judgement),
        ...stalls.map((stall): EntryDraft => ({ type: 'stalled', ...stall })),
      ],
      memory: { stalled: new Set(judgement.stalled.map((stall) => stall.serviceName)) },
    };
  }

  #outsideChanges(view: RunView): Findings {
    const undone = new Map(this.#memory.undone);
    const entries = view.active.flatMap((service): EntryDraft[] => {
      const { serviceName } = service;
      const found = [view.pauseOf(service), view.manualOf(service)].find((status) => status.undoneOutside)?.problem ?? null;
      undone.set(serviceName, found?.id ?? null);
      return this.#isNews(service, found) ? [{ type: 'outside-change', serviceName, problem: found }] : [];
    });
    return { entries, memory: { undone } };
  }

  /** An undone step is told once, and once more when it comes again after it had been as we left it. */
  #isNews({ serviceName, outsideChange }: RecordedService, found: Problem | null): found is Problem {
    const before = this.#memory.undone.get(serviceName);
    const told = before === undefined ? (outsideChange?.id ?? null) : before;
    return found !== null && found.id !== told;
  }

  /** The session counts of all services that carry any, if those of a planned one are new or it is time. */
  #sessions(view: RunView): Findings {
    const { facts, active } = view;
    if (facts.evidence === 'not-asked') return { entries: [], memory: {} };
    const leaks = this.#leaks(view);
    const sample = withAllOf(toSample(facts.now, facts.sessions), active);
    if (!this.#isWorthRecording(sample, active)) return leaks;
    const { sessions, atLeast } = sample;
    const sampled: EntryDraft = { type: 'sampled', sessions, ...(Object.keys(atLeast).length > 0 && { atLeast }) };
    return { entries: [...leaks.entries, sampled], memory: { ...leaks.memory, lastSample: sample } };
  }

  #leaks({ facts, active }: RunView): Findings {
    const before = new Map(this.#memory.before);
    const entries = active.flatMap(({ serviceName }): EntryDraft[] => {
      const status = facts.statuses.get(serviceName);
      const now = facts.sessions.get(serviceName);
      const leak = findLeak(status, this.#memory.before.get(serviceName) ?? null, now);
      if (now !== undefined && takesNoNewWork(status)) before.set(serviceName, now);
      else before.delete(serviceName);
      return leak === null ? [] : [{ type: 'leaked', ...leak }];
    });
    return { entries, memory: { before } };
  }

  #isWorthRecording(sample: Sample, services: readonly RecordedService[]): boolean {
    const last = this.#memory.lastSample;
    if (last === null || sample.upMs < last.upMs) return true;
    const names = services.map((service) => service.serviceName);
    if (names.some((name) => sample.sessions[name] !== last.sessions[name] || sample.atLeast[name] !== last.atLeast[name])) return true;
    const isBusy = names.some((name) => Number(sample.sessions[name]) > 0);
    return sample.upMs - last.upMs >= (isBusy ? BUSY_HEARTBEAT_MS : QUIET_HEARTBEAT_MS);
  }
}

/** Each stall is reported once, no matter which process watches then, and once more when it comes again after the count had moved. */
function isRecorded({ facts, run }: RunView, { serviceName, sinceMs }: Stalled): boolean {
  const toldAt = run.services.get(serviceName)?.stalledAt ?? null;
  return toldAt !== null && Date.parse(toldAt) >= Date.parse(facts.now.at) - sinceMs;
}

/** A planned service that was not read is recorded as such: its silence proves nothing. */
function withAllOf(sample: Sample, services: readonly RecordedService[]): Sample {
  const sessions = { ...sample.sessions };
  for (const { serviceName } of services) sessions[serviceName] ??= 'not-read-yet';
  return { ...sample, sessions };
}
