import { BrowserWindow, type WebContents, type WebFrameMain } from 'electron';

import { closeWebRtc, WINDOW_URL, type WindowSession } from './app-protocol.js';

/** Where the window comes from. */
export interface WindowParts {
  /** Called when the first window opens: an icon need not wait for it. */
  readonly openSession: () => WindowSession;
  readonly preload: string;
  readonly icon: string;
  /** Windows is logging off or shutting down; told while a window is there to hear it. */
  readonly onSessionEnd: () => void;
  /** The page's process is gone, and Chromium's word for why. */
  readonly onGone: (reason: string) => void;
}

/**
 * The checklist's window: created on demand, destroyed when it is closed, so that no renderer process
 * lives without one.
 */
export class AppWindow {
  readonly #parts: WindowParts;
  #session: WindowSession | null = null;
  #window: BrowserWindow | null = null;

  constructor(parts: WindowParts) {
    this.#parts = parts;
  }

  /** Its contents, null while there is no window. */
  get contents(): WebContents | null {
    return this.#window === null || this.#window.isDestroyed() ? null : this.#window.webContents;
  }

  /** The window a dialog belongs to, null while there is none. */
  get browserWindow(): BrowserWindow | null {
    return this.#window;
  }

  /** Brings the window to the front, and makes it where there is none. */
  open(): void {
    if (this.#window !== null) {
      if (this.#window.isMinimized()) this.#window.restore();
      this.#window.show();
      this.#window.focus();
      return;
    }
    this.#session ??= this.#parts.openSession();
    const window = this.#create(this.#session);
    this.#window = window;
    window.once('ready-to-show', () => window.show());
    window.on('closed', () => {
      this.#window = null;
    });
    // A page that crashed shows nothing any more; the next click on the tray makes a new one.
    window.webContents.on('render-process-gone', (_event, { reason }) => {
      this.#parts.onGone(reason);
      window.destroy();
    });
    window.on('session-end', this.#parts.onSessionEnd);
    lockDown(window.webContents);
    void this.#session.sealed.then(() => {
      if (!window.isDestroyed()) void window.loadURL(WINDOW_URL);
    });
  }

  close(): void {
    this.#window?.destroy();
  }

  #create({ session }: WindowSession): BrowserWindow {
    const { preload, icon } = this.#parts;
    const window = new BrowserWindow({
      width: 1024,
      height: 768,
      minWidth: 640,
      minHeight: 480,
      show: false,
      title: 'Lync Drain',
      icon,
      webPreferences: {
        session,
        preload,
        sandbox: true,
        contextIsolation: true,
        nodeIntegration: false,
        webviewTag: false,
        navigateOnDragDrop: false,
        spellcheck: false,
      },
    });
    window.setMenu(null);
    return window;
  }
}

/** The page stays our page: no navigation, no further windows, no web views, no way out. */
function lockDown(contents: WebContents): void {
  closeWebRtc(contents);
  contents.setWindowOpenHandler(() => ({ action: 'deny' }));
  contents.on('will-navigate', (event) => event.preventDefault());
  contents.on('will-attach-webview', (event) => event.preventDefault());
}

/** True for a call from our page itself: its top frame, at exactly our address, in the window that is open now. */
export function isFromWindow(window: AppWindow, sender: WebContents, frame: WebFrameMain | null): boolean {
  if (frame === null || sender !== window.contents || frame !== sender.mainFrame) return false;
  const [address] = frame.url.split('#');
  return address === WINDOW_URL;
}
