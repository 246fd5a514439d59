import type { Clock } from '../../ports/clock.js';

/** What the watchdog asks of Windows. */
export interface Taskbar {
  allowTaskbarCreated(): void;
  taskbarProcessId(): number;
}

/** A lost icon is back within this. */
const LOOK_EVERY_MS = 3_000;

/**
 * Puts the icon back after Explorer was restarted. Electron does that itself when Windows lets it know; the watchdog is
 * there for when it does not, and sees it by the taskbar's process having changed.
 * @returns stops watching
 */
export function watchExplorer(taskbar: Taskbar, clock: Clock, onRestart: () => void): () => void {
  const stopped = new AbortController();
  taskbar.allowTaskbarCreated();
  void watchProcess(taskbar, clock, { signal: stopped.signal, onRestart });
  return () => stopped.abort();
}

async function watchProcess(
  taskbar: Taskbar,
  clock: Clock,
  { signal, onRestart }: { signal: AbortSignal; onRestart: () => void },
): Promise<void> {
  let known = taskbar.taskbarProcessId();
  for (;;) {
    await clock.sleep(LOOK_EVERY_MS, signal);
    if (signal.aborted) return;
    const now = taskbar.taskbarProcessId();
    if (now === 0 || now === known) continue;
    known = now;
    onRestart();
  }
}
