import { sidBytes } from '../../electron/adapters/windows/koffi/security-descriptor.js';

/** Accounts by their letters (Microsoft Learn, "SID Strings"). */
const ACCOUNTS: Readonly<Record<string, string>> = {
  BA: 'S-1-5-32-544',
  BU: 'S-1-5-32-545',
  SY: 'S-1-5-18',
  WD: 'S-1-1-0',
  AU: 'S-1-5-11',
  IU: 'S-1-5-4',
  CO: 'S-1-3-0',
  OW: 'S-1-3-4',
  AC: 'S-1-15-2-1',
};
const SDDL_TYPES: Readonly<Record<string, number>> = { A: 0, D: 1, OA: 5, XA: 9, XD: 10 };
/** Microsoft Learn, "ACE Strings". */
const FLAGS: Readonly<Record<string, number>> = { OI: 1, CI: 2, NP: 4, IO: 8, ID: 16 };
const RIGHTS: Readonly<Record<string, number>> = {
  ...{ FA: 0x1f_01ff, FR: 0x12_0089, FW: 0x12_0116, FX: 0x12_00a0, GA: 0x1000_0000, GR: 0x8000_0000, GW: 0x4000_0000, GX: 0x2000_0000 },
  ...{ RC: 0x2_0000, SD: 0x1_0000, WD: 0x4_0000, WO: 0x8_0000, CC: 0x1, DC: 0x2, LC: 0x4, SW: 0x8, RP: 0x10, WP: 0x20, DT: 0x40, LO: 0x80 },
  CR: 0x100,
};
const DACL_PRESENT = 0x8004;
const SELF_RELATIVE = 0x8000;

/** A self-relative security descriptor, as `GetFileSecurityW` gives it, of a text in Windows' own form. Owner and access list only. */
export function descriptorOf(sddl: string): Buffer {
  const [, owner = '', list] = /^O:(.+?)(?:G:.+?)?(?:D:(.*))?$/.exec(sddl) ?? [];
  const header = Buffer.alloc(20);
  const ownerBytes = sidOf(owner);
  header.writeUInt16LE(list === undefined ? SELF_RELATIVE : DACL_PRESENT, 2);
  header.writeUInt32LE(header.length, 4);
  if (list === undefined) return Buffer.concat([header, ownerBytes]);
  header.writeUInt32LE(header.length + ownerBytes.length, 16);
  const entries = [...list.matchAll(/\(([^)]*)\)/g)].map(([, entry = '']) => entryBytes(entry));
  const acl = Buffer.alloc(8);
  acl.writeUInt16LE(entries.length, 4);
  return Buffer.concat([header, ownerBytes, acl, ...entries]);
}

function sidOf(text: string): Buffer {
  const sid = ACCOUNTS[text] ?? text;
  if (!sid.startsWith('S-1-')) throw new Error(`Not an account: ${text}`);
  return sidBytes(sid);
}

function entryBytes(entry: string): Buffer {
  const [type = '', flags = '', rights = '', , , account = ''] = entry.split(';');
  const header = Buffer.alloc(8);
  header.writeUInt8(bitsOf(type, SDDL_TYPES, type.length), 0);
  header.writeUInt8(bitsOf(flags, FLAGS, 2), 1);
  header.writeUInt32LE(rights.startsWith('0x') ? Number(rights) : bitsOf(rights, RIGHTS, 2), 4);
  const whole = Buffer.concat([header, sidOf(account)]);
  whole.writeUInt16LE(whole.length, 2);
  return whole;
}

function bitsOf(text: string, bits: Readonly<Record<string, number>>, letters: number): number {
  let sum = 0;
  for (let at = 0; at < text.length; at += letters) {
    const bit = bits[text.slice(at, at + letters)];
    if (bit === undefined) throw new Error(`Not known in a descriptor: ${text}`);
    sum += bit;
  }
  return sum;
}
