/*
 * A self-relative security descriptor (winnt.h: SECURITY_DESCRIPTOR_RELATIVE, ACL, ACE_HEADER, SID), as
 * `GetFileSecurityW` writes it: offsets count from its start.
 */
const DESCRIPTOR = { control: 2, owner: 4, dacl: 16 };
const SE_DACL_PRESENT = 0x4;
const ACL = { aceCount: 4, size: 8 };
const ACE = { type: 0, size: 2, mask: 4, sid: 8 };

/** `ACCESS_ALLOWED_ACE_TYPE` and its callback form; both hold mask and SID at the same places. */
const ALLOWING_TYPES = [0x0, 0x9];
/** `ACCESS_DENIED_ACE_TYPE` and its callback form. What is refused cannot harm. */
const DENYING_TYPES = [0x1, 0xa];

/**
 * Everything that changes a file, a folder, what is in it, or who may: FILE_WRITE_DATA (add file), FILE_APPEND_DATA (add
 * folder), FILE_WRITE_EA, FILE_DELETE_CHILD, FILE_WRITE_ATTRIBUTES, DELETE, WRITE_DAC, WRITE_OWNER, GENERIC_ALL, GENERIC_WRITE.
 */
const WRITING = 0x2 | 0x4 | 0x10 | 0x40 | 0x100 | 0x1_0000 | 0x4_0000 | 0x8_0000 | 0x1000_0000 | 0x4000_0000;

const EVERYONE = 'S-1-1-0';

/** Whoever creates a file there, and whoever owns it: the first is let in by the folder, the second is looked at itself. */
const CREATOR_OWNER = 'S-1-3-0';
const OWNER_RIGHTS = 'S-1-3-4';

/**
 * Who, beside those trusted, owns what the descriptor protects or may write it; null when nobody.
 * @param trusted SIDs in text form
 * @returns a SID in text form; Everyone where nothing restricts access
 * @throws RangeError when the bytes are no security descriptor
 */
export function findStranger(descriptor: Buffer, trusted: ReadonlySet<string>): string | null {
  const owner = readSid(descriptor, descriptor.readUInt32LE(DESCRIPTOR.owner));
  if (!trusted.has(owner)) return owner;
  const dacl = descriptor.readUInt32LE(DESCRIPTOR.dacl);
  // Without a list of who may, everybody may.
  if ((descriptor.readUInt16LE(DESCRIPTOR.control) & SE_DACL_PRESENT) === 0 || dacl === 0) return EVERYONE;
  let at = dacl + ACL.size;
  for (let left = descriptor.readUInt16LE(dacl + ACL.aceCount); left > 0; left--) {
    const stranger = strangerOfAce(descriptor, at, trusted);
    if (stranger !== null) return stranger;
    at += descriptor.readUInt16LE(at + ACE.size);
  }
  return null;
}

function strangerOfAce(descriptor: Buffer, at: number, trusted: ReadonlySet<string>): string | null {
  const type = descriptor.readUInt8(at + ACE.type);
  if (DENYING_TYPES.includes(type)) return null;
  const sid = ALLOWING_TYPES.includes(type) ? readSid(descriptor, at + ACE.sid) : EVERYONE;
  const mayWrite = (descriptor.readUInt32LE(at + ACE.mask) & WRITING) !== 0;
  return !mayWrite || trusted.has(sid) || sid === CREATOR_OWNER || sid === OWNER_RIGHTS ? null : sid;
}

/** A SID in text form, `S-1-5-32-544`. @throws RangeError when the bytes end before it does */
export function readSid(bytes: Buffer, at: number): string {
  const count = bytes.readUInt8(at + 1);
  const authority = bytes.readUIntBE(at + 2, 6);
  const parts = Array.from({ length: count }, (_, index) => bytes.readUInt32LE(at + 8 + index * 4));
  return ['S', bytes.readUInt8(at), authority, ...parts].join('-');
}
