import { describe, expect, it } from 'vitest';

import { problem } from '../../electron/contract/problem.js';
import type { EntryDraft } from '../../electron/contract/run.js';
import { createSpeech } from '../../electron/language/speech.js';
import { fold } from '../../electron/record/fold.js';
import type { ReadRun } from '../../electron/record/run-records.js';
import { buildReport } from '../../electron/report/report.js';
import { ordered, placed, RUN_ID, WHOLE_RUN } from '../record/entries.js';

const english = createSpeech('en');

function readOf(drafts: readonly EntryDraft[], more: Partial<ReadRun> = {}): ReadRun {
  const entries = placed(...drafts);
  const entriesAfter: ReadRun['entriesAfter'] = (seq) => entries.slice(seq);
  return { runId: RUN_ID, path: 'runs/run.jsonl', run: fold(entries), entries, entryCount: entries.length, entriesAfter, cutBytes: 0, damage: null, ...more };
}

describe('the report of a run', () => {
  it('says who, why and when, in UTC that people can read', () => {
    const { title, facts } = buildReport(readOf(WHOLE_RUN), english);
    expect(title).toBe('Maintenance report: FE01');
    expect(new Map(facts).get('Reason')).toBe('CHG-1234');
    expect(new Map(facts).get('Opened')).toBe('2026-11-23 02:14:05 UTC by CONTOSO\\ann (command line)');
  });

  it('names every service with what it was, what it was set to, and what became of it', () => {
    const { rows } = buildReport(readOf(WHOLE_RUN), english).services;
    expect(rows.map(([service, before]) => [service, before])).toEqual([
      ['RTCMEDSRV (Lync RTCMEDSRV)', 'Running, Automatic (Delayed Start)'],
      ['RTCSRV (Lync RTCSRV)', 'Running, Automatic'],
    ]);
    expect(rows.every((row) => row.length === 4 && row.every((cell) => cell !== ''))).toBe(true);
  });

  it('shows a start type that another person set before this run set one beside the first', () => {
    const auto = { startType: 'auto', delayed: false } as const;
    const moved: EntryDraft = { type: 'original', serviceName: 'RTCMEDSRV', original: { displayName: 'Lync RTCMEDSRV', state: 'running', start: auto }, movedFrom: { startType: 'auto', delayed: true } };
    const { services, events } = buildReport(readOf([...WHOLE_RUN.slice(0, 4), moved]), english);
    expect(services.rows[0]![1]).toBe('Running, Automatic (Delayed Start); then Automatic, set by another person');
    expect(events.rows.at(-1)![1]).toMatch(/^Changed from outside\. The start type of RTCMEDSRV was Automatic \(Delayed Start\)/);
  });

  it('tells what happened once and in order, with nothing left to fill in', () => {
    const { rows } = buildReport(readOf(WHOLE_RUN), english).events;
    expect(rows[0]).toEqual(['2026-11-23 02:14:05', 'CONTOSO\\ann opened the run.']);
    const times = rows.map(([time]) => time);
    expect(times).toEqual([...times].sort());
    for (const [, sentence] of rows) expect(sentence).not.toMatch(/[{}?]/);
  });

  it('does not tell a change twice that a further order found still done', () => {
    const again: EntryDraft = { type: 'changed', serviceName: 'RTCMEDSRV', change: 'pause' };
    const told = buildReport(readOf([...WHOLE_RUN.slice(0, 8), ordered(), again]), english).events.rows.map(([, sentence]) => sentence);
    expect(told.filter((sentence) => sentence === 'RTCMEDSRV: paused.')).toHaveLength(1);
    expect(told.at(-1)).toMatch(/ ordered: drain\.$/);
  });

  it('says first that a server was simulated, and that a record is damaged', () => {
    const whole = buildReport(readOf(WHOLE_RUN), english);
    expect(whole.warnings).toEqual(['This run took place on a simulated server. No real service was touched.']);
    const damaged = buildReport(readOf(WHOLE_RUN, { damage: problem('record-damaged', { path: 'runs/run.jsonl', line: 9 }) }), english);
    expect(damaged.warnings[1]).toMatch(/^The record is damaged\..*line 9/);
  });

  it('never shows an unproved run as quiet', () => {
    expect(buildReport(readOf(WHOLE_RUN.slice(0, 4)), english).proof.text).toBe('The services were never proved quiet.');
  });

  it('is refused, with what is wrong, where not even the opening could be read', () => {
    const newer = problem('record-newer', { path: 'runs/run.jsonl', schema: 9, ours: 1 });
    expect(() => buildReport(readOf([], { run: null, damage: newer }), english)).toThrow('LD-4004');
  });
});
