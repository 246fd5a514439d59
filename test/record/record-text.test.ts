import { createHash } from 'node:crypto';

import { describe, expect, it } from 'vitest';

import { Chain } from '../../electron/adapters/storage/chain.js';
import { readRecordText } from '../../electron/adapters/storage/record-text.js';
import { linkEntries } from '../../electron/adapters/storage/run-writer.js';
import { PROBLEMS } from '../../electron/contract/problem.js';
import { RECORD_SCHEMA, type EntryDraft } from '../../electron/contract/run.js';
import { fold, ANN, instant, OPENING, ordered, original, sampled, WHOLE_RUN } from '../harness/record/entries.js';

const PATH = 'runs/one.jsonl';
const LINE_FEED = 10;

function write(drafts: readonly EntryDraft[]): Buffer {
  return linkEntries({ chain: Chain.start(), entryCount: 0, path: PATH }, instant(1), drafts).bytes;
}

/** Chains any values, as a program with a sound chain and wrong ideas would. */
function writeForeign(...values: readonly object[]): Buffer {
  let chain = Chain.start();
  const lines = values.map((value) => {
    const link = chain.link(value);
    chain = link.chain;
    return link.line;
  });
  return Buffer.from(lines.join(''));
}

const SMALL = write([
  OPENING,
  ordered(),
  original('RTCMEDSRV'),
  { type: 'confirmed', by: ANN, note: '一切就绪' },
  sampled({ RTCMEDSRV: 0 }),
]);
const LINES = SMALL.toString('utf8')
  .split('\n')
  .slice(0, -1)
  .map((line) => Buffer.from(`${line}\n`));
const ENTRIES = readRecordText(SMALL, PATH).entries!();

function damagedAt(line: number): object {
  return { id: 'record-damaged', params: { path: PATH, line } };
}

describe('a whole record', () => {
  it('gives back every type of entry as it was written', () => {
    const text = readRecordText(write(WHOLE_RUN), PATH);
    expect(text.damage).toBeNull();
    expect(text.cut.length).toBe(0);
    expect(text.entries!().map(({ seq: _seq, hash: _hash, at: _at, upMs: _upMs, ...draft }) => draft)).toEqual(WHOLE_RUN);
    expect(text.run).toEqual(fold(text.entries!()));
  });

  it('is one JSON object a line, with place, time, type, content and hash in that order', () => {
    expect(LINES.length).toBe(5);
    expect(Object.keys(JSON.parse(LINES[4]!.toString('utf8')) as object)).toEqual(['seq', 'at', 'upMs', 'type', 'sessions', 'hash']);
  });

  it('chains every line to those before it', () => {
    const other = write([{ ...OPENING, product: '0.1.1' }, ordered(), original('RTCMEDSRV')]);
    const hashes = readRecordText(other, PATH).entries!().map(({ hash }) => hash);
    expect(hashes.filter((hash) => ENTRIES.some((entry) => entry.hash === hash))).toEqual([]);
  });
});

describe('a record cut at any byte', () => {
  it('gives every entry before the cut and sets the rest of the line aside, or is damaged where its opening is gone', () => {
    for (let length = 0; length < SMALL.length; length += 1) {
      const text = readRecordText(SMALL.subarray(0, length), PATH);
      const whole = SMALL.subarray(0, length).filter((byte) => byte === LINE_FEED).length;
      expect(text.entries!()).toEqual(ENTRIES.slice(0, whole));
      expect(text.cut.length).toBe(length - text.wholeBytes);
      expect(text.damage).toEqual(whole < 2 ? damagedAt(whole + 1) : null);
    }
  });

  it('takes a row of zeros, as a power cut leaves it, for a cut last line', () => {
    const text = readRecordText(Buffer.concat([SMALL, Buffer.alloc(300)]), PATH);
    expect(text.damage).toBeNull();
    expect(text.cut.length).toBe(300);
    expect(text.entries!()).toEqual(ENTRIES);
  });
});

describe('a record with any one bit flipped', () => {
  it('is damaged in the line of the bit', () => {
    for (let position = 0; position < SMALL.length; position += 1) {
      const line = SMALL.subarray(0, position).filter((byte) => byte === LINE_FEED).length;
      for (let bit = 0; bit < 8; bit += 1) {
        const bytes = Buffer.from(SMALL);
        bytes.writeUInt8(bytes.readUInt8(position) ^ (1 << bit), position);
        const text = readRecordText(bytes, PATH);
        expect(text.entries!()).toEqual(ENTRIES.slice(0, line));
        expect(text.damage?.id, `byte ${position}, bit ${bit}`).toMatch(/^record-(damaged|newer)$/);
        if (text.damage?.id === 'record-damaged') expect(text.damage).toEqual(damagedAt(line + 1));
      }
    }
  }, 60_000);
});

