import { describe, expect, it } from 'vitest';

import type { Facts, OtherServer, PoolFacts, PoolReadiness, PoolReading, RemoteServices } from '../../electron/contract/facts.js';
import { createMessages } from '../../electron/core/language/messages.js';
import { formatTime } from '../../electron/core/language/time.js';
import { blockingChecks, runChecks } from '../../electron/core/maintenance/checks.js';
import { milderRequirement, requiredForFirstStart, requiredToFunction } from '../../electron/core/maintenance/quorum.js';
import { judgeRestart } from '../../electron/core/maintenance/restart-verdict.js';
import { factsOf, second } from '../harness/fakes/server-facts.js';

/** Microsoft, "Planning for Front End pools", newer form: of 8 or 9 the first seven count, of 10 to 12 the first nine. */
const NEWER = [1, 1, 2, 2, 3, 3, 4, 4, 4, 5, 5, 5];
/** The same page's older form. */
const OLDER = [1, 1, 2, 2, 3, 3, 4, 4, 5, 5, 6, 6];
/** The newer form, "must be running for the pool to be started the first time"; 2 and 3 as the management pack says. */
const FIRST_START = [1, 2, 3, 3, 4, 5, 5, 6, 7, 8, 9, 10];

const SIZES = Array.from({ length: 12 }, (_, index) => index + 1);

describe('the quorum of a pool', () => {
  it.each(SIZES)('of %i is the stricter of both tables, and the milder one is told if it differs', (members) => {
    const [newer = 0, older = 0] = [NEWER[members - 1], OLDER[members - 1]];
    expect(requiredToFunction(members)).toBe(Math.max(newer, older));
    expect(milderRequirement(members)).toBe(newer === older ? null : Math.min(newer, older));
    expect(requiredForFirstStart(members)).toBe(FIRST_START[members - 1]);
  });

  it.each([0, 13, -1])('of %i is in no table', (members) => {
    expect([requiredToFunction(members), milderRequirement(members), requiredForFirstStart(members)]).toEqual([null, null, null]);
  });
});

const NOW_S = 100_000;

function factsWith(pool: PoolReading, services: readonly string[] = ['RTCSRV', 'RTCRGS']): Facts {
  return { ...factsOf(Object.fromEntries(services.map((name) => [name, {}])), second(NOW_S)), pool };
}

function poolOf(members: number, down: number, more: Partial<PoolFacts> = {}): PoolReading {
  return { known: true, value: { fqdn: 'pool01', members, othersInService: members - 1 - down, addresses: members, ...more } };
}

function checksOf(facts: Facts, overrides: readonly string[] = [], own: { held?: readonly string[] } = {}) {
  return runChecks(facts, { serviceNames: [...facts.statuses.keys()], hold: 'demand', overrides, ...own });
}

function resultsOf(facts: Facts): Readonly<Record<string, string>> {
  const ids = ['pool-members', 'first-start', 'upgrade-readiness', 'single-server', 'last-instance', 'dns-load-balancing'];
  return Object.fromEntries(
    checksOf(facts)
      .filter(({ id }) => ids.includes(id))
      .map(({ id, result }) => [id, result]),
  );
}

