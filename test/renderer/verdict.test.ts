import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import type { AppSnapshot } from '../../electron/contract/app-snapshot.js';
import { SERVICE_NAMES } from '../harness/renderer/services.js';
import { snapshotOf } from '../harness/renderer/snapshots.js';
import { openStage, type Stage } from '../harness/renderer/stage/open-stage.js';
import { changesOn, pushTo, stateOf } from '../harness/renderer/stage/orders.js';
import { STATES } from '../harness/renderer/states.js';
import { PROOF, READY } from '../harness/renderer/verdicts.js';

let stage: Stage;

beforeAll(async () => {
  stage = await openStage();
});

afterAll(async () => {
  await stage.close();
});

const changes = (): Promise<readonly unknown[]> => changesOn(stage);
const push = (snapshot: AppSnapshot): Promise<void> => pushTo(stage, snapshot);

describe('what an administrator takes upon himself', () => {
  it('never overrides in advance what is to be looked at: that is accepted when it is seen, with a note', async () => {
    await stage.show(stateOf('preflight-blocked'), 'en');
    expect(await stage.page.getByText('In step 4 you look at them yourself').count()).toBe(1);
    expect(await stage.page.getByRole('checkbox', { name: /accept/i }).count()).toBe(0);
  });

  it('accepts several services at once, only with a note, and shows what can be seen of each', async () => {
    await stage.show(stateOf('wait-needs-word'), 'en');
    await stage.press(['look-at-services#2'], 'en');
    const dialog = stage.page.getByRole('dialog');
    for (const seen of [
      'at least 5, 46 s ago (connections)',
      '10.0.0.7:51122 → 5071',
      '2 ports are open',
      'Concurrent Calls=3,Average Wait=12.5',
      '1: asked to drain',
    ]) {
      expect(await dialog.innerText()).toContain(seen);
    }
    await dialog.getByRole('button', { name: 'And 1 more' }).click();
    expect(await dialog.innerText()).toContain('10.0.0.11:51126 → 5071');
    const accept = dialog.getByRole('button', { name: 'Accept 2 services' });
    expect(await accept.getAttribute('aria-disabled')).toBe('true');
    await dialog.getByRole('textbox').fill('  ');
    expect(await accept.getAttribute('aria-disabled')).toBe('true');
    await dialog.getByRole('textbox').fill(' Nobody is parked. ');
    await accept.click();
    expect(await changes()).toEqual([['accept', { services: ['RTCRGS', 'RTCCPS'], note: 'Nobody is parked.', cut: null }]]);
  });

  it('accepts only the services that are ticked', async () => {
    await stage.show(stateOf('wait-needs-word'), 'en');
    await stage.press(['look-at-services#2'], 'en');
    const dialog = stage.page.getByRole('dialog');
    await dialog.getByRole('checkbox', { name: /RTCRGS/ }).click();
    await dialog.getByRole('textbox').fill('Nobody is parked.');
    await dialog.getByRole('button', { name: 'Accept RTCCPS' }).click();
    expect(await changes()).toEqual([['accept', { services: ['RTCCPS'], note: 'Nobody is parked.', cut: null }]]);
  });

  it('accepts a cut in the same dialog, and not of fewer than are seen', async () => {
    await stage.show(stateOf('wait-needs-word'), 'en');
    await stage.press(['look-at-services#2'], 'en');
    const dialog = stage.page.getByRole('dialog');
    await dialog.getByRole('radio', { name: 'A restart may cut what is left' }).click();
    await dialog.getByRole('textbox').fill('Told them.');
    const most = dialog.getByRole('spinbutton');
    expect(await most.inputValue()).toBe('5');
    await most.fill('4');
    const accept = dialog.getByRole('button', { name: 'Accept a cut in 2 services' });
    expect(await accept.getAttribute('aria-disabled')).toBe('true');
    await most.fill('6');
    await accept.click();
    expect(await changes()).toEqual([['accept', { services: ['RTCRGS', 'RTCCPS'], note: 'Told them.', cut: 6 }]]);
  });

  it('offers only a cut of sessions that are counted and do not end', async () => {
    await stage.show(
      STATES.find((state) => state.name === 'accept-cut')!,
      'en',
    );
    const dialog = stage.page.getByRole('dialog');
    expect(await dialog.getByRole('radio').first().isDisabled()).toBe(true);
    await dialog.getByRole('textbox').fill('A window left open.');
    await dialog.getByRole('button', { name: 'Accept a cut in RTCIMMCU' }).click();
    expect(await changes()).toEqual([['accept', { services: ['RTCIMMCU'], note: 'A window left open.', cut: 11 }]]);
  });
});

