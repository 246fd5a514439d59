import { app, nativeTheme, Notification } from 'electron';

import type { AppEvent, AppSettings, Language, RehearsalSpeed } from '../../contract/app-snapshot.js';
import type { Answer } from '../../contract/ipc-channels.js';
import type { Actor } from '../../contract/run.js';
import { createMessages, type Messages } from '../../core/language/messages.js';
import { trayTextsOf } from '../../core/language/tray-texts.js';
import { trayView, type TrayAction, type TrayText, type TrayView } from '../../core/maintenance/tray-view.js';
import type { CallHandlers } from './answer-call.js';
import { AppStore, Revisions, type AppFrame } from './app-store.js';
import { AppWindow, type WindowParts } from './app-window.js';
import type { Defects } from './defects.js';
import type { ExitQuestion } from './exit-question.js';
import { watchExplorer, type Taskbar } from './explorer-watchdog.js';
import { pushSnapshot, serveCalls } from './ipc-server.js';
import { ServerSession } from './server-session.js';
import type { AppServer } from './session-parts.js';
import { TrayIcon } from './tray-icon.js';

/** What the app is made of; everything that differs between systems comes in here. */
export interface TrayAppParts {
  readonly server: AppServer;
  readonly user: string;
  /** A fresh simulated server to practise on. */
  readonly openRehearsal: (speed: RehearsalSpeed) => Promise<AppServer>;
  /** As they are at the start. */
  readonly settings: AppSettings;
  /** @throws ProblemError */
  readonly writeSettings: (settings: AppSettings) => Promise<void>;
  readonly systemLanguage: Language;
  /** Windows' taskbar; null elsewhere. */
  readonly taskbar: (Taskbar & { isTaskbarDark(): boolean }) | null;
  /** Logs an unexpected failure. @returns the log's path, null where it could not be written */
  readonly writeLog: (failure: unknown) => Promise<string | null>;
  readonly iconFolder: string;
  readonly window: Omit<WindowParts, 'onSessionEnd' | 'onGone'>;
}

/** Puts tray, window, calls and server together, and takes them apart again. */
export class TrayApp {
  readonly #parts: TrayAppParts;
  readonly #revisions = new Revisions();
  #exitQuestion: ExitQuestion | null = null;
  readonly #window: AppWindow;
  readonly #real: ServerSession;
  readonly #icon: TrayIcon;
  readonly #stops: (() => void)[] = [];
  #settings: AppSettings;
  #messages: Messages;
  #rehearsal: ServerSession | null = null;
  /** Resolves when the latest change of it is over. */
  #rehearsalChanged: Promise<void> = Promise.resolve();
  #defects: Promise<Defects> | null = null;

