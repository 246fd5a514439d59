import { describe, expect, it } from 'vitest';

import type { Activity } from '../../electron/contract/app-snapshot.js';
import type { Checklist, LostSessions, RunSummary } from '../../electron/contract/checklist.js';
import { message } from '../../electron/contract/message.js';
import { problem } from '../../electron/contract/problem.js';
import { LANGUAGES } from '../../electron/contract/settings.js';
import { createMessages } from '../../electron/core/language/messages.js';
import { trayTextsOf } from '../../electron/core/language/tray-texts.js';
import { trayView, TRAY_TEXT_IDS, type TrayMenuItem, type TrayTextId } from '../../electron/core/maintenance/tray-view.js';
import { checklist, counted, drainingRow, NOON, pausedRow, row, run, SAFE, signedOff } from '../harness/fakes/checklists.js';

const IDLE: Activity = { kind: 'idle' };
const WORKING: Activity = { kind: 'working', command: 'drain', startedAt: NOON, services: [] };

function shown(list: Checklist, activity = IDLE): readonly [string, string] {
  const { shape, tooltip } = trayView(list, null, activity);
  return [shape, 'id' in tooltip ? tooltip.id : tooltip.name];
}

function item(items: readonly TrayMenuItem[], id: TrayTextId): Exclude<TrayMenuItem, { kind: 'separator' | 'heading' }> | undefined {
  for (const one of items) {
    if (one.kind !== 'action' && one.kind !== 'submenu') continue;
    if ('id' in one.text && one.text.id === id) return one;
  }
  return undefined;
}

const draining = (parts: Partial<Checklist> = {}): Checklist =>
  checklist({
    run: run(),
    services: [drainingRow('RTCMEDSRV'), drainingRow('RTCSRV')],
    quiet: { kind: 'busy', sessions: 4, unknown: [] },
    ...parts,
  });

const LOSS: LostSessions = { serviceName: 'RTCMEDSRV', at: NOON, how: 'ended', count: 9, certainty: 'exact' };
const FAILED_OVER = row('RTCSRV', { state: 'stopped', startType: 'disabled', processId: 0, sessions: counted(0) });

function partlyPaused(open: RunSummary): Checklist {
  return draining({ run: open, quiet: { kind: 'not-draining' }, services: [drainingRow('RTCMEDSRV'), row('RTCSRV')] });
}

