import { describe, expect, it } from 'vitest';

import type { EntryDraft, RecordedService, Run } from '../../electron/contract/run.js';
import { ServiceMap } from '../../electron/contract/service-names.js';
import { foldOnto, runOf, startFold } from '../../electron/core/record/fold.js';
import {
  fold,
  ANN,
  AUTO_DELAYED,
  instant,
  MANUAL,
  OPENING,
  ordered,
  original,
  placed,
  sampled,
  WHOLE_RUN,
} from '../harness/record/entries.js';

const START = [OPENING, ordered(), original('RTCMEDSRV'), original('RTCSRV')];

function runAfter(...drafts: readonly EntryDraft[]): Run {
  const run = fold(placed(...START, ...drafts));
  if (run === null) throw new Error('no run');
  return run;
}

function serviceAfter(...drafts: readonly EntryDraft[]): RecordedService {
  return runAfter(...drafts).services.get('RTCMEDSRV')!;
}

const paused: EntryDraft = { type: 'changed', serviceName: 'RTCMEDSRV', change: 'pause' };
const intendedManual: EntryDraft = {
  type: 'intended',
  serviceName: 'RTCMEDSRV',
  change: { kind: 'set-start', from: AUTO_DELAYED, to: MANUAL },
};
const denied = { id: 'access-denied', params: { win32: 5 } } as const;
const intendedPause: EntryDraft = { type: 'intended', serviceName: 'RTCMEDSRV', change: { kind: 'pause' } };
const failedPause: EntryDraft = { type: 'failed', serviceName: 'RTCMEDSRV', change: 'pause', problem: denied };
const quiet: EntryDraft = { type: 'quiet', heldMs: 60_000, samples: 13 };
const confirmed: EntryDraft = { type: 'confirmed', by: ANN, note: 'ok' };
const returned: EntryDraft = { type: 'returned', serviceName: 'RTCMEDSRV', how: 'restored' };

describe('the claim of a run to be the only server of its pool that goes down', () => {
  const looked = (when: 'before-pause' | 'after-pause', standing: 'in-service' | 'unknown'): EntryDraft => ({
    ...{ type: 'pool-looked', when },
    servers: [{ fqdn: 'fe02', standing }],
  });
  const BEFORE = [{ fqdn: 'fe02', standing: 'in-service' }];

  it('is none before the others were looked at, unverified until they are looked at again, and keeps what they said first', () => {
    expect(runAfter().claim).toBeNull();
    expect(runAfter(looked('before-pause', 'in-service')).claim).toEqual({ before: BEFORE, isVerified: false });
    const verified = runAfter(looked('before-pause', 'in-service'), looked('after-pause', 'unknown'));
    expect(verified.claim).toEqual({ before: BEFORE, isVerified: true });
  });

  it('stands over a further drain, is unverified still where only the yielding was written, and ends with the way back', () => {
    const claiming = [looked('before-pause', 'in-service'), looked('after-pause', 'in-service')];
    expect(runAfter(...claiming, ordered()).claim).toEqual({ before: BEFORE, isVerified: true });
    const yielding: EntryDraft = { type: 'yielded', by: ANN, to: [{ fqdn: 'fe02', standing: 'in-maintenance' }] };
    expect(runAfter(looked('before-pause', 'in-service'), yielding).claim).toEqual({ before: BEFORE, isVerified: false });
    expect(runAfter(...claiming, ordered({ command: 'resume' })).claim).toBeNull();
  });
});

describe('the opening of a run', () => {
  it('gives no run before the first order', () => {
    expect(fold([])).toBeNull();
    expect(fold(placed(OPENING))).toBeNull();
  });

  it('takes everything about the run from its two entries', () => {
    const run = fold(placed(OPENING, ordered({ reason: 'CHG-1234' })));
    expect(run).toEqual({
      id: OPENING.runId,
      source: 'simulated',
      computerName: 'FE01',
      bootedAtLast: OPENING.computer.bootedAt,
      bootIdLast: null,
      claim: null,
      openedAt: instant(1).at,
      openedBy: ANN,
      order: ordered({ reason: 'CHG-1234' }).order,
      orderedBy: ANN,
      orderedAt: instant(2),
      reason: 'CHG-1234',
      services: new Map(),
      overrides: [],
      samples: [],
      holdFromSeq: 0,
      quiet: null,
      heldZero: null,
      confirmed: null,
      restart: null,
      acceptances: new ServiceMap(),
      acceptedInAdvance: new ServiceMap(),
      losses: [],
      lastSeen: new ServiceMap(),
      lastEntryAt: instant(2),
      closed: null,
    });
  });
});

