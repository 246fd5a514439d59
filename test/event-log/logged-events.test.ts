import { readFileSync } from 'node:fs';

import { describe, expect, it } from 'vitest';

import { LOGGED_EVENTS } from '../../electron/contract/logged-event.js';
import type { EntryDraft } from '../../electron/contract/run.js';
import { eventsOfEntries } from '../../electron/core/maintenance/logged-events.js';
import { ANN, OPENING, ordered, RUN_ID, sampled, WHOLE_RUN } from '../harness/record/entries.js';
import { tableRows } from '../harness/rules/documents.js';

const MESSAGES = 'native/event-reporter/lync-drain-events.mc';
const SEVERITIES = { information: 'Informational', warning: 'Warning', error: 'Error' } as const;

/** Each message of the file: its head, and its text by language. */
function readMessages() {
  const [, ...parts] = readFileSync(MESSAGES, 'utf8').split(/^MessageId=/m);
  return parts.map((part) => {
    const head = /^(\d+)\nSeverity=(\w+)\nFacility=Application\nSymbolicName=EVENT_(\w+)\n/.exec(part);
    const texts = [...part.matchAll(/^Language=(\w+)\n([\s\S]+?)\n\.$/gm)].map(([, language, text]) => [language, text] as const);
    return { id: Number(head?.[1]), severity: head?.[2], name: head?.[3]?.toLowerCase(), texts: new Map(texts) };
  });
}

function insertsIn(text: string): readonly number[] {
  return [...new Set([...text.matchAll(/%(\d)/g)].map(([, number]) => Number(number)))].sort();
}

function written(...entries: readonly EntryDraft[]): readonly string[] {
  return eventsOfEntries(RUN_ID, entries).map(({ name, inserts }) => [name, ...inserts.slice(1)].join(' '));
}

describe('the events of a run', () => {
  it('are those of what was just written to its record, and of nothing else', () => {
    expect(written(OPENING, ordered())).toEqual(['opened drain CONTOSO\\ann']);
    expect(WHOLE_RUN.slice(2).flatMap((entry) => written(entry))).toEqual([
      'leaked RTCMEDSRV 3 4 10.0.0.7',
      'stalled RTCMEDSRV 4 10',
      'ready',
      'confirmed CONTOSO\\ann services 0',
      'withdrawn LD-5003',
      'yielded fe02.contoso.com',
      'returned CONTOSO\\ann',
    ]);
    expect(written(sampled({ RTCMEDSRV: 0 }), ordered({ command: 'resume' }))).toEqual([]);
  });

  it('say that the server is safe to restart only if that was proved or accepted with the services', () => {
    expect(written({ type: 'quiet', heldMs: 60_000, samples: 13, safeToRestart: true })).toEqual(['ready', 'safe']);
  });

  it('say scope and accepted cut of a sign-off', () => {
    expect(written({ type: 'confirmed', by: ANN, note: null, scope: 'server', cut: 3 })).toEqual(['confirmed CONTOSO\\ann server 3']);
  });

  it('say what was lost as far as it is known', () => {
    const lost = { type: 'lost', serviceName: 'RTCRGS', how: 'ended', count: 9 } as const;
    expect(written({ ...lost, certainty: 'at-least' })).toEqual(['lost RTCRGS 9 at-least']);
    expect(written({ ...lost, count: 0, certainty: 'unknown' })).toEqual(['lost RTCRGS - unknown']);
    expect(written({ type: 'leaked', serviceName: 'RTCRGS', before: 0, after: 1, from: null })).toEqual(['leaked RTCRGS 0 1 -']);
  });
});

describe('the texts of the events', () => {
  const messages = readMessages();

  it('are there for each event with its number and level, and for no other', () => {
    expect(messages.map(({ id, severity, name }) => [name, id, severity])).toEqual(
      Object.entries(LOGGED_EVENTS).map(([name, { id, level }]) => [name, id, SEVERITIES[level]]),
    );
  });

  it.each(messages)('are in both languages with every insert of $name', ({ name, texts }) => {
    expect([...texts.keys()]).toEqual(['English', 'Chinese']);
    const inserts = LOGGED_EVENTS[name as keyof typeof LOGGED_EVENTS].inserts.map((_, index) => index + 1);
    for (const text of texts.values()) expect([text, insertsIn(text!)]).toEqual([text, inserts]);
  });
});

describe('docs/event-log.md', () => {
  it('has one row for each event: number, name, level and inserts', () => {
    const rows = tableRows(readFileSync('docs/event-log.md', 'utf8')).filter(([id]) => /^\d+$/.test(id ?? ''));
    expect(rows.map(([id, name, level, , inserts]) => [Number(id), name, level, inserts])).toEqual(
      Object.entries(LOGGED_EVENTS).map(([name, { id, level, inserts }]) => [id, name, level, inserts.join(', ')]),
    );
  });
});
