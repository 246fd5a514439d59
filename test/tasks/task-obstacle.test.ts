import { describe, expect, it } from 'vitest';

import { findUntrustedReplacer } from '../../electron/adapters/windows/koffi/security-descriptor.js';
import { driveKindBy, type DriveKind } from '../../electron/adapters/windows/tasks/drive-kind.js';
import { findTaskObstacle, type FolderQuestions } from '../../electron/adapters/windows/tasks/task-obstacle.js';
import { descriptorOf } from '../harness/sddl.js';

const PROGRAM = 'C:\\Tools\\Lync Drain\\lync-drain.exe';
const DATA = 'C:\\ProgramData\\Lync Drain';

/** A computer on which nothing speaks against the task, but for what is given. */
function questions(given: { drives?: Record<string, DriveKind>; real?: string; writable?: string; replaceable?: string }): FolderQuestions {
  const fault = (path: string, faulty: string | undefined) => (path === faulty ? { path, writableBy: 'BUILTIN\\Users' } : null);
  return {
    driveKind: (path) => (path.startsWith('\\\\') ? 'remote' : (given.drives?.[path.slice(0, 2)] ?? 'local')),
    realPath: (path) => given.real ?? path,
    contents: (folder) => [`${folder}\\node.exe`, `${folder}\\parts`, `${folder}\\parts\\a.cjs`],
    findFault: (path) => fault(path, given.writable),
    findReplacer: (path) => fault(path, given.replaceable),
  };
}

describe('what speaks against a task that starts the program', () => {
  it('is nothing where only administrators may write', () => {
    expect(findTaskObstacle(PROGRAM, DATA, questions({}))).toBeNull();
  });

  it.each(['C:\\Tools\\Lync Drain', 'C:\\Tools\\Lync Drain\\node.exe', 'C:\\Tools\\Lync Drain\\parts\\a.cjs'])(
    'is that others may write %s',
    (path) => {
      expect(findTaskObstacle(PROGRAM, DATA, questions({ writable: path }))).toEqual({
        id: 'pause-task-unsafe',
        params: { path, because: 'writable', writableBy: 'BUILTIN\\Users' },
      });
    },
  );

  it.each(['C:\\Tools', 'C:\\'])('is that others may put another folder in the place of one above it (%s)', (path) => {
    expect(findTaskObstacle(PROGRAM, DATA, questions({ replaceable: path }))?.params).toMatchObject({ path, because: 'writable' });
  });

  it('is a drive letter that belongs to a session, of the program or of its data', () => {
    const mapped = { drives: { 'T:': 'mapped' } } as const;
    expect(findTaskObstacle('T:\\ld\\lync-drain.exe', DATA, questions(mapped))?.params).toEqual({ path: 'T:\\ld', because: 'mapped' });
    expect(findTaskObstacle(PROGRAM, 'T:\\data', questions(mapped))?.params).toEqual({ path: 'T:\\data', because: 'mapped' });
  });

  it('is another computer, also behind a link', () => {
    expect(findTaskObstacle('\\\\files\\ld\\lync-drain.exe', DATA, questions({}))?.params).toMatchObject({ because: 'remote' });
    expect(findTaskObstacle(PROGRAM, DATA, questions({ real: '\\\\files\\ld' }))?.params).toMatchObject({ because: 'remote' });
  });

  it('is looked for behind a link: at the folder that it leads to', () => {
    const real = 'D:\\elsewhere';
    expect(findTaskObstacle(PROGRAM, DATA, questions({ real, writable: `${real}\\node.exe` }))?.params).toMatchObject({
      path: `${real}\\node.exe`,
    });
  });
});

describe('the kind of a drive', () => {
  const kindOf = (type: number, target: string) =>
    driveKindBy({ GetDriveTypeW: () => type, QueryDosDeviceW: (_, path) => path.write(target, 'utf16le') / 2 });

  it.each([
    ['a disk', 3, '\\Device\\HarddiskVolume2', 'C:\\x', 'local'],
    ['a removable disk', 2, '\\Device\\HarddiskVolume7', 'E:\\x', 'local'],
    ['a disk by its long form', 3, '\\Device\\HarddiskVolume2', '\\\\?\\C:\\x', 'local'],
    ['a share with a letter', 4, '\\Device\\LanmanRedirector\\;T:0\\files\\ld', 'T:\\x', 'mapped'],
    ['a letter of subst', 3, '\\??\\C:\\Tools', 'S:\\x', 'mapped'],
    ['a share', 4, '', '\\\\files\\ld\\x', 'remote'],
    ['a share by its long form', 4, '', '\\\\?\\UNC\\files\\ld\\x', 'remote'],
  ] as const)('of %s is told', (...[, type, target, path, kind]) => {
    expect(kindOf(type, target)(path)).toBe(kind);
  });
});

describe('who may replace a folder', () => {
  const TRUSTED = new Set(['S-1-5-32-544', 'S-1-5-18']);
  const replacerOf = (sddl: string) => findUntrustedReplacer(descriptorOf(sddl), TRUSTED);

  it.each([
    [
      "a drive's root, where all may add folders",
      'O:BAD:(A;OICI;FA;;;BA)(A;OICI;FA;;;SY)(A;OICI;0x1200a9;;;BU)(A;CI;0x4;;;BU)(A;OICIIO;0x1301bf;;;AU)',
      null,
    ],
    ['a folder of a program', 'O:SYD:(A;OICI;FA;;;SY)(A;OICI;FA;;;BA)(A;OICI;0x1200a9;;;BU)(A;OICIIO;GA;;;CO)', null],
    ['a folder on a root of Windows 10, changed by all who sign in', 'O:BAD:(A;OICIID;FA;;;BA)(A;OICIID;0x1301bf;;;AU)', 'S-1-5-11'],
    ['a folder whose children others may delete', 'O:BAD:(A;OICI;FA;;;BA)(A;;0x40;;;BU)', 'S-1-5-32-545'],
    ['a folder of another account', 'O:S-1-5-21-1-2-3-1001D:(A;OICI;FA;;;BA)', 'S-1-5-21-1-2-3-1001'],
    ['a folder without a list', 'O:BA', 'S-1-1-0'],
  ])('is told of %s', (_, sddl, replacer) => {
    expect(replacerOf(sddl)).toBe(replacer);
  });
});
