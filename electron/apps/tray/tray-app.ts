import { app, nativeTheme } from 'electron';

import type { AppEvent, RehearsalChoice } from '../../contract/app-snapshot.js';
import type { Answer } from '../../contract/ipc-channels.js';
import type { Actor } from '../../contract/run.js';
import { trayTextsOf } from '../../core/language/tray-texts.js';
import { trayView, type TrayAction, type TrayText, type TrayView } from '../../core/maintenance/tray-view.js';
import type { Clock } from '../../ports/clock.js';
import type { CallHandlers } from './answer-call.js';
import { AppPreferences, type PreferencesParts } from './app-preferences.js';
import { AppStore, Revisions, type AppFrame } from './app-store.js';
import { AppWindow, type WindowParts } from './app-window.js';
import type { Defects } from './defects.js';
import type { ExitQuestion } from './exit-question.js';
import { watchExplorer, type Taskbar } from './explorer-watchdog.js';
import { pushSnapshot, serveCalls } from './ipc-server.js';
import { Rehearsal } from './rehearsal.js';
import { ServerSession } from './server-session.js';
import type { AppServer } from './session-parts.js';
import { TrayIcon } from './tray-icon.js';

/** What the app is made of; everything that differs between systems comes in here. */
export interface TrayAppParts extends PreferencesParts {
  readonly server: AppServer;
  readonly user: string;
  readonly clock: Clock;
  /** A simulated copy of the server to practise on. */
  readonly openRehearsal: (choice: RehearsalChoice) => Promise<AppServer>;
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
  readonly #preferences: AppPreferences;
  readonly #revisions = new Revisions();
  readonly #window: AppWindow;
  readonly #real: ServerSession;
  readonly #rehearsal: Rehearsal;
  readonly #icon: TrayIcon;
  readonly #stops: (() => void)[] = [];
  #exitQuestion: ExitQuestion | null = null;
  #defects: Promise<Defects> | null = null;
  #watchesSessionEnd = false;

