import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import type { AppSnapshot } from '../../electron/contract/app-snapshot.js';
import { SERVICE_NAMES, paused } from '../harness/renderer/services.js';
import { RUN, SNAPSHOT, TOKEN, minutesAgo, snapshotOf } from '../harness/renderer/snapshots.js';
import { openStage, type Stage } from '../harness/renderer/stage/open-stage.js';
import { changesOn, pushTo, stateOf } from '../harness/renderer/stage/orders.js';
import { STATES } from '../harness/renderer/states.js';

let stage: Stage;

beforeAll(async () => {
  stage = await openStage();
});

afterAll(async () => {
  await stage.close();
});

async function ordersAfter(name: string, ...press: readonly string[]): Promise<readonly unknown[]> {
  await stage.show(stateOf(name), 'en');
  await stage.press(press, 'en');
  return changes();
}

const changes = (): Promise<readonly unknown[]> => changesOn(stage);
const push = (snapshot: AppSnapshot): Promise<void> => pushTo(stage, snapshot);

describe('an order from the window', () => {
  it('pauses all services, until told otherwise', async () => {
    expect(await ordersAfter('preflight', 'go-on-to-pause', 'pause-services')).toEqual([
      ['pause', { services: null, forMs: null, reason: null, overrides: [] }],
    ]);
  });

  it('pauses for fifteen minutes from the quick pause', async () => {
    expect(await ordersAfter('preflight', 'quick-pause', 'css:.fui-DialogActions button:last-child')).toEqual([
      ['pause', { services: null, forMs: 900_000, reason: null, overrides: [] }],
    ]);
  });

  it('carries the reason and the services that were chosen', async () => {
    await stage.show(stateOf('preflight'), 'en');
    await stage.page.getByLabel('Include RTCSRV').click();
    await stage.page.getByLabel('Reason or change number').fill('  CHG-77 ');
    await stage.press(['go-on-to-pause', 'css:.step-actions button:last-child'], 'en');
    const services = SERVICE_NAMES.filter((name) => name !== 'RTCSRV');
    expect(await changes()).toEqual([['pause', { services, forMs: null, reason: 'CHG-77', overrides: [] }]]);
  });

  it('still has what was chosen after a look at another page', async () => {
    await stage.show(stateOf('preflight'), 'en');
    await stage.page.getByLabel('Include RTCSRV').click();
    await stage.page.getByLabel('Reason or change number').fill('CHG-77');
    await stage.press(['page-events', 'page-checklist'], 'en');
    expect(await stage.page.getByLabel('Include RTCSRV').isChecked()).toBe(false);
    expect(await stage.page.getByLabel('Reason or change number').inputValue()).toBe('CHG-77');
  });

  it('forgets reason and overrides with the run they were given for', async () => {
    await stage.show(stateOf('preflight-blocked'), 'en');
    await stage.page.getByLabel('Go on all the same').click();
    await stage.page.getByLabel('Reason or change number').fill('CHG-77');
    await push(snapshotOf({ run: RUN, services: paused() }, { revision: 9 }));
    await push({ ...SNAPSHOT, revision: 10 });
    const plans = (await stage.page.evaluate(() => window.stage.orders)).filter(({ call }) => call === 'plan');
    expect(plans.at(-1)?.request).toMatchObject({ overrides: [] });
    expect(await stage.page.getByLabel('Reason or change number').inputValue()).toBe('');
  });

  it('overrides checks one by one, and asks anew what would happen then', async () => {
    await stage.show(stateOf('preflight-blocked'), 'en');
    await stage.page.getByLabel('Go on all the same').click();
    const plans = (await stage.page.evaluate(() => window.stage.orders)).filter(({ call }) => call === 'plan');
    expect(plans.at(-1)?.request).toMatchObject({ overrides: ['pool-members'] });
  });

  it('cannot be given while a check blocks', async () => {
    await stage.show(stateOf('preflight-blocked'), 'en');
    await stage.page.getByRole('button', { name: 'Go on to Pause' }).click({ force: true });
    expect(await changes()).toEqual([]);
    expect(await stage.page.getByRole('heading', { level: 2 }).innerText()).toBe('Preflight');
  });

  it('pauses nothing by a double click on the button before', async () => {
    await stage.show(stateOf('preflight'), 'en');
    await stage.page.getByRole('button', { name: 'Go on to Pause' }).dblclick();
    expect(await stage.page.getByRole('heading', { level: 2 }).innerText()).toBe('Pause');
    expect(await changes()).toEqual([]);
  });

  it('sets every service of the run to Manual', async () => {
    expect(await ordersAfter('manual', 'set-manual')).toEqual([
      ['drain', { services: SERVICE_NAMES, holdTimeMs: 60_000, hold: 'demand', reason: null, overrides: [] }],
    ]);
  });

  it('names no left-out service in an order to set start types', async () => {
    await stage.show(stateOf('preflight-blocked'), 'en');
    await stage.page.getByLabel('Leave this service out').click();
    await push(snapshotOf({ run: { ...RUN, command: 'pause' }, services: paused({}, 'skipped') }, { revision: 9 }));
    await stage.press(['set-manual'], 'en');
    expect(await changes()).toMatchObject([['drain', { overrides: [] }]]);
  });

  it('leaves a service out that cannot be paused, so that the others go on', async () => {
    await stage.show(stateOf('pause-failed'), 'en');
    await stage.page.getByRole('button', { name: 'Leave RTCCAA out' }).click();
    expect(await changes()).toEqual([['resume', { services: ['RTCCAA'], stayStopped: false, conflicts: null }]]);
  });

  it('goes on from a way back that was stopped, either way', async () => {
    await stage.show(stateOf('way-back-stopped'), 'en');
    expect(await stage.page.getByRole('status').innerText()).toContain('4 of 9 services back.');
    expect(await stage.page.locator('.step-badge-doing').count()).toBe(0);
    await stage.page.getByRole('button', { name: /^Drain \d services again$/ }).click();
    await stage.page.getByRole('button', { name: 'Bring back 5 services' }).click();
    expect(await changes()).toMatchObject([
      ['drain', { hold: 'demand' }],
      ['resume', { services: null }],
    ]);
  });

  it('restarts only after the services that would run were acknowledged, with the token of this moment', async () => {
    await stage.show(stateOf('restart-some-start'), 'en');
    await stage.press(['restart'], 'en');
    const restart = stage.page.getByRole('alertdialog').getByRole('button', { name: 'Restart FE01' });
    expect(await restart.getAttribute('aria-disabled')).toBe('true');
    await stage.page.getByRole('alertdialog').getByRole('checkbox').click();
    await restart.click();
    expect(await changes()).toEqual([['restartComputer', { ...TOKEN, consent: null }]]);
  });

  it('restarts with others signed in only after they were named and agreed to, and looks again when it is refused', async () => {
    await stage.show(stateOf('restart-others'), 'en');
    await stage.press(['restart'], 'en');
    const dialog = stage.page.getByRole('alertdialog');
    const restart = dialog.getByRole('button', { name: 'Restart FE01' });
    await dialog.getByRole('checkbox').waitFor();
    expect(await dialog.getByRole('listitem').allTextContents()).toEqual([
      'CONTOSO\\bob (session 3, disconnected; its programs run on)',
      'CONTOSO\\carol (session 7, RDP-Tcp#4)',
    ]);
    expect(await restart.getAttribute('aria-disabled')).toBe('true');
    await dialog.getByRole('checkbox').click();
    const users = 'CONTOSO\\eve';
    await stage.page.evaluate((problem) => window.stage.answer('restartComputer', { ok: false, problem }), {
      ...{ id: 'others-signed-in' as const, params: { users } },
    });
    await restart.click();
    await dialog.getByText(`Other people are signed in to this server: ${users}.`).waitFor();
    expect(await changes()).toEqual([['restartComputer', { ...TOKEN, consent: 'c'.repeat(32) }]]);
    await expect.poll(() => dialog.getByRole('checkbox').isChecked()).toBe(false);
    expect(await restart.getAttribute('aria-disabled')).toBe('true');
  });

  it('leaves people who are not known to Windows, unless they may be signed out', async () => {
    await stage.show(stateOf('restart-others-unknown'), 'en');
    await stage.press(['restart'], 'en');
    const dialog = stage.page.getByRole('alertdialog');
    await dialog.getByText('LD-6013').waitFor();
    await dialog.getByRole('button', { name: 'Restart FE01' }).click();
    expect(await changes()).toEqual([['restartComputer', { ...TOKEN, consent: null }]]);
  });

  it('answers a conflict for the one service it is about', async () => {
    await stage.show(stateOf('way-back-conflict'), 'en');
    await stage.page.getByRole('button', { name: 'Keep Disabled' }).click();
    expect(await changes()).toEqual([['resume', { services: ['RTCMEDSRV'], stayStopped: false, conflicts: 'keep' }]]);
  });

  it('saves a setting as soon as it is changed', async () => {
    await stage.show(stateOf('settings'), 'en');
    await stage.press(['page-settings'], 'en');
    await stage.page.getByLabel('Hold time').selectOption({ label: '5 min' });
    expect(await changes()).toMatchObject([['saveSettings', { holdTimeMs: 300_000, hold: 'demand', services: null }]]);
  });

  it('saves the name of the pool when it is whole, and says so while it is not', async () => {
    await stage.show(stateOf('settings'), 'en');
    await stage.press(['page-settings'], 'en');
    const field = stage.page.getByLabel('Full name of the pool');
    await field.fill('pool01');
    await field.press('Enter');
    expect(await stage.page.getByText('A full name is needed').count()).toBe(1);
    await field.fill('pool01.contoso.com');
    await field.press('Enter');
    expect(await changes()).toMatchObject([['saveSettings', { pool: 'pool01.contoso.com', hold: 'demand' }]]);
  });

  it('shows why it was refused, in words, and takes it away again', async () => {
    await stage.show(
      STATES.find((state) => state.name === 'confirm-refused')!,
      'en',
    );
    const alert = stage.page.getByRole('alert');
    expect(await alert.innerText()).toContain('LD-5001');
    await alert.getByRole('button', { name: 'Dismiss' }).click();
    expect(await alert.count()).toBe(0);
  });
});