describe('an original setting', () => {
  const other = original('RTCMEDSRV', { displayName: 'Other', state: 'paused', start: MANUAL });

  it('is kept from the first time; only its start type follows until the run sets one', () => {
    const kept = { displayName: 'Lync RTCMEDSRV', state: 'running' };
    expect(serviceAfter(other).original).toEqual({ ...kept, start: MANUAL });
    expect(serviceAfter(intendedManual, other).original).toEqual({ ...kept, start: AUTO_DELAYED });
    expect(serviceAfter(intendedManual, returned, other).original).toEqual({ ...kept, start: AUTO_DELAYED });
    expect(serviceAfter(intendedManual, returned, ordered(), other).original).toEqual({ ...kept, start: MANUAL });
  });

  it('is kept for a service that no order names', () => {
    expect([...runAfter(original('RTCATS')).services.keys()]).toEqual(['RTCMEDSRV', 'RTCSRV', 'RTCATS']);
  });
});

describe('a further order', () => {
  it('replaces the order and keeps the reason unless it brings one', () => {
    const run = runAfter(ordered({ reason: 'CHG-1' }), ordered({ command: 'resume', stayStopped: true }));
    expect(run.order).toMatchObject({ command: 'resume', stayStopped: true });
    expect(run.orderedAt).toEqual(instant(6));
    expect(run.reason).toBe('CHG-1');
    expect(runAfter(ordered({ reason: 'CHG-1' }), ordered({ reason: 'CHG-2' })).reason).toBe('CHG-2');
  });

  it('adds its services to the plan, in the order of first appearance', () => {
    const run = runAfter(original('RTCRGS'), original('RTCATS'), ordered({ services: ['RTCATS', 'RTCSRV', 'RTCRGS'] }));
    expect([...run.services.keys()]).toEqual(['RTCMEDSRV', 'RTCSRV', 'RTCATS', 'RTCRGS']);
  });

  it('makes what was done or failed before it stale, but not what was only intended', () => {
    const failedManual: EntryDraft = { type: 'failed', serviceName: 'RTCMEDSRV', change: 'set-start', problem: denied };
    const service = serviceAfter(
      paused,
      failedManual,
      { type: 'intended', serviceName: 'RTCMEDSRV', change: { kind: 'start' } },
      ordered(),
    );
    expect(service.pause).toEqual({ kind: 'done', stale: true });
    expect(service.setStart).toEqual({ kind: 'failed', problem: denied, stale: true });
    expect(service.restart).toEqual({ kind: 'intended' });
  });

  it('begins anew with a service that was given back, without forgetting its original', () => {
    const choice: EntryDraft = { type: 'choice', by: ANN, serviceName: 'RTCMEDSRV', choice: 'keep' };
    const service = serviceAfter(
      paused,
      intendedManual,
      choice,
      { type: 'changed', serviceName: 'RTCMEDSRV', change: 'continue' },
      returned,
      ordered(),
    );
    expect(service).toMatchObject({ returned: null, choice: null, ourStart: null, original: { start: AUTO_DELAYED } });
    expect([service.pause, service.setStart, service.restart, service.restoreStart]).toEqual(Array(4).fill({ kind: 'none' }));
  });

  it('to resume leaves what was given back given back', () => {
    expect(serviceAfter(paused, returned, ordered({ command: 'resume' })).returned).toBe('restored');
  });

  it('asks anew about a conflict, and tells anew of a change from outside', () => {
    const choice: EntryDraft = { type: 'choice', by: ANN, serviceName: 'RTCMEDSRV', choice: 'original' };
    const outside: EntryDraft = { type: 'outside-change', serviceName: 'RTCMEDSRV', problem: denied };
    expect(serviceAfter(choice, outside)).toMatchObject({ choice: 'original', outsideChange: denied });
    expect(serviceAfter(choice, outside, ordered())).toMatchObject({ choice: null, outsideChange: null });
  });

  it('to drain after a way back proves quiet anew, and is signed off anew', () => {
    const back = runAfter(quiet, confirmed, ordered({ command: 'resume' }));
    expect(back).toMatchObject({ holdFromSeq: 0, confirmed: { note: 'ok' } });
    expect(back.quiet).not.toBeNull();
    expect(runAfter(quiet, confirmed, ordered({ command: 'resume' }), ordered())).toMatchObject({
      holdFromSeq: 8,
      quiet: null,
      confirmed: null,
    });
    expect(runAfter(quiet, confirmed, ordered())).toMatchObject({ holdFromSeq: 0, confirmed: { note: 'ok' } });
  });

  it('takes the proof of quiet away only when a service joins the plan', () => {
    expect(runAfter(quiet, ordered()).quiet).not.toBeNull();
    expect(runAfter(quiet, ordered({ services: ['RTCMEDSRV', 'RTCATS'] })).quiet).toBeNull();
    expect(runAfter(returned, quiet, ordered()).quiet).toBeNull();
  });
});