describe('the tray icon', () => {
  it.each<readonly [string, Checklist, Activity, readonly [string, string]]>([
    ['all services take calls', checklist(), IDLE, ['in-service', 'state-in-service']],
    [
      'nobody may control services',
      checklist({ computer: { ...checklist().computer, elevated: false } }),
      IDLE,
      ['unknown', 'state-no-rights'],
    ],
    ['there is no Lync service', checklist({ services: [] }), IDLE, ['unknown', 'state-no-services']],
    [
      'somebody paused one by hand',
      checklist({ services: [row('RTCSRV', { state: 'paused' })] }),
      IDLE,
      ['draining', 'state-paused-outside'],
    ],
    [
      'an automatic service is stopped',
      checklist({ services: [row('RTCSRV', { state: 'stopped' })] }),
      IDLE,
      ['attention', 'state-not-running'],
    ],
    [
      'a manual service is stopped, as it should be',
      checklist({ services: [row('RTCSRV'), row('RTCATS', { state: 'stopped', startType: 'demand' })] }),
      IDLE,
      ['in-service', 'state-in-service'],
    ],
    [
      'Windows has just started and a delayed service has not',
      checklist({
        now: { at: NOON, upMs: 60_000 },
        services: [row('RTCSRV'), row('RTCATS', { state: 'stopped', startType: 'auto-delayed' })],
      }),
      IDLE,
      ['in-service', 'state-in-service'],
    ],
    [
      'a delayed service is still stopped an hour after the start of Windows',
      checklist({ services: [row('RTCATS', { state: 'stopped', startType: 'auto-delayed' })] }),
      IDLE,
      ['attention', 'state-not-running'],
    ],
    ['changes are being made', draining(), WORKING, ['draining', 'state-changing']],
    ['sessions are left', draining(), IDLE, ['draining', 'state-draining']],
    [
      'a count is unknown',
      draining({ quiet: { kind: 'busy', sessions: 0, unknown: ['RTCSRV'] } }),
      IDLE,
      ['draining', 'state-draining-unknown'],
    ],
    [
      'the hold time runs',
      draining({ quiet: { kind: 'holding', heldMs: 20_000, holdTimeMs: 60_000 } }),
      IDLE,
      ['draining', 'state-holding'],
    ],
    [
      'a service failed',
      draining({
        services: [
          drainingRow('RTCSRV', {
            problem: problem('request-timeout', { win32: 1053, operation: 'ControlService', serviceName: 'RTCSRV' }),
          }),
        ],
      }),
      IDLE,
      ['attention', 'state-problems'],
    ],
    [
      'sessions do not end',
      draining({ stalled: [{ serviceName: 'RTCIMMCU', count: 3, sinceMs: 600_000 }] }),
      IDLE,
      ['attention', 'state-stalled'],
    ],
    [
      'the server is safe to restart',
      draining({ run: run({ phase: 'ready' }), ready: true, restart: SAFE }),
      IDLE,
      ['ready', 'state-ready'],
    ],
    [
      'what nothing can count was accepted',
      draining({ run: run({ phase: 'ready' }), ready: true, restart: { ...SAFE, kind: 'accepted' } }),
      IDLE,
      ['ready', 'state-ready-accepted'],
    ],
    [
      'planned services are quiet on a server that is not safe to restart',
      draining({ run: run({ phase: 'ready' }), ready: true }),
      IDLE,
      ['draining', 'state-ready-not-safe'],
    ],
    [
      'a restart cuts accepted sessions',
      draining({ run: run({ phase: 'ready' }), ready: true, restart: { ...SAFE, kind: 'cuts', cut: 2 } }),
      IDLE,
      ['draining', 'state-cuts'],
    ],
    [
      'the server was signed off',
      draining({ run: run({ phase: 'confirmed', confirmed: signedOff() }), ready: true, restart: SAFE }),
      IDLE,
      ['ready', 'state-confirmed'],
    ],
    [
      'the planned services alone were signed off',
      draining({ run: run({ phase: 'confirmed', confirmed: signedOff('services') }), ready: true }),
      IDLE,
      ['draining', 'state-signed-services'],
    ],
    [
      'all that is missing was accepted in advance',
      draining({ quiet: { kind: 'needs-acceptance', heldMs: 60_000, sessions: 0, unknown: ['RTCSRV'] }, acceptedInAdvance: ['RTCSRV'] }),
      IDLE,
      ['draining', 'state-draining-unknown'],
    ],
    [
      'only acceptances are missing',
      draining({ quiet: { kind: 'needs-acceptance', heldMs: 60_000, sessions: 0, unknown: ['RTCSRV'] } }),
      IDLE,
      ['attention', 'state-needs-acceptance'],
    ],
    [
      'a count is unknown while others are waited for',
      draining({
        quiet: { kind: 'busy', sessions: 3, unknown: ['RTCSRV'] },
        services: [
          drainingRow('RTCMEDSRV'),
          drainingRow('RTCSRV', { problem: problem('evidence-unreadable', { serviceName: 'RTCSRV', reason: 'cmdlet-denied' }) }),
        ],
      }),
      IDLE,
      ['draining', 'state-draining-unknown'],
    ],
    ['a pause was broken off in the middle', partlyPaused(run()), IDLE, ['draining', 'state-partly-paused']],
    ['a quick pause was broken off in the middle', partlyPaused(run({ command: 'pause' })), IDLE, ['draining', 'state-partly-paused']],
    ['sessions may have been cut', draining({ losses: [LOSS] }), IDLE, ['attention', 'state-lost']],
    [
      'sessions may have been cut before the server became safe to restart',
      draining({ run: run({ phase: 'ready' }), ready: true, restart: SAFE, losses: [LOSS] }),
      IDLE,
      ['attention', 'state-ready-lost'],
    ],
    [
      'what may have been cut was signed off',
      draining({ run: run({ phase: 'confirmed', confirmed: signedOff() }), ready: true, restart: SAFE, losses: [LOSS] }),
      IDLE,
      ['attention', 'state-ready-lost'],
    ],
    [
      'a way back goes on after a loss',
      draining({ run: run({ phase: 'returning', command: 'resume' }), losses: [LOSS] }),
      IDLE,
      ['draining', 'state-returning'],
    ],
    [
      'start types were left as they are, so that a restart takes calls again',
      draining({ run: run({ phase: 'ready' }), ready: true, services: [pausedRow('RTCSRV')] }),
      IDLE,
      ['draining', 'state-ready-not-safe'],
    ],
    [
      'the server is failed over',
      checklist({
        services: [FAILED_OVER],
        checks: [{ id: 'failed-over', result: 'block', message: message('check-failover-block'), override: null, overridden: false }],
      }),
      IDLE,
      ['attention', 'state-failed-over'],
    ],
    ['the way back goes on', draining({ run: run({ phase: 'returning' }) }), IDLE, ['draining', 'state-returning']],
    [
      'a service started by itself after the restart',
      draining({
        run: run({ restart: { bootedAt: NOON, running: ['RTCSRV'] } }),
        services: [drainingRow('RTCMEDSRV'), drainingRow('RTCSRV', { state: 'running' })],
      }),
      IDLE,
      ['attention', 'state-started-again'],
    ],
    [
      'what started by itself is paused again',
      draining({ run: run({ restart: { bootedAt: NOON, running: ['RTCSRV'] } }) }),
      IDLE,
      ['draining', 'state-draining'],
    ],
    [
      'the quick pause has an end',
      draining({ run: run({ command: 'pause', until: NOON }), services: [pausedRow('RTCSRV')] }),
      IDLE,
      ['draining', 'state-quick-pause'],
    ],
    [
      'the quick pause has no end',
      draining({ run: run({ command: 'pause' }), services: [pausedRow('RTCSRV')] }),
      IDLE,
      ['draining', 'state-paused'],
    ],
    [
      'a quick pause cannot count sessions, which it does not need',
      draining({
        run: run({ command: 'pause' }),
        services: [pausedRow('RTCSRV', { problem: problem('evidence-unreadable', { serviceName: 'RTCSRV', reason: 'counter-missing' }) })],
      }),
      IDLE,
      ['draining', 'state-paused'],
    ],
  ])('shows its state when %s', (_when, list, activity, expected) => {
    expect(shown(list, activity)).toEqual(expected);
  });

  it('never shows ready for a quick pause, because a restart would take calls again', () => {
    const list = draining({
      run: run({ phase: 'ready', command: 'pause' }),
      ready: true,
      services: [pausedRow('RTCSRV', { sessions: counted(0) })],
    });
    expect(shown(list)).toEqual(['draining', 'state-paused']);
  });

  it('does not believe an old checklist when the services cannot be read', () => {
    const view = trayView(
      draining({ run: run({ phase: 'confirmed' }), ready: true }),
      problem('rpc-unavailable', { win32: 1722, operation: 'EnumServicesStatusExW' }),
      IDLE,
    );
    expect(view.shape).toBe('unknown');
    expect(item(view.menu, 'menu-pause')).toMatchObject({ isEnabled: false });
    expect(item(view.menu, 'menu-back-in-service')).toMatchObject({ isEnabled: false });
  });

  it('counts no more what was brought back alone, while the others are drained', () => {
    const services = [drainingRow('RTCMEDSRV', { sessions: counted(4) }), row('RTCSRV', { returned: 'restored', wayBack: 'done' })];
    expect(shown(draining({ services }))).toEqual(['draining', 'state-draining']);
  });

  it('says how many of how many are paused', () => {
    const { tooltip } = trayView(partlyPaused(run()), null, IDLE);
    expect(tooltip).toEqual({ id: 'state-partly-paused', params: { paused: 1, count: 2 } });
  });

  it('counts the minutes of a quick pause down, and never below zero', () => {
    const minutesLeft = (until: string): unknown => {
      const { tooltip } = trayView(draining({ run: run({ command: 'pause', until }), services: [pausedRow('RTCSRV')] }), null, IDLE);
      return 'id' in tooltip ? tooltip.params['minutes'] : undefined;
    };
    expect(minutesLeft('2026-11-23T12:14:01.000Z')).toBe(15);
    expect(minutesLeft('2026-11-23T12:00:01.000Z')).toBe(1);
    expect(minutesLeft('2026-11-23T11:00:00.000Z')).toBe(0);
  });
});

