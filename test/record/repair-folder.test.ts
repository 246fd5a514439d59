import { chmodSync, linkSync, mkdirSync, mkdtempSync, rmSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { afterEach, beforeEach, expect, it } from 'vitest';

import { posixFolderProtection, posixFolderRepair } from '../../electron/adapters/storage/posix-folder-protection.js';
import { repairFolder } from '../../electron/adapters/storage/repair-folder.js';
import type { FolderRepair } from '../../electron/ports/folder-protection.js';
import { describeWhere, POSIX } from '../harness/describe-where.js';
import { problemOf } from '../harness/record/data-folder.js';

describeWhere(POSIX)('the repair of a data folder', () => {
  const protection = posixFolderProtection(process.geteuid());
  let folder: string;
  let runs: string;
  let record: string;

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'lync-drain-repair-'));
    runs = join(folder, 'runs');
    record = join(runs, 'R1.jsonl');
    mkdirSync(runs, { mode: 0o700 });
    writeFileSync(record, 'x', { mode: 0o600 });
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  const repair = () => repairFolder(folder, protection, posixFolderRepair);

  it('changes nothing where nobody else can write', () => {
    expect(repair()).toEqual([]);
  });

  it('takes write access from others, names each path and who could, and finds nothing the next time', () => {
    chmodSync(folder, 0o777);
    chmodSync(record, 0o666);
    expect(repair()).toEqual([
      { path: folder, writableBy: 'mode 777' },
      { path: record, writableBy: 'mode 666' },
    ]);
    expect([statSync(folder).mode & 0o777, statSync(record).mode & 0o777]).toEqual([0o755, 0o644]);
    expect(protection.findFault(record)).toBeNull();
    expect(repair()).toEqual([]);
  });

  it('begins above: nothing can be put in while it goes on', () => {
    chmodSync(folder, 0o777);
    chmodSync(record, 0o666);
    const order: string[] = [];
    const noting: FolderRepair = { repair: (path, isTop) => (order.push(path), posixFolderRepair.repair(path, isTop)) };
    repairFolder(folder, protection, noting);
    expect(order).toEqual([folder, record]);
  });

  it.each([
    ['a link', (at: string, elsewhere: string) => symlinkSync(elsewhere, at)],
    ['a second name of a file elsewhere', (at: string, elsewhere: string) => linkSync(elsewhere, at)],
  ])('leaves %s and what it leads to alone, and names it', (_, plant) => {
    const elsewhere = join(mkdtempSync(join(tmpdir(), 'lync-drain-elsewhere-')), 'file');
    writeFileSync(elsewhere, 'x');
    chmodSync(elsewhere, 0o666);
    const planted = join(folder, 'settings.json');
    plant(planted, elsewhere);
    expect(problemOf(repair)).toEqual({ id: 'data-folder-not-repaired', params: { path: planted, code: 'link' } });
    expect(statSync(elsewhere).mode & 0o777).toBe(0o666);
  });

  it('says when others can write as before', () => {
    chmodSync(record, 0o666);
    const idle: FolderRepair = { repair: () => true };
    expect(problemOf(() => repairFolder(folder, protection, idle))).toEqual({
      id: 'data-folder-not-repaired',
      params: { path: record, code: 'mode 666' },
    });
  });

  it("says the system's word where it is refused", () => {
    chmodSync(record, 0o666);
    const refused: FolderRepair = {
      repair: () => {
        throw Object.assign(new Error('denied'), { code: 'Win32 5' });
      },
    };
    expect(problemOf(() => repairFolder(folder, protection, refused))).toMatchObject({ params: { code: 'Win32 5' } });
  });
});
