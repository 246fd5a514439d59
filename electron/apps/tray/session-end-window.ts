import { BrowserWindow } from 'electron';

/**
 * Tells when the user signs out or Windows shuts down. Electron 22 tells windows only ('session-end', of WM_ENDSESSION once it is
 * certain), and 'shutdown' of powerMonitor not on Windows; 'query-session-end' came with Electron 34 (electron/electron#44598). So
 * there is a window that nobody sees; nothing is loaded into it, so it has no renderer process.
 * @returns takes the window away
 */
export function watchSessionEnd(onSessionEnd: () => void): () => void {
  const window = new BrowserWindow({
    show: false,
    focusable: false,
    skipTaskbar: true,
    title: 'Lync Drain session end',
    webPreferences: { sandbox: true, contextIsolation: true, nodeIntegration: false },
  });
  window.on('session-end', onSessionEnd);
  return () => window.destroy();
}
