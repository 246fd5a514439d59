// @vitest-environment happy-dom
import { createElement } from 'react';
import { afterEach, describe, expect, it } from 'vitest';

import type { AppSnapshot, Language } from '../../../electron/contract/app-snapshot.js';
import type { Checklist } from '../../../electron/contract/checklist.js';
import { LossBanner } from '../../../renderer/components/verdict/losses.js';
import { VerdictCard } from '../../../renderer/components/verdict/verdict-card.js';
import type { Draft } from '../../../renderer/store/draft.js';
import { drawPart, isDisabled, type DrawnPart } from '../../harness/renderer/drawn-part.js';
import { IN_SERVICE, withRows } from '../../harness/renderer/services.js';
import { RUN, snapshotOf } from '../../harness/renderer/snapshots.js';
import { ACCEPTED, AFTER_LOSS, CUTS, PARTIAL, READY, STARTS_AGAIN } from '../../harness/renderer/verdicts.js';

const nothing = (): void => undefined;
const DRAFT: Draft = { services: null, overrides: [], reason: '', chooseServices: nothing, override: nothing, setReason: nothing };

let part: DrawnPart;
afterEach(() => part.remove());

async function draw(checklist: Partial<Checklist>, app: Partial<AppSnapshot> = {}): Promise<void> {
  part = await drawPart(createElement(VerdictCard, { draft: DRAFT }), snapshotOf(checklist, app));
}

const classOf = (): string => part.find('.verdict')!.className;
const SAFE_WORDS: Readonly<Record<Language, RegExp>> = { en: /safe to restart|without cutting/i, 'zh-CN': /可以安全重启|不会中断/ };

describe('what is said of a restart', () => {
  it('is safe only where the one verdict says so', async () => {
    await draw(READY);
    expect(part.text()).toMatch(SAFE_WORDS.en);
    expect(classOf()).toContain('result-good');
  });

  it.each([
    ['a partial plan', PARTIAL],
    ['services that start again', STARTS_AGAIN],
    ['a cut that was accepted', CUTS],
  ])('is never that it is safe with %s', async (_, checklist) => {
    await draw(checklist);
    expect(part.find('h3')!.textContent).not.toMatch(/(?<!not )safe to restart|without cutting/i);
    expect(classOf()).not.toContain('result-good');
  });

  it('names those who accepted, with their note', async () => {
    await draw(ACCEPTED);
    expect(part.text()).toContain('Queues are closed, asked the service desk.');
  });

  it('has no tick after a loss, although a past loss speaks against no restart', async () => {
    await draw(AFTER_LOSS);
    expect(classOf()).not.toContain('result-good');
    expect(part.text()).not.toMatch(/without cutting/i);
  });

  it.each([
    ['how many sessions are there', IN_SERVICE, /at least 1581 sessions/],
    [
      'that it is not known, which is not the same as none',
      withRows(
        IN_SERVICE.map(
          (row) => ({ ...row, state: 'paused', sessions: { kind: 'count', count: 0, evidence: 'counter', arrivals: [] } }) as const,
        ),
        { RTCRGS: { sessions: { kind: 'unknown', reason: 'cmdlet-denied', raw: null, arrivals: [] } } },
      ),
      /not known|unknown/i,
    ],
  ])('says while it is not safe %s', async (_, services, words) => {
    await draw({ services });
    expect(part.find('.verdict p')!.textContent).toMatch(words);
  });
});

describe('what stands against a restart', () => {
  it('is named with what helps, and the window does it', async () => {
    await draw(PARTIAL);
    expect(part.find('.reasons')!.textContent).toContain(
      'RTCMEDSRV takes calls and is not part of this maintenance; it carries 12 sessions.',
    );
    await part.press(part.button(/RTCMEDSRV/));
    expect(part.double.orders).toMatchObject([{ call: 'drain' }]);
    expect(part.double.refused).toEqual([]);
    expect(JSON.stringify(part.double.orders)).toContain('RTCMEDSRV');
  });

  it('offers the stronger hold against what a dependent or a trigger starts', async () => {
    await draw(STARTS_AGAIN);
    expect(part.find('.reasons')!.textContent).toContain('RTCQMS');
    expect(part.find('.reasons')!.querySelectorAll('button').length).toBeGreaterThan(0);
  });

  it('can be read but not acted on while the server cannot be read', async () => {
    await draw(PARTIAL, { readingProblem: { id: 'rpc-unavailable', params: { win32: 1722, operation: 'EnumServicesStatusExW' } } });
    expect(isDisabled(part.button(/RTCMEDSRV/))).toBe(true);
  });
});

describe('the banner of cut sessions', () => {
  const banner = async (checklist: Partial<Checklist>): Promise<void> => {
    part = await drawPart(createElement(LossBanner), snapshotOf(checklist));
  };

  it('says how many, and that a number is unknown where it is', async () => {
    await banner(AFTER_LOSS);
    const lines = [...part.find('.losses')!.querySelectorAll('li')].map(({ textContent }) => textContent);
    expect(lines[0]).toMatch(/RTCMEDSRV.*9 sessions may have been cut/);
    expect(lines[1]).toMatch(/RTCRGS.*unknown number/);
    expect(lines[1]).not.toMatch(/\b0\b/);
  });

  it('stays as long as the run is open, and goes with it', async () => {
    await banner({ ...AFTER_LOSS, run: { ...RUN, phase: 'returning' } });
    expect(part.find('[role=alert]')).not.toBeNull();
    await part.redraw(snapshotOf({ ...AFTER_LOSS, run: { ...RUN, phase: 'closed' } }));
    expect(part.find('[role=alert]')).toBeNull();
  });
});
