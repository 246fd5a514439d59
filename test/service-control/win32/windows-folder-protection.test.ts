import { describe, expect, it } from 'vitest';

import { refuseUnprotected } from '../../../electron/adapters/storage/record-file.js';
import { SettingsFile } from '../../../electron/adapters/storage/settings.js';
import type { MachineFunctions } from '../../../electron/adapters/windows/koffi/machine-functions.js';
import { readSid, sidBytes } from '../../../electron/adapters/windows/koffi/security-descriptor.js';
import { windowsFolderProtectionBy } from '../../../electron/adapters/windows/services/windows-folder-protection.js';
import { createMessages } from '../../../electron/core/language/messages.js';
import type { FolderProtection } from '../../../electron/ports/folder-protection.js';
import { problemIn, problemOf } from '../../harness/record/data-folder.js';
import { descriptorOf } from '../../harness/sddl.js';

const OWN = 'S-1-5-21-1111111111-2222222222-3333333333-1104';
const DELETED = 'S-1-5-21-1111111111-2222222222-3333333333-1999';
const SYSTEM_FOLDER = 'C:\\Windows\\system32';
const OURS = 'O:BAG:BAD:PAI(A;OICI;FA;;;BA)(A;OICI;FA;;;SY)';
const NAMES: Readonly<Record<string, string>> = { [OWN]: 'CONTOSO\\ann', 'S-1-1-0': '\\Everyone', 'S-1-5-32-545': 'BUILTIN\\Users' };

const [DIRECTORY, FILE, REPARSE] = [0x10, 0x20, 0x400];
const TAGS = { link: 0xa000_000c, junction: 0xa000_0003, deduplicated: 0x8000_0013, compressed: 0x8000_0017 };

interface Planted {
  readonly sddl: string;
  readonly attributes?: number;
  readonly reparseTag?: number;
}

/** A Windows that has what is planted in it, and says so through the documented answers of its functions. */
class FakeMachine {
  readonly #planted: Readonly<Record<string, Planted | number>>;
  readonly #isElevated: boolean;
  lookups = 0;
  rightsAsked = 0;
  #error = 0;

  /** @param planted what stands at a path; a number is the error that everything there fails with */
  constructor(planted: Readonly<Record<string, Planted | number>>, isElevated = true) {
    this.#planted = { [SYSTEM_FOLDER]: { sddl: 'O:SYD:P' }, ...planted };
    this.#isElevated = isElevated;
  }

  open(): FolderProtection {
    return windowsFolderProtectionBy(this.#functions() as MachineFunctions, SYSTEM_FOLDER);
  }

  #functions(): Partial<MachineFunctions> {
    return {
      GetLastError: () => this.#error,
      CheckTokenMembership: (_, __, isMember) => {
        this.rightsAsked += 1;
        return isMember.writeUInt32LE(this.#isElevated ? 1 : 0);
      },
      OpenProcessToken: (_, __, token) => token.writeBigUInt64LE(8n),
      CloseHandle: () => 1,
      GetTokenInformation: (_, __, info) => sidBytes(OWN).copy(info, 16),
      GetFileAttributesW: (path) => {
        const planted = this.#planted[path] ?? 2;
        return typeof planted === 'number' ? this.#fail(planted, 0xffff_ffff) : (planted.attributes ?? DIRECTORY);
      },
      GetFileSecurityW: (path, _, descriptor) => {
        const planted = this.#planted[path] ?? 2;
        return typeof planted === 'number' ? this.#fail(planted, 0) : descriptorOf(planted.sddl).copy(descriptor);
      },
      FindFirstFileW: (path, found) => {
        const planted = this.#planted[path];
        found.writeUInt32LE((typeof planted === 'object' ? planted.reparseTag : 0) ?? 0, 36);
        return 9;
      },
      FindClose: () => 1,
      LookupAccountSidW: (_, sid, ...texts) => this.#lookUp(sid, texts),
    };
  }

  #lookUp(sid: Buffer, [name, nameCharacters, domain, domainCharacters]: readonly [Buffer, Buffer, Buffer, Buffer, Buffer]): number {
    this.lookups += 1;
    const known = NAMES[readSid(sid, 0)];
    // ERROR_NONE_MAPPED
    if (known === undefined) return this.#fail(1332, 0);
    const [domainText = '', nameText = ''] = known.split('\\');
    nameCharacters.writeUInt32LE(name.write(nameText, 'utf16le') / 2);
    domainCharacters.writeUInt32LE(domain.write(domainText, 'utf16le') / 2);
    return 1;
  }

  #fail(error: number, result: number): number {
    this.#error = error;
    return result;
  }
}