  constructor(parts: TrayAppParts) {
    this.#parts = parts;
    this.#settings = parts.settings;
    this.#messages = createMessages(this.#language());
    this.#window = new AppWindow({
      ...parts.window,
      onSessionEnd: () => this.note('session-end-seen'),
      onGone: (reason) => this.noteDefect(new Error(`The window is gone: ${reason}.`)),
    });
    this.#real = this.#openSession(parts.server, null);
    this.#icon = new TrayIcon(
      {
        iconFolder: parts.iconFolder,
        extension: parts.taskbar === null ? '.png' : '.ico',
        isTaskbarDark: () => parts.taskbar?.isTaskbarDark() ?? nativeTheme.shouldUseDarkColors,
        format: (text) => this.#format(text),
        act: (action) => this.#act(action),
      },
      this.#view(),
    );
    this.#connect();
  }

  openWindow(): void {
    this.#window.open();
    this.#shown().readNow();
  }

  /** Puts something into the event list that only the app itself sees. */
  note(kind: AppEvent['kind']): void {
    const { store, server } = this.#real.parts;
    store.addEvent(server.host.now().at, { level: 'info', kind, params: {}, problem: null });
  }

  /**
   * Reports an unexpected failure, once for each. The app goes on: what it shows is read again every second, and what it
   * does is in the record.
   */
  noteDefect(failure: unknown): void {
    // A failure to tell is not told: that would never end.
    void this.#loadDefects()
      .then((defects) => defects.note(failure))
      .catch(() => undefined);
  }

  /** Gives everything back. What the administrator ordered stays as it is, recorded. */
  async close(): Promise<void> {
    for (const stop of this.#stops) stop();
    this.#window.close();
    await this.#stopRehearsal().catch(() => undefined);
    await this.#real.close();
    this.#icon.destroy();
  }

  /** Asks before an open run is left unwatched. An order that was just given opens one, though no reading shows it yet. */
  async exit(): Promise<void> {
    const { checklist, activity } = this.#real.parts.store.state;
    const run = checklist?.run ?? null;
    const isGuarded = activity.kind === 'working' || (run !== null && run.phase !== 'closed');
    if (isGuarded && !(await this.#askToExit())) return;
    app.quit();
  }

  async #askToExit(): Promise<boolean> {
    const { ExitQuestion } = await import('./exit-question.js');
    this.#exitQuestion ??= new ExitQuestion();
    return this.#exitQuestion.ask(this.#language());
  }

  #connect(): void {
    const { store } = this.#real.parts;
    this.#stops.push(store.onChange(() => this.#draw()));
    this.#stops.push(store.onEvent((event) => void this.#notify(event)));
    if (this.#parts.taskbar !== null) {
      this.#stops.push(
        watchExplorer(this.#parts.taskbar, () => {
          this.#icon.restore();
          this.note('tray-restored');
        }),
      );
    }
    serveCalls(this.#window, () => this.#loadHandlers());
    this.#real.start();
  }

  #loadDefects(): Promise<Defects> {
    const { store, server } = this.#real.parts;
    this.#defects ??= import('./defects.js').then(
      ({ Defects }) =>
        new Defects({
          writeLog: this.#parts.writeLog,
          tell: (told) => store.addEvent(server.host.now().at, { level: 'failure', kind: 'app-failed', params: {}, problem: told }),
          upMs: () => server.host.now().upMs,
        }),
    );
    return this.#defects;
  }

  /** Read when a window first calls: most of the time there is none. */
  async #loadHandlers(): Promise<CallHandlers> {
    const { createCallHandlers } = await import('./call-handlers.js');
    return createCallHandlers({
      shown: () => this.#shown(),
      saveSettings: (settings) => this.#saveSettings(settings),
      startRehearsal: (speed) => this.#startRehearsal(speed),
      stopRehearsal: () => this.#stopRehearsal(),
      noteWindowFailure: async (text) => (await this.#loadDefects()).noteFromWindow(text),
      renderReport: async (read) => (await import('../../core/report/html-report.js')).htmlReport(read, this.#messages),
      saveReport: (runId, html) => this.#saveReport(runId, html),
      printReport: async (html) => (await import('./report-output.js')).printHtml(html),
    });
  }

  /** Through the records of the real server, which keep their folder from being written over; a rehearsal's folder is thrown away. */
  async #saveReport(runId: string, html: string): Promise<boolean> {
    const { saveHtml } = await import('./report-output.js');
    const save = (path: string): Promise<void> => this.#real.parts.server.records.writeReport(path, html, 'html');
    return saveHtml({ owner: this.#window.browserWindow, language: this.#language(), name: `${runId}.html` }, save);
  }

  /** The server the window shows. */
  #shown(): ServerSession {
    return this.#rehearsal ?? this.#real;
  }

  #openSession(server: AppServer, rehearsal: AppStore['rehearsal']): ServerSession {
    const by: Actor = { user: this.#parts.user, face: 'tray', processId: process.pid };
    const frame = (): AppFrame => ({ language: this.#language(), settings: this.#settings });
    const store = new AppStore(this.#revisions, frame, rehearsal);
    const isShown = (): boolean => session === this.#shown();
    const isWindowVisible = (): boolean => isShown() && this.#window.contents !== null;
    const session = new ServerSession({ server, store, by, isWindowVisible }, () => this.#settings);
    store.onChange(() => {
      if (isShown()) pushSnapshot(this.#window, () => store.snapshot());
    });
    return session;
  }

  /** One after another: each ends the one before, so that there is never more than one. */
  #startRehearsal(speed: RehearsalSpeed): Promise<void> {
    return this.#changeRehearsal(async () => {
      await this.#endRehearsal();
      this.#rehearsal = this.#openSession(await this.#parts.openRehearsal(speed), { speed });
      this.#rehearsal.start();
      this.#rehearsal.parts.store.announce();
    });
  }

  #stopRehearsal(): Promise<void> {
    return this.#changeRehearsal(() => this.#endRehearsal());
  }

  #changeRehearsal(change: () => Promise<void>): Promise<void> {
    const changed = this.#rehearsalChanged.then(change);
    this.#rehearsalChanged = changed.catch(() => undefined);
    return changed;
  }

  async #endRehearsal(): Promise<void> {
    const ended = this.#rehearsal;
    this.#rehearsal = null;
    await ended?.close();
    this.#real.parts.store.announce();
  }

  async #saveSettings(settings: AppSettings): Promise<void> {
    await this.#parts.writeSettings(settings);
    this.#settings = settings;
    this.#messages = createMessages(this.#language());
    this.#real.parts.store.announce();
    this.#rehearsal?.parts.store.announce();
  }

  #act(action: TrayAction): void {
    const { orders } = this.#real;
    switch (action.kind) {
      case 'open':
      case 'start-maintenance':
        return this.openWindow();
      case 'pause':
        return this.#openWhenRefused(orders.pause({ services: action.services, forMs: action.forMs, reason: null, overrides: [] }));
      case 'keep-paused':
        return this.#openWhenRefused(this.#real.keepPaused());
      case 'back-in-service':
        return this.#openWhenRefused(orders.resume({ services: null, stayStopped: false, conflicts: null }));
      case 'exit':
        void this.exit();
    }
  }

  /** The menu cannot explain; the window can. */
  #openWhenRefused(answer: Answer<null>): void {
    if (!answer.ok) this.openWindow();
  }

  #draw(): void {
    this.#icon.draw(this.#view());
  }

  #view(): TrayView {
    const { checklist, readingProblem, activity } = this.#real.parts.store.state;
    return trayView(checklist, readingProblem, activity);
  }

  /** The words are read with the first event; events come one after another, and so do their balloons. */
  async #notify(event: AppEvent): Promise<void> {
    const standing = this.#format(this.#view().tooltip);
    const { announcementOf } = await import('./announcement.js');
    const told = announcementOf(event, this.#messages, standing);
    if (told === null) return;
    if (this.#parts.taskbar !== null) this.#icon.balloon(told.title, told.body);
    else if (Notification.isSupported()) new Notification(told).show();
  }

  #format(text: TrayText): string {
    return 'name' in text ? text.name : this.#messages.format(trayTextsOf(this.#language())[text.id], text.params);
  }

  #language(): Language {
    return this.#settings.language === 'system' ? this.#parts.systemLanguage : this.#settings.language;
  }
}
