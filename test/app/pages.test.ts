import { readFile } from 'node:fs/promises';
import { join } from 'node:path';

import { expect, it } from 'vitest';

import { MouseUser } from '../harness/app/administrator.js';
import { describeApp } from '../harness/app/describe-app.js';
import type { LaunchedApp } from '../harness/app/launched-app.js';
import { countServices, REASON } from '../harness/app/maintenance-walk.js';
import { textsIn } from '../harness/fakes/texts-in.js';

/** A quick pause of 15 minutes lasts longer than it takes to look at it. */
const UNHURRIED = 10;
const SPEED = 60;
const FAST = 300;

await describeApp('the pages of the window', ({ home, launch, otherProcess }) => {
  async function open(app: LaunchedApp): Promise<MouseUser> {
    const by = new MouseUser(await app.openWindow(), 'en');
    await by.see(by.texts.t('hint-nothing-changed'));
    return by;
  }

  it('offer a quick pause that counts down and ends by itself, with no window open', async () => {
    const by = await open(await launch({ speed: UNHURRIED }));
    const server = await otherProcess();
    await by.press('quick-pause');
    await by.press('pause-services', { count: (await countServices(server)).running });
    await by.see(by.texts.t('quick-pause-left'));
    expect(await by.page.getByRole('timer').innerText()).toMatch(/^\d+:\d\d$/);
    await by.page.close();
    await server.simulation?.simulation.setSpeed(FAST);
    await expect.poll(() => server.records.list().map(({ run }) => run?.closed?.outcome), { timeout: 30_000 }).toEqual(['returned']);
  });

  it('end a quick pause at once when that is pressed', async () => {
    const by = await open(await launch({ speed: UNHURRIED }));
    const { running } = await countServices(await otherProcess());
    await by.press('quick-pause');
    await by.press('pause-services', { count: running });
    await by.press('back-in-service-now');
    await by.see(by.texts.outcome('returned'));
    await by.seeStep('preflight');
  });

  it('name another server of the pool that is in maintenance, and go on once it is ticked', async () => {
    const app = await launch({ speed: UNHURRIED, scenario: 'other-paused' });
    const by = new MouseUser(await app.openWindow(), 'en');
    const { running } = await countServices(await otherProcess());
    await by.see('fe02.contoso.com is in maintenance (RTCRGS: Paused). One server of a pool goes down at a time.');
    await by.write('reason', REASON);
    const goOn = by.page.getByRole('button', { name: by.texts.t('go-on-to-pause') });
    expect(await goOn.isEnabled()).toBe(false);
    await by.page.getByRole('checkbox', { name: by.texts.t('override-go-on') }).check();
    await by.press('go-on-to-pause');
    await by.press('pause-services', { count: running });
    await by.seeStep('manual');
    expect(app.complaints).toEqual([]);
  });

  it('show who is connected to a service, since when and what each probably is, with names on demand', async () => {
    const by = await open(await launch({ speed: UNHURRIED }));
    await by.press('details-of', { serviceName: 'RTCSRV' });
    const list = by.page.getByRole('region', { name: 'Who is connected to RTCSRV' });
    await by.see('client', list);
    // Twenty, and what the columns are called.
    await expect.poll(() => list.getByRole('row').count()).toBe(21);
    expect(await list.innerText()).not.toContain('contoso.com');
    await by.pressNamed('Look up names');
    await by.see('contoso.com', list);
  });

  it('keep settings: in the file, in other languages, and after a new start', async () => {
    const app = await launch();
    const by = await open(app);
    await by.press('page-settings');
    await by.page.getByLabel(by.texts.t('setting-hold-time'), { exact: true }).selectOption({ label: '5 min' });
    await by.page.getByLabel(by.texts.t('setting-hold-disabled'), { exact: true }).check();
    await by.page.getByLabel(by.texts.t('setting-language'), { exact: true }).selectOption({ label: '简体中文' });
    await by.see(textsIn('zh-CN').t('settings-maintenance'));
    const file = JSON.parse(await readFile(join(home().data, 'settings.json'), 'utf8')) as unknown;
    expect(file).toMatchObject({ holdTimeMs: 300_000, hold: 'disabled', language: 'zh-CN' });
    await app.quit();
    const again = new MouseUser(await (await launch()).openWindow(), 'zh-CN');
    await again.press('page-settings');
    expect(await again.page.getByLabel(again.texts.t('setting-hold-time'), { exact: true }).inputValue()).toBe('3');
    expect(await again.page.getByLabel(again.texts.t('setting-hold-disabled'), { exact: true }).isChecked()).toBe(true);
  });

  it('let a maintenance be rehearsed, and leave the server alone meanwhile', async () => {
    const by = await open(await launch());
    const server = await otherProcess();
    await by.press('rehearse');
    await by.see(by.texts.t('rehearsal-banner', { times: 10 }));
    await by.see(by.texts.t('hint-nothing-changed'));
    await by.press('go-on-to-pause');
    await by.page.locator('.step-actions button').last().click();
    await by.seeStep('manual');
    expect((await server.engine.observe()).services.filter(({ state }) => state === 'paused')).toEqual([]);
    await by.press('end-rehearsal');
    await by.seeStep('preflight');
    await by.see(by.texts.t('hint-nothing-changed'));
    expect(server.records.list()).toEqual([]);
  });

  it('show the report of a maintenance, save it and print it', async () => {
    const app = await launch({ speed: SPEED });
    const by = await open(app);
    const { running, planned } = await countServices(await otherProcess());
    await by.write('reason', REASON);
    await by.press('go-on-to-pause');
    await by.press('pause-services', { count: running });
    await by.seeStep('manual');
    await by.page.getByRole('button', { name: /^Way back/ }).click();
    await by.press('bring-back', { count: planned });
    await by.press('open-history');
    await by.page.getByRole('button', { name: /^Show report of/ }).click();
    const report = by.page.frameLocator('iframe');
    await report.getByText(REASON).first().waitFor();
    expect(await report.locator('body').innerText()).toContain('RTCMEDSRV');
    // Its own style sheet is let through, and nothing of it is a violation.
    expect(
      await report
        .locator('h1')
        .first()
        .evaluate((heading) => getComputedStyle(heading).fontSize),
    ).not.toBe('32px');

    const path = join(home().folder, 'report.html');
    await app.answerSaveDialog(path);
    await by.press('save-report');
    await expect.poll(() => readFile(path, 'utf8').catch(() => '')).toContain(REASON);
    const title = await report.locator('h1').innerText();
    await app.catchPrints('Print job failed');
    await by.press('print-report');
    await by.page.getByRole('alert').filter({ hasText: 'LD-6007' }).waitFor();
    const printed = await app.catchPrints(null);
    await by.press('print-report');
    await expect.poll(printed).toEqual([title]);
    await by.page.getByRole('alert').waitFor({ state: 'detached' });
    expect(app.complaints).toEqual([]);
  });
});
