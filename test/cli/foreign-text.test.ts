import { describe, expect, it } from 'vitest';

import { guardedOutput } from '../../electron/apps/cli/guarded-output.js';
import type { Checklist } from '../../electron/contract/checklist.js';
import { problem } from '../../electron/contract/problem.js';
import type { ReadRun } from '../../electron/contract/read-run.js';
import type { EntryDraft } from '../../electron/contract/run.js';
import type { EngineEvent } from '../../electron/engine/engine.js';
import { Stage } from '../harness/cli/stage.js';
import { checklist, drainingRow, NOON, row, run } from '../harness/fakes/checklists.js';
import { fold, placed, RUN_ID, WHOLE_RUN } from '../harness/record/entries.js';

/**
 * Sets the window's title, clears the screen, colours, turns the text round (old and new controls), sends a C1 sequence,
 * begins lines of its own.
 */
const EVIL = 'X\u001b]0;owned\u0007\u001b[2J\u001b[31m\u202e1\u2066\u061c\u200f\u009b31m\u2028\r\nLD-0000\u0085\u{e0041}Y';
const EVIL_COMPUTER = { name: EVIL, bootedAt: NOON, bootId: null, source: 'simulated', elevated: true, user: EVIL } as const;
const EVIL_ACTOR = { user: EVIL, face: 'cli', processId: 7 } as const;

/** The same value with every text that is no word of ours replaced. */
function poisoned<T>(value: T): T {
  const OWN_WORDS = /^(?:[a-z-]+|\d{4}-.*Z|)$/;
  const visit = (one: unknown, key: string): unknown => {
    if (typeof one === 'string') return OWN_WORDS.test(one) || key === 'hash' || key === 'runId' ? one : EVIL;
    if (Array.isArray(one)) return one.map((item) => visit(item, key));
    if (typeof one !== 'object' || one === null) return one;
    return Object.fromEntries(
      Object.entries(one).map(([name, item]) => [name === 'RTCMEDSRV' || name === 'RTCSRV' ? EVIL : name, visit(item, name)]),
    );
  };
  return visit(value, '') as T;
}

const EVIL_LIST: Checklist = checklist({
  computer: EVIL_COMPUTER,
  run: run({
    reason: EVIL,
    openedBy: EVIL_ACTOR,
    confirmed: { at: NOON, by: EVIL_ACTOR, note: EVIL, scope: 'server', cut: 0 },
    restart: { bootedAt: NOON, running: [EVIL] },
  }),
  services: [drainingRow(EVIL, { displayName: EVIL, problem: problem('stalled', { serviceName: EVIL, count: 3, minutes: 4 }) }), row(EVIL)],
  blockers: [{ id: 'blocks-missing', params: { serviceName: EVIL } }],
  checks: [
    { id: EVIL, result: 'unknown', message: { id: 'check-dns-warn', params: { services: EVIL } }, override: 'go-on', overridden: false },
  ],
  rebootPreview: [
    { serviceName: EVIL, wouldRun: true, because: { id: 'reboot-started-by-dependent', params: { serviceName: EVIL, dependent: EVIL } } },
  ],
});

const AT = { at: NOON, upMs: 0 };
const EVENTS: readonly EngineEvent[] = [
  { type: 'lock-taken-over', from: { ...EVIL_ACTOR, computer: EVIL, command: EVIL, since: NOON }, ...AT },
  { type: 'run', runId: EVIL, opened: true, undoCardPath: EVIL, ...AT },
  { type: 'step', serviceName: EVIL, step: 'pause', state: 'doing', problem: null, ...AT },
  {
    type: 'step',
    serviceName: EVIL,
    step: 'pause',
    state: 'failed',
    problem: problem('access-denied', { win32: 5, operation: EVIL, serviceName: EVIL }),
    ...AT,
  },
  { type: 'step', serviceName: EVIL, step: 'manual', state: 'done', problem: null, ...AT },
  { type: 'leak', serviceName: EVIL, before: 1, after: 2, from: EVIL, ...AT },
  { type: 'stalled', serviceName: EVIL, count: 3, sinceMs: 600_000, ...AT },
  {
    type: 'outside-change',
    serviceName: EVIL,
    problem: problem('start-type-changed-outside', { serviceName: EVIL, ours: EVIL, now: EVIL }),
    ...AT,
  },
  { type: 'sessions', checklist: EVIL_LIST, ...AT },
];

