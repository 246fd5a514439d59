import { rm, writeFile } from 'node:fs/promises';

import { afterAll, beforeAll, expect, it } from 'vitest';

import { resultJson } from '../../electron/apps/cli/json/event-json.js';
import { problem } from '../../electron/contract/problem.js';
import { createMessages } from '../../electron/core/language/messages.js';
import { outcomeOf } from '../../electron/core/maintenance/outcome.js';
import { describeWhere } from '../harness/describe-where.js';
import { LauncherFolder } from '../harness/windows/launcher.js';
import { WindowsServer } from '../harness/windows/windows-server.js';
import { WINDOWS, windowsPath } from '../harness/windows/wine.js';

const OWN = 'S-1-5-21-1111111111-2222222222-3333333333-1104';
const OTHER = 'S-1-5-21-1111111111-2222222222-3333333333-1105';
const INSTALLER = 'S-1-5-80-956008885-3418522649-1831038044-1853292631-2271478464';
const DOMAIN_ADMINS = 'S-1-5-21-1111111111-2222222222-3333333333-512';
const USERS = 'BUILTIN\\Users';
const EVERYONE = 'Everyone';

const BELOW_PROGRAM_FILES = [
  `O:BAG:DUD:AI(A;ID;FA;;;${INSTALLER})(A;CIIOID;GA;;;${INSTALLER})(A;ID;FA;;;SY)(A;OICIIOID;GA;;;SY)`,
  `(A;ID;FA;;;BA)(A;OICIIOID;GA;;;BA)(A;ID;0x1200a9;;;BU)(A;OICIIOID;GXGR;;;BU)(A;OICIIOID;GA;;;CO)`,
  `(A;ID;0x1200a9;;;AC)(A;OICIIOID;GXGR;;;AC)`,
].join('');

/** Real folders, by what `icacls` or a page of Microsoft's shows of them, and who else may write there: null if no one. */
const FOLDERS: readonly (readonly [what: string, sddl: string, stranger: string | null])[] = [
  ['below Program Files', BELOW_PROGRAM_FILES, null],
  ['made by TrustedInstaller', `O:${INSTALLER}D:PAI(A;;FA;;;${INSTALLER})(A;;0x1301bf;;;SY)(A;OICIIO;GA;;;SY)(A;;0x1200a9;;;BU)`, null],
  ['for administrators only', 'O:BAG:BAD:PAI(A;OICI;FA;;;BA)(A;OICI;FA;;;SY)', null],
  ['owned by SYSTEM', 'O:SYD:PAI(A;OICI;FA;;;BA)(A;OICI;FA;;;SY)', null],
  ['with generic rights', 'O:BAD:(A;;GA;;;BA)(A;;GXGR;;;WD)', null],
  ['that refuses everybody', 'O:BAD:(D;;FA;;;WD)', null],
  ['with an empty list', 'O:BAD:P', null],
  ['whose owner has his own entry', 'O:BAD:(A;;FA;;;OW)(A;;FA;;;BA)', null],
  ['that hands its creator down', 'O:BAD:(A;;FA;;;CO)(A;;FA;;;BA)', null],
  ['that users may list and read the rights of', 'O:BAD:(A;;FA;;;BA)(A;;0x1200a9;;;AU)(A;;RC;;;WD)', null],
  ['that only hands rights of users down', 'O:BAD:(A;;FA;;;BA)(A;OICIIO;FA;;;BU)', null],
  [
    'below C:\\ on a server',
    'O:BAG:DUD:AI(A;OICIID;FA;;;SY)(A;OICIID;FA;;;BA)(A;OICIID;0x1200a9;;;BU)(A;CIID;LC;;;BU)(A;CIID;DC;;;BU)(A;OICIIOID;GA;;;CO)',
    USERS,
  ],
  [
    'below C:\\ on Windows 10',
    'O:BAG:DUD:AI(A;OICIID;FA;;;BA)(A;OICIID;FA;;;SY)(A;OICIID;0x1200a9;;;BU)(A;ID;0x1301bf;;;AU)(A;OICIIOID;SDGXGWGR;;;AU)',
    'NT AUTHORITY\\Authenticated Users',
  ],
  ['in a profile, of another administrator', `O:${OTHER}D:(A;OICI;FA;;;SY)(A;OICI;FA;;;BA)(A;OICI;FA;;;${OTHER})`, OTHER],
  ['that belongs to Administrators but lets one account in', `O:BAD:(A;;FA;;;BA)(A;;0x1301bf;;;${OTHER})`, OTHER],
  ['without a list', 'O:BA', EVERYONE],
  ['for everybody', 'O:BAD:(A;OICI;FA;;;WD)', EVERYONE],
  ['where users may add a file', 'O:BAD:(A;;FA;;;BA)(A;;DC;;;BU)', USERS],
  ['where users may add a folder', 'O:BAD:(A;;FA;;;BA)(A;;LC;;;BU)', USERS],
  ['where users may delete what is in it', 'O:BAD:(A;;FA;;;BA)(A;;DT;;;BU)', USERS],
  ['that users may rename', 'O:BAD:(A;;FA;;;BA)(A;;SD;;;BU)', USERS],
  ['whose rights users may change', 'O:BAD:(A;;FA;;;BA)(A;;WD;;;BU)', USERS],
  ['that users may take', 'O:BAD:(A;;FA;;;BA)(A;;WO;;;BU)', USERS],
  ['with a generic right to write', 'O:BAD:(A;;GW;;;IU)', 'NT AUTHORITY\\INTERACTIVE'],
  ['for a domain group', `O:BAD:(A;;FA;;;BA)(A;;0x1301bf;;;${DOMAIN_ADMINS})`, DOMAIN_ADMINS],
  ['for apps', 'O:BAD:(A;;FA;;;BA)(A;;0x1301bf;;;AC)', 'APPLICATION PACKAGE AUTHORITY\\ALL APPLICATION PACKAGES'],
  ['for a service other than TrustedInstaller', 'O:BAD:(A;;FA;;;S-1-5-80-1-2-3-4-5)', 'S-1-5-80-1-2-3-4-5'],
  ['with a refusal behind what it refuses', 'O:BAD:(A;;FA;;;BU)(D;;FA;;;BU)', USERS],
];

