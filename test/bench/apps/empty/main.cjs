/* The floor: an app that shows a tray icon and does nothing else. Without a graphics process, as ours, or the floor would be easy to reach. */
const { join } = require('node:path');
const { app, Tray } = require('electron');

app.disableHardwareAcceleration();
app.on('window-all-closed', () => undefined);
let tray;
void app.whenReady().then(() => {
  tray = new Tray(join(process.cwd(), 'release/app/icons/tray-in-service-light.png'));
});