function evilRecord(): ReadRun {
  const entries = placed(...WHOLE_RUN.map((draft): EntryDraft => poisoned(draft)));
  return {
    runId: RUN_ID,
    path: EVIL,
    run: fold(entries),
    entries,
    entryCount: entries.length,
    entriesAfter: () => [],
    damage: problem('record-damaged', { path: EVIL, line: 9 }),
  };
}

/** What is typed, `EVIL` standing for the text itself: names of tests are printed too. */
const COMMANDS: readonly (readonly string[])[] = [
  ['status', '-v'],
  ['services'],
  ['plan'],
  ['drain', '--reason', 'EVIL'],
  ['drain', '--verbose'],
  ['resume', 'EVIL'],
  ['report'],
  ['report', '--format', 'html'],
  ['report', '--format', 'json'],
  ['report', 'EVIL'],
  ['history'],
  ['doctor'],
  ['status', '--json'],
  ['drain', '--json'],
  ['explain', 'EVIL'],
  ['EVIL'],
  ['drain', '--timeout', 'EVIL'],
  ['drain', '--EVIL'],
];

/** Everything that a terminal does not simply show, but for the end of a line. */
const CONTROL = /[^\P{C}\n]|[\u2028\u2029]/u;

function asMeant(word: string): string {
  return word.replace('EVIL', () => EVIL);
}

function stage(): Stage {
  const made = new Stage();
  made.engine.checklist = EVIL_LIST;
  made.engine.planned = { steps: [{ serviceName: EVIL, step: 'pause', from: EVIL, to: EVIL }] };
  made.engine.events = EVENTS;
  made.engine.result = { outcome: 'failed', problem: problem('conflict', { serviceName: EVIL, original: EVIL, ours: EVIL, now: EVIL }) };
  made.runs = [evilRecord()];
  return made;
}

describe.each(['en', 'zh-CN'])('text from outside that would drive the terminal (%s)', (language) => {
  it.each(COMMANDS.map((typed) => [typed]))('never does so where nothing is drawn: %j', async (typed) => {
    const { out, err } = await stage().run(...typed.map(asMeant), '--lang', language);
    expect((out + err).length).toBeGreaterThan(0);
    expect(CONTROL.exec(out + err)).toBeNull();
  });

  it.each(COMMANDS.map((typed) => [typed]))('never does so on a terminal: %j', async (typed) => {
    const drawn = stage();
    drawn.isTerminal = true;
    const { out, err } = await drawn.run(...typed.map(asMeant), '--lang', language, '--no-color');
    const withoutOurs = (out + err).replace(/\u001b\[(?:K|0J|\d+A\r)/g, '');
    expect(CONTROL.exec(withoutOurs)).toBeNull();
  });
});

describe('the last gate before a stream', () => {
  function written(isTerminal: boolean, text: string): string {
    const kept: string[] = [];
    guardedOutput({ write: (some) => void kept.push(some), isTerminal, columns: 80, failure: null }).write(text);
    return kept.join('');
  }

  it('lets our own colours and lines through on a terminal, and nothing else', () => {
    const ours = '\u001b[2A\r\u001b[31mred\u001b[39m\u001b[K\n\u001b[0J';
    expect(written(true, ours)).toBe(ours);
    expect(written(true, 'a\u001b[2Jb\u001b]0;t\u0007c\rd\u202ee')).toBe('a [2Jb ]0;t c d e');
  });

  it('lets not even those through elsewhere', () => {
    expect(written(false, '\u001b[31mred\u001b[39m\n')).toBe(' [31mred [39m\n');
  });
});
