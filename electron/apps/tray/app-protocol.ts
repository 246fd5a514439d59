import { readdirSync } from 'node:fs';
import { join } from 'node:path';

import { protocol, session, type Session, type WebContents } from 'electron';

/** Our own scheme: the page has an origin of its own, and no path of this machine is ever part of a request. */
const SCHEME = 'lync-drain';
const ORIGIN = `${SCHEME}://window`;
export const WINDOW_URL = `${ORIGIN}/index.html`;

/** Before the app is ready: a scheme is made standard once, or never. */
export function registerScheme(): void {
  protocol.registerSchemesAsPrivileged([{ scheme: SCHEME, privileges: { standard: true, secure: true } }]);
}

/** The window's session, and when nothing of a page in it can reach the network any more. */
export interface WindowSession {
  readonly session: Session;
  /** No page may be loaded before. */
  readonly sealed: Promise<void>;
}

/** A proxy that never answers: port 0 cannot be connected to. */
const DEAD_END = { mode: 'fixed_servers', proxyRules: 'http://127.0.0.1:0', proxyBypassRules: '<-loopback>' } as const;

/**
 * The session our window runs in: in memory, with no way out. It answers our own scheme with the files of one folder, as
 * they were listed when it was opened, and cancels every other request; every permission is denied. WebRTC asks neither: it
 * goes through the proxy only (`closeWebRtc`), and the proxy leads nowhere.
 */
export function openWindowSession(folder: string): WindowSession {
  const names = new Set(readdirSync(folder).filter((name) => /\.(?:html|js|css)$/.test(name)));
  const own = session.fromPartition('window', { cache: false });
  own.setPermissionRequestHandler((_contents, _permission, answer) => answer(false));
  own.setPermissionCheckHandler(() => false);
  own.setDevicePermissionHandler(() => false);
  own.on('will-download', (event) => event.preventDefault());
  own.webRequest.onBeforeRequest(({ url }, answer) => answer({ cancel: !url.startsWith(`${ORIGIN}/`) }));
  own.protocol.registerBufferProtocol(SCHEME, (request, answer) => {
    const name = new URL(request.url).pathname.slice(1);
    if (!request.url.startsWith(`${ORIGIN}/`) || !names.has(name)) return answer({ statusCode: 404, data: Buffer.alloc(0) });
    // Loaded with the first window: an icon need not wait for it.
    const page = import('./window-page.js').then(({ readPage }) => readPage(join(folder, name)));
    void page.then(answer, () => answer({ statusCode: 500, data: Buffer.alloc(0) }));
  });
  return { session: own, sealed: own.setProxy(DEAD_END) };
}

/** Leaves WebRTC nothing but the session's proxy: no UDP, and no addresses of this computer. */
export function closeWebRtc(contents: WebContents): void {
  contents.setWebRTCIPHandlingPolicy('disable_non_proxied_udp');
}
