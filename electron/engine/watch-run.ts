import type { Checklist } from '../contract/checklist.js';
import type { Facts } from '../contract/facts.js';
import { problem, ProblemError } from '../contract/problem.js';
import type { Actor } from '../contract/run.js';
import { servicesToAccept } from '../core/maintenance/needs-acceptance.js';
import type { CommandResult, EngineListener, WaitOptions } from './engine.js';
import { entryEvent } from './entry-event.js';
import { Observer } from './observer.js';
import { findOpenRun, type OpenRun } from './open-run.js';
import type { EngineParts } from './parts.js';
import { recordReading, CONFIGURATION_MAX_AGE_MS, observeWithRetry, POLL_MS, type MonitorContext, type Reading } from './record-reading.js';
import { WatchWriter } from './watch-writer.js';
import { WorkingRun } from './working-run.js';

/**
 * Looks on without changing the server or keeping the lock, until the run is ready, closed, or the wait ends. Where
 * no other process does it, `watch` keeps the record of what it sees, so that an interrupted drain still becomes ready.
 */
export async function watchRun(parts: EngineParts, by: Actor, listen: EngineListener, wait: WaitOptions): Promise<CommandResult> {
  const open = await findOpenRun(parts);
  if (open === null) throw new ProblemError(problem('no-open-run'));
  const writer = new WatchWriter(parts, by, open);
  const working = new WorkingRun(writer, parts.host, () => undefined);
  const context: MonitorContext = { parts, working, observer: new Observer(parts), signal: wait.signal };
  const deadlineUpMs = wait.timeoutMs === null ? null : parts.host.now().upMs + wait.timeoutMs;
  try {
    return await watchUntil({ context, writer, listen }, open, { deadlineUpMs, untilClosed: wait.untilClosed ?? false });
  } finally {
    await parts.evidence.release();
  }
}

/** Who looks, what is written of it, and who hears of it. */
interface Watch {
  readonly context: MonitorContext;
  readonly writer: WatchWriter;
  readonly listen: EngineListener;
}

async function watchUntil({ context, writer, listen }: Watch, opened: OpenRun, until: EndOfWatch): Promise<CommandResult> {
  const { parts, signal } = context;
  let facts: Facts | null = null;
  let checklist: Checklist | null = null;
  let lastSeq = opened.read.entryCount;
  for (;;) {
    const open = await findOpenRun(parts);
    if (open?.run.id !== opened.run.id) return { outcome: 'returned', problem: null, checklist };
    lastSeq = announceNews(open, lastSeq, listen);
    // What another process has just changed would look like its undoing in a configuration that was read before.
    const isNews = writer.entryCount !== open.read.entryCount;
    writer.follow(open);
    const seen: Reading | null = await readForWatch(
      context,
      writer,
      isNews || checklist?.ready === true ? 0 : CONFIGURATION_MAX_AGE_MS,
      facts,
    );
    if (seen === null) {
      if (signal.aborted) return { outcome: 'interrupted', problem: problem('interrupted'), checklist };
      await parts.host.sleep(OVERTAKEN_RETRY_MS, signal);
      continue;
    }
    facts = seen.view.facts;
    checklist = seen.checklist;
    // What this look wrote is told with it: it may be the last one.
    lastSeq = announceNews(writer.open, lastSeq, listen);
    listen({ type: 'sessions', checklist, ...parts.host.now() });
    const end = endOfWatching(context, seen, until);
    if (end !== null) return end;
    await parts.host.sleep(POLL_MS, signal);
  }
}

/** Another process writes at most some entries a second: between two of them there is room for a look. */
const OVERTAKEN_RETRY_MS = 100;

/**
 * Looks at the server, and at what follows from it; null if another process wrote to the record meanwhile: what it changed
 * would pass for a change from outside. *Ready* is said only of configurations that were read just now.
 */
async function readForWatch(
  context: MonitorContext,
  writer: WatchWriter,
  maxAgeMs: number,
  earlier: Facts | null,
): Promise<Reading | null> {
  const facts = await observeWithRetry(context, maxAgeMs, earlier);
  const latest = context.parts.records.findOpen();
  if (latest?.runId !== writer.run.id || latest.entryCount !== writer.entryCount) return null;
  const reading = recordReading(context, facts);
  return reading.checklist.ready && maxAgeMs > 0 ? readForWatch(context, writer, 0, facts) : reading;
}

/** Tells what others, or we, wrote since. @returns the last entry that is told now */
function announceNews({ read }: OpenRun, lastSeq: number, listen: EngineListener): number {
  for (const entry of read.entriesAfter(lastSeq)) {
    const event = entryEvent(entry);
    if (event !== null) listen({ ...event, at: entry.at, upMs: entry.upMs });
  }
  return read.entryCount;
}

interface EndOfWatch {
  readonly deadlineUpMs: number | null;
  /** Goes on while ready and signed off. */
  readonly untilClosed: boolean;
}

function endOfWatching(
  context: MonitorContext,
  { view, checklist }: Reading,
  { deadlineUpMs, untilClosed }: EndOfWatch,
): CommandResult | null {
  const { parts, signal } = context;
  const now = parts.host.now();
  if (checklist.ready && !untilClosed) return { outcome: 'ready', problem: null, checklist };
  if (signal.aborted) return { outcome: 'interrupted', problem: problem('interrupted'), checklist };
  const missing = untilClosed ? null : servicesToAccept(view, checklist.quiet, parts.stalledAfterMs);
  if (missing !== null) {
    return { outcome: 'needs-acceptance', problem: problem('needs-acceptance', { services: missing.join(' ') }), checklist };
  }
  if (deadlineUpMs === null || now.upMs < deadlineUpMs) return null;
  if (checklist.run?.phase === 'returning') return { outcome: 'still-draining', problem: problem('already-returning'), checklist };
  return { outcome: 'still-draining', problem: problem('still-draining'), checklist };
}