describe('a sign-off', () => {
  it('signs off the server where it is safe to restart', async () => {
    await stage.show(stateOf('confirm'), 'en');
    await stage.press(['sign-off-server'], 'en');
    expect(await changes()).toEqual([['confirm', { note: null, servicesOnly: false }]]);
  });

  it('signs off no server that is not safe to restart, but the planned services alone, named as that', async () => {
    await stage.show(stateOf('confirm-partial'), 'en');
    await stage.page.getByRole('button', { name: 'Sign off the server' }).click({ force: true });
    expect(await changes()).toEqual([]);
    await stage.page.getByRole('button', { name: 'Sign off the 2 planned services alone' }).click();
    expect(await changes()).toEqual([['confirm', { note: null, servicesOnly: true }]]);
  });

  it('takes further services in from the reason beside them, one or all', async () => {
    const drain = (...services: string[]): unknown => [
      'drain',
      { services, holdTimeMs: 60_000, hold: 'demand', reason: null, overrides: [] },
    ];
    await stage.show(stateOf('confirm-partial'), 'en');
    await stage.page.getByRole('button', { name: 'Add RTCSRV' }).first().click();
    await stage.page.getByRole('button', { name: 'Add 2 services to this maintenance' }).click();
    expect(await changes()).toEqual([drain('RTCRGS', 'RTCCPS', 'RTCSRV'), drain('RTCRGS', 'RTCCPS', 'RTCMEDSRV', 'RTCSRV')]);
  });

  it('holds with Disabled from the reason that names what would start the service', async () => {
    await stage.show(stateOf('confirm-starts-again'), 'en');
    const reason = stage.page.getByRole('listitem').filter({ hasText: 'RTCQMS needs it' });
    await reason.getByRole('button', { name: 'Hold with Disabled' }).click();
    expect(await changes()).toMatchObject([['drain', { services: SERVICE_NAMES, hold: 'disabled' }]]);
  });
});

describe('what is said of a restart', () => {
  const said = async (name: string): Promise<string> => {
    await stage.show(stateOf(name), 'en');
    return stage.page.locator('body').innerText();
  };

  it('is said of the server, not of the services that were chosen', async () => {
    const words = await said('confirm-partial');
    expect(words).toContain('The server is not safe to restart.');
    expect(words).toContain('RTCSRV takes calls and is not part of this maintenance; it carries 1486 sessions.');
    expect(words).toContain('A restart now would cut at least 1578 sessions.');
    expect(words).not.toMatch(/safe to restart: |no call is cut/);
  });

  it.each(['restart-services-only', 'confirm-partial', 'wait', 'sign-off-withdrawn'])(
    'offers none while %s, and says why',
    async (name) => {
      await stage.show(stateOf(name), 'en');
      await stage.page.getByRole('button', { name: /^Work and restart/ }).click();
      for (const words of [/^Restart FE01/, /^Shut down FE01/]) {
        expect(await stage.page.getByRole('button', { name: words }).getAttribute('aria-disabled')).toBe('true');
      }
      expect(await stage.page.getByRole('region', { name: 'Can the server be restarted?' }).innerText()).toContain('not safe to restart');
    },
  );

  it('names how many sessions it cuts, on its button and once more before it', async () => {
    await stage.show(stateOf('restart-cuts'), 'en');
    await stage.page.getByRole('button', { name: 'Restart FE01: cuts up to 3' }).click();
    expect(await stage.page.getByRole('alertdialog').innerText()).toContain('This cuts up to 3 sessions');
    expect(await stage.page.getByRole('alertdialog').innerText()).toContain('A chat window left open; its owner knows.');
  });

  it.each(['wait-loss', 'confirm-loss'])('is never that nothing was cut after a loss, and has no tick (%s)', async (name) => {
    const words = await said(name);
    expect(words).toContain('RTCMEDSRV: 9 sessions may have been cut at');
    expect(words).toContain('an unknown number of sessions may have been cut');
    expect(words).not.toMatch(/no call is cut|without cutting/);
    expect(await stage.page.locator('.result-good').count()).toBe(0);
    const row = stage.page.locator('.service').filter({ hasText: 'RTCMEDSRV' }).first();
    expect(await row.locator('.step-badge').getAttribute('class')).toContain('step-badge-failed');
  });

  it("calls a service that its recovery action restarted that, and nobody's resuming", async () => {
    const words = await said('recovered-after-crash');
    expect(words).toContain('The process of RTCMEDSRV ended, and another one was started, probably by its recovery action.');
    expect(words).not.toMatch(/resumed RTCMEDSRV|RTCMEDSRV was resumed/);
    const unlike = await said('withdrawn');
    expect(unlike).not.toContain('recovery action');
    await stage.show(stateOf('recovered-after-crash'), 'zh-CN');
    expect(await stage.page.locator('body').innerText()).toMatch(/恢复操作/);
  });

  it('proves what was counted, and names who accepted the rest with which words', async () => {
    expect(await said('confirm-accepted')).toContain(
      '7 services: none for 1 min 4 s (74 readings, longest gap 6 s); 2 accepted by CONTOSO\\ann: “Queues are closed, asked the service desk.”',
    );
  });

  it('has a proof that grows while it is ready', async () => {
    await stage.show(stateOf('confirm'), 'en');
    await push(snapshotOf({ ...READY, proof: { ...PROOF, heldMs: 84_000, readings: 99 } }, { revision: 9 }));
    expect(await stage.page.locator('.step-scroll').innerText()).toContain('none for 1 min 24 s (99 readings');
  });

  it('shows what was seen last, and no alarm, while nothing is counted after a sign-off', async () => {
    const words = await said('restart');
    expect(words).toMatch(/0\s+last seen /);
    expect(words).not.toContain('Unknown');
  });

  it('keeps a service that was left out, and its sessions, in sight in every step', async () => {
    for (const [name, press] of [
      ['wait-partial', ''],
      ['wait-partial', 'step-pause'],
      ['wait-partial', 'step-manual'],
      ['confirm-partial', ''],
      ['restart-services-only', ''],
    ] as const) {
      await stage.show(stateOf(name), 'en');
      if (press !== '') await stage.press([press], 'en');
      const beside = stage.page.getByRole('region', { name: 'Not part of this maintenance' });
      expect(await beside.innerText(), `${name} ${press}`).toContain('RTCSRV');
      expect(await beside.innerText(), `${name} ${press}`).toContain('1 486');
    }
  });
});
