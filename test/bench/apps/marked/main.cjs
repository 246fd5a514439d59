/*
 * Runs the app whose main script BENCH_APP names and says on stdout, a JSON object a line with the time, when its first tray
 * icon is there, when the icon changes, and when a window can be used. A line on stdin is a command: `click` clicks the
 * icon, `close` closes the window, `count` collects garbage and tells heap and listeners,
 * `snapshots` has the open window ask for a thousand. Both apps of the benchmarks are
 * started through this, so that both are measured in the same way and pay the same for it.
 */
const Module = require('node:module');
const { writeSync } = require('node:fs');
const { basename } = require('node:path');
const { createInterface } = require('node:readline');

const electron = require('electron');

const tell = (event, more = {}) => writeSync(1, `${JSON.stringify({ event, at: performance.timeOrigin + performance.now(), ...more })}\n`);

let tray;
const MarkedTray = new Proxy(electron.Tray, {
  construct(target, args) {
    tray = Reflect.construct(target, args);
    tell('icon');
    const setImage = tray.setImage.bind(tray);
    tray.setImage = (image) => {
      setImage(image);
      tell('icon-changed', { image: names.get(image) });
    };
    return tray;
  },
});
const names = new WeakMap();
const markedImages = {
  createFromPath: (path) => {
    const image = electron.nativeImage.createFromPath(path);
    names.set(image, basename(path));
    return image;
  },
};
const replaced = { Tray: MarkedTray, nativeImage: markedImages };
const marked = new Proxy(electron, { get: (target, name) => replaced[name] ?? target[name] });
const load = Module._load;
Module._load = (request, ...others) => (request === 'electron' ? marked : load(request, ...others));

/** Usable: shown, and a button can be pressed. */
const USABLE = `new Promise((resolve) => {
  const look = () => (document.querySelector('h1, h2') && document.querySelector('button:enabled') ? resolve() : setTimeout(look, 5));
  look();
})`;
const A_THOUSAND = `(async () => {
  for (let round = 0; round < 1000; round += 1) await lyncDrain.snapshot(null);
})()`;

electron.app.on('browser-window-created', (_event, window) => {
  const shown = new Promise((resolve) => window.once('show', resolve));
  window.webContents.once('dom-ready', async () => {
    await Promise.all([shown, window.webContents.executeJavaScript(USABLE)]);
    tell('usable');
  });
  window.webContents.once('did-navigate', () => tell('loading'));
  window.once('closed', () => tell('closed'));
});

const { app, ipcMain, nativeTheme, powerMonitor } = electron;
const listenersOf = (emitter) => emitter.eventNames().reduce((sum, name) => sum + emitter.listenerCount(name), 0);
const COMMANDS = {
  click: () => tray.emit('click'),
  close: () => electron.BrowserWindow.getAllWindows().forEach((window) => window.close()),
  snapshots: async () => {
    await electron.BrowserWindow.getAllWindows()[0].webContents.executeJavaScript(A_THOUSAND);
    tell('handed-out');
  },
  count: async () => {
    // What belongs to a closed window is let go in turns: some of it only when the first turn is over. Read right after
    // the last one: within a second the app looks at its server again.
    for (let turn = 0; turn < 5; turn += 1) {
      await new Promise((resolve) => setTimeout(resolve, 1_000));
      global.gc();
    }
    tell('counted', {
      heapMb: process.memoryUsage().heapUsed / 1024 / 1024,
      listeners: [app, ipcMain, nativeTheme, powerMonitor, tray].map(listenersOf).reduce((sum, count) => sum + count, 0),
    });
  },
};
// With a line from the benchmark; a timer here would be a share of the processor time that is measured.
createInterface({ input: process.stdin }).on('line', (line) => COMMANDS[line]());

require(process.env.BENCH_APP);