  constructor(parts: TrayAppParts) {
    this.#parts = parts;
    this.#preferences = new AppPreferences(parts);
    this.#window = new AppWindow({
      ...parts.window,
      onSessionEnd: () => this.note('session-end-seen'),
      onGone: (reason) => this.noteDefect(new Error(`The window is gone: ${reason}.`)),
    });
    this.#rehearsal = new Rehearsal({
      open: async (choice) => this.#openSession(await parts.openRehearsal(choice), choice),
      onEnd: () => this.#real.parts.store.announce(),
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
    await this.#rehearsal.stop().catch(() => undefined);
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

  /**
   * From the first order on: before it there is nothing to end in order. Windows waits a few seconds at most: the change that has
   * begun is finished, no other begins, and everything is given back.
   */
  #watchSessionEnd(): void {
    if (this.#watchesSessionEnd || this.#real.parts.store.state.activity.kind !== 'working') return;
    this.#watchesSessionEnd = true;
    void import('./session-end-window.js').then(({ watchSessionEnd }) => {
      const stop = watchSessionEnd(() => {
        this.#real.orders.stopWorking();
        app.quit();
      });
      this.#stops.push(stop);
    });
  }

  async #askToExit(): Promise<boolean> {
    const { ExitQuestion } = await import('./exit-question.js');
    this.#exitQuestion ??= new ExitQuestion();
    return this.#exitQuestion.ask(this.#preferences.language);
  }

  #connect(): void {
    const { taskbar, clock } = this.#parts;
    const { store } = this.#real.parts;
    const notifications = {
      preferences: this.#preferences,
      icon: this.#icon,
      hasBalloons: taskbar !== null,
      serverState: () => this.#format(this.#view().tooltip),
    };
    this.#stops.push(store.onChange(() => this.#icon.draw(this.#view())));
    this.#stops.push(
      store.onEvent((event) => {
        void import('./notifications.js').then(({ showNotification }) => showNotification(event, notifications));
      }),
    );
    if (taskbar !== null) {
      this.#stops.push(watchExplorer(taskbar, clock, () => this.#restoreIcon()));
      this.#stops.push(store.onChange(() => this.#watchSessionEnd()));
    }
    serveCalls(this.#window, () => this.#loadHandlers());
    this.#real.start();
  }

  #restoreIcon(): void {
    this.#icon.restore();
    this.note('tray-restored');
  }

  #loadDefects(): Promise<Defects> {
    const { store, server } = this.#real.parts;
    this.#defects ??= import('./defects.js').then(
      ({ Defects }) =>
        new Defects({
          writeLog: this.#parts.writeLog,
          tell: (told) => store.addEvent(server.host.now().at, { level: 'failure', kind: 'app-failed', params: {}, problem: told }),
          upMs: () => this.#parts.clock.upMs(),
        }),
    );
    return this.#defects;
  }

  /** Read when a window first calls: most of the time there is none. */
  async #loadHandlers(): Promise<CallHandlers> {
    const { createCallHandlers } = await import('./call-handlers.js');
    return createCallHandlers({
      shown: () => this.#shown(),
      saveSettings: async (settings) => {
        await this.#preferences.save(settings);
        for (const session of [this.#real, this.#rehearsal.session]) session?.parts.store.announce();
      },
      startRehearsal: (choice) => this.#rehearsal.start(choice),
      stopRehearsal: () => this.#rehearsal.stop(),
      noteWindowFailure: async (text) => (await this.#loadDefects()).noteFromWindow(text),
      renderReport: async (read) =>
        (await import('./render-report.js')).renderReport(read, this.#shown().parts.server, this.#preferences.messages),
      saveReport: (runId, html) => this.#saveReport(runId, html),
      printReport: async (html) => (await import('./report-output.js')).printHtml(html),
    });
  }

  /** Through the records of the real server, which keep their folder from being written over; a rehearsal's folder is thrown away. */
  async #saveReport(runId: string, html: string): Promise<boolean> {
    const { saveHtml } = await import('./report-output.js');
    const save = (path: string): Promise<void> => this.#real.parts.server.records.writeReport(path, html, 'html');
    return saveHtml({ owner: this.#window.browserWindow, language: this.#preferences.language, name: `${runId}.html` }, save);
  }

  /** The server the window shows. */
  #shown(): ServerSession {
    return this.#rehearsal.session ?? this.#real;
  }

  #openSession(server: AppServer, rehearsal: AppStore['rehearsal']): ServerSession {
    const { user, clock } = this.#parts;
    const by: Actor = { user, face: 'tray', processId: process.pid };
    const preferences = this.#preferences;
    const frame = (): AppFrame => ({ language: preferences.language, settings: preferences.settings });
    const store = new AppStore(this.#revisions, frame, rehearsal);
    const isShown = (): boolean => session === this.#shown();
    const isWindowVisible = (): boolean => isShown() && this.#window.contents !== null;
    const session = new ServerSession({ server, store, by, clock, isWindowVisible }, () => preferences.settings);
    store.onChange(() => {
      if (isShown()) pushSnapshot(this.#window, () => store.snapshot());
    });
    return session;
  }

  #act(action: TrayAction): void {
    const { orders } = this.#real;
    switch (action.kind) {
      case 'open':
      case 'start-maintenance':
        return this.openWindow();
      case 'pause':
        this.#openWhenRefused(orders.pause({ services: action.services, forMs: action.forMs, reason: null, overrides: [] }));
        return void this.#offerPauseWithoutTask();
      case 'finish':
        return this.#openWhenRefused(this.#real.goOn());
      case 'keep-paused':
        return this.#openWhenRefused(this.#real.keepPaused());
      case 'back-in-service':
        return this.#openWhenRefused(orders.resume({ services: null, stayStopped: false, conflicts: null }));
      case 'exit':
        void this.exit();
    }
  }

  /** A message box, where the menu cannot explain. The window that shows this server has the choice too. */
  async #offerPauseWithoutTask(): Promise<void> {
    const { offerPauseWithoutTask } = await import('./pause-choice.js');
    await offerPauseWithoutTask(this.#real, async (obstacle) =>
      (await import('./pause-question.js')).askPauseWithoutTask(obstacle, this.#preferences.messages),
    );
  }

  /** The menu cannot explain; the window can. */
  #openWhenRefused(answer: Answer<null>): void {
    if (!answer.ok) this.openWindow();
  }

  #view(): TrayView {
    const { checklist, readingProblem, activity, cutOff } = this.#real.parts.store.state;
    return trayView(checklist, readingProblem, activity, cutOff !== null);
  }

  #format(text: TrayText): string {
    const { messages, language } = this.#preferences;
    return 'name' in text ? text.name : messages.format(trayTextsOf(language)[text.id], text.params);
  }
}
