import type { Checklist } from '../contract/checklist.js';
import type { Facts } from '../contract/facts.js';
import { problem, ProblemError } from '../contract/problem.js';
import type { Actor, Entry } from '../contract/run.js';
import { servicesToAccept } from '../maintenance/needs-acceptance.js';
import { entryEvent } from './entry-event.js';
import type { CommandResult, EngineListener, WaitOptions } from './engine.js';
import { CONFIGURATION_MAX_AGE_MS, lookAgain, POLL_MS, type Lookout } from './look.js';
import { Observer } from './observer.js';
import type { EngineParts } from './parts.js';
import { findOpenRun, type OpenRun } from './under-lock.js';
import { Vigil } from './vigil.js';
import { VisitingWriter } from './visiting-writer.js';
import { WorkingRun } from './working-run.js';

/**
 * Looks on without changing the server or keeping the lock, until the run is ready, closed, or the wait ends. Where
 * nobody else does it, the onlooker keeps the record of what it sees, so that an interrupted drain still becomes ready.
 */
export async function watchRun(parts: EngineParts, by: Actor, listen: EngineListener, wait: WaitOptions): Promise<CommandResult> {
  const open = await findOpenRun(parts);
  if (open === null) throw new ProblemError(problem('no-open-run'));
  const writer = new VisitingWriter(parts, by, open);
  const working = new WorkingRun(writer, parts.host, () => undefined);
  const lookout: Lookout = { parts, working, observer: new Observer(parts), vigil: new Vigil(working), signal: wait.signal };
  const deadlineUpMs = wait.timeoutMs === null ? null : parts.host.now().upMs + wait.timeoutMs;
  try {
    return await look(lookout, writer, open, listen, { deadlineUpMs, untilClosed: wait.untilClosed ?? false });
  } finally {
    await parts.evidence.release();
  }
}

async function look(
  lookout: Lookout,
  writer: VisitingWriter,
  opened: OpenRun,
  listen: EngineListener,
  until: EndOfWatch,
): Promise<CommandResult> {
  const { parts, signal } = lookout;
  let facts: Facts | null = null;
  let checklist: Checklist | null = null;
  let lastSeq = opened.read.entryCount;
  for (;;) {
    const open = await findOpenRun(parts);
    if (open?.run.id !== opened.run.id) return { outcome: 'returned', problem: null, checklist };
    for (const entry of open.read.entriesAfter(lastSeq)) tellNews(entry, listen);
    lastSeq = open.read.entryCount;
    writer.follow(open);
    ({ facts, checklist } = await lookAgain(lookout, checklist?.ready === true ? 0 : CONFIGURATION_MAX_AGE_MS, facts));
    listen({ type: 'sessions', checklist, ...parts.host.now() });
    const end = endOfLooking(lookout, { facts, checklist }, until);
    if (end !== null) return end;
    await parts.host.sleep(POLL_MS, signal);
  }
}

/** Tells what others, or we, wrote since the last look. */
function tellNews(entry: Entry, listen: EngineListener): void {
  const event = entryEvent(entry);
  if (event !== null) listen(event);
}

interface EndOfWatch {
  readonly deadlineUpMs: number | null;
  /** Goes on while ready and signed off. */
  readonly untilClosed: boolean;
}

function endOfLooking(lookout: Lookout, { facts, checklist }: { readonly facts: Facts; readonly checklist: Checklist }, { deadlineUpMs, untilClosed }: EndOfWatch): CommandResult | null {
  const { parts, working, signal } = lookout;
  const now = parts.host.now();
  if (checklist.ready && !untilClosed) return { outcome: 'ready', problem: null, checklist };
  if (signal.aborted) return { outcome: 'interrupted', problem: problem('interrupted'), checklist };
  const missing = untilClosed ? null : servicesToAccept(facts, working.run, checklist.quiet, parts.stalledAfterMs);
  if (missing !== null) return { outcome: 'needs-acceptance', problem: problem('needs-acceptance', { services: missing.join(' ') }), checklist };
  if (deadlineUpMs === null || now.upMs < deadlineUpMs) return null;
  if (checklist.run?.phase === 'returning') return { outcome: 'still-draining', problem: problem('already-returning'), checklist };
  return { outcome: 'still-draining', problem: problem('still-draining'), checklist };
}
