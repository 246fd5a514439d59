import type { Actor } from '../contract/run.js';
import type { EngineListener, WaitOptions } from './engine.js';
import { Observer } from './observer.js';
import type { EngineParts } from './parts.js';
import { withQueryRetry } from './query-retry.js';
import { RunLock } from './run-lock.js';

/** What every command needs: made once for it, and handed down as it is. */
export interface EngineContext {
  /** Everything outside: services, evidence, records; `parts.host` is the clock. */
  readonly parts: EngineParts;
  /** Reads the facts. */
  readonly observer: Observer;
  /** The right to change the server; not taken yet. */
  readonly lock: RunLock;
  readonly by: Actor;
  /** Hears how the command goes. Never throws. */
  readonly listen: EngineListener;
  readonly wait: WaitOptions;
  /** Monotonic milliseconds after which nothing more is changed or waited for; null never. */
  readonly deadlineUpMs: number | null;
}

export function createContext(parts: EngineParts, by: Actor, listen: EngineListener, wait: WaitOptions): EngineContext {
  const guarded = guardListener(listen);
  return {
    parts,
    observer: new Observer(parts),
    lock: new RunLock(parts, by, guarded),
    by,
    listen: guarded,
    wait,
    deadlineUpMs: null,
  };
}

/** A face that cannot show an event, a closed terminal for example, must not leave the server half way. */
function guardListener(listen: EngineListener): EngineListener {
  return (event) => {
    try {
      listen(event);
    } catch {
      // A listener has to cope with its own failures; the record has every event.
    }
  };
}

/** The same from the first change on: one question that fails must not end the command any more. */
export function forChanges(context: EngineContext, deadlineUpMs: number | null): EngineContext {
  const parts = withQueryRetry(context.parts, context.wait.signal);
  return { ...context, parts, observer: new Observer(parts), deadlineUpMs };
}

/** When the time to wait is up that begins now; null never. */
export function deadlineOf({ parts, wait: { timeoutMs } }: EngineContext): number | null {
  return timeoutMs === null ? null : parts.host.now().upMs + timeoutMs;
}