describe('a new snapshot', () => {
  it('is drawn, and one that is older is not', async () => {
    await stage.show(stateOf('preflight'), 'en');
    await push(
      snapshotOf({ run: RUN, services: paused({ RTCSRV: 4 }), quiet: { kind: 'busy', sessions: 4, unknown: [] } }, { revision: 9 }),
    );
    expect(await stage.page.getByRole('heading', { level: 2 }).innerText()).toBe('Wait');
    await push({ ...SNAPSHOT, revision: 8 });
    expect(await stage.page.getByRole('heading', { level: 2 }).innerText()).toBe('Wait');
  });

  it('names one minute where the last session may end within it', async () => {
    await stage.show(stateOf('wait'), 'en');
    const sayEnd = async (highMs: number): Promise<string> => {
      const estimate = { kind: 'range', lowMs: 0, highMs } as const;
      await push(
        snapshotOf(
          { run: RUN, services: paused({ RTCSRV: 4 }), quiet: { kind: 'busy', sessions: 4, unknown: [] }, estimate },
          { revision: 9 + highMs },
        ),
      );
      return stage.page.locator('.drain-estimate').innerText();
    };
    expect(await sayEnd(1)).toMatch(/^The last one probably ends at about \S+\.$/);
    expect(await sayEnd(600_000)).toMatch(/^The last one probably ends between \S+ and \S+\.$/);
  });

  it('opens the step that it is about, and moves the keyboard there', async () => {
    await stage.show(stateOf('preflight'), 'en');
    await push(snapshotOf({ run: { ...RUN, command: 'pause' }, services: paused({}, 'skipped') }, { revision: 9 }));
    expect(await stage.page.evaluate(() => document.activeElement?.textContent)).toBe('Set Manual');
  });

  it('opens preflight after a maintenance, though the pause was ordered from the next step', async () => {
    await stage.show(stateOf('preflight'), 'en');
    await stage.press(['go-on-to-pause'], 'en');
    await push(snapshotOf({ run: { ...RUN, command: 'pause' }, services: paused({}, 'skipped') }, { revision: 9 }));
    await push({ ...SNAPSHOT, revision: 10 });
    expect(await stage.page.getByRole('heading', { level: 2 }).innerText()).toBe('Preflight');
  });

  it('changes the language of the whole window at once', async () => {
    await stage.show(stateOf('preflight'), 'en');
    await push({ ...SNAPSHOT, revision: 9, language: 'zh-CN' });
    // The other language is a file of its own, read when it is first spoken.
    await stage.page.getByRole('heading', { level: 2, name: '预检' }).waitFor();
    expect(await stage.page.evaluate(() => document.documentElement.lang)).toBe('zh-CN');
  });

  it('is told politely, but a count that only falls at most every ten seconds', async () => {
    const live = stage.page.locator('[aria-live="polite"]');
    const waiting = (sessions: number, upMs: number, revision: number): AppSnapshot =>
      snapshotOf(
        {
          now: { at: minutesAgo(0), upMs },
          run: RUN,
          services: paused({ RTCSRV: sessions }),
          quiet: { kind: 'busy', sessions, unknown: [] },
        },
        { revision },
      );
    await stage.show(stateOf('preflight'), 'en');
    await push(waiting(9, 10_000_000, 2));
    expect(await live.innerText()).toContain('9 sessions left');
    await push(waiting(8, 10_002_000, 3));
    expect(await live.innerText()).toContain('9 sessions left');
    await push(waiting(7, 10_010_000, 4));
    expect(await live.innerText()).toContain('7 sessions left');
  });
});