describe('preflight of a server that leaves a pool', () => {
  const cases = SIZES.flatMap((members) => Array.from({ length: members }, (_, down) => ({ members, down })));

  it.each(cases)('of $members with $down of the others down', ({ members, down }) => {
    const others = members - 1 - down;
    const required = Math.max(NEWER[members - 1] ?? 0, OLDER[members - 1] ?? 0);
    const results = resultsOf(factsWith(poolOf(members, down)));
    const expected = members === 1 || others > required ? 'pass' : others === required ? 'warn' : 'block';
    expect(results['pool-members']).toBe(expected);
    const isBelowStart = members > 1 && others + 1 < (FIRST_START[members - 1] ?? 0);
    expect(results['first-start']).toBe(isBelowStart ? 'warn' : undefined);
    expect(results['single-server']).toBe(members === 1 ? 'warn' : undefined);
    expect(results['last-instance']).toBe(others === 0 ? 'warn' : undefined);
    expect(results['dns-load-balancing']).toBe(members === 1 ? 'warn' : 'pass');
  });

  it('says both tables where they disagree, and which one is taken', () => {
    const found = checksOf(factsWith(poolOf(9, 4))).find(({ id }) => id === 'pool-members');
    if (found === undefined) throw new Error('no check');
    expect(createMessages('en').message(found.message)).toContain('Another table by Microsoft says 4; the stricter one is taken.');
    const agreed = checksOf(factsWith(poolOf(4, 2))).find(({ id }) => id === 'pool-members');
    if (agreed === undefined) throw new Error('no check');
    expect(createMessages('en').message(agreed.message)).not.toContain('Another table');
  });

  it('that is in no table is not said to stop when one more fails, and one of one not to have enough servers', () => {
    const told = (members: number, down: number) =>
      checksOf(factsWith(poolOf(members, down)))
        .filter(({ id }) => id === 'pool-members')
        .map(({ result, message }) => [result, createMessages('en').message(message)]);
    expect(told(14, 1)).toEqual([
      [
        'warn',
        'The pool pool01 has 14 servers, more than the published tables say a quorum for; 12 of the others are in service. Make sure that enough are left.',
      ],
    ]);
    expect(told(1, 0)).toEqual([['pass', 'This server is the whole pool pool01: there is no quorum to keep.']]);
    expect(told(3, 0)).toEqual([['warn', 'Only 2 other servers of the pool pool01 are in service. If one more fails, the pool stops.']]);
  });

  it('is blocked below the quorum, until that is overridden by name', () => {
    const facts = factsWith(poolOf(4, 2));
    expect(blockingChecks(checksOf(facts)).map(({ id }) => id)).toEqual(['pool-members']);
    expect(blockingChecks(checksOf(facts, ['pool-members']))).toEqual([]);
  });

  it('never passes what is not known', () => {
    const unseen = factsWith({ known: true, value: { fqdn: 'pool01', members: 4, othersInService: null, addresses: null } });
    const onlyName = factsWith({ known: true, value: { fqdn: 'pool01', members: null, othersInService: null, addresses: null } });
    const nothing = factsWith({ known: false, reason: 'cmdlet-denied' });
    for (const facts of [unseen, onlyName, nothing]) {
      expect(resultsOf(facts)).toEqual({ 'pool-members': 'unknown', 'dns-load-balancing': 'unknown' });
      expect(judgeRestart(facts, null).caveats.map(({ id }) => id)).toContain('caveat-pool-unknown');
    }
  });
});

/** Answers so many minutes ago: the first of those in a row, and the last. */
function answered(state: 'ready' | 'busy' | 'insufficient', firstMinutes: number, lastMinutes: number, times: number): PoolReadiness {
  return { state, since: second(NOW_S - firstMinutes * 60), askedAt: second(NOW_S - lastMinutes * 60), times };
}

/** Microsoft, "Upgrade or update Front End Servers": busy: ten minutes, three times; ready: 20 minutes more. */
const READINESS: readonly [string, PoolReadiness | undefined, string | undefined, string | undefined, number | undefined][] = [
  ['is not asked', undefined, undefined, undefined, undefined],
  ['said ready just now', answered('ready', 0, 0, 1), 'block', 'check-readiness-soon', 20],
  ['has said ready for 19 minutes', answered('ready', 19, 9, 2), 'block', 'check-readiness-soon', 1],
  ['has said ready for 20 minutes', answered('ready', 20, 0, 3), 'pass', 'check-readiness-pass', undefined],
  ['said busy just now', answered('busy', 0, 0, 1), 'block', 'check-readiness-busy', 10],
  ['said busy a second time, 4 minutes ago', answered('busy', 14, 4, 2), 'block', 'check-readiness-busy', 6],
  ['said busy three times', answered('busy', 20, 0, 3), 'block', 'check-readiness-stuck', undefined],
  ['has too few active Front Ends', answered('insufficient', 0, 0, 1), 'block', 'check-readiness-insufficient', undefined],
  ['may not be asked', { state: 'unknown', trouble: 'cmdlet-denied' }, 'unknown', 'check-readiness-unknown', undefined],
];

