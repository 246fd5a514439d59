import { describe, expect, it } from 'vitest';

import { problem } from '../../electron/contract/problem.js';
import type { ReadRun } from '../../electron/contract/read-run.js';
import type { EntryDraft } from '../../electron/contract/run.js';
import { createMessages } from '../../electron/core/language/messages.js';
import { buildReport } from '../../electron/core/report/report.js';
import { fold, ANN, OPENING, ordered, original, placed, RUN_ID, sampled, WHOLE_RUN } from '../harness/record/entries.js';

const english = createMessages('en');

function readOf(drafts: readonly EntryDraft[], more: Partial<ReadRun> = {}): ReadRun {
  const entries = placed(...drafts);
  const entriesAfter: ReadRun['entriesAfter'] = (seq) => entries.slice(seq);
  return {
    runId: RUN_ID,
    path: 'runs/run.jsonl',
    run: fold(entries),
    entries,
    entryCount: entries.length,
    entriesAfter,
    damage: null,
    ...more,
  };
}

const summaryOf = (drafts: readonly EntryDraft[]) => buildReport(readOf(drafts), english).summary.lines.map(({ text }) => text);
const alarmsOf = (drafts: readonly EntryDraft[]) =>
  buildReport(readOf(drafts), english)
    .summary.lines.filter(({ isAlarm }) => isAlarm)
    .map(({ text }) => text);

/** A drain of two services that were at zero for a minute. */
const QUIET_RUN: readonly EntryDraft[] = [
  OPENING,
  ordered({ reason: 'CHG-1' }),
  original('RTCMEDSRV'),
  original('RTCSRV'),
  ...Array.from({ length: 13 }, () => sampled({ RTCMEDSRV: 0, RTCSRV: 0 })),
  { type: 'quiet', heldMs: 60_000, samples: 13 },
];
const signed = (scope: 'server' | 'services', cut = 0): EntryDraft => ({
  type: 'confirmed',
  by: ANN,
  note: null,
  scope,
  ...(cut > 0 && { cut }),
});
const accepted = (cut: number | null): EntryDraft => ({
  ...{ type: 'accepted', by: ANN, serviceName: 'RTCSRV', note: 'looked at it', processId: 7, count: 2, ends: [], cut, inAdvance: false },
});
const LOST: EntryDraft = { type: 'lost', serviceName: 'RTCMEDSRV', how: 'ended', count: 9, certainty: 'exact' };

describe('the summary of a report', () => {
  it('says what the verdict was at the sign-off, and that no call is cut only where nothing was lost or accepted', () => {
    const verdictOf = (...drafts: readonly EntryDraft[]) => summaryOf([...QUIET_RUN, ...drafts]).find((line) => line.startsWith('Verdict'));
    expect(verdictOf(signed('server'))).toMatch(
      /^Verdict at the sign-off \(2026-11-23 02:15:35 UTC, CONTOSO\\ann\): The server is safe to restart: no call is cut\.$/,
    );
    expect(verdictOf(LOST, signed('server'))).toContain(
      'The server is safe to restart now. Earlier in this maintenance, sessions may have been cut.',
    );
    expect(verdictOf(accepted(null), signed('server'))).toContain(
      'The server can be restarted. RTCSRV was accepted by hand by CONTOSO\\ann.',
    );
    expect(verdictOf(accepted(2), signed('server', 2))).toContain('A restart cuts up to 2 sessions, accepted by CONTOSO\\ann.');
    expect(verdictOf(signed('services'))).toContain('the planned services alone were signed off, not the server.');
    expect(summaryOf(QUIET_RUN)).toContain('Not signed off.');
    expect(
      alarmsOf([...QUIET_RUN, signed('server'), { type: 'withdrawn', problem: problem('awake-since', { serviceName: 'RTCSRV' }) }]),
    ).toEqual([
      'The sign-off was withdrawn at 2026-11-23 02:15:40 UTC. RTCSRV was running again after it had been paused or stopped, so it may have taken calls. The time without sessions begins again.',
    ]);
  });

  it('tells every loss as an alarm, and that none was seen where there is none', () => {
    expect(alarmsOf([...QUIET_RUN, LOST])).toEqual(['2026-11-23 02:15:35 UTC: RTCMEDSRV stopped; 9 sessions may have been cut.']);
    expect(summaryOf(QUIET_RUN)).toContain('No session was seen to be cut.');
    expect(summaryOf([...QUIET_RUN, accepted(null), signed('server')])).toContain('No session was seen to be cut.');
    expect(summaryOf([...QUIET_RUN, accepted(2), signed('server', 2)])).toContain('No session was seen to be cut but what was accepted.');
  });

  it('shows the proof with its beginning, readings and longest gap, and how it grew', () => {
    expect(summaryOf(QUIET_RUN)).toContain(
      'Quiet: 2 services without a session from 2026-11-23 02:14:30 to 2026-11-23 02:15:30 UTC (1 min, 13 readings, longest gap 5 s).',
    );
    const later = [...QUIET_RUN, LOST, LOST, LOST, sampled({ RTCMEDSRV: 0, RTCSRV: 0 })];
    expect(summaryOf(later)).toContain(
      'Quiet: 2 services without a session from 2026-11-23 02:14:30 to 2026-11-23 02:15:50 UTC (1 min 20 s, 14 readings, longest gap 20 s).',
    );
    expect(summaryOf([...QUIET_RUN, sampled({ RTCMEDSRV: 1, RTCSRV: 0 })])).toContain(
      'The services were proved quiet at 2026-11-23 02:15:30 UTC. What was seen later contradicts it.',
    );
  });

  it('says of no service that it was proved quiet where each was accepted by hand', () => {
    const all = [accepted(null), { ...accepted(null), serviceName: 'RTCMEDSRV' } as EntryDraft];
    const said = summaryOf([...QUIET_RUN, ...all]).join('\n');
    expect(said).not.toMatch(/quiet/i);
    expect(said).toContain('Accepted by hand: RTCMEDSRV');
  });

  it('names what was accepted with its note and its end, but not that the way back ended it', () => {
    const ended: EntryDraft = { type: 'acceptance-ended', serviceName: 'RTCSRV', because: 'awake', detail: 'running' };
    expect(summaryOf([...QUIET_RUN, accepted(null)])).toContain(
      'Accepted by hand: RTCSRV, by CONTOSO\\ann at 2026-11-23 02:15:35 UTC: "looked at it".',
    );
    expect(summaryOf([...QUIET_RUN, accepted(null), ended]).join(' ')).toContain('The acceptance of RTCSRV does not hold any more');
    const returned = buildReport(readOf([...QUIET_RUN, accepted(null), ordered({ command: 'resume' }), ended]), english);
    expect([...returned.summary.lines.map(({ text }) => text), ...returned.events.rows.flat()].join(' ')).not.toContain(
      'does not hold any more',
    );
  });

  it('counts leaks and stalls, and keeps the ticket as the reason', () => {
    const leak: EntryDraft = { type: 'leaked', serviceName: 'RTCSRV', before: 1, after: 2, from: null };
    const report = buildReport(
      readOf([...QUIET_RUN, leak, leak, { type: 'stalled', serviceName: 'RTCMEDSRV', count: 1, sinceMs: 600_000 }, accepted(null)]),
      english,
    );
    const told = report.summary.lines.map(({ text }) => text);
    expect(told).toContain('New work reached paused services: RTCSRV (2 times).');
    expect(told).toContain('Sessions that did not end for a long time: RTCMEDSRV (1 session, 2026-11-23 02:15:45 UTC).');
    expect(new Map(report.facts).get('Reason')).toBe('CHG-1');
  });
});

