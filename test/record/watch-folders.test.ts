import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { afterAll, afterEach, beforeEach, describe, expect, it, vi } from 'vitest';

import { nodeFileSystem, type FileSystem } from '../../electron/adapters/storage/file-system.js';
import { newDataFolder, recordsIn, removeDataFolders } from '../harness/record/data-folder.js';
import { ANN, instant, OPENING, ordered, original } from '../harness/record/entries.js';

afterAll(removeDataFolders);

const cannotWatch: FileSystem = {
  ...nodeFileSystem,
  watch: () => {
    throw Object.assign(new Error('no watching here'), { code: 'ENOSYS' });
  },
};

describe('watching the records', () => {
  it('tells of an append and of the lock, and of nothing after its unsubscribe', async () => {
    const folder = newDataFolder();
    const records = recordsIn(folder);
    records.prepare();
    const writer = records.open(instant(1), OPENING, ordered());
    const onChange = vi.fn();
    const end = records.watch(onChange);
    writer.append(instant(3), original('RTCSRV'));
    await vi.waitFor(() => expect(onChange).toHaveBeenCalled(), 5_000);
    onChange.mockClear();
    recordsIn(folder, { processIdentity: () => 'me' }).acquireLock({ ...ANN, command: 'drain' }, instant(4));
    await vi.waitFor(() => expect(onChange).toHaveBeenCalled(), 5_000);
    end();
    onChange.mockClear();
    writer.append(instant(5), original('RTCATS'));
    await new Promise((resolve) => setTimeout(resolve, 150));
    expect(onChange).not.toHaveBeenCalled();
  });

  it('tells when the first run of all makes its folder', async () => {
    const folder = newDataFolder();
    mkdirSync(folder, { recursive: true });
    const onChange = vi.fn();
    const end = recordsIn(folder).watch(onChange);
    const records = recordsIn(folder);
    records.prepare();
    const writer = records.open(instant(1), OPENING, ordered());
    await vi.waitFor(() => expect(onChange).toHaveBeenCalled(), 5_000);
    await new Promise((resolve) => setTimeout(resolve, 150));
    onChange.mockClear();
    writer.append(instant(3), original('RTCSRV'));
    await vi.waitFor(() => expect(onChange).toHaveBeenCalled(), 5_000);
    end();
  });
});

describe('watching where the system cannot', () => {
  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => void vi.useRealTimers());

  it('looks twice a second, and tells many changes as one', () => {
    const folder = newDataFolder();
    const records = recordsIn(folder, { fileSystem: cannotWatch });
    records.prepare();
    const onChange = vi.fn();
    const end = records.watch(onChange);
    vi.advanceTimersByTime(2_000);
    expect(onChange).not.toHaveBeenCalled();
    writeFileSync(join(folder, 'runs', 'a'), '');
    writeFileSync(join(folder, 'lock', 'b'), '');
    vi.advanceTimersByTime(600);
    expect(onChange).toHaveBeenCalledTimes(1);
    writeFileSync(join(folder, 'runs', 'a'), 'longer');
    vi.advanceTimersByTime(600);
    expect(onChange).toHaveBeenCalledTimes(2);
    writeFileSync(join(folder, 'runs', 'c'), '');
    vi.advanceTimersToNextTimer();
    end();
    writeFileSync(join(folder, 'runs', 'd'), '');
    vi.advanceTimersByTime(2_000);
    expect(onChange).toHaveBeenCalledTimes(2);
    expect(vi.getTimerCount()).toBe(0);
  });

  it('begins with a folder that is not there yet', () => {
    const folder = newDataFolder();
    const onChange = vi.fn();
    const end = recordsIn(folder).watch(onChange);
    mkdirSync(join(folder, 'runs'), { recursive: true });
    writeFileSync(join(folder, 'runs', 'a'), '');
    vi.advanceTimersByTime(600);
    expect(onChange).toHaveBeenCalledTimes(1);
    end();
  });

  it('takes over when watching ends by itself', () => {
    const folder = newDataFolder();
    const ends: (() => void)[] = [];
    const fileSystem: FileSystem = {
      ...nodeFileSystem,
      watch: (_folder, _onChange, onEnd) => {
        ends.push(onEnd);
        return () => undefined;
      },
    };
    const records = recordsIn(folder, { fileSystem });
    records.prepare();
    const onChange = vi.fn();
    const end = records.watch(onChange);
    ends.forEach((one) => one());
    writeFileSync(join(folder, 'runs', 'a'), '');
    vi.advanceTimersByTime(600);
    expect(onChange).toHaveBeenCalledTimes(1);
    end();
  });
});
