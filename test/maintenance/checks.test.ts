import { describe, expect, it } from 'vitest';

import type { Check } from '../../electron/contract/checklist.js';
import type { Facts, PoolFacts } from '../../electron/contract/facts.js';
import { blockingChecks, runChecks, type CheckedPlan } from '../../electron/core/maintenance/checks.js';
import { requiredToFunction } from '../../electron/core/maintenance/quorum.js';
import { previewReboot } from '../../electron/core/maintenance/reboot-preview.js';
import { AUTO, AUTO_DELAYED, DISABLED, factsOf, MANUAL, second } from '../harness/fakes/server-facts.js';

function check(facts: Facts, id: string, plan: Partial<CheckedPlan> = {}): Check | undefined {
  const all = runChecks(facts, { serviceNames: [...facts.statuses.keys()], hold: 'demand', overrides: [], ...plan });
  return all.find((one) => one.id === id);
}

function withPool(facts: Facts, pool: Partial<PoolFacts>): Facts {
  return { ...facts, pool: { known: true, value: { fqdn: 'pool01', members: 4, othersInService: 3, addresses: 4, ...pool } } };
}

describe('preflight', () => {
  it('has nothing to object to a healthy server', () => {
    const facts = factsOf({ RTCMEDSRV: {}, RTCRGS: {} });
    expect(
      runChecks(facts, { serviceNames: ['RTCMEDSRV', 'RTCRGS'], hold: 'demand', overrides: [] }).filter((one) => one.result !== 'pass'),
    ).toEqual([]);
  });

  it('blocks without administrator rights, and no override helps', () => {
    expect(check(factsOf({ RTCRGS: {} }, second(0), { elevated: false }), 'elevated')).toMatchObject({ result: 'block', override: null });
  });

  it("does not ask for the account's name before its sentence is read: Windows loads its security libraries for that", () => {
    let asked = 0;
    const facts = factsOf({ RTCRGS: {} });
    const computer = {
      ...facts.computer,
      get user() {
        asked += 1;
        return 'CONTOSO\\ann';
      },
    };
    const elevated = check({ ...facts, computer }, 'elevated');
    expect(asked).toBe(0);
    expect(elevated?.message.params).toEqual({ user: 'CONTOSO\\ann' });
  });

  it('blocks on a running service that does not accept a pause, and can leave it out', () => {
    expect(check(factsOf({ RTCRGS: { accepts: false } }), 'pausable:RTCRGS')).toMatchObject({
      result: 'block',
      override: 'leave-out',
      overridden: false,
    });
  });

  it('lets a named check be overridden, without regard to case', () => {
    const facts = factsOf({ RTCRGS: { accepts: false } });
    const checks = runChecks(facts, { serviceNames: ['RTCRGS'], hold: 'demand', overrides: ['PAUSABLE:rtcrgs'] });
    expect(blockingChecks(checks)).toEqual([]);
    expect(checks.find((one) => one.id === 'pausable:RTCRGS')?.overridden).toBe(true);
  });

  it('does not ask a stopped service whether it can be paused', () => {
    expect(check(factsOf({ RTCRGS: { state: 'stopped' } }), 'pausable:RTCRGS')?.result).toBe('pass');
  });

  it('warns of a service that starts with Windows and does not run: it would be left stopped', () => {
    const stopped = { state: 'stopped' } as const;
    const resultOf = (facts: Facts) => check(facts, 'running:RTCRGS')?.result;
    expect(resultOf(factsOf({ RTCRGS: { ...stopped, start: AUTO } }))).toBe('warn');
    expect(resultOf(factsOf({ RTCRGS: { ...stopped, start: AUTO_DELAYED } }))).toBe('warn');
    expect(resultOf(factsOf({ RTCRGS: { ...stopped, start: MANUAL } }))).toBeUndefined();
    expect(resultOf(factsOf({ RTCRGS: { start: AUTO } }))).toBeUndefined();
  });

  it('tells which services are paused already, and not by this run', () => {
    const facts = factsOf({ RTCRGS: { state: 'paused' }, RTCCPS: { state: 'paused' }, RTCSRV: {} });
    expect(check(facts, 'found-paused')).toMatchObject({ result: 'warn', message: { params: { services: 'RTCRGS, RTCCPS', count: 2 } } });
    expect(check(facts, 'found-paused', { pausedSince: ['RTCCPS'] })).toMatchObject({
      message: { params: { services: 'RTCRGS', count: 1 } },
    });
    expect(check(facts, 'found-paused', { pausedSince: ['RTCRGS', 'RTCCPS'] })).toBeUndefined();
    expect(check(factsOf({ RTCSRV: {} }), 'found-paused')).toBeUndefined();
  });

  it('says that sessions are unknown where no evidence can be read', () => {
    expect(check(factsOf({ RTCAVMCU: { sessions: 'unknown' } }), 'evidence:RTCAVMCU')).toMatchObject({
      result: 'unknown',
      override: 'accept-by-hand',
    });
  });

  it('warns of a service that is not Lync’s', () => {
    expect(check(factsOf({ Spooler: {} }), 'lync:Spooler')?.result).toBe('warn');
  });

  it('keeps out of a server that was failed over', () => {
    const over = factsOf({ RTCSRV: { state: 'stopped', start: DISABLED }, RTCRGS: { state: 'stopped', start: DISABLED } });
    expect(check(over, 'failed-over')).toMatchObject({ result: 'block', override: null });
    expect(check(over, 'failed-over', { held: ['RTCSRV', 'RTCRGS'], disabled: ['RTCSRV', 'RTCRGS'] })?.result).toBe('pass');
  });

  it('blocks when the pool would fall below what it needs', () => {
    expect(check(withPool(factsOf({ RTCSRV: {} }), { members: 4, othersInService: 1 }), 'pool-members')).toMatchObject({
      result: 'block',
      override: 'go-on',
    });
    expect(check(withPool(factsOf({ RTCSRV: {} }), { members: 4, othersInService: 2 }), 'pool-members')?.result).toBe('warn');
    expect(check(withPool(factsOf({ RTCSRV: {} }), { members: 4, othersInService: 3 }), 'pool-members')?.result).toBe('pass');
  });

  it('does not invent a pool', () => {
    const facts: Facts = { ...factsOf({ RTCSRV: {} }), pool: { known: false, reason: 'not-supported' } };
    expect(check(facts, 'pool-members')?.result).toBe('unknown');
  });

  it('warns that users of a single server cannot sign in', () => {
    expect(check(withPool(factsOf({ RTCSRV: {} }), { members: 1, othersInService: 0 }), 'single-server')?.result).toBe('warn');
    expect(check(withPool(factsOf({ RTCRGS: {} }), { members: 1, othersInService: 0 }), 'single-server')).toBeUndefined();
  });

  it('warns where the pool has no DNS load balancing and a planned service needs it', () => {
    expect(check(withPool(factsOf({ RTCRGS: {} }), { addresses: 1 }), 'dns-load-balancing')?.result).toBe('warn');
    expect(check(withPool(factsOf({ RTCRGS: {} }), { addresses: null }), 'dns-load-balancing')?.result).toBe('unknown');
    expect(check(withPool(factsOf({ RTCRGS: {} }), { addresses: null, dnsTrouble: 'dns-not-found' }), 'dns-load-balancing')).toMatchObject({
      result: 'unknown',
      message: { params: { trouble: 'dns-not-found' } },
    });
    expect(check(withPool(factsOf({ RTCMEDSRV: {} }), { addresses: 1 }), 'dns-load-balancing')).toBeUndefined();
  });

  it('warns of what would start although it is Manual', () => {
    const facts = factsOf({ RTCRGS: { dependents: ['Monitor'] }, Monitor: { start: AUTO } });
    expect(check(facts, 'reboot', { serviceNames: ['RTCRGS'] })).toMatchObject({
      result: 'warn',
      message: { params: { services: 'RTCRGS' } },
    });
  });

  it('warns when start types are left alone', () => {
    expect(check(factsOf({ RTCRGS: {} }), 'start-type-kept', { hold: null })?.result).toBe('warn');
  });
});

