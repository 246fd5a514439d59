import { randomBytes } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { extname } from 'node:path';

const NONCE_PLACE = /__STYLE_NONCE__/g;

const TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
};

/** Nothing but our own files; styles made at run time need the nonce of this load. */
function policyOf(nonce: string): string {
  return [
    "default-src 'none'",
    "script-src 'self'",
    `style-src 'self' 'nonce-${nonce}'`,
    "img-src 'self' data:",
    "font-src 'self'",
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
  ].join('; ');
}

/** One of the window's files as our scheme answers with it. Rejects if it cannot be read. */
export async function readPage(path: string): Promise<Electron.ProtocolResponse & { data: Buffer }> {
  const nonce = randomBytes(16).toString('base64');
  const bytes = await readFile(path);
  const isPage = extname(path) === '.html';
  return {
    data: isPage ? Buffer.from(bytes.toString('utf8').replace(NONCE_PLACE, nonce)) : bytes,
    mimeType: (TYPES[extname(path)] ?? '').split(';')[0] ?? '',
    charset: 'utf-8',
    headers: {
      'Content-Security-Policy': policyOf(nonce),
      'X-Content-Type-Options': 'nosniff',
      'Cache-Control': 'no-store',
    },
  };
}