describe('the standing of a change', () => {
  const cases = [
    { change: { kind: 'pause' }, standing: 'pause' },
    { change: { kind: 'set-start', from: AUTO_DELAYED, to: MANUAL }, standing: 'setStart' },
    { change: { kind: 'continue' }, standing: 'restart' },
    { change: { kind: 'start' }, standing: 'restart' },
    { change: { kind: 'restore-start', from: MANUAL, to: AUTO_DELAYED }, standing: 'restoreStart' },
  ] as const;

  it.each(cases)('goes from intended to done or failed: $change.kind', ({ change, standing }) => {
    const serviceName = 'RTCMEDSRV';
    const intended: EntryDraft = { type: 'intended', serviceName, change };
    expect(serviceAfter()[standing]).toEqual({ kind: 'none' });
    expect(serviceAfter(intended)[standing]).toEqual({ kind: 'intended' });
    expect(serviceAfter(intended, { type: 'changed', serviceName, change: change.kind })[standing]).toEqual({ kind: 'done', stale: false });
    expect(serviceAfter(intended, { type: 'failed', serviceName, change: change.kind, problem: denied })[standing]).toEqual({
      kind: 'failed',
      problem: denied,
      stale: false,
    });
  });

  it('remembers the start type that was last meant to be written', () => {
    const disabled = { startType: 'disabled', delayed: null } as const;
    expect(serviceAfter().ourStart).toBeNull();
    expect(serviceAfter(intendedManual).ourStart).toEqual(MANUAL);
    const again: EntryDraft = { type: 'intended', serviceName: 'RTCMEDSRV', change: { kind: 'set-start', from: MANUAL, to: disabled } };
    expect(serviceAfter(intendedManual, again).ourStart).toEqual(disabled);
  });
});

describe('a proof of quiet', () => {
  const proven = { at: instant(5).at, upMs: instant(5).upMs, heldMs: 60_000, samples: 13, last: instant(5), longestGapMs: 0 };

  it('stands over a reading in which a source had not answered yet, and does not grow by it', () => {
    expect(runAfter(quiet, sampled({ RTCMEDSRV: 0, RTCSRV: 'not-read-yet' })).quiet).toEqual(proven);
    expect(runAfter(quiet, sampled({ RTCMEDSRV: 1, RTCSRV: 'not-read-yet' })).quiet).toBeNull();
  });

  it.each([
    ['all at zero', sampled({ RTCMEDSRV: 0, RTCSRV: 0 })],
    ['sessions of a service outside the plan', sampled({ RTCMEDSRV: 0, RTCSRV: 0, W3SVC: 9 })],
  ])('stands after a sample with %s, and grows by it', (_, sample) => {
    expect(runAfter(quiet).quiet).toEqual(proven);
    expect(runAfter(quiet, sample).quiet).toEqual({
      ...proven,
      samples: 14,
      last: instant(6),
      longestGapMs: instant(6).upMs - instant(5).upMs,
    });
  });

  it.each([
    ['a session', sampled({ RTCMEDSRV: 1, RTCSRV: 0 })],
    ['an unknown count', sampled({ RTCMEDSRV: 0, RTCSRV: 'too-old' })],
    ['a planned service missing', sampled({ RTCMEDSRV: 0 })],
  ])('falls with a sample that has %s', (_, sample) => {
    expect(runAfter(quiet, sample).quiet).toBeNull();
  });

  it('stands where the unknown count was accepted by hand, and falls with a known one', () => {
    const accepted: EntryDraft = { type: 'accepted-by-hand', by: ANN, serviceName: 'RTCSRV', note: null };
    expect(runAfter(accepted, quiet, sampled({ RTCMEDSRV: 0, RTCSRV: 'no-evidence' })).quiet).not.toBeNull();
    expect(runAfter(accepted, quiet, sampled({ RTCMEDSRV: 0, RTCSRV: 2 })).quiet).toBeNull();
  });

  it('does not ask a service that was left out', () => {
    const leftOut: EntryDraft = { type: 'left-out', serviceName: 'RTCSRV', because: 'not pausable' };
    expect(runAfter(leftOut, quiet, sampled({ RTCMEDSRV: 0, RTCSRV: 7 })).quiet).not.toBeNull();
  });

  it('does not ask a service that was given back', () => {
    expect(runAfter(returned, quiet, sampled({ RTCSRV: 0 })).quiet).not.toBeNull();
    expect(runAfter(returned, quiet, sampled({ RTCMEDSRV: 3, RTCSRV: 0 })).quiet).not.toBeNull();
  });

  it.each<[string, EntryDraft]>([
    ['a new pause', paused],
    ['a change from outside', { type: 'outside-change', serviceName: 'RTCSRV', problem: denied }],
    ['its withdrawal', { type: 'withdrawn', problem: denied }],
  ])('falls with %s, and samples before that prove nothing', (_, draft) => {
    const run = runAfter(quiet, draft);
    expect(run.quiet).toBeNull();
    expect(run.holdFromSeq).toBe(6);
  });
});