describe('a record whose lines were moved', () => {
  const without = (index: number): Buffer[] => LINES.filter((_, place) => place !== index);

  it.each([0, 1, 2, 3, 4])('is damaged where line %i (from 0) is doubled', (index) => {
    const text = readRecordText(Buffer.concat([...LINES.slice(0, index + 1), ...LINES.slice(index)]), PATH);
    expect(text.damage).toEqual(damagedAt(index + 2));
    expect(text.entries!()).toEqual(ENTRIES.slice(0, index + 1));
  });

  it.each([0, 1, 2, 3])('is damaged where line %i (from 0) is missing', (index) => {
    const text = readRecordText(Buffer.concat(without(index)), PATH);
    expect(text.damage).toEqual(damagedAt(index + 1));
    expect(text.entries!()).toEqual(ENTRIES.slice(0, index));
  });

  it.each([0, 1, 2, 3])('is damaged where line %i (from 0) and the next are swapped', (index) => {
    const swapped = [...LINES.slice(0, index), LINES[index + 1]!, LINES[index]!, ...LINES.slice(index + 2)];
    expect(readRecordText(Buffer.concat(swapped), PATH).damage).toEqual(damagedAt(index + 1));
  });

  it('is damaged where a line of another record was put in', () => {
    const foreign = write([OPENING, ordered({ reason: 'other' }), original('RTCMEDSRV')]);
    const line = Buffer.from(`${foreign.toString('utf8').split('\n')[2]!}\n`);
    expect(readRecordText(Buffer.concat([...LINES.slice(0, 2), line, ...LINES.slice(3)]), PATH).damage).toEqual(damagedAt(3));
  });
});

describe('a record of another version', () => {
  it('is refused when it is newer, even where the rest is not to be understood', () => {
    const opening = { seq: 1, ...instant(1), ...OPENING, schema: RECORD_SCHEMA + 1 };
    const text = readRecordText(Buffer.from(`${JSON.stringify(opening)}\nsomething quite different\n`), PATH);
    expect(text.damage).toEqual({ id: 'record-newer', params: { path: PATH, schema: RECORD_SCHEMA + 1, ours: RECORD_SCHEMA } });
    expect(text.run).toBeNull();
  });
});

describe('a soundly chained record of wrong content', () => {
  const at = (seq: number): object => ({ seq, ...instant(seq) });
  const opening = { ...at(1), ...OPENING };
  const order = { ...at(2), ...ordered() };
  const third = (content: object): Buffer => writeForeign(opening, order, { ...at(3), ...content });

  it.each<[string, object]>([
    ['an unknown type', { type: 'exploded' }],
    ['a type that only JavaScript knows', { type: 'constructor' }],
    ['no type', {}],
    ['a second opening', OPENING],
    ['a field missing', { type: 'left-out', serviceName: 'A' }],
    ['a text where an object belongs', { type: 'original', serviceName: 'A', original: 'x' }],
    ['an unknown state', { ...original('A', { state: 'asleep' as never }) }],
    ['an unknown change', { type: 'intended', serviceName: 'A', change: { kind: 'stop' } }],
    ['a change without its start types', { type: 'intended', serviceName: 'A', change: { kind: 'set-start' } }],
    ['a negative count', sampled({ A: -1 })],
    ['a count and a half', sampled({ A: 1.5 })],
    ['a count beyond belief', sampled({ A: 1_000_001 })],
    ['an unknown reason', sampled({ A: 'tired' as never })],
    ['a list where names belong', { type: 'sampled', sessions: [0] }],
    ['an unknown problem', { type: 'withdrawn', problem: { id: 'toString', params: {} } }],
    ['a wrong face', { type: 'closed', by: { ...ANN, face: 'fax' }, outcome: 'returned' }],
    ['a time that is none', { type: 'restarted', bootedAt: 'yesterday', running: [] }],
    ['its place wrong', { ...sampled({}), seq: 4 }],
    ['its own time wrong', { ...sampled({}), at: '2026-13-01T00:00:00.000Z' }],
    ['a clock that is no number', { ...sampled({}), upMs: null }],
  ])('is damaged: %s', (_, content) => {
    const text = readRecordText(third(content), PATH);
    expect(text.damage).toEqual(damagedAt(3));
    expect(text.entries!().length).toBe(2);
    expect(text.run).not.toBeNull();
  });

  it.each<[string, readonly object[]]>([
    ['a line that is no JSON', [3 as unknown as object]],
    ['no opening', [{ ...at(1), ...ordered() }]],
    ['no order after it', [opening, { ...at(2), ...sampled({}) }]],
  ])('is damaged at its opening: %s', (_, values) => {
    const text = readRecordText(writeForeign(...values), PATH);
    expect(text.damage).toEqual(damagedAt(values.length));
  });

  it('is damaged where one line holds two entries', () => {
    const start = writeForeign(opening, order);
    const entry = (seq: number): string => JSON.stringify({ ...at(seq), ...sampled({ A: 0 }), hash: '' });
    const line = `${entry(3)},${entry(4).slice(0, -1)},"hash":"`;
    const hash = createHash('sha256').update(start).update(line).digest('hex').slice(0, 32);
    expect(readRecordText(Buffer.concat([start, Buffer.from(`${line}${hash}"}\n`)]), PATH).damage).toEqual(damagedAt(3));
  });

  it('lets fields pass that it does not know', () => {
    expect(readRecordText(third({ ...sampled({ A: 0 }), colour: 'red' }), PATH).damage).toBeNull();
  });
});

describe('writing', () => {
  it('refuses a draft that could not be read again', () => {
    const broken: EntryDraft = { type: 'leaked', serviceName: 'A', before: Number.NaN, after: 1, from: null };
    expect(() => linkEntries({ chain: Chain.start(), entryCount: 0, path: PATH }, instant(1), [OPENING, ordered(), broken])).toThrow(
      PROBLEMS['record-not-written'].code,
    );
  });
});