describe('the reboot preview', () => {
  function previewOf(facts: Facts, name = 'RTCRGS'): [boolean | null, string] {
    const [row] = previewReboot(facts, [name]);
    return [row!.wouldRun, row!.because.id];
  }

  it('tells automatic, delayed, Manual and Disabled apart', () => {
    expect(previewOf(factsOf({ RTCRGS: { start: AUTO } }))).toEqual([true, 'reboot-starts-automatically']);
    expect(previewOf(factsOf({ RTCRGS: { start: AUTO_DELAYED } }))).toEqual([true, 'reboot-starts-automatically-delayed']);
    expect(previewOf(factsOf({ RTCRGS: { start: MANUAL } }))).toEqual([false, 'reboot-stays-manual']);
    expect(previewOf(factsOf({ RTCRGS: { start: DISABLED, dependents: ['Monitor'] }, Monitor: {} }))).toEqual([
      false,
      'reboot-stays-disabled',
    ]);
  });

  it('sees a Manual service started by an automatic dependent', () => {
    const facts = factsOf({ RTCRGS: { start: MANUAL, dependents: ['Monitor'] }, Monitor: { start: AUTO } });
    expect(previewOf(facts)).toEqual([true, 'reboot-started-by-dependent']);
  });

  it('does not mind a dependent that is Manual too', () => {
    const facts = factsOf({ RTCRGS: { start: MANUAL, dependents: ['Monitor'] }, Monitor: { start: MANUAL } });
    expect(previewOf(facts)).toEqual([false, 'reboot-stays-manual']);
  });

  it('cannot say where dependents, triggers or the configuration are unknown', () => {
    const denied = { known: false, reason: 'access-denied' } as const;
    expect(previewOf(factsOf({ RTCRGS: { start: MANUAL, configuration: { dependents: denied } } }))[0]).toBeNull();
    expect(previewOf(factsOf({ RTCRGS: { start: MANUAL, configuration: { hasStartTrigger: denied } } }))[0]).toBeNull();
    expect(previewOf(factsOf({ RTCRGS: { start: MANUAL, dependents: ['Gone'] } }))[0]).toBeNull();
    expect(previewOf(factsOf({}))).toEqual([null, 'reboot-unknown']);
  });

  it('takes a Windows without triggers for one that starts nothing by them', () => {
    const facts = factsOf({ RTCRGS: { start: MANUAL, configuration: { hasStartTrigger: { known: false, reason: 'not-supported' } } } });
    expect(previewOf(facts)).toEqual([false, 'reboot-stays-manual']);
  });

  it('warns of a start trigger', () => {
    const facts = factsOf({ RTCRGS: { start: MANUAL, configuration: { hasStartTrigger: { known: true, value: true } } } });
    expect(previewOf(facts)).toEqual([null, 'reboot-may-start-by-trigger']);
  });

  it('looks ahead to the start types the plan would set', () => {
    const [row] = previewReboot(factsOf({ RTCRGS: { start: AUTO } }), ['RTCRGS'], 'demand');
    expect(row).toMatchObject({ wouldRun: false });
  });
});

