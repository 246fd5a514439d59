import { describe, expect, it } from 'vitest';

import { announcementOf } from '../../electron/apps/tray/announcement.js';
import { APP_EVENT_KINDS, LANGUAGES, type AppEvent } from '../../electron/contract/app-snapshot.js';
import { problem } from '../../electron/contract/problem.js';
import { createSpeech } from '../../electron/core/language/speech.js';
import { NOON } from '../fakes/checklists.js';

const EN = createSpeech('en');

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

  it.each(LANGUAGES)('has words for every alarm (%s)', (language) => {
    for (const kind of APP_EVENT_KINDS) {
      expect(announcementOf(event(kind, 'failure'), createSpeech(language), 'so it is')?.title, kind).toBeTruthy();
    }
  });
});
