import { mkdirSync, readdirSync, readFileSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { afterAll, describe, expect, it, vi } from 'vitest';

import { nodeFileSystem } from '../../electron/adapters/storage/file-system.js';
import { createMessages } from '../../electron/core/language/messages.js';
import { ALIVE } from '../../electron/ports/host.js';
import type { RunRecords } from '../../electron/ports/run-records.js';
import { faultyFileSystem } from '../harness/fakes/faulty-file-system.js';
import { BOOTED_AT, newDataFolder, problemOf, recordsIn, removeDataFolders } from '../harness/record/data-folder.js';
import { ANN, instant } from '../harness/record/entries.js';

afterAll(removeDataFolders);

const DRAIN = { ...ANN, command: 'drain' };
const DRAINING_ANN = { ...DRAIN, computer: 'FE01', since: instant(1).at };
const LIVING = new Map([[ANN.processId, 'ann, begun at noon']]);
/** Processes of a system that does not tell when they began. */
const JUST_LIVING = new Map([[ANN.processId, ALIVE]]);

interface Place {
  readonly folder: string;
  readonly lockFolder: string;
  readonly records: RunRecords;
}

/** A data folder, seen by processes that know which of them live. */
function place(living: ReadonlyMap<number, string> = LIVING): Place {
  const folder = newDataFolder();
  const records = seenBy(folder, living);
  records.prepare();
  return { folder, lockFolder: join(folder, 'lock'), records };
}

function seenBy(
  folder: string,
  living: ReadonlyMap<number, string>,
  change: { bootedAt?: string; computerName?: string } = {},
): RunRecords {
  return recordsIn(folder, { processIdentity: (processId) => living.get(processId) ?? null, ...change });
}

/** Makes every lock file look as if it had been there for a while. */
function age(lockFolder: string, seconds: number): void {
  const then = Date.now() / 1_000 - seconds;
  for (const name of readdirSync(lockFolder)) utimesSync(join(lockFolder, name), then, then);
}

describe('the lock', () => {
  it('is held by one at a time, and names its holder to the other', () => {
    const { lockFolder, records } = place();
    const lock = records.acquireLock(DRAIN, instant(1));
    age(lockFolder, 10);
    expect(lock.takenOverFrom).toEqual([]);
    expect(records.readLockOwner()).toEqual(DRAINING_ANN);
    expect(problemOf(() => records.acquireLock(DRAIN, instant(2)))).toMatchObject({ id: 'lock-held', params: DRAINING_ANN });
    expect(readdirSync(lockFolder).length).toBe(1);
  });

  it('is refused too when its holder has only just taken it', () => {
    const { lockFolder, records } = place();
    records.acquireLock(DRAIN, instant(1));
    expect(problemOf(() => records.acquireLock(DRAIN, instant(2)))).toMatchObject({ id: 'lock-held' });
    expect(readdirSync(lockFolder).length).toBe(1);
  });

  it('is free again once given back, however often that is said', () => {
    const { lockFolder, records } = place();
    const lock = records.acquireLock(DRAIN, instant(1));
    lock.release();
    expect(records.readLockOwner()).toBeNull();
    const next = records.acquireLock(DRAIN, instant(2));
    lock.release();
    expect(readdirSync(lockFolder).length).toBe(1);
    next.release();
    expect(readdirSync(lockFolder)).toEqual([]);
  });

  it('leaves nothing behind when it cannot be written, whichever operation fails', () => {
    const { folder, lockFolder } = place();
    const attempt = (at: number): { id: string | undefined; calls: readonly string[] } => {
      const fileSystem = faultyFileSystem({ at, how: 'fails', code: 'ENOSPC' });
      const records = recordsIn(folder, { fileSystem, processIdentity: () => 'me' });
      const id = problemOf(() => records.acquireLock(DRAIN, instant(1)))?.id;
      return { id, calls: fileSystem.calls };
    };
    const { calls } = attempt(0);
    rmSync(lockFolder, { recursive: true });
    mkdirSync(lockFolder);
    for (let at = 1; at <= calls.length; at += 1) {
      const { id } = attempt(at);
      if (id === undefined) rmSync(join(lockFolder, readdirSync(lockFolder)[0]!));
      else expect(['data-folder-unwritable', 'data-folder-unreadable', 'lock-held']).toContain(id);
      expect(readdirSync(lockFolder), `operation ${at}, ${calls[at - 1]!}`).toEqual([]);
    }
  });
});

describe('a lock whose owner', () => {
  const somebody = new Map([[ANN.processId, 'somebody, begun at one']]);
  const restarted = { bootedAt: '2026-11-23T03:07:00.000Z' };
  const cases: readonly [string, ReadonlyMap<number, string>, ReadonlyMap<number, string>, { bootedAt?: string }][] = [
    ['has ended', LIVING, new Map(), {}],
    ['has ended and whose process id another has now', LIVING, somebody, {}],
    ['lived before the last restart, and whose process id another has now', LIVING, somebody, restarted],
    ['lived before the last restart, where nobody tells when a process began', JUST_LIVING, JUST_LIVING, restarted],
  ];

  it.each(cases)('%s is taken over, aloud', (_, before, living, change) => {
    const { folder, lockFolder, records } = place(before);
    records.acquireLock(DRAIN, instant(1));
    const later = seenBy(folder, living, change);
    expect(later.readLockOwner()).toBeNull();
    expect(later.acquireLock({ ...DRAIN, processId: 815 }, instant(9)).takenOverFrom).toEqual([DRAINING_ANN]);
    expect(readdirSync(lockFolder).length).toBe(1);
  });

  it('lives since a boot whose time was worked out a little differently is respected', () => {
    const { folder, lockFolder, records } = place();
    records.acquireLock(DRAIN, instant(1));
    age(lockFolder, 10);
    const later = seenBy(folder, LIVING, { bootedAt: new Date(Date.parse(BOOTED_AT) + 60_000).toISOString() });
    expect(problemOf(() => later.acquireLock(DRAIN, instant(9)))).toMatchObject({ id: 'lock-held' });
  });

  it('lives is respected also when the clock was set by hours, and with it the boot time that is worked out', () => {
    const { folder, lockFolder, records } = place();
    records.acquireLock(DRAIN, instant(1));
    age(lockFolder, 10);
    const later = seenBy(folder, LIVING, { bootedAt: new Date(Date.parse(BOOTED_AT) + 7_200_000).toISOString() });
    expect(problemOf(() => later.acquireLock(DRAIN, instant(9)))).toMatchObject({ id: 'lock-held' });
    expect(later.readLockOwner()).toEqual(DRAINING_ANN);
  });

  it('is on another computer is respected, because nobody can see whether he lives', () => {
    const { folder, lockFolder, records } = place();
    records.acquireLock(DRAIN, instant(1));
    age(lockFolder, 10);
    const elsewhere = seenBy(folder, new Map(), { computerName: 'FE02' });
    expect(problemOf(() => elsewhere.acquireLock(DRAIN, instant(9)))).toMatchObject({ id: 'lock-held', params: { computer: 'FE01' } });
    expect(elsewhere.readLockOwner()).toEqual(DRAINING_ANN);
  });
});

describe('a lock file that another program holds while it is given back', () => {
  /** Removing a lock file is refused for as long as `isHeld`. */
  function heldFiles(folder: string, living = LIVING): { records: RunRecords; let: (isHeld: boolean) => void; refusals: () => number } {
    let [isHeld, refusals] = [false, 0];
    const fileSystem = {
      ...nodeFileSystem,
      remove: (path: string): void => {
        if (isHeld && path.endsWith('.json')) {
          refusals += 1;
          throw Object.assign(new Error('held'), { code: 'EBUSY' });
        }
        nodeFileSystem.remove(path);
      },
    };
    const records = recordsIn(folder, { fileSystem, processIdentity: (processId) => living.get(processId) ?? null });
    return { records, let: (now) => (isHeld = now), refusals: () => refusals };
  }

  it('holds nothing any more, is taken for no kill, and is gone a moment after it was let go', async () => {
    const { folder, lockFolder } = place();
    const held = heldFiles(folder);
    const lock = held.records.acquireLock(DRAIN, instant(1));
    held.let(true);
    lock.release();
    expect(held.refusals()).toBeGreaterThan(1);
    for (const living of [LIVING, new Map<number, string>()]) {
      expect(seenBy(folder, living).readLockOwner()).toBeNull();
      expect(seenBy(folder, living).readDeadLockOwner()).toBeNull();
    }
    const next = seenBy(folder, LIVING).acquireLock(DRAIN, instant(2));
    expect(next.takenOverFrom).toEqual([]);
    next.release();
    held.let(false);
    await vi.waitFor(() => expect(readdirSync(lockFolder)).toEqual([]), { timeout: 5_000 });
  });

  it('is removed by whoever takes the lock next, where its owner has ended', () => {
    const { folder, lockFolder } = place();
    const held = heldFiles(folder);
    const lock = held.records.acquireLock(DRAIN, instant(1));
    held.let(true);
    lock.release();
    expect(readdirSync(lockFolder).length).toBe(2);
    const other = seenBy(folder, new Map()).acquireLock({ ...DRAIN, processId: 815 }, instant(2));
    expect([readdirSync(lockFolder).length, other.takenOverFrom]).toEqual([1, []]);
  });

  it('of a killed owner is taken over once, and not again', () => {
    const { folder } = place();
    seenBy(folder, LIVING).acquireLock(DRAIN, instant(1));
    const held = heldFiles(folder, new Map());
    expect(held.records.readDeadLockOwner()).toEqual(DRAINING_ANN);
    held.let(true);
    const lock = held.records.acquireLock({ ...DRAIN, processId: 815 }, instant(2));
    expect(lock.takenOverFrom).toEqual([DRAINING_ANN]);
    expect(held.records.readDeadLockOwner()?.processId ?? null).not.toBe(ANN.processId);
  });

  it('does not keep the lock either where taking it ends in a failure', () => {
    const { folder, lockFolder } = place();
    seenBy(folder, LIVING).acquireLock(DRAIN, instant(1));
    age(lockFolder, 10);
    const held = heldFiles(folder);
    held.let(true);
    expect(problemOf(() => held.records.acquireLock({ ...DRAIN, command: 'resume' }, instant(2)))).toMatchObject({
      id: 'lock-held',
      params: { command: 'drain' },
    });
    expect(seenBy(folder, LIVING).readLockOwner()?.command).toBe('drain');
  });
});

describe('a lock file that Windows goes on listing after it was removed, because another program has it open', () => {
  it.each([
    ['given back by its owner', LIVING],
    ['taken over from a killed one', new Map<number, string>()],
  ])("is nobody's when it was %s", (_, living) => {
    const { folder, lockFolder, records } = place();
    const pending = new Set<string>();
    const refuse = (path: string): void => {
      if (pending.has(path)) throw Object.assign(new Error('delete pending'), { code: 'EPERM' });
    };
    const fileSystem = {
      ...nodeFileSystem,
      remove: (path: string): void => {
        refuse(path);
        if (path.endsWith('.json')) pending.add(path);
        else nodeFileSystem.remove(path);
      },
      status: (path: string) => (refuse(path), nodeFileSystem.status(path)),
      readWhole: (path: string) => (refuse(path), nodeFileSystem.readWhole(path)),
    };
    const reader = recordsIn(folder, { fileSystem, processIdentity: (processId) => living.get(processId) ?? null });
    const lock = (living === LIVING ? reader : records).acquireLock(DRAIN, instant(1));
    if (living === LIVING) lock.release();
    else reader.acquireLock({ ...DRAIN, processId: 815 }, instant(2)).release();
    expect(readdirSync(lockFolder).filter((name) => name.endsWith('.json')).length).toBe(living === LIVING ? 1 : 2);
    expect(reader.readLockOwner()).toBeNull();
    expect(reader.acquireLock({ ...DRAIN, processId: 816 }, instant(3)).takenOverFrom).toEqual([]);
  });
});

describe('a lock of another computer', () => {
  it('names the way on, because this server may have been called so', () => {
    const { folder, lockFolder, records } = place();
    records.acquireLock(DRAIN, instant(1));
    const [name] = readdirSync(lockFolder);
    const renamed = seenBy(folder, new Map(), { computerName: 'FE01-NEW' });
    const refusal = problemOf(() => renamed.acquireLock(DRAIN, instant(9)))!;
    expect(refusal).toMatchObject({
      id: 'lock-held',
      params: { computer: 'FE01', thisComputer: 'FE01-NEW', path: join(lockFolder, name!) },
    });
    const { next } = createMessages('en').problem(refusal);
    expect(next).toContain('FE01 is the former name of this server');
    expect(next).toContain(`delete ${join(lockFolder, name!)}`);
    expect(createMessages('zh-CN').problem(refusal).next).toContain(join(lockFolder, name!));
  });
});

describe('a lock file that nobody can read', () => {
  it('and that is from a time to come is a dead one too: the clock was set back since', () => {
    const { lockFolder, records } = place();
    writeFileSync(join(lockFolder, '00.json'), '');
    age(lockFolder, -86_400);
    expect(records.acquireLock(DRAIN, instant(2)).takenOverFrom).toEqual([]);
  });

  it.each(['', '{"user":', '{}', JSON.stringify({ ...DRAINING_ANN, processId: 'x' })])(
    'counts as held while it is young, as dead afterwards: %s',
    (text) => {
      const { lockFolder, records } = place();
      writeFileSync(join(lockFolder, '00.json'), text);
      expect(problemOf(() => records.acquireLock(DRAIN, instant(1)))).toMatchObject({ id: 'lock-held' });
      expect(readFileSync(join(lockFolder, '00.json'), 'utf8')).toBe(text);
      age(lockFolder, 61);
      expect(records.acquireLock(DRAIN, instant(2)).takenOverFrom).toEqual([]);
      expect(readdirSync(lockFolder)).not.toContain('00.json');
    },
  );

  it('counts as held as long as the system refuses it', () => {
    const { folder, lockFolder } = place();
    writeFileSync(join(lockFolder, '00.json'), '{}');
    age(lockFolder, 600);
    const fileSystem = {
      ...nodeFileSystem,
      readWhole: (path: string): Buffer => {
        if (path.endsWith('00.json')) throw Object.assign(new Error('denied'), { code: 'EACCES' });
        return nodeFileSystem.readWhole(path);
      },
    };
    expect(problemOf(() => recordsIn(folder, { fileSystem }).acquireLock(DRAIN, instant(1)))).toMatchObject({ id: 'lock-held' });
  });
});
