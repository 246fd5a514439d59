import { describe, expect, it } from 'vitest';

import { announcementOf } from '../../electron/apps/tray/announcement.js';
import { APP_EVENT_KINDS, type AppEvent } from '../../electron/contract/app-snapshot.js';
import { problem } from '../../electron/contract/problem.js';
import { LANGUAGES } from '../../electron/contract/settings.js';
import { createMessages } from '../../electron/core/language/messages.js';
import { NOON } from '../harness/fakes/checklists.js';

const EN = createMessages('en');

function event(kind: AppEvent['kind'], level: AppEvent['level'], parts: Partial<AppEvent> = {}): AppEvent {
  return { id: 1, at: NOON, kind, level, params: {}, problem: null, ...parts };
}

describe('a balloon', () => {
  it('tells what was waited for, and how the server is', () => {
    const told = announcementOf(event('ready', 'info'), EN, 'Ready: all sessions have ended.');
    expect(told).toEqual({ title: 'The planned services are quiet.', body: 'Ready: all sessions have ended.' });
  });

  it('tells what went wrong, and what to do', () => {
    const told = announcementOf(
      event('outside-change', 'attention', {
        params: { serviceName: 'RTCSRV' },
        problem: problem('resumed-from-outside', { serviceName: 'RTCSRV' }),
      }),
      EN,
      '',
    );
    expect(told?.title).toBe('RTCSRV was changed from outside.');
    expect(told?.body).toMatch(/^Somebody resumed RTCSRV .* Find out who and why\./);
  });

  it.each(['step-done', 'run-opened', 'restarted', 'lock-taken-over', 'tray-restored'] as const)(
    'does not tell of %s, which is only listed',
    (kind) => {
      expect(announcementOf(event(kind, 'info'), EN, '')).toBeNull();
    },
  );

  /** The longest that Lync's services and a long maintenance put into the places. */
  const LONG_PARAMS = {
    ...{ serviceName: 'RTCXMPPTGW', step: 'restore-start-type', user: 'CONTOSO\\administrator', from: '2001:db8:85a3::8a2e:370:7334' },
    ...{ before: 1234, after: 12345, count: 1234, minutes: 1440, hours: 1000, seconds: 30, accepted: 'some' },
  };

  const ONLY_LISTED: readonly AppEvent['kind'][] = ['session-end-seen', 'lock-taken-over', 'step-done'];

  it.each(LANGUAGES)('has a title that Windows shows whole, for every event (%s)', (language) => {
    for (const kind of APP_EVENT_KINDS.filter((one) => !ONLY_LISTED.includes(one))) {
      for (const step of ['pause', 'manual', 'continue', 'start', 'restore-start-type']) {
        const told = announcementOf(event(kind, 'failure', { params: { ...LONG_PARAMS, step } }), createMessages(language), '')!;
        expect(told.title, kind).not.toContain('…');
        expect(told.title.length, kind).toBeLessThanOrEqual(63);
      }
    }
  });

  it('says below a shorter title what the list says', () => {
    const params = { serviceName: 'RTCXMPPTGW', before: 12, after: 13, from: '192.0.2.7' };
    expect(announcementOf(event('leak', 'attention', { params }), EN, 'Pausing.')).toEqual({
      title: 'New work reached RTCXMPPTGW although it is paused.',
      body: 'New work reached RTCXMPPTGW although it is paused: 12 became 13 (from 192.0.2.7). Pausing.',
    });
  });

  it.each([...Array(8).keys()])('cuts a name that is too long at a character, and says it whole below (%i before it)', (before) => {
    const serviceName = `${'x'.repeat(before)}${'𠮷'.repeat(100)}`;
    const told = announcementOf(event('outside-change', 'attention', { params: { serviceName } }), EN, 'standing '.repeat(40))!;
    expect([told.title.length <= 63, told.body.length <= 255]).toEqual([true, true]);
    // Half a letter alone is of the category Cs.
    expect(`${told.title} ${told.body}`).not.toMatch(/\p{Cs}/u);
    expect(told.title).toMatch(/𠮷…$/u);
    expect(told.body.startsWith(`${serviceName} was changed`)).toBe(true);
  });

  it.each(LANGUAGES)('has words for every alarm (%s)', (language) => {
    for (const kind of APP_EVENT_KINDS) {
      expect(announcementOf(event(kind, 'failure'), createMessages(language), 'so it is')?.title, kind).toBeTruthy();
    }
  });
});