describe('the tray menu', () => {
  it('offers a quick pause of all services with the first item of the first submenu', () => {
    const pause = item(trayView(checklist(), null, IDLE).menu, 'menu-pause');
    const items = pause?.kind === 'submenu' ? pause.items : [];
    expect(items.slice(0, 3).map((one) => (one.kind === 'action' ? one.action : null))).toEqual([
      { kind: 'pause', services: null, forMs: 900_000 },
      { kind: 'pause', services: null, forMs: 3_600_000 },
      { kind: 'pause', services: null, forMs: null },
    ]);
  });

  it('offers one service at a time, but only those that take calls', () => {
    const list = checklist({
      services: [row('RTCSRV'), row('RTCCAS', { controlsAccepted: ['stop'] }), row('RTCCAA', { state: 'paused' })],
    });
    const pause = item(trayView(list, null, IDLE).menu, 'menu-pause');
    const one = item(pause?.kind === 'submenu' ? pause.items : [], 'menu-pause-one');
    expect(one?.kind === 'submenu' ? one.items.map((each) => 'text' in each && each.text) : []).toEqual([{ name: 'Lync Server RTCSRV' }]);
  });

  it('offers to stay paused only while a quick pause counts down', () => {
    const withEnd = draining({ run: run({ command: 'pause', until: '2026-11-23T12:15:00.000Z' }), services: [pausedRow('RTCSRV')] });
    expect(item(trayView(withEnd, null, IDLE).menu, 'menu-keep-paused')).toMatchObject({ isEnabled: true });
    expect(item(trayView(draining(), null, IDLE).menu, 'menu-keep-paused')).toBeUndefined();
  });

  it('orders nothing while changes are made', () => {
    const { menu } = trayView(draining(), null, WORKING);
    expect(item(menu, 'menu-pause')).toMatchObject({ isEnabled: false, items: [] });
    expect(item(menu, 'menu-back-in-service')).toMatchObject({ isEnabled: false });
    expect(item(menu, 'menu-open')).toMatchObject({ isEnabled: true });
  });
});

