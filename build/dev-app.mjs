/**
 * What `npm run dev` adds to the app, inside Electron: obeys that script, and gives a window the keys of a browser. Not in what we ship.
 */
import { app, BrowserWindow } from 'electron';

process.on('message', (order) => {
  if (order === 'reload') for (const window of BrowserWindow.getAllWindows()) window.webContents.reloadIgnoringCache();
  if (order === 'quit') app.quit();
});

// The script is gone, however it ended: nothing of it stays.
process.on('disconnect', () => app.quit());

app.on('web-contents-created', (_event, contents) => {
  contents.on('before-input-event', (_input, { type, key }) => {
    if (type !== 'keyDown') return;
    if (key === 'F12') contents.toggleDevTools();
    if (key === 'F5') contents.reloadIgnoringCache();
  });
});