describe('the protection of folders on Windows', () => {
  it.each([
    ['a full name', `${OURS}(A;;FA;;;BU)`, 'BUILTIN\\Users'],
    ['a name without a domain', `${OURS}(A;;FA;;;WD)`, 'Everyone'],
    ['the SID of an account that is gone', `${OURS}(A;;FA;;;${DELETED})`, DELETED],
  ])('says who could have written by %s', (_, sddl, writableBy) => {
    expect(new FakeMachine({ data: { sddl } }).open().findFault('data')).toEqual({ path: 'data', writableBy });
  });

  it('asks for a name once, however often it looks', () => {
    const machine = new FakeMachine({ data: { sddl: `${OURS}(A;;FA;;;BU)` } });
    const protection = machine.open();
    for (let time = 0; time < 3; time += 1) protection.findFault('data');
    expect(machine.lookups).toBe(1);
  });

  it('does not trust the own account in an entry, and says that it is the own one', () => {
    const protection = new FakeMachine({ data: { sddl: `${OURS}(A;OICI;FA;;;${OWN})` } }).open();
    expect(protection.findFault('data')).toEqual({ path: 'data', writableBy: 'CONTOSO\\ann', account: 'own' });
    const found = problemOf(() => refuseUnprotected(protection, 'data'));
    expect(createMessages('en').problem(found!).happened).toContain('your own account may (CONTOSO\\ann)');
    expect(createMessages('zh-CN').problem(found!).happened).toContain('您自己的帐户');
  });

  it('takes the own account as owner of a file whose list holds its owner, and of no folder', () => {
    const sddl = `O:${OWN}D:AI(A;ID;FA;;;BA)(A;ID;0x1200a9;;;OW)`;
    const protection = new FakeMachine({ data: { sddl }, file: { sddl, attributes: FILE } }).open();
    expect(protection.findFault('file')).toBeNull();
    expect(protection.findFault('data')).toMatchObject({ account: 'own' });
  });

  it('trusts an account that Windows itself belongs to', () => {
    const sddl = `O:${OWN}D:(A;OICI;FA;;;${OWN})`;
    expect(new FakeMachine({ [SYSTEM_FOLDER]: { sddl }, data: { sddl } }).open().findFault('data')).toBeNull();
  });

  it.each([
    ['a link', TAGS.link, 'link'],
    ['a junction', TAGS.junction, 'link'],
    ['a deduplicated file', TAGS.deduplicated, null],
    ['a compressed file', TAGS.compressed, null],
  ])('takes %s for what it is', (_, reparseTag, writableBy) => {
    const planted = { sddl: OURS, attributes: FILE | REPARSE, reparseTag };
    expect(new FakeMachine({ file: planted }).open().findFault('file')?.writableBy ?? null).toBe(writableBy);
  });

  it('asks who may be trusted when the first file is there, and once', () => {
    const machine = new FakeMachine({ 'C:\\Data': { sddl: OURS } });
    const protection = machine.open();
    expect([protection.findFault('C:\\None'), machine.rightsAsked]).toEqual([null, 0]);
    expect([protection.findFault('C:\\Data'), protection.findFault('C:\\Data'), machine.rightsAsked]).toEqual([null, null, 1]);
  });

  it('finds nothing where nothing is', () => {
    expect(new FakeMachine({}).open().findFault('nothing')).toBeNull();
  });
});

describe('without administrator rights', () => {
  const protection = new FakeMachine({ 'data/settings.json': 5, locked: 5, share: 53 }, false).open();

  it('a refusal is told as what it is, with the way on', () => {
    const found = problemOf(() => refuseUnprotected(protection, 'locked'))!;
    expect(found).toEqual({ id: 'data-folder-unreadable', params: { path: 'locked', code: 'unelevated' } });
    expect(createMessages('en').problem(found)).toMatchObject({
      happened: 'In the data folder, locked cannot be read: this program runs without administrator rights. Nothing was changed.',
      next: expect.stringContaining('"Run as administrator"') as string,
    });
  });

  it('another failure keeps its name', () => {
    expect(problemOf(() => refuseUnprotected(protection, 'share'))?.params['code']).toBe('Win32 53');
  });

  it('an administrator is not told to become one', () => {
    const elevated = new FakeMachine({ locked: 5 }).open();
    expect(problemOf(() => refuseUnprotected(elevated, 'locked'))?.params['code']).toBe('Win32 5');
  });

  it('a settings file that cannot be checked is a problem of the settings, which stops no look', async () => {
    const file = new SettingsFile('data', protection);
    expect(await problemIn(() => file.read())).toMatchObject({ id: 'data-folder-unreadable', params: { code: 'unelevated' } });
  });
});