describe('a pool that', () => {
  it.each(READINESS)('%s', (...[, readiness, result, sentence, minutes]) => {
    const facts = factsWith(poolOf(4, 0, readiness === undefined ? {} : { readiness }));
    const found = checksOf(facts).find(({ id }) => id === 'upgrade-readiness');
    expect([found?.result, found?.message.id]).toEqual([result, sentence]);
    if (minutes !== undefined) {
      const passesAt = String(found?.message.params['passesAt']);
      expect((Date.parse(passesAt) - Date.parse(facts.now.at)) / 60_000).toBe(minutes);
    }
    const isBlocked = blockingChecks(checksOf(facts)).map(({ id }) => id);
    expect(isBlocked).toEqual(result === 'block' ? ['upgrade-readiness'] : []);
    expect(blockingChecks(checksOf(facts, ['upgrade-readiness']))).toEqual([]);
  });

  it('is busy because of our own run is not held against it, nor against a plan without the Front-End', () => {
    const busy = poolOf(4, 0, { readiness: answered('busy', 0, 0, 1) });
    expect(blockingChecks(checksOf(factsWith(busy), [], { held: ['RTCRGS'] }))).toEqual([]);
    expect(blockingChecks(checksOf(factsWith(busy, ['RTCRGS'])))).toEqual([]);
  });
});

describe('every combination of size, members down, readiness and DNS', () => {
  it('blocks for the quorum and for the readiness apart, and says DNS beside them', () => {
    for (const members of SIZES) {
      for (const down of Array.from({ length: members }, (_, index) => index)) {
        for (const [name, readiness, result] of READINESS) {
          for (const [addresses, dns] of [
            [null, 'unknown'],
            [1, 'warn'],
            [members + 1, 'pass'],
          ] as const) {
            const pool = poolOf(members, down, { addresses, ...(readiness !== undefined && { readiness }) });
            const results = resultsOf(factsWith(pool));
            expect([members, down, name, results['upgrade-readiness'], results['dns-load-balancing']]).toEqual([
              members,
              down,
              name,
              result,
              dns,
            ]);
            const isBelow = members > 1 && members - 1 - down < Math.max(NEWER[members - 1] ?? 0, OLDER[members - 1] ?? 0);
            expect(results['pool-members'] === 'block').toBe(isBelow);
          }
        }
      }
    }
  });
});

const IN_SERVICE: RemoteServices = { kind: 'read', states: { RTCMEDSRV: 'running', RTCSRV: 'running', RTCHA: 'stopped' } };

function reading(states: Extract<RemoteServices, { kind: 'read' }>['states']): RemoteServices {
  return { kind: 'read', states };
}

function silent(reason: Extract<RemoteServices, { kind: 'unknown' }>['reason']): RemoteServices {
  return { kind: 'unknown', reason, raw: null };
}

/** What another server says of itself: the check of it while nothing is done yet, and once the run has its claim. */
const OTHER: readonly [string, RemoteServices, string, string, string][] = [
  ['is in service', IN_SERVICE, 'pass', 'pass', 'fe02 is in service.'],
  ['has its Front-End paused', reading({ RTCSRV: 'paused' }), 'block', 'warn', '(RTCSRV: Paused)'],
  ['has its Front-End stopped', reading({ RTCSRV: 'stopped' }), 'block', 'warn', '(RTCSRV: Stopped)'],
  // After a restart it can sit there for an hour (events 32169, 32174); the next server goes only when none is stuck starting.
  ['has its Front-End starting', reading({ RTCSRV: 'start-pending' }), 'block', 'warn', '(RTCSRV: Starting)'],
  ['has its Front-End in other letters stopped', reading({ rtcsrv: 'stopped' }), 'block', 'warn', '(RTCSRV: Stopped)'],
  ['has paused what a drain pauses first', reading({ RTCMEDSRV: 'paused', RTCSRV: 'running' }), 'block', 'warn', '(RTCMEDSRV: Paused)'],
  ['is pausing it', reading({ RTCMEDSRV: 'pause-pending', RTCSRV: 'running' }), 'block', 'warn', '(RTCMEDSRV: Pausing)'],
  ['has a service stopped that is not in use', reading({ RTCRGS: 'stopped', RTCSRV: 'running' }), 'pass', 'pass', 'in service'],
  ['has infrastructure paused', reading({ RTCHA: 'paused', RTCSRV: 'running' }), 'pass', 'pass', 'in service'],
  ['has no Front-End', reading({ RTCMEDSRV: 'running' }), 'unknown', 'unknown', 'it has no Front-End service'],
  ['does not answer', silent('did-not-answer'), 'unknown', 'unknown', 'it did not answer in time'],
  ['cannot be reached', silent('unreachable'), 'unknown', 'unknown', 'Windows finds no way to its service control manager'],
  ['may not be read', silent('access-denied'), 'unknown', 'unknown', 'this account may not read its services'],
  ['cannot be asked', silent('failed'), 'unknown', 'unknown', 'Windows could not ask it'],
  ['was not asked yet', silent('not-read-yet'), 'unknown', 'unknown', 'it has not been asked yet'],
];