describe('the one next thing to do', () => {
  it.each([
    ['preflight', 'Go on to Pause'],
    ['pause', 'Pause 9 services'],
    ['manual', 'Set 9 services to Manual'],
    ['wait', 'Sign off the server'],
    ['wait-needs-word', 'Look at 2 services…'],
    ['confirm', 'Sign off the server'],
    ['confirm-partial', 'Sign off the server'],
    ['confirm-cuts', 'Sign off a cut of up to 3 sessions'],
    ['restart-services-only', 'Go on to Way back'],
    ['restart', 'Restart FE01'],
    ['restarted-quiet', 'Go on to Way back'],
    ['way-back', 'Bring back 9 services'],
  ])('in %s is the last button, and the only one drawn so: %s', async (name, words) => {
    await stage.show(
      STATES.find((state) => state.name === name)!,
      'en',
    );
    const buttons = stage.page.locator('.step-actions button');
    expect(await buttons.last().innerText()).toBe(words);
    const looks = await buttons.evaluateAll((all) => all.map((button) => getComputedStyle(button).borderTopColor === 'rgba(0, 0, 0, 0)'));
    expect(looks).toEqual(looks.map((_, index) => index === looks.length - 1));
  });

  it('cannot be pressed while there is only to wait', async () => {
    await stage.show(stateOf('wait'), 'en');
    await stage.page.getByRole('button', { name: 'Sign off the server' }).click({ force: true });
    expect(await changes()).toEqual([]);
  });
});

