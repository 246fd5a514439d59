/** The stage: the bundled window in the real Electron, with a double in place of the main process. Driven from the tests. */
const { readFileSync } = require('node:fs');
const { join } = require('node:path');
const { randomBytes } = require('node:crypto');
const { app, BrowserWindow, protocol } = require('electron');

const BUNDLE = process.env.STAGE_BUNDLE;
const TYPES = { '.html': 'text/html', '.js': 'text/javascript', '.css': 'text/css' };

/** What the double answers, as JSON; set by the tests before every load. */
global.stageScript = 'null';
protocol.registerSchemesAsPrivileged([{ scheme: 'stage', privileges: { standard: true, secure: true } }]);

function policy(nonce) {
  return `default-src 'none'; script-src 'self'; style-src 'self' 'nonce-${nonce}'; img-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'`;
}

function respond(name) {
  if (name === 'script.js') return { text: `window.stageScript = ${global.stageScript};`, nonce: '' };
  const text = readFileSync(join(BUNDLE, name), 'utf8');
  if (name !== 'index.html') return { text, nonce: '' };
  const nonce = randomBytes(16).toString('base64');
  // A name of its own for every load, or the script of the state before comes out of the page cache.
  const doubles = `<script src="script.js?${encodeURIComponent(nonce)}"></script><script src="double.js"></script>`;
  return { text: text.replaceAll('__STYLE_NONCE__', nonce).replace('<script type="module"', `${doubles}<script type="module"`), nonce };
}

app.whenReady().then(() => {
  protocol.registerBufferProtocol('stage', (request, callback) => {
    const name = new URL(request.url).pathname.slice(1);
    const { text, nonce } = respond(name);
    const type = TYPES[name.slice(name.lastIndexOf('.'))];
    callback({ mimeType: type, charset: 'utf-8', data: Buffer.from(text), headers: { 'Content-Security-Policy': policy(nonce) } });
  });
  const window = new BrowserWindow({
    width: 1024,
    height: 740,
    useContentSize: true,
    webPreferences: { sandbox: true, contextIsolation: true, nodeIntegration: false },
  });
  window.setMenu(null);
  void window.loadURL('about:blank');
});
app.on('window-all-closed', () => app.quit());