function withOthers(others: readonly OtherServer[], more: Partial<PoolFacts> = {}): PoolReading {
  return poolOf(others.length + 1, 0, { others, ...more });
}

describe('another server of the pool that', () => {
  it.each(OTHER)('%s', (...[, services, result, withClaim, words]) => {
    const pool = withOthers([
      { fqdn: 'fe02', services },
      { fqdn: 'fe03', services: IN_SERVICE },
    ]);
    const find = (serviceNames: readonly string[], hasClaim: boolean) =>
      runChecks(factsWith(pool), { serviceNames, hold: 'demand', overrides: [], hasClaim }).find(({ id }) => id === 'server:fe02');
    const found = find(['RTCSRV', 'RTCRGS'], false);
    if (found === undefined) throw new Error('no check');
    expect([found.result, found.override]).toEqual([result, result === 'block' ? 'go-on' : null]);
    expect(createMessages('en').message(found.message)).toContain(words);
    expect(find(['RTCSRV', 'RTCRGS'], true)?.result).toBe(withClaim);
    // A plan that leaves the Front-End in service takes no server out of the pool.
    expect(find(['RTCRGS'], false)?.result).toBe(withClaim);
  });

  it('is in maintenance blocks until that server is overridden by name', () => {
    const facts = factsWith(
      withOthers(
        ['fe02', 'fe03', 'fe04', 'fe05', 'fe06', 'fe07'].map((fqdn) => ({
          fqdn,
          services: fqdn < 'fe04' ? reading({ RTCSRV: 'paused' }) : IN_SERVICE,
        })),
      ),
    );
    const left = (...overrides: readonly string[]) => blockingChecks(checksOf(facts, overrides)).map(({ id }) => id);
    expect(left()).toEqual(['server:fe02', 'server:fe03']);
    expect(left('SERVER:FE02')).toEqual(['server:fe03']);
    expect(left('server:fe02', 'server:fe03')).toEqual([]);
  });
});

/** The same servers as they were told a week ago, while nobody tells them now. */
function keptOnly(others: readonly OtherServer[], pool: PoolReading): PoolReading {
  return { ...pool, kept: { fqdn: 'pool01', toldAt: '2026-11-16T02:00:00.000Z', others } };
}

const NOTHING_TOLD: readonly PoolReading[] = [
  { known: false, reason: 'not-read-yet' },
  { known: false, reason: 'cmdlet-denied' },
  { known: true, value: { fqdn: 'pool01', members: null, othersInService: null, addresses: null, membersTrouble: 'cmdlet-missing' } },
  { known: true, value: { fqdn: 'pool01', members: null, othersInService: null, addresses: 4, membersTrouble: 'did-not-answer' } },
];
/** What a check of the pool says, beside those of single servers. */
function poolResults(facts: Facts): Readonly<Record<string, string>> {
  return Object.fromEntries(
    checksOf(facts)
      .filter(({ id }) => !id.startsWith('server:'))
      .map(({ id, result }) => [id, result]),
  );
}

