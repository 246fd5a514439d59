import { describe, expect, it } from 'vitest';

import type { FileSystem } from '../../electron/adapters/storage/file-system.js';
import { createMessages } from '../../electron/core/language/messages.js';
import type { CommandResult } from '../../electron/engine/engine.js';
import {
  differences,
  EngineHarness,
  DRAIN_ALL,
  HOURS,
  NO_FLUSH,
  PATIENT,
  RESUME_ALL,
  SIGN_OFF_SERVICES,
  type Program,
} from '../harness/engine/engine-harness.js';
import { SmallDisk } from '../harness/fakes/small-disk.js';

const REQUEST = { ...DRAIN_ALL, holdTimeMs: 2_000, services: ['RTCRGS', 'RTCSRV'] };
const NEVER = { at: 'never' } as const;

/** A disk that is full from the given write on. */
function fullFrom(write: number): FileSystem & { readonly isFull: () => boolean } {
  let writes = 0;
  return {
    ...NO_FLUSH,
    isFull: () => writes >= write,
    write: (file, bytes) => {
      writes += 1;
      if (writes < write) return NO_FLUSH.write(file, bytes);
      throw Object.assign(new Error('ENOSPC'), { code: 'ENOSPC' });
    },
  };
}

const drain = ({ engine, by, listen }: Program): Promise<CommandResult> => engine.drain(REQUEST, by, listen, HOURS);
const resume = ({ engine, by, listen }: Program): Promise<CommandResult> => engine.resume(RESUME_ALL, by, listen, PATIENT);

/** What is told must hold: that nothing was changed only where nothing was ordered. */
function expectHonest({ outcome, problem }: CommandResult, { orders }: Program): void {
  expect(problem).not.toBeNull();
  if (problem === null) return;
  expect(['record-not-written', 'data-folder-unwritable']).toContain(problem.id);
  const { happened } = createMessages('en').problem(problem);
  if (orders.length === 0) expect(outcome).toBe('state-unreadable');
  else expect([outcome, happened]).toEqual(['failed', expect.stringContaining('What was changed before stays changed')]);
}

/** @returns how many writes the command makes on a disk that is never full */
async function atEveryWrite(
  before: ((program: Program) => Promise<unknown>) | null,
  command: (program: Program) => Promise<CommandResult>,
): Promise<number> {
  for (let write = 1; ; write += 1) {
    const harness = await EngineHarness.open('quiet');
    try {
      const was = await harness.snapshot();
      await before?.(harness.begin());
      const disk = fullFrom(write);
      const program = harness.begin(NEVER, disk);
      const result = await command(program);
      if (!disk.isFull()) return write - 1;
      expectHonest(result, program);
      expect((await drain(harness.begin())).outcome).toBe('ready');
      expect((await resume(harness.begin())).outcome).toBe('returned');
      expect(differences(was, await harness.snapshot())).toEqual([]);
    } finally {
      harness.close();
    }
  }
}

describe('a disk that is full from any write on', () => {
  it('lets a drain say what holds, and go on once there is space', async () => {
    expect(await atEveryWrite(null, drain)).toBeGreaterThan(8);
  });

  it('lets a way back say what holds, and go on once there is space', async () => {
    expect(await atEveryWrite(drain, resume)).toBeGreaterThan(8);
  });
});

/** A harness with a disk that another program can fill, and what the server was. */
async function openSmall() {
  const harness = await EngineHarness.open('quiet');
  const disk = new SmallDisk(harness.folder, NO_FLUSH);
  return { harness, disk, was: await harness.snapshot(), begin: () => harness.begin(NEVER, disk.files) };
}

describe('a disk that stays full', () => {
  it('lets the way back of a confirmed maintenance bring everything back', async () => {
    const { harness, disk, was, begin } = await openSmall();
    expect((await drain(begin())).outcome).toBe('ready');
    const { engine, by, listen } = begin();
    expect((await engine.confirm(SIGN_OFF_SERVICES, by, listen)).outcome).toBe('confirmed');
    disk.fill();
    expect((await resume(begin())).outcome).toBe('returned');
    expect(differences(was, await harness.snapshot())).toEqual([]);
    expect(begin().records.findOpen()).toBeNull();
    harness.close();
  });

  it('lets it bring everything back from wherever a drain was stopped by it', async () => {
    for (let write = 1; ; write += 1) {
      const { harness, disk, was, begin } = await openSmall();
      disk.fillAt(write);
      const program = begin();
      const result = await drain(program);
      const isFull = disk.isFull;
      if (isFull && result.outcome !== 'ready') expectHonest(result, program);
      const back = await resume(begin());
      // A run that could not be opened changed nothing, and there is room for no other.
      if (back.outcome !== 'returned') expect([write, back.outcome, program.orders]).toEqual([write, expect.any(String), []]);
      expect(differences(was, await harness.snapshot())).toEqual([]);
      harness.close();
      if (!isFull) {
        expect(write).toBeGreaterThan(8);
        return;
      }
    }
  });

  it('lets it go on wherever in the way back the disk became full', async () => {
    for (let write = 1; ; write += 1) {
      const { harness, disk, was, begin } = await openSmall();
      await drain(begin());
      disk.fillAt(write);
      expect([write, (await resume(begin())).outcome]).toEqual([write, 'returned']);
      expect(differences(was, await harness.snapshot())).toEqual([]);
      harness.close();
      if (!disk.isFull) {
        expect(write).toBeGreaterThan(8);
        return;
      }
    }
  });

  it('begins no maintenance without the room to come back, also if the record itself would fit', async () => {
    const { harness, disk, was, begin } = await openSmall();
    await drain(begin());
    disk.fill();
    await resume(begin());
    const program = begin();
    expect((await drain(program)).outcome).toBe('state-unreadable');
    expect(program.orders).toEqual([]);
    expect(differences(was, await harness.snapshot())).toEqual([]);
    harness.close();
  });

  it('is refilled by no drain: the room is there again for the next way back once the disk has some', async () => {
    const { harness, disk, was, begin } = await openSmall();
    await drain(begin());
    disk.fill();
    await resume(begin());
    disk.empty();
    expect((await drain(begin())).outcome).toBe('ready');
    disk.fill();
    expect((await resume(begin())).outcome).toBe('returned');
    expect(differences(was, await harness.snapshot())).toEqual([]);
    harness.close();
  });

  it.each(['EROFS', 'EBUSY', 'EIO'])('is no way to lose the undo card where every write fails with %s', async (code) => {
    const { harness, begin } = await openSmall();
    await drain(begin());
    const broken: FileSystem = {
      ...NO_FLUSH,
      write: () => {
        throw Object.assign(new Error(code), { code });
      },
    };
    const { problem } = await resume(harness.begin(NEVER, broken));
    const run = begin().records.findOpen();
    const undoCard = begin().records.undoCardPath(run?.runId ?? '');
    expect(problem).toMatchObject({ params: { code, undoCard } });
    for (const language of ['en', 'zh-CN'] as const) {
      const { next } = createMessages(language).problem(problem!);
      expect(next).toContain(undoCard);
      expect(next).not.toContain('--data');
    }
    expect((await resume(begin())).outcome).toBe('returned');
    harness.close();
  });
});
