import { isAbsolute, join } from 'node:path';

import { app, powerMonitor } from 'electron';

import { SYSTEM_CLOCK } from './adapters/time/system-clock.js';
import type { Autostart } from './adapters/windows/desktop/autostart.js';
import type { Desktop } from './adapters/windows/desktop/desktop.js';
import { readAppArguments, type AppArguments } from './apps/tray/app-arguments.js';
import { openWindowSession, registerScheme } from './apps/tray/app-protocol.js';
import { takeBackPlantedOptions } from './apps/tray/planted-options.js';
import type { AppServer } from './apps/tray/session-parts.js';
import { toAppSettings } from './apps/tray/settings-choice.js';
import { TrayApp } from './apps/tray/tray-app.js';
import { isWindows, openMachine } from './composition/open-machine.js';
import { openThisServer, type ThisServer } from './composition/this-server.js';
import type { AppSettings, Language } from './contract/app-snapshot.js';
import { ProblemError } from './contract/problem.js';
import type { Run } from './contract/run.js';
import { languageOfLocale } from './core/language/language.js';
import { createMessages } from './core/language/messages.js';
import { undoCard } from './core/language/undo-card.js';
import type { Power } from './ports/power.js';

const FOLDER = __dirname;

/** What turns Windows off, and what it ends then, is loaded when it is turned off: most of the time it is not. */
function windowsPower({ systemFolder }: Desktop): Power {
  return {
    othersSignedIn: async () => {
      const { loadSessionFunctions, readOthersSignedIn } = await import('./adapters/windows/desktop/signed-in.js');
      return readOthersSignedIn(await loadSessionFunctions(systemFolder));
    },
    turnOff: async (how, isForced) =>
      (await import('./adapters/windows/desktop/turn-off.js')).windowsPower(systemFolder).turnOff(how, isForced),
  };
}

/** A simulated server is switched off by its own power button, whatever machine it runs on. */
function toAppServer(server: ThisServer, desktop: Desktop | null): AppServer {
  const { engine, records, host, simulation, health } = server;
  const close = (): Promise<void> => server.close();
  if (simulation !== null) {
    return {
      engine,
      records,
      host,
      listen: (onNews) => simulation.simulation.listen(onNews),
      power: { othersSignedIn: async () => [], turnOff: () => simulation.simulation.restart() },
      health,
      close,
    };
  }
  if (desktop === null) throw new Error('A real server has a desktop.');
  // Windows tells of states (NotifyServiceStatusChange), but only a thread that waits for nothing else, and of no start type.
  const logReminder = (runId: string, hours: number): void =>
    void import('./composition/log-reminder.js').then((log) => log.logReminder(server, runId, hours));
  return { engine, records, host, listen: () => null, power: windowsPower(desktop), health, logReminder, close };
}

/** The file is there for the terminal and the next start, but whether the app starts with Windows, Windows says. */
async function readSettings(server: ThisServer, autostart: Autostart | null): Promise<AppSettings> {
  const settings = toAppSettings(await server.settingsFile.read());
  return autostart === null ? settings : { ...settings, startWithWindows: autostart.isOn };
}

async function writeSettings(server: ThisServer, autostart: Autostart | null, settings: AppSettings): Promise<void> {
  const turn = async (isWanted: boolean): Promise<void> =>
    autostart?.turn(isWanted, { program: process.execPath, args: [] }, server.dataFolder);
  await (await import('./apps/tray/write-settings.js')).writeAppSettings({ ...server, autostart: turn }, settings);
}

/** The log is read when there is something to write: most days there is nothing. */
async function writeLog(dataFolder: string, failure: unknown): Promise<string | null> {
  return (await import('./composition/failure-log.js')).logFailure(dataFolder, failure, openMachine);
}

async function openApp(language: Language, told: AppArguments): Promise<TrayApp> {
  const options = { ...told, undoCard: (run: Run) => undoCard(run, createMessages(language)) };
  const desktop = isWindows ? await (await import('./adapters/windows/desktop/desktop.js')).openDesktop() : null;
  const server = await openThisServer(options);
  if (server.otherRun !== null) throw new ProblemError(server.otherRun);
  const [{ user }, autostart] = await Promise.all([server.host.computer(), desktop === null ? null : findAutostart(desktop, server)]);
  return new TrayApp({
    server: toAppServer(server, desktop),
    user,
    clock: SYSTEM_CLOCK,
    openRehearsal: async (choice) =>
      toAppServer(await (await import('./composition/open-rehearsal.js')).openRehearsal(server, options, choice), null),
    settings: await readSettings(server, autostart),
    writeSettings: (settings) => writeSettings(server, autostart, settings),
    systemLanguage: language,
    writeLog: (failure) => writeLog(server.dataFolder, failure),
    taskbar: desktop,
    iconFolder: join(FOLDER, 'icons'),
    window: {
      openSession: () => openWindowSession(join(FOLDER, 'renderer')),
      preload: join(FOLDER, 'preload.cjs'),
      icon: join(FOLDER, 'icons', isWindows ? 'app.ico' : 'app-256.png'),
    },
  });
}

async function findAutostart({ systemFolder }: Desktop, { settings }: ThisServer): Promise<Autostart> {
  const { Autostart } = await import('./adapters/windows/desktop/autostart.js');
  return Autostart.find(systemFolder, settings.startWithWindows);
}

async function start(): Promise<void> {
  await app.whenReady();
  const language = languageOfLocale(app.getLocale());
  const told = readAppArguments(process.argv.slice(1));
  const opened = await openApp(language, told).catch(async (error: unknown) => {
    (await import('./apps/tray/cannot-start.js')).showCannotStart(error, language);
    app.exit(1);
    return null;
  });
  if (opened === null) return;
  if (told.opensWindow) opened.openWindow();
  process.on('uncaughtException', (error) => opened.noteDefect(error));
  process.on('unhandledRejection', (reason) => opened.noteDefect(reason));
  app.on('second-instance', () => opened.openWindow());
  powerMonitor.on('shutdown', () => opened.note('shutdown-seen'));
  app.once('will-quit', (event) => {
    event.preventDefault();
    // Not quit() again: Electron 22 ignores it after a prevented will-quit when windows were open.
    void opened.close().finally(() => app.exit(0));
  });
}

/**
 * What Chromium keeps, and the lock of the only instance, stay on this machine. Electron's usual folder is in the roaming profile, which
 * Windows copies at each sign-in and sign-out, from one server to the next.
 */
function keepFilesLocal(): void {
  const folder = process.env['LOCALAPPDATA'] ?? '';
  if (isWindows && isAbsolute(folder)) app.setPath('userData', join(folder, app.getName()));
}

takeBackPlantedOptions();
keepFilesLocal();
registerScheme();
// A server has no use for a graphics card, and over remote desktop there is none; without it there is one process less.
app.disableHardwareAcceleration();
// The tray stays when the window is closed.
app.on('window-all-closed', () => undefined);
if (app.requestSingleInstanceLock()) void start();
else app.quit();