describe('another server of the pool that is overridden before it blocks', () => {
  const checksWith = (serviceNames: readonly string[], overrides: readonly string[], hasClaim = false) =>
    runChecks(
      factsWith(
        withOthers([
          { fqdn: 'fe02', services: IN_SERVICE },
          { fqdn: 'fe03', services: silent('did-not-answer') },
        ]),
      ),
      {
        ...{ serviceNames, hold: 'demand', overrides, hasClaim },
      },
    ).flatMap(({ id, result, override, overridden }) => (id.startsWith('server:') ? [[id, result, override, overridden]] : []));

  it('is overridden for what it may be after the first pause, and is in service or unknown now', () => {
    expect(checksWith(['RTCSRV'], ['SERVER:fe02', 'server:fe03'])).toEqual([
      ['server:fe02', 'pass', 'go-on', true],
      ['server:fe03', 'unknown', 'go-on', true],
    ]);
  });

  it('offers that to nobody who did not ask for it', () => {
    const untouched = [
      ['server:fe02', 'pass', null, false],
      ['server:fe03', 'unknown', null, false],
    ];
    expect(checksWith(['RTCSRV'], [])).toEqual(untouched);
    // Where it never blocks, there is nothing to override.
    expect(checksWith(['RTCRGS'], ['server:fe02'])).toEqual(untouched);
    expect(checksWith(['RTCSRV'], ['server:fe02'], true)).toEqual(untouched);
  });
});

describe('servers of the pool that were told earlier', () => {
  // The standing of three others: every combination of four.
  const states = [IN_SERVICE, reading({ RTCSRV: 'paused' }), reading({ RTCSRV: 'stopped' }), silent('did-not-answer')];
  const combinations = states.flatMap((one) => states.flatMap((two) => states.map((three) => [one, two, three])));

  it('may add checks of single servers, and change no other check and no verdict', () => {
    for (const untold of NOTHING_TOLD) {
      const without = factsWith(untold);
      for (const combination of combinations) {
        const others = combination.map((services, place) => ({ fqdn: `fe0${place + 2}`, services }));
        const withKept = factsWith(keptOnly(others, untold));
        expect(poolResults(withKept)).toEqual(poolResults(without));
        expect(poolResults(withKept)['pool-members']).toBe('unknown');
        const [verdict, before] = [judgeRestart(withKept, null), judgeRestart(without, null)];
        expect([verdict.kind, verdict.reasons, verdict.caveats]).toEqual([before.kind, before.reasons, before.caveats]);
        const added = checksOf(withKept).filter(({ id }) => id.startsWith('server:'));
        expect(added.map(({ result }) => result)).toEqual(
          combination.map((services) => (services === IN_SERVICE ? 'pass' : services.kind === 'unknown' ? 'unknown' : 'block')),
        );
      }
    }
  });

  it('block while one of them is in maintenance, until that one is overridden by name', () => {
    const others = ['fe02', 'fe03'].map((fqdn) => ({ fqdn, services: fqdn === 'fe03' ? reading({ RTCSRV: 'paused' }) : IN_SERVICE }));
    const facts = factsWith(keptOnly(others, { known: false, reason: 'not-read-yet' }));
    expect(blockingChecks(checksOf(facts)).map(({ id }) => id)).toEqual(['server:fe03']);
    expect(blockingChecks(checksOf(facts, ['server:fe03']))).toEqual([]);
  });

  it.each(['en', 'zh-CN'] as const)('are said with the time at which they were told, in %s', (language) => {
    const others = [
      { fqdn: 'fe02', services: IN_SERVICE },
      { fqdn: 'fe03', services: reading({ RTCSRV: 'paused' }) },
      { fqdn: 'fe04', services: silent('unreachable') },
    ];
    const said = checksOf(factsWith(keptOnly(others, { known: false, reason: 'not-read-yet' }))).flatMap(({ id, message: text }) =>
      id === 'pool-members' || id.startsWith('server:') ? [createMessages(language).message(text)] : [],
    );
    const at = formatTime('2026-11-16T02:00:00.000Z', null);
    expect(said.map((sentence) => sentence.includes(at))).toEqual([true, false, true, true]);
    if (language === 'en') expect(said[0]).toContain(`The 3 other servers that the Lync cmdlets told at ${at} are looked at`);
  });

  it('are said without it as soon as they are told now', () => {
    const text = checksOf(factsWith(withOthers([{ fqdn: 'fe02', services: reading({ RTCSRV: 'paused' }) }])))
      .map(({ message: one }) => createMessages('en').message(one))
      .join(' ');
    expect(text).not.toContain('cmdlets told');
  });
});

