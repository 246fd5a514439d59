// @vitest-environment happy-dom
import { createElement } from 'react';
import { afterEach, describe, expect, it } from 'vitest';

import type { Language } from '../../../electron/contract/app-snapshot.js';
import type { RebootPreviewRow, ServiceRow } from '../../../electron/contract/checklist.js';
import { message } from '../../../electron/contract/message.js';
import { RebootPreview } from '../../../renderer/steps/restart/reboot-preview.js';
import { ConflictChoice } from '../../../renderer/steps/way-back/conflict-choice.js';
import { drawPart, isDisabled, type DrawnPart } from '../../harness/renderer/drawn-part.js';
import { SNAPSHOT, SOME_START } from '../../harness/renderer/snapshots.js';

let part: DrawnPart;
afterEach(() => part.remove());

type Differs = Pick<ServiceRow, 'conflict' | 'stateConflict'>;

describe('the question about what another person changed', () => {
  const chosen: string[] = [];
  const ask = async (service: Differs, isBusy = false, language: Language = 'en'): Promise<void> => {
    chosen.length = 0;
    const choice = createElement(ConflictChoice, { service, isBusy, onChoose: (answer) => chosen.push(answer) });
    part = await drawPart(choice, { ...SNAPSHOT, language });
  };
  const values = (): readonly string[] => [...document.querySelectorAll('dd')].map(({ textContent }) => textContent);
  const START: Differs = { conflict: { original: 'auto-delayed', ours: 'demand', now: 'disabled' }, stateConflict: null };

  it('shows what was, what this run set and what is, side by side', async () => {
    await ask(START);
    expect(values()).toEqual(['Automatic (Delayed Start)', 'Manual', 'Disabled']);
  });

  it('leaves out what this run set where it set nothing', async () => {
    await ask({ ...START, conflict: { original: 'auto', ours: null, now: 'demand' } });
    expect(values()).toEqual(['Automatic', 'Manual']);
  });

  it('names in each answer what becomes of the service, and takes the one that is pressed', async () => {
    await ask(START);
    await part.press(part.button(/Automatic \(Delayed Start\)/));
    await part.press(part.button(/Disabled/));
    expect(chosen).toEqual(['original', 'keep']);
  });

  it('asks once about start type and state together', async () => {
    await ask({ ...START, stateConflict: { original: 'running', now: 'stopped' } });
    expect(part.buttons()).toHaveLength(2);
    expect(values()).toEqual(
      ['running', 'stopped', 'Automatic (Delayed Start)', 'Manual', 'Disabled'].map(
        (word) => expect.stringMatching(new RegExp(`^${word.replace(/[()]/g, '\\$&')}$`, 'i')) as string,
      ),
    );
  });

  it('takes no answer while an order is under way', async () => {
    await ask(START, true);
    for (const name of [/Automatic/, /Disabled/]) expect(isDisabled(part.button(name))).toBe(true);
  });

  it('is asked in Chinese too, with no English left in it', async () => {
    await ask(START, false, 'zh-CN');
    expect(part.text()).not.toMatch(/[A-Za-z]{3,}/);
  });
});

describe('what would run after a restart', () => {
  const show = async (rows: readonly RebootPreviewRow[]): Promise<void> => {
    part = await drawPart(createElement(RebootPreview, { rows }), SNAPSHOT);
  };
  const lines = (): readonly string[] => [...document.querySelectorAll('li')].map(({ textContent }) => textContent);

  it('begins with what surely runs, then what may, and says of all others in one line that they stay', async () => {
    await show(SOME_START);
    const [runs, unsure, stay, ...more] = lines();
    expect(runs).toMatch(/^RTCRGS.*RTCQMS/);
    expect(unsure).toMatch(/^RTCCAA/);
    expect(stay).toMatch(/RTCSRV/);
    expect(stay).not.toMatch(/RTCRGS|RTCCAA/);
    expect(more).toEqual([]);
  });

  it('does not say that a service stays stopped of which that is not known', async () => {
    await show([{ serviceName: 'RTCSRV', wouldRun: null, because: message('reboot-may-start-by-trigger', { serviceName: 'RTCSRV' }) }]);
    expect(lines()).toHaveLength(1);
    expect(document.querySelector('.reboot-stays')).toBeNull();
    expect(document.querySelector('.reboot-unsure')).not.toBeNull();
  });
});