describe('a pause that a further order finds still done', () => {
  it('leaves the proof of quiet, and the samples it may rest on', () => {
    expect(runAfter(paused, quiet, ordered(), paused)).toMatchObject({ holdFromSeq: 5, quiet: { heldMs: 60_000 } });
    expect(serviceAfter(paused, ordered(), paused).pause).toEqual({ kind: 'done', stale: false });
  });

  it.each<[string, readonly EntryDraft[]]>([
    ['was made anew', [paused, quiet, ordered(), intendedPause, paused]],
    ['may have come from elsewhere, because it was never seen done', [intendedPause, quiet, ordered(), ordered(), paused]],
    ['had failed before', [failedPause, quiet, ordered(), ordered(), paused]],
  ])('takes it away where it %s', (_, drafts) => {
    expect(runAfter(...drafts)).toMatchObject({ holdFromSeq: START.length + drafts.length, quiet: null });
  });
});

describe('a confirmation', () => {
  it('is withdrawn by a withdrawal only', () => {
    const run = runAfter(quiet, confirmed, sampled({ RTCMEDSRV: 5, RTCSRV: 0 }));
    expect(run.quiet).toBeNull();
    expect(run.confirmed).toEqual({ ...instant(6), scope: 'services', cut: 0, by: ANN, note: 'ok' });
    expect(runAfter(quiet, confirmed, { type: 'withdrawn', problem: denied }).confirmed).toBeNull();
  });
});

describe('a process that another one replaced', () => {
  const seen = (processId: number): EntryDraft => ({ type: 'observed', services: { RTCMEDSRV: { state: 'running', processId } } });

  it.each<[string, readonly EntryDraft[], boolean]>([
    ['after the pause was written down, before it was observed', [seen(100), paused, seen(200)], true],
    [
      'after the pause was written down, with its sessions lost',
      [seen(100), paused, { type: 'lost', serviceName: 'RTCMEDSRV', how: 'replaced', count: 1, certainty: 'exact' }, seen(200)],
      true,
    ],
    [
      'by nothing: it is stopped with its sessions, and still in the same one',
      [
        seen(100),
        paused,
        { type: 'lost', serviceName: 'RTCMEDSRV', how: 'ended', count: 1, certainty: 'exact' },
        { type: 'observed', services: { RTCMEDSRV: { state: 'stop-pending', processId: 100 } } },
      ],
      false,
    ],
    ['by nothing: it is the same one that somebody resumed', [seen(100), paused, seen(100)], false],
  ])('%s', (_, drafts, isOther) => {
    expect(runAfter(...drafts).lastSeen.get('RTCMEDSRV')?.isOtherProcess).toBe(isOther);
  });
});

describe('the boot id', () => {
  const bootId = 'smss.exe 134083152000000000';
  const opening = { ...OPENING, computer: { ...OPENING.computer, bootId } } as const;
  const restarted: EntryDraft = { type: 'restarted', bootedAt: '2026-11-23T03:07:00.000Z', running: [] };

  it('is that of the latest start of Windows on record', () => {
    expect(fold(placed(opening, ordered()))!.bootIdLast).toBe(bootId);
    expect(fold(placed(opening, ordered(), { ...restarted, bootId: 'smss.exe 5' }))!.bootIdLast).toBe('smss.exe 5');
  });

  it('is unknown in a record without it, also after a restart that an older program recorded', () => {
    expect(fold(placed(OPENING, ordered()))!.bootIdLast).toBeNull();
    expect(fold(placed(opening, ordered(), restarted))!.bootIdLast).toBeNull();
  });
});

