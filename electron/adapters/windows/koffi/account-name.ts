import type { MachineFunctions } from './machine-functions.js';
import { sidBytes } from './security-descriptor.js';

/** Names of accounts have 20 to 256 characters, names of domains 15 to 255 (lmcons.h: UNLEN, DNLEN; DNS names). */
const CHARACTERS = 512;

/**
 * How people know an account: `CONTOSO\ann`, `Everyone`; the SID itself where Windows knows no name for it, such as that of an
 * account that was deleted. May wait for a domain controller.
 * @param sid in text form
 */
export function accountNameBy(functions: MachineFunctions, sid: string): string {
  const [name, nameCharacters] = [Buffer.alloc(CHARACTERS * 2), Buffer.alloc(4)];
  const [domain, domainCharacters] = [Buffer.alloc(CHARACTERS * 2), Buffer.alloc(4)];
  for (const characters of [nameCharacters, domainCharacters]) characters.writeUInt32LE(CHARACTERS);
  const bytes = sidBytes(sid);
  if (functions.LookupAccountSidW(null, bytes, name, nameCharacters, domain, domainCharacters, Buffer.alloc(4)) === 0) return sid;
  const text = (buffer: Buffer, characters: Buffer): string => buffer.toString('utf16le', 0, characters.readUInt32LE() * 2);
  const [domainText, nameText] = [text(domain, domainCharacters), text(name, nameCharacters)];
  return domainText === '' ? nameText : `${domainText}\\${nameText}`;
}
