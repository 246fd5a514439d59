import { appendFileSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { afterAll, beforeEach, describe, expect, it } from 'vitest';

import { Chain } from '../../electron/adapters/storage/chain.js';
import { nodeFileSystem, type FileSystem } from '../../electron/adapters/storage/file-system.js';
import { continueRecordText, readRecordText } from '../../electron/adapters/storage/record-text.js';
import { linkEntries } from '../../electron/adapters/storage/run-writer.js';
import type { EntryDraft } from '../../electron/contract/run.js';
import type { RunRecords, RunWriter } from '../../electron/ports/run-records.js';
import { CLOSED, newDataFolder, recordsIn, removeDataFolders } from '../harness/record/data-folder.js';
import { instant, OPENING, ordered, original, RUN_ID, sampled, WHOLE_RUN } from '../harness/record/entries.js';

const PATH = 'runs/one.jsonl';
const LINE_FEED = 10;

function write(drafts: readonly EntryDraft[]): Buffer {
  return linkEntries({ chain: Chain.start(), entryCount: 0, path: PATH }, instant(1), drafts).bytes;
}

afterAll(removeDataFolders);

describe('going on with a record that has grown', () => {
  const bytes = write(WHOLE_RUN);
  const whole = readRecordText(bytes, PATH);
  const ends = [...bytes.keys()].filter((place) => bytes[place] === LINE_FEED).map((place) => place + 1);

  it('says the same as reading it whole, wherever it stood before and wherever it ends now', () => {
    for (const [index, before] of ends.entries()) {
      if (index < 1) continue;
      const known = readRecordText(bytes.subarray(0, before), PATH);
      for (const now of [...ends.slice(index + 1), bytes.length]) {
        if (now <= before) continue;
        const grown = continueRecordText(known, bytes.subarray(before, now))!;
        const anew = readRecordText(bytes.subarray(0, now), PATH);
        expect(grown.run).toEqual(anew.run);
        expect([grown.entryCount, grown.wholeBytes, grown.endHash, grown.damage]).toEqual([
          anew.entryCount,
          anew.wholeBytes,
          anew.endHash,
          null,
        ]);
        expect(grown.newest).toEqual(anew.newest);
        expect(grown.chain().link({ seq: 0 }).hash).toBe(anew.chain().link({ seq: 0 }).hash);
      }
    }
  });

  it('leaves what was known before as it was', () => {
    const known = readRecordText(bytes.subarray(0, ends[3]), PATH);
    const { run } = readRecordText(bytes.subarray(0, ends[3]), PATH);
    continueRecordText(known, bytes.subarray(ends[3]));
    expect(known.run).toEqual(run);
    expect(continueRecordText(known, bytes.subarray(ends[3]))!.run).toEqual(whole.run);
  });

  it('knows a record of days by its end: sixty-four entries and more', () => {
    const long = write([OPENING, ordered(), ...Array.from({ length: 500 }, (_, count) => sampled({ RTCSRV: count }))]);
    const { newest } = readRecordText(long, PATH);
    expect(newest.at(-1)!.seq).toBe(502);
    expect(newest.length).toBeGreaterThanOrEqual(64);
    expect(newest.length).toBeLessThan(128);
  });

  it('sets a cut last line aside, and takes it when it is whole', () => {
    const known = readRecordText(bytes.subarray(0, ends[2]), PATH);
    const cut = continueRecordText(known, bytes.subarray(ends[2], ends[3]! + 10))!;
    expect(cut.cut.length).toBe(10);
    expect(continueRecordText(cut, bytes.subarray(ends[3]))!.run).toEqual(whole.run);
  });

  it('goes on with nothing that does not link, with any one bit flipped', () => {
    const known = readRecordText(bytes.subarray(0, ends[2]), PATH);
    const next = bytes.subarray(ends[2], ends[3]);
    for (let place = 0; place < next.length - 1; place += 1) {
      const flipped = Buffer.from(next);
      flipped.writeUInt8(flipped.readUInt8(place) ^ 1, place);
      expect(continueRecordText(known, flipped), `byte ${place}`).toBeNull();
    }
    expect(continueRecordText(known, bytes.subarray(ends[3], ends[4]))).toBeNull();
  });
});

describe('records that grow while somebody looks on', () => {
  let folder: string;
  let asked: string[];
  let onlooker: RunRecords;
  let writer: RunWriter;
  const path = (): string => join(folder, 'runs', `${RUN_ID}.jsonl`);

  beforeEach(() => {
    folder = newDataFolder();
    asked = [];
    const listening: FileSystem = {
      ...nodeFileSystem,
      readWhole: (file) => {
        asked.push('readWhole');
        return nodeFileSystem.readWhole(file);
      },
      status: (file) => {
        asked.push('status');
        return nodeFileSystem.status(file);
      },
    };
    onlooker = recordsIn(folder, { fileSystem: listening });
    const records = recordsIn(folder);
    records.prepare();
    writer = records.open(instant(1), OPENING, ordered());
  });

  it('are read whole once, however often they grow', () => {
    onlooker.findOpen();
    asked.splice(0);
    for (let count = 0; count < 200; count += 1) {
      writer.append(instant(2 + count), sampled({ RTCSRV: count }));
      const read = onlooker.findOpen()!;
      expect(read.entriesAfter(read.entryCount - 1).map((entry) => entry.type)).toEqual(['sampled']);
    }
    expect(asked).not.toContain('readWhole');
    expect(onlooker.findOpen()!.run!.samples).toHaveLength(200);
    expect(onlooker.findOpen()!.entries).toEqual(recordsIn(folder).findOpen()!.entries);
  });

  it('tell all news, also more than are kept at hand', () => {
    const before = onlooker.findOpen()!.entryCount;
    for (let count = 0; count < 300; count += 1) writer.append(instant(2 + count), sampled({ RTCSRV: count }));
    expect(
      onlooker
        .findOpen()!
        .entriesAfter(before)
        .map(({ seq }) => seq),
    ).toEqual(Array.from({ length: 300 }, (_, index) => 3 + index));
  });

  it('are gone on with after others wrote', () => {
    onlooker.findOpen();
    writer.append(instant(2), original('RTCSRV'));
    writer.close();
    const again = onlooker.reopen(onlooker.findOpen()!);
    again.append(instant(3), sampled({ RTCSRV: 1 }));
    again.close();
    expect(recordsIn(folder).findOpen()).toMatchObject({ damage: null, run: { samples: [{ sessions: { RTCSRV: 1 } }] } });
    expect(onlooker.findOpen()!.run).toEqual(recordsIn(folder).findOpen()!.run);
  });

  it('show damage in what was appended', () => {
    onlooker.findOpen();
    appendFileSync(path(), '{"seq":3}\n');
    expect(onlooker.findOpen()).toMatchObject({ damage: { id: 'record-damaged', params: { line: 3 } } });
  });

  it('are not gone on with where something before was changed, however they grew', () => {
    writer.append(instant(2), original('RTCSRV'));
    onlooker.findOpen();
    const damaged = readFileSync(path());
    damaged.writeUInt8(damaged.readUInt8(20) ^ 1, 20);
    writeFileSync(path(), damaged);
    writer.append(instant(3), original('RTCMEDSRV'));
    expect(() => onlooker.reopen(onlooker.findOpen()!)).toThrow(/LD-/);
  });

  it('are asked for nothing any more once they are closed, however many there are', () => {
    writer.append(instant(2), CLOSED);
    onlooker.findOpen();
    onlooker.findOpen();
    asked.splice(0);
    expect(onlooker.findOpen()).toBeNull();
    expect(asked).toEqual([]);
  });
});
