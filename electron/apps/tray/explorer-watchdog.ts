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
export function watchExplorer(taskbar: Taskbar, onRestart: () => void): () => void {
  taskbar.allowTaskbarCreated();
  let known = taskbar.taskbarProcessId();
  const timer = setInterval(() => {
    const now = taskbar.taskbarProcessId();
    if (now === 0 || now === known) return;
    known = now;
    onRestart();
  }, LOOK_EVERY_MS);
  return () => clearInterval(timer);
}