describe('the words of the tray', () => {
  const extremes = { count: 1_000, paused: 999, sessions: 1_000_000, unknown: 0, seconds: 600, minutes: 1_440 };

  it.each(LANGUAGES)('fit into a Windows tooltip of 127 characters (%s)', (language) => {
    const messages = createMessages(language);
    const texts = trayTextsOf(language);
    for (const id of TRAY_TEXT_IDS) {
      for (const unknown of [0, 1_000]) expect(messages.format(texts[id], { ...extremes, unknown }).length, id).toBeLessThan(128);
    }
  });

  it.each(LANGUAGES)('never say zero while a count is unknown (%s)', (language) => {
    const messages = createMessages(language);
    const sessions = { kind: 'unknown', reason: 'counter-missing', raw: null } as const;
    const unknown: readonly Checklist[] = [
      draining({ quiet: { kind: 'busy', sessions: 0, unknown: ['RTCSRV'] } }),
      draining({ run: run({ command: 'pause' }), services: [pausedRow('RTCSRV', { sessions })] }),
      draining({
        run: run({ command: 'pause', until: '2026-11-23T12:15:00.000Z' }),
        services: [pausedRow('RTCSRV', { sessions }), pausedRow('RTCCPS', { sessions: counted(0) })],
      }),
    ];
    for (const list of unknown) {
      const { tooltip } = trayView(list, null, IDLE);
      const said = 'id' in tooltip ? messages.format(trayTextsOf(language)[tooltip.id], tooltip.params) : tooltip.name;
      expect(said).not.toMatch(/\b0\b/);
      expect(said).toMatch(/unknown|未知/);
    }
  });

  it.each(LANGUAGES)('fill every place (%s)', (language) => {
    const messages = createMessages(language);
    for (const id of TRAY_TEXT_IDS) expect(messages.format(trayTextsOf(language)[id], extremes)).not.toMatch(/[{}]|\?$/);
  });
});
