import type { Checklist } from '../contract/checklist.js';
import type { Facts } from '../contract/facts.js';
import { problem, ProblemError } from '../contract/problem.js';
import { needsAcceptance, servicesToAccept } from '../core/maintenance/needs-acceptance.js';
import { endWithLosses } from './end-with-losses.js';
import { deadlineOf, type EngineContext } from './engine-context.js';
import type { CommandResult, EngineListener } from './engine.js';
import { entryEvent } from './entry-event.js';
import { findOpenRun, type OpenRun } from './open-run.js';
import { recordReading, CONFIGURATION_MAX_AGE_MS, observeWithRetry, POLL_MS, type RunReading } from './record-reading.js';
import { WatchWriter } from './watch-writer.js';
import { WorkingRun } from './working-run.js';

/**
 * Looks on without changing the server or keeping the lock, until the run is ready, closed, or the wait ends. Where
 * no other process does it, `watch` keeps the record of what it sees, so that an interrupted drain still becomes ready.
 */
export async function watchRun(given: EngineContext): Promise<CommandResult> {
  const { parts, by } = given;
  const open = await findOpenRun(parts);
  if (open === null) throw new ProblemError(problem('no-open-run'));
  const writer = new WatchWriter(parts, by, open);
  try {
    return endWithLosses(await watchUntilEnd({ ...given, deadlineUpMs: deadlineOf(given) }, writer));
  } finally {
    await parts.evidence.release();
  }
}

async function watchUntilEnd(context: EngineContext, writer: WatchWriter): Promise<CommandResult> {
  const { parts, listen } = context;
  const { signal } = context.wait;
  // What is written is told when it is read back, with what other processes wrote.
  const working = new WorkingRun(writer, parts, () => undefined);
  const runId = writer.run.id;
  let latest: RunReading | null = null;
  let lastSeq = writer.entryCount;
  for (;;) {
    const checklist: Checklist | null = latest?.checklist ?? null;
    const open = await findOpenRun(parts);
    if (open?.run.id !== runId) return { outcome: 'returned', problem: null, checklist };
    lastSeq = announceNews(open, lastSeq, listen);
    // What another process has just changed would look like its undoing in a configuration that was read before.
    const isNews = writer.entryCount !== open.read.entryCount;
    writer.follow(open);
    const maxAgeMs = isNews || checklist?.ready === true ? 0 : CONFIGURATION_MAX_AGE_MS;
    const reading: RunReading | null = await readForWatch(context, { working, writer }, maxAgeMs, latest?.view.facts ?? null);
    if (reading === null) {
      if (signal.aborted) return { outcome: 'interrupted', problem: problem('interrupted'), checklist };
      await parts.host.sleep(OVERTAKEN_RETRY_MS, signal);
      continue;
    }
    latest = reading;
    // What this look wrote is told with it: it may be the last one.
    lastSeq = announceNews(writer.open, lastSeq, listen);
    listen({ type: 'sessions', checklist: reading.checklist, ...parts.host.now() });
    const end = endOfWatching(context, reading);
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
  context: EngineContext,
  watched: { readonly working: WorkingRun; readonly writer: WatchWriter },
  maxAgeMs: number,
  earlier: Facts | null,
): Promise<RunReading | null> {
  const { working, writer } = watched;
  const facts = await observeWithRetry(context, working, maxAgeMs, earlier);
  const latest = context.parts.records.findOpen();
  if (latest?.runId !== writer.run.id || latest.entryCount !== writer.entryCount) return null;
  const reading = recordReading(context, working, facts);
  return reading.checklist.ready && maxAgeMs > 0 ? readForWatch(context, watched, 0, facts) : reading;
}

/** Tells what others, or we, wrote since. @returns the last entry that is told now */
function announceNews({ read }: OpenRun, lastSeq: number, listen: EngineListener): number {
  for (const entry of read.entriesAfter(lastSeq)) {
    const event = entryEvent(entry);
    if (event !== null) listen({ ...event, at: entry.at, upMs: entry.upMs });
  }
  return read.entryCount;
}

/** With `untilClosed` it goes on while ready and signed off. */
function endOfWatching({ parts, wait, deadlineUpMs }: EngineContext, { view, checklist }: RunReading): CommandResult | null {
  const untilClosed = wait.untilClosed ?? false;
  const now = parts.host.now();
  if (checklist.ready && !untilClosed) return { outcome: 'ready', problem: null, checklist };
  if (wait.signal.aborted) return { outcome: 'interrupted', problem: problem('interrupted'), checklist };
  const missing = untilClosed ? null : servicesToAccept(view, checklist.quiet, parts.stalledAfterMs);
  if (missing !== null) {
    return { outcome: 'needs-acceptance', problem: needsAcceptance(missing, checklist), checklist };
  }
  if (deadlineUpMs === null || now.upMs < deadlineUpMs) return null;
  if (checklist.run?.phase === 'returning') return { outcome: 'still-draining', problem: problem('already-returning'), checklist };
  return { outcome: 'still-draining', problem: problem('still-draining'), checklist };
}