describe('how many others are in service', () => {
  const seen = (down: number, quiet: number): readonly OtherServer[] =>
    [2, 3, 4].map((place, index) => ({
      fqdn: `fe0${place}`,
      services: index < down ? reading({ RTCSRV: 'stopped' }) : index < down + quiet ? silent('did-not-answer') : IN_SERVICE,
    }));

  it.each([
    // By the cmdlets, how many of the three others are down, how many are silent, and the check of a pool of four, which needs two.
    [null, 0, 0, 'pass'],
    [null, 1, 0, 'warn'],
    [null, 2, 0, 'block'],
    [null, 0, 1, 'unknown'],
    [null, 2, 1, 'unknown'],
    [3, 0, 0, 'pass'],
    [3, 1, 0, 'warn'],
    [3, 2, 0, 'block'],
    [3, 0, 3, 'pass'],
    [2, 0, 0, 'warn'],
    [1, 0, 3, 'block'],
    [1, 3, 0, 'block'],
  ])('is by %j of the cmdlets, %i that are down and %i that are silent: %s', (told, down, quiet, result) => {
    const facts = factsWith(withOthers(seen(down, quiet), { othersInService: told }));
    expect(checksOf(facts).find(({ id }) => id === 'pool-members')?.result).toBe(result);
    const reasons = judgeRestart(facts, null).reasons.map(({ id }) => id);
    expect(reasons.includes('pool-quorum')).toBe(result === 'block');
  });
});

/**
 * What preflight says, in words: size, others down, more that is known, and the sentences, those that pass included. The numbers are
 * those of the tables above (Microsoft, "Planning for Front End pools"; the management pack; "Upgrade or update Front End Servers");
 * what DNS load balancing is for, and what happens to the last instance, says Microsoft in "Prevent new connections to Lync Server 2013".
 */
const SENTENCES: readonly [number, number, Partial<PoolFacts>, readonly string[]][] = [
  [4, 0, {}, ['The pool pool01 has enough servers in service: 3 of the other servers, 4 in all.', 'DNS load balancing (4 addresses)']],
  [4, 1, {}, ['Only 2 other servers of the pool pool01 are in service. If one more fails, the pool stops.']],
  [2, 0, {}, ['Only 1 other server of the pool pool01 is in service.']],
  [4, 2, {}, ['needs 2 servers in service besides this one, but has 1. Without this server it would stop for everybody.']],
  [9, 4, {}, ['needs 5 servers in service besides this one, but has 4.', 'Another table by Microsoft says 4; the stricter one is taken.']],
  [3, 1, {}, ['would have 2 servers with this one. If it stops as a whole, it does not start again before 3 run.']],
  [2, 1, {}, ['No other server of the pool is in service that could take new calls of RTCRGS: while they drain, new calls are declined.']],
  [1, 0, { addresses: 1 }, ['This is the only server of its pool. While the Front-End is paused, its users cannot sign in.']],
  [
    4,
    0,
    { addresses: 1 },
    [
      'Conferencing Attendant, Conferencing Announcement, Response Group, Announcement and Call Park rely on it: calls of RTCRGS may be cut',
    ],
  ],
  [
    4,
    0,
    { addresses: null, dnsTrouble: 'dns-did-not-answer' },
    ['Whether the pool uses DNS load balancing is not known: DNS did not answer in time.'],
  ],
  [
    4,
    0,
    { othersInService: null, membersTrouble: 'cmdlet-denied' },
    ['It is not known how many of the others are in service: this account may not'],
  ],
  [4, 0, { readiness: answered('ready', 5, 0, 1) }, ['Microsoft has people wait 20 minutes more. This check passes at']],
  [4, 0, { readiness: answered('busy', 0, 0, 1) }, ['it still moves users or data (seen once). It is asked again at']],
  [4, 0, { readiness: answered('busy', 20, 0, 3) }, ['that it is busy (3 times, ten minutes apart). Something is wrong with it']],
];

describe('the words of preflight', () => {
  it.each(SENTENCES)('of a pool of %i with %i of the others down and %j', (...[members, down, more, sentences]) => {
    const said = checksOf(factsWith(poolOf(members, down, more)))
      .map(({ message: text }) => createMessages('en').message(text))
      .join('\n');
    for (const sentence of sentences) expect(said).toContain(sentence);
  });
});
