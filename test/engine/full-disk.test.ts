import { describe, expect, it } from 'vitest';

import type { FileSystem } from '../../electron/adapters/storage/file-system.js';
import { createSpeech } from '../../electron/core/language/speech.js';
import type { CommandResult } from '../../electron/engine/engine.js';
import { differences, EngineHarness, DRAIN_ALL, HOURS, NO_FLUSH, PATIENT, RESUME_ALL, type Program } from './engine-harness.js';

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
  const { happened } = createSpeech('en').problem(problem);
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