describe('the report of a run', () => {
  it('says that it gave way to another server, and does not say that it was back before it was', () => {
    const gave: EntryDraft = { type: 'yielded', by: ANN, to: [{ fqdn: 'fe02', standing: 'in-maintenance' }] };
    const report = buildReport(readOf([OPENING, ordered(), original('RTCSRV'), gave]), english);
    const told = [...report.summary.lines.map(({ text }) => text), ...report.events.rows.flat()].filter((text) => text.includes('fe02'));
    expect(told).toEqual([
      expect.stringMatching(/^At 2026-11-23 .* UTC: Another server of the pool .*: fe02\. .* so this one gave way\.$/),
      expect.stringMatching(/^Another server of the pool .*: fe02\. .* so this one gave way\.$/),
    ]);
  });

  it('calls a curve "at least" if not all could be counted', () => {
    const titleOf = (...drafts: readonly EntryDraft[]) =>
      buildReport(readOf([OPENING, ordered(), original('RTCSRV'), ...drafts]), english).curve.title;
    expect(titleOf(sampled({ RTCSRV: 3 }), sampled({ RTCSRV: 0 }))).toBe('Sessions over time');
    expect(titleOf(sampled({ RTCSRV: 3 }), sampled({ RTCSRV: 'busy-only' }))).toBe('Sessions over time (at least)');
  });

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
    const moved: EntryDraft = {
      type: 'original',
      serviceName: 'RTCMEDSRV',
      original: { displayName: 'Lync RTCMEDSRV', state: 'running', start: auto },
      movedFrom: { startType: 'auto', delayed: true },
    };
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

  it('tells the note of an override', () => {
    const override: EntryDraft = { type: 'overridden', by: ANN, checkId: 'evidence:RTCRGS', note: 'night window, no agents' };
    const { rows } = buildReport(readOf([...WHOLE_RUN.slice(0, 4), override]), english).events;
    expect(rows.at(-1)![1]).toBe('CONTOSO\\ann overrode the check evidence:RTCRGS. Note: night window, no agents');
    const silent = buildReport(readOf([...WHOLE_RUN.slice(0, 4), { ...override, note: null }]), english).events.rows;
    expect(silent.at(-1)![1]).toBe('CONTOSO\\ann overrode the check evidence:RTCRGS.');
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
    expect(summaryOf(WHOLE_RUN.slice(0, 4))).toContain('The services were never proved quiet.');
  });

  it('is refused, with what is wrong, where not even the opening could be read', () => {
    const newer = problem('record-newer', { path: 'runs/run.jsonl', schema: 9, ours: 1 });
    expect(() => buildReport(readOf([], { run: null, damage: newer }), english)).toThrow('LD-4004');
  });
});