describe('a dialog that the maintenance takes away', () => {
  const isHeard = (): Promise<boolean> =>
    stage.page.evaluate(() => document.querySelector('#window')?.getAttribute('aria-hidden') !== 'true');

  it.each([
    [
      'quick-pause-dialog',
      'preflight',
      snapshotOf({ run: { ...RUN, command: 'pause' }, services: paused({}, 'skipped') }, { revision: 9 }),
    ],
    ['restart-some-start', 'restart', snapshotOf({ run: RUN, services: paused({ RTCSRV: 1 }) }, { revision: 9 })],
    ['wait-all-unknown', 'wait', { ...SNAPSHOT, revision: 9 }],
  ])('leaves the window to a screen reader and the keyboard (%s)', async (name, _, next) => {
    await stage.show(
      STATES.find((state) => state.name === name)!,
      'en',
    );
    await stage.page.locator('[aria-modal="true"]').waitFor();
    await push(next);
    await stage.page.locator('[aria-modal="true"]').waitFor({ state: 'detached' });
    await expect.poll(isHeard).toBe(true);
    await stage.page.getByRole('button', { name: 'Events' }).focus();
    expect(await stage.page.evaluate(() => document.activeElement?.textContent)).toBe('Events');
  });

  it.each([0, 20, 100, 200, 300, 500])('leaves it also when its order opened the next step, %i ms later', async (laterMs) => {
    await stage.show(stateOf('preflight'), 'en');
    await stage.press(['quick-pause', 'css:.fui-DialogActions button:last-child'], 'en');
    await stage.page.waitForTimeout(laterMs);
    await push(snapshotOf({ run: { ...RUN, command: 'pause' }, services: paused({}, 'skipped') }, { revision: 9 }));
    await stage.page.waitForTimeout(600);
    await expect.poll(isHeard).toBe(true);
  });

  it('leaves it also when its order was given', async () => {
    await stage.show(
      STATES.find((state) => state.name === 'wait-all-unknown')!,
      'en',
    );
    await stage.page.getByRole('dialog').getByRole('textbox').fill('Nobody is parked.');
    await stage.page.getByRole('dialog').getByRole('button', { name: 'Accept RTCCPS' }).click();
    await stage.page.getByRole('dialog').waitFor({ state: 'detached' });
    await expect.poll(isHeard).toBe(true);
  });
});