describe('other entries', () => {
  it('say of the run what their names say', () => {
    const run = fold(placed(...WHOLE_RUN))!;
    expect(run.overrides).toEqual(['pool-members']);
    expect(run.bootedAtLast).toBe('2026-11-23T03:07:00.000Z');
    expect(run.restart).toEqual({ bootedAt: '2026-11-23T03:07:00.000Z', running: ['RTCSRV'] });
    expect(run.closed).toEqual({ ...instant(WHOLE_RUN.length), outcome: 'returned' });
  });

  it('say of a service what their names say, even before its original is known', () => {
    const leftOut: EntryDraft = { type: 'left-out', serviceName: 'RTCATS', because: 'not pausable' };
    expect(runAfter(leftOut).services.has('RTCATS')).toBe(false);
    expect(runAfter(leftOut, original('RTCATS')).services.get('RTCATS')).toMatchObject({ leftOut: true });
    expect(fold(placed(...WHOLE_RUN))!.services.get('RTCMEDSRV')).toMatchObject({
      leak: { before: 3, after: 4, from: '10.0.0.7', at: instant(13).at },
      returned: 'restored',
    });
    expect(fold(placed(...WHOLE_RUN))!.services.get('RTCSRV')).toMatchObject({ choice: 'original' });
    const beforeRestart = fold(
      placed(
        ...WHOLE_RUN.slice(
          0,
          WHOLE_RUN.findIndex(({ type }) => type === 'restarted'),
        ),
      ),
    )!;
    expect(beforeRestart.acceptances.get('rtcsrv')).toMatchObject({ processId: null, count: 0, ends: [], cut: null });
    expect(beforeRestart.services.get('RTCSRV')).toMatchObject({ outsideChange: { id: 'resumed-from-outside' } });
  });
});

describe('the samples of a long run', () => {
  const COUNT = 20_000;
  const long = placed(...START, ...Array.from({ length: COUNT }, (_, index) => sampled({ RTCMEDSRV: index })));
  const { samples } = fold(long)!;

  it('are at most about two thousand, oldest first, beginning with the very first', () => {
    expect(samples.length).toBeGreaterThan(800);
    expect(samples.length).toBeLessThanOrEqual(2_000);
    expect(samples[0]).toEqual({ ...instant(5), seq: 5, sessions: { RTCMEDSRV: 0 }, atLeast: {} });
    expect(samples.map(({ seq }) => seq)).toEqual(samples.map(({ seq }) => seq).sort((one, other) => one - other));
  });

  it('have the latest whole, so that a hold time can be measured', () => {
    expect(samples.slice(-600).map(({ seq }) => seq)).toEqual(Array.from({ length: 600 }, (_, index) => COUNT + 4 - 599 + index));
  });

  it('are evenly thinned before that', () => {
    const counts = samples.slice(0, 300).map(({ sessions }) => sessions['RTCMEDSRV'] as number);
    const stride = counts[1]!;
    expect(counts).toEqual(counts.map((_, index) => index * stride));
  });

  it('are all there while there are fewer', () => {
    expect(fold(long.slice(0, 1_000))!.samples.length).toBe(996);
  });
});

describe('a time without samples', () => {
  it('stays a gap however much is thinned', () => {
    const at = (index: number): { at: string; upMs: number } => ({
      at: new Date(Date.parse(instant(1).at) + index * 1_000).toISOString(),
      upMs: index * 1_000,
    });
    const entries = placed(...START, ...Array.from({ length: 9_000 }, () => sampled({ RTCMEDSRV: 0 })));
    const moved = entries.map((entry, index) => ({ ...entry, ...at(index < 777 ? index : index + 100) }));
    expect(fold(moved)!.samples.filter(({ isAfterGap }) => isAfterGap === true)).toHaveLength(1);
  });
});

describe('a run that was given out', () => {
  it('stays as it was while the fold goes on', () => {
    const state = startFold();
    const seen: { run: Run; before: string }[] = [];
    for (const entry of placed(...WHOLE_RUN)) {
      foldOnto(state, entry);
      const run = runOf(state);
      if (run !== null) seen.push({ run, before: portrait(run) });
    }
    expect(seen.length).toBe(WHOLE_RUN.length - 1);
    for (const { run, before } of seen) expect(portrait(run)).toBe(before);
  });

  it('is the same object until something is folded on', () => {
    const state = startFold();
    for (const entry of placed(...START)) foldOnto(state, entry);
    expect(runOf(state)).toBe(runOf(state));
  });
});

function portrait(run: Run): string {
  return JSON.stringify({ ...run, services: [...run.services] });
}