describe('a service that Windows writes in other letter case', () => {
  const frontEnd = factsOf({ RtcSrv: {} });

  it('is checked like any other of its kind', () => {
    expect(check(withPool(frontEnd, { othersInService: 1 }), 'pool-members')?.result).toBe('block');
    expect(check(withPool(frontEnd, { members: 1, othersInService: 0 }), 'single-server')?.result).toBe('warn');
    expect(check(frontEnd, 'web-traffic')?.result).toBe('warn');
    const failedOver = factsOf({ RtcSrv: { state: 'stopped', start: DISABLED }, rtcrgs: { state: 'stopped', start: DISABLED } });
    expect(check(failedOver, 'failed-over')?.result).toBe('block');
    expect(check(failedOver, 'failed-over', { held: ['RTCSRV'], disabled: ['RTCSRV'] })?.result).toBe('pass');
  });

  it('is found as the dependent that starts another', () => {
    const facts = factsOf({ RTCRGS: { start: MANUAL, dependents: ['RTCCAA'] }, RtcCaa: { start: AUTO } });
    expect(previewReboot(facts, ['rtcrgs'])[0]).toMatchObject({ wouldRun: true });
    expect(previewReboot(facts, ['RTCRGS', 'RTCCAA'], 'demand').map((row) => row.wouldRun)).toEqual([false, false]);
  });
});

describe('the quorum of a pool', () => {
  it('takes the stricter of the two tables', () => {
    const both = [1, 1, 2, 2, 3, 3, 4, 4, 5, 5, 6, 6];
    expect(both.map((_, index) => requiredToFunction(index + 1))).toEqual(both);
    expect(requiredToFunction(13)).toBeNull();
  });
});