describe('the keyboard alone', () => {
  const WALKED = [
    'preflight-blocked',
    'wait-unknown',
    'confirm',
    'confirm-partial',
    'restart',
    'way-back-conflict',
    'settings-chosen',
    'history',
  ];

  it.each(WALKED)('reaches everything that can be used in %s', async (name) => {
    await stage.show(
      STATES.find((state) => state.name === name)!,
      'en',
    );
    // One stop per group of radio buttons, as everywhere.
    const usable = await stage.page.evaluate(() => {
      const all = [...document.querySelectorAll<HTMLElement>('button, input:not([type="radio"]), input:checked, select, textarea')];
      const visible = all.filter((element) => element.getClientRects().length > 0 && !(element as HTMLButtonElement).disabled);
      visible.forEach((element, index) => element.setAttribute('data-stop', String(index)));
      (document.activeElement as HTMLElement | null)?.blur();
      return visible.length;
    });
    const reached = new Set<string>();
    for (let presses = 0; presses < usable + 10; presses += 1) {
      await stage.page.keyboard.press('Tab');
      const stop = await stage.page.evaluate(() => document.activeElement?.getAttribute('data-stop') ?? null);
      if (stop !== null) reached.add(stop);
    }
    expect(reached.size).toBe(usable);
  });

  it('goes from preflight to the order and back out of a dialog', async () => {
    await stage.show(stateOf('preflight'), 'en');
    await stage.page.getByRole('button', { name: 'Quick pause' }).focus();
    await stage.page.keyboard.press('Enter');
    await stage.page.getByRole('dialog').waitFor();
    await stage.page.keyboard.press('Escape');
    await stage.page.getByRole('dialog').waitFor({ state: 'detached' });
    expect(await stage.page.evaluate(() => document.activeElement?.textContent)).toBe('Quick pause…');
    await stage.page.keyboard.press('Tab');
    await stage.page.keyboard.press('Enter');
    expect(await stage.page.evaluate(() => document.activeElement?.textContent)).toBe('Pause');
  });
});