/** What the launcher says, as `lync-drain explain` has it. */
function refusal(language: 'en' | 'zh-CN', path: string, writableBy: string): string {
  const { code, happened, next } = createMessages(language).problem(problem('program-folder-unprotected', { path, writableBy }));
  return `${code}  ${happened}\n         ${language === 'en' ? 'Next: ' : '下一步：'}${next}\n`;
}

describeWhere(WINDOWS)('the launcher, before it starts anything', () => {
  let server: WindowsServer;
  let folder: LauncherFolder;
  let path: string;

  beforeAll(async () => {
    server = await WindowsServer.start();
    folder = await LauncherFolder.withStandIn(server);
    await folder.plantDescriptors();
    path = `${windowsPath(folder.path)}\\`;
  });
  afterAll(() => server.stop());

  it.each(FOLDERS)('judges a folder %s', async (_, sddl, writableBy) => {
    const { exitCode, stdout, stderr } = await folder.run(['--lang', 'en', 'exit=5'], { PLANTED_SDDL: sddl });
    if (writableBy === null) expect([exitCode, stderr, stdout]).toEqual([5, '', expect.stringContaining('argument exit=5')]);
    else expect([exitCode, stderr, stdout]).toEqual([10, refusal('en', path, writableBy), '']);
  });

  it.each([
    ['node.exe', `O:BAD:(A;;FA;;;BA)(A;;0x1301bf;;;${OTHER})`],
    ['lync-drain.cjs', `O:${OTHER}D:(A;;FA;;;BA)`],
    ['lync-drain.exe', 'O:BAD:(A;;FA;;;WD)'],
    // Put there before the folder was protected.
    ['version.dll', `O:${OTHER}D:AI(A;ID;FA;;;BA)(A;ID;FA;;;SY)`],
  ])('finds %s that others may write, also in a folder that is well protected', async (name, sddl) => {
    await writeFile(folder.file('version.dll'), '');
    const { exitCode, stdout, stderr } = await folder.run(['exit=5'], { PLANTED_NAME: name, PLANTED_SDDL: sddl });
    expect([exitCode, stdout]).toEqual([10, '']);
    expect(stderr).toContain(`${path}${name} can be written by: `);
    await rm(folder.file('version.dll'));
  });

  it.each([
    ['refused to an administrator whose programs without rights may write it too', 'weaker', 10],
    ['accepted where the account has no weaker programs', '', 5],
  ])('of a folder in the own profile: %s', async (_, token, code) => {
    const sddl = `O:${OWN}D:(A;OICI;FA;;;SY)(A;OICI;FA;;;BA)(A;OICI;FA;;;${OWN})`;
    const { exitCode, stderr } = await folder.run(['exit=5'], { PLANTED_SDDL: sddl, PLANTED_TOKEN: token });
    const said = code === 10 ? refusal('en', path, `${OWN} (your own account, also without administrator rights)`) : '';
    expect([exitCode, stderr]).toEqual([code, said]);
  });

  it('refuses when it cannot be read who may write', async () => {
    const { exitCode, stderr } = await folder.run(['exit=5'], { PLANTED_SDDL: '5' });
    expect([exitCode, stderr]).toEqual([10, refusal('en', path, 'unknown (Windows error 5)')]);
  });

  it.each(['en', 'zh-CN'] as const)('says with --json what every command ends with, in plain characters: %s', async (language) => {
    const words = ['drain', '--lang', language, '--json'];
    const { exitCode, stdout, stderr } = await folder.run(words, { PLANTED_SDDL: '5' });
    const writableBy = language === 'en' ? 'unknown (Windows error 5)' : '未知（Windows 错误 5）';
    const theProblem = problem('program-folder-unprotected', { path, writableBy });
    const result = resultJson({ outcome: outcomeOf(theProblem.id), problem: theProblem, checklist: null }, createMessages(language));
    expect([exitCode, stderr]).toEqual([10, refusal(language, path, writableBy)]);
    expect(JSON.parse(stdout)).toEqual(result);
    expect(stdout).toMatch(/^[\x20-\x7e]+\n$/);
    expect((await folder.run(['drain', '--reason=--json'], { PLANTED_SDDL: '5' })).stdout).toBe('');
  });

  it('refuses in Chinese where --lang, a variable or Windows asks for it', async () => {
    const said = refusal('zh-CN', path, '未知（Windows 错误 5）');
    const ask = async (words: readonly string[], env: Readonly<Record<string, string>>) =>
      (await folder.run(words, { PLANTED_SDDL: '5', ...env })).stderr;
    expect(await ask(['status', '--lang', 'zh-CN'], {})).toBe(said);
    expect(await ask(['status', '--lang=zh'], {})).toBe(said);
    expect(await ask(['status'], { LC_ALL: 'zh_CN.UTF-8' })).toBe(said);
    expect(await ask(['status'], { LC_ALL: '', LC_MESSAGES: '', LANG: 'zh_CN' })).toBe(said);
    expect(await ask(['status', '--lang', 'en'], { LC_ALL: 'zh_CN.UTF-8' })).not.toBe(said);
  });

  it('starts all the same when told to, as the first word only', async () => {
    const open = { PLANTED_SDDL: 'O:BAD:(A;OICI;FA;;;WD)' };
    expect((await folder.run(['--trust-folder', 'exit=5'], open)).exitCode).toBe(5);
    expect((await folder.run(['--trust-folders', 'exit=5'], open)).exitCode).toBe(10);
    expect((await folder.run(['exit=5', '--trust-folder'], open)).exitCode).toBe(10);
  });

  it('asks Windows itself: in Wine every file belongs to the account that we run as', async () => {
    const real = await LauncherFolder.withStandIn(server);
    const { exitCode, stderr } = await real.run(['--lang', 'en']);
    expect(exitCode).toBe(10);
    expect(stderr).toMatch(/launcher-\w+\\ can be written by: [^\\]+\\\S+ \(your own account, also without administrator rights\)\./);
  });
});
