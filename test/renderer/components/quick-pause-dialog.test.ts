// @vitest-environment happy-dom
import { createElement } from 'react';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';

import { QUICK_PAUSES_MS } from '../../../electron/contract/app-snapshot.js';
import { QuickPauseDialog } from '../../../renderer/steps/preflight/quick-pause-dialog.js';
import type { Draft } from '../../../renderer/store/draft.js';
import { drawPart, type DrawnPart } from '../../harness/renderer/drawn-part.js';
import { snapshotOf } from '../../harness/renderer/snapshots.js';

const nothing = (): void => undefined;
const DRAFT: Draft = {
  services: ['RTCRGS'],
  overrides: ['pool-members', 'pausable:RTCXMPPTGW'],
  reason: '  CHG-1 ',
  chooseServices: nothing,
  override: nothing,
  setReason: nothing,
};

let part: DrawnPart;
let closed: number;
beforeEach(async () => {
  closed = 0;
  const dialog = createElement(QuickPauseDialog, { isOpen: true, count: 9, draft: DRAFT, onClose: () => (closed += 1) });
  part = await drawPart(dialog, snapshotOf({}));
});
afterEach(() => part.remove());

const radio = (index: number): HTMLInputElement => part.find(`input[type=radio][value="${index}"]`) as HTMLInputElement;

describe('the dialog of a quick pause', () => {
  it.each(QUICK_PAUSES_MS.map((forMs, index) => [index, forMs] as const))(
    'pauses for the chosen time (%s: %s ms)',
    async (index, forMs) => {
      if (!radio(index).checked) await part.press(radio(index));
      await part.press(part.button(/^Pause/));
      expect(part.double.orders).toEqual([
        { call: 'pause', request: { services: ['RTCRGS'], forMs, reason: 'CHG-1', overrides: ['pool-members'] } },
      ]);
      expect([part.double.refused, closed]).toEqual([[], 1]);
    },
  );

  it('orders nothing when it is left', async () => {
    await part.press(part.button('Cancel'));
    expect([part.double.orders, closed]).toEqual([[], 1]);
  });

  it('stays open with the reason if it is refused', async () => {
    part.double.answer('pause', { ok: false, problem: { id: 'maintenance-open', params: { command: 'drain' } } });
    await part.press(part.button(/^Pause/));
    expect(closed).toBe(0);
    expect(part.text()).toContain('LD-5011');
  });
});
