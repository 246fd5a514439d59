/*
 * A self-relative security descriptor (winnt.h: SECURITY_DESCRIPTOR_RELATIVE, ACL, ACE_HEADER, SID), as
 * `GetFileSecurityW` writes it: offsets count from its start.
 */
const DESCRIPTOR = { control: 2, owner: 4, dacl: 16 };
const SE_DACL_PRESENT = 0x4;
const ACL = { aceCount: 4, size: 8 };
const ACE = { type: 0, flags: 1, size: 2, mask: 4, sid: 8 };

/** `ACCESS_ALLOWED_ACE_TYPE` and its callback form; both hold mask and SID at the same places. */
const ALLOWING_TYPES = [0x0, 0x9];
/** `ACCESS_DENIED_ACE_TYPE` and its callback form. What is refused cannot harm. */
const DENYING_TYPES = [0x1, 0xa];

/**
 * Everything that changes a file, a folder, what is in it, or who may: FILE_WRITE_DATA (add file), FILE_APPEND_DATA (add
 * folder), FILE_WRITE_EA, FILE_DELETE_CHILD, FILE_WRITE_ATTRIBUTES, DELETE, WRITE_DAC, WRITE_OWNER, GENERIC_ALL, GENERIC_WRITE.
 */
const WRITING = 0x2 | 0x4 | 0x10 | 0x40 | 0x100 | 0x1_0000 | 0x4_0000 | 0x8_0000 | 0x1000_0000 | 0x4000_0000;

/** What lets an account take a folder away, or what is in it, and put another in its place; adding beside it does not. */
const REPLACING = 0x40 | 0x1_0000 | 0x4_0000 | 0x8_0000 | 0x1000_0000;

const EVERYONE = 'S-1-1-0';

/** The account that creates a file there: the folder lets it in, and the folder is looked at itself. */
const CREATOR_OWNER = 'S-1-3-0';
/** Where an entry names it, the owner has the rights of that entry, and not the usual ones to read and change the list (Windows Vista). */
const OWNER_RIGHTS = 'S-1-3-4';
const INHERIT_ONLY = 0x8;

/** Accounts, as SIDs in text form, that may own and write. */
export interface Trust {
  /** They may own and write everything. */
  readonly trusted: ReadonlySet<string>;
  /**
   * They may own, but not write, and only what takes the owner's usual right to change the list from them. For a file that we made
   * ourselves where a policy makes the account the owner and not its group; null for a folder, which others could have made first.
   */
  readonly ownerOnly: string | null;
}

/** One entry of an access list. */
interface AccessEntry {
  /** Everyone in an entry of a type that is not known. */
  readonly sid: string;
  readonly mayWrite: boolean;
  readonly mayReplace: boolean;
  readonly isInheritOnly: boolean;
}

/**
 * Who, beside those trusted, owns what the descriptor protects or may write it; null if there is none.
 * @returns a SID in text form; Everyone where nothing restricts access
 * @throws RangeError when the bytes are no security descriptor
 */
export function findUntrustedWriter(descriptor: Buffer, { trusted, ownerOnly }: Trust): string | null {
  const owner = readOwner(descriptor);
  const entries = readAllowingEntries(descriptor);
  const isOwnerHeld = owner === ownerOnly && entries !== null && isOwnerWithoutRights(entries);
  if (!trusted.has(owner) && !isOwnerHeld) return owner;
  // Without a list (a null DACL) every account may write.
  if (entries === null) return EVERYONE;
  const writer = entries.find(({ sid, mayWrite }) => mayWrite && !trusted.has(sid) && sid !== CREATOR_OWNER && sid !== OWNER_RIGHTS);
  return writer?.sid ?? null;
}

/**
 * Who, beside those trusted, may replace the folder that the descriptor protects, or what is in it; null if there is none. Unlike
 * `findUntrustedWriter` it lets others add to the folder: on a drive's root Windows lets all of them.
 * @throws RangeError when the bytes are no security descriptor
 */
export function findUntrustedReplacer(descriptor: Buffer, trusted: ReadonlySet<string>): string | null {
  const owner = readOwner(descriptor);
  if (!trusted.has(owner)) return owner;
  const entries = readAllowingEntries(descriptor);
  if (entries === null) return EVERYONE;
  const found = entries.find(
    ({ sid, mayReplace, isInheritOnly }) => mayReplace && !isInheritOnly && !trusted.has(sid) && sid !== OWNER_RIGHTS,
  );
  return found?.sid ?? null;
}

/** The owner's SID in text form. @throws RangeError when the bytes are no security descriptor */
export function readOwner(descriptor: Buffer): string {
  return readSid(descriptor, descriptor.readUInt32LE(DESCRIPTOR.owner));
}

function isOwnerWithoutRights(entries: readonly AccessEntry[]): boolean {
  const ofOwner = entries.filter(({ sid, isInheritOnly }) => sid === OWNER_RIGHTS && !isInheritOnly);
  return ofOwner.length > 0 && ofOwner.every(({ mayWrite }) => !mayWrite);
}

/** Null without a list. What is refused to an account cannot harm, and is left out. */
function readAllowingEntries(descriptor: Buffer): readonly AccessEntry[] | null {
  const dacl = descriptor.readUInt32LE(DESCRIPTOR.dacl);
  if ((descriptor.readUInt16LE(DESCRIPTOR.control) & SE_DACL_PRESENT) === 0 || dacl === 0) return null;
  const entries: AccessEntry[] = [];
  let at = dacl + ACL.size;
  for (let left = descriptor.readUInt16LE(dacl + ACL.aceCount); left > 0; left--) {
    const type = descriptor.readUInt8(at + ACE.type);
    if (!DENYING_TYPES.includes(type)) {
      entries.push({
        sid: ALLOWING_TYPES.includes(type) ? readSid(descriptor, at + ACE.sid) : EVERYONE,
        mayWrite: (descriptor.readUInt32LE(at + ACE.mask) & WRITING) !== 0,
        mayReplace: (descriptor.readUInt32LE(at + ACE.mask) & REPLACING) !== 0,
        isInheritOnly: (descriptor.readUInt8(at + ACE.flags) & INHERIT_ONLY) !== 0,
      });
    }
    at += descriptor.readUInt16LE(at + ACE.size);
  }
  return entries;
}

/** A SID as bytes. @param text `S-1-5-32-544` */
export function sidBytes(text: string): Buffer {
  const [, revision = 0, authority = 0, ...parts] = text.split('-').map(Number);
  const bytes = Buffer.alloc(8 + parts.length * 4);
  bytes.writeUInt8(revision, 0);
  bytes.writeUInt8(parts.length, 1);
  bytes.writeUIntBE(authority, 2, 6);
  for (const [index, part] of parts.entries()) bytes.writeUInt32LE(part, 8 + index * 4);
  return bytes;
}

/** A SID in text form, `S-1-5-32-544`. @throws RangeError when the bytes end before it does */
export function readSid(bytes: Buffer, at: number): string {
  const count = bytes.readUInt8(at + 1);
  const authority = bytes.readUIntBE(at + 2, 6);
  const parts = Array.from({ length: count }, (_, index) => bytes.readUInt32LE(at + 8 + index * 4));
  return ['S', bytes.readUInt8(at), authority, ...parts].join('-');
}
