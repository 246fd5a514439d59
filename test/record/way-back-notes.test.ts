import { describe, expect, it } from 'vitest';

import type { EntryDraft, Kept, RecordedService } from '../../electron/contract/run.js';
import { fold, ANN, AUTO_DELAYED, instant, MANUAL, OPENING, ordered, original, placed } from '../harness/record/entries.js';

const RESUME = ordered({ command: 'resume', services: ['RTCMEDSRV'] });
const AUTO = { startType: 'auto', delayed: false } as const;
const INTENDED_PAUSE: EntryDraft = { type: 'intended', serviceName: 'RTCMEDSRV', change: { kind: 'pause' } };
const SET_MANUAL: EntryDraft = {
  type: 'intended',
  serviceName: 'RTCMEDSRV',
  change: { kind: 'set-start', from: AUTO_DELAYED, to: MANUAL },
};
const RESTORED: EntryDraft = { type: 'changed', serviceName: 'RTCMEDSRV', change: 'restore-start' };

function serviceAfter(...drafts: readonly EntryDraft[]): RecordedService {
  return fold(placed(OPENING, ordered(), original('RTCMEDSRV'), ...drafts))!.services.get('RTCMEDSRV')!;
}

function failedPause(id: 'request-timeout' | 'access-denied' | 'pending-too-long'): EntryDraft {
  return { type: 'failed', serviceName: 'RTCMEDSRV', change: 'pause', problem: { id, params: { serviceName: 'RTCMEDSRV' } } };
}

describe('a pause whose effect was never seen', () => {
  it('is known from its order on, and by when it was given', () => {
    expect(serviceAfter(INTENDED_PAUSE).unseenPauseUpMs).toBe(instant(4).upMs);
    expect(serviceAfter(INTENDED_PAUSE, failedPause('request-timeout')).unseenPauseUpMs).toBe(instant(4).upMs);
    expect(serviceAfter(INTENDED_PAUSE, failedPause('pending-too-long')).unseenPauseUpMs).toBe(instant(4).upMs);
  });

  it.each<[string, EntryDraft]>([
    ['was seen', { type: 'changed', serviceName: 'RTCMEDSRV', change: 'pause' }],
    ['was refused', failedPause('access-denied')],
    ['was undone', { type: 'changed', serviceName: 'RTCMEDSRV', change: 'continue' }],
    ['ended with the process', { type: 'changed', serviceName: 'RTCMEDSRV', change: 'start' }],
    ['ended with Windows', { type: 'restarted', bootedAt: '2026-11-23T03:07:00.000Z', running: [] }],
  ])('is not to come any more once it %s', (_, entry) => {
    expect(serviceAfter(INTENDED_PAUSE, entry).unseenPauseUpMs).toBeNull();
  });

  it('stays to come under a further order', () => {
    expect(serviceAfter(INTENDED_PAUSE, RESUME).unseenPauseUpMs).not.toBeNull();
  });
});

describe('a service that came back', () => {
  const returned: EntryDraft = { type: 'returned', serviceName: 'RTCMEDSRV', how: 'restored' };

  it('is not back any more once it is changed again', () => {
    expect(serviceAfter(RESUME, returned, { type: 'intended', serviceName: 'RTCMEDSRV', change: { kind: 'start' } }).returned).toBeNull();
  });

  it('with its start type only, as earlier versions wrote, is still to be started by a further order', () => {
    const startTypeOnly: EntryDraft = { type: 'returned', serviceName: 'RTCMEDSRV', how: 'start-type-only' };
    expect(serviceAfter(RESUME, startTypeOnly).returned).toBe('start-type-only');
    expect(serviceAfter(RESUME, startTypeOnly, RESUME).returned).toBeNull();
  });
});

describe('the original start type', () => {
  it('follows what another person sets after the way back has restored it', () => {
    const service = serviceAfter(SET_MANUAL, RESUME, RESTORED, ordered(), original('RTCMEDSRV', { start: AUTO }));
    expect(service.original.start).toEqual(AUTO);
    expect(service.firstStart).toEqual(AUTO_DELAYED);
  });

  it('is held again as soon as the run sets one again', () => {
    const service = serviceAfter(SET_MANUAL, RESUME, RESTORED, ordered(), SET_MANUAL, original('RTCMEDSRV', { start: AUTO }));
    expect(service.original.start).toEqual(AUTO_DELAYED);
    expect(service.restoreStart).toEqual({ kind: 'none' });
  });
});

describe('a difference that was kept', () => {
  it('stays kept under further orders, while the choice does not', () => {
    const kept = { state: null, start: AUTO };
    const service = serviceAfter(RESUME, { type: 'choice', by: ANN, serviceName: 'RTCMEDSRV', choice: 'keep', kept }, RESUME);
    expect(service).toMatchObject({ choice: null, kept });
  });

  it('stays kept where another one is kept later', () => {
    const choice = (kept: Kept): EntryDraft => ({ type: 'choice', by: ANN, serviceName: 'RTCMEDSRV', choice: 'keep', kept });
    const service = serviceAfter(RESUME, choice({ state: null, start: AUTO }), RESUME, choice({ state: 'stopped', start: null }));
    expect(service.kept).toEqual({ state: 'stopped', start: AUTO });
  });
});
