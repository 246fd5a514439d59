// @vitest-environment happy-dom
import { createElement } from 'react';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';

import type { Checklist } from '../../../electron/contract/checklist.js';
import type { SignedIn } from '../../../electron/contract/signed-in.js';
import { PowerDialog, type PowerOrder } from '../../../renderer/steps/restart/power-dialog.js';
import { drawPart, isDisabled, type DrawnPart } from '../../harness/renderer/drawn-part.js';
import { SOME_START, snapshotOf, TOKEN } from '../../harness/renderer/snapshots.js';
import { CUTS, READY } from '../../harness/renderer/verdicts.js';

const NOBODY: SignedIn = { others: [], consent: 'none' };
const BOB: SignedIn = {
  others: [
    { sessionId: 3, user: 'CONTOSO\\bob', station: '', isDisconnected: true },
    { sessionId: 4, user: 'CONTOSO\\eve', station: 'RDP-Tcp#3', isDisconnected: false },
  ],
  consent: '3,4',
};
const UNKNOWN: SignedIn = { others: null, consent: 'all' };

let part: DrawnPart;
let closed: number;
beforeEach(() => {
  closed = 0;
});
afterEach(() => part.remove());

async function open(signedIn: SignedIn, checklist: Partial<Checklist> = READY, order: PowerOrder = 'restart'): Promise<void> {
  const dialog = createElement(PowerDialog, { order, onClose: () => (closed += 1) });
  part = await drawPart(dialog, snapshotOf(checklist, { power: TOKEN }), { signedIn: { ok: true, value: signedIn } });
}

const ordered = () => part.double.orders.filter(({ call }) => call !== 'signedIn');
const go = (): HTMLButtonElement => part.button(/^(Restart|Shut down) FE01/);

describe('the question before a restart', () => {
  it('orders it with what the main process knows it by, if nobody else is signed in', async () => {
    await open(NOBODY);
    await part.press(go());
    expect(ordered()).toEqual([{ call: 'restartComputer', request: { ...TOKEN, consent: null } }]);
    expect([part.double.refused, closed]).toEqual([[], 1]);
  });

  it('names who else is signed in, disconnected too, and signs them out only by consent to exactly these', async () => {
    await open(BOB);
    expect(part.text()).toContain('CONTOSO\\bob (session 3, disconnected');
    expect(part.text()).toContain('CONTOSO\\eve (session 4, RDP-Tcp#3)');
    expect(isDisabled(go())).toBe(true);
    await part.press(go());
    expect(ordered()).toEqual([]);
    await part.press(part.checkbox(/^Sign them out by force/));
    await part.press(go());
    expect(ordered()).toEqual([{ call: 'restartComputer', request: { ...TOKEN, consent: '3,4' } }]);
  });

  it('says that it is not known who is signed in, which is not the same as nobody, and forces nothing unasked', async () => {
    await open(UNKNOWN);
    expect(part.text()).toContain('LD-6013');
    await part.press(go());
    expect(ordered()).toEqual([{ call: 'restartComputer', request: { ...TOKEN, consent: null } }]);
  });

  it('waits until what would start again is acknowledged', async () => {
    await open(NOBODY, { ...READY, rebootPreview: SOME_START });
    expect(isDisabled(go())).toBe(true);
    await part.press(part.checkbox(/RTCRGS.*RTCCAA.*I know that/));
    expect(isDisabled(go())).toBe(false);
  });

  it('says on its button how many sessions it cuts, and who accepted that', async () => {
    await open(NOBODY, CUTS);
    expect(go().textContent).toBe('Restart FE01: cuts up to 3');
    expect(part.text()).toContain('A chat window left open; its owner knows.');
  });

  it('stays open with the reason if Windows refuses, and asks again who is signed in', async () => {
    await open(NOBODY);
    part.double.answer('restartComputer', { ok: false, problem: { id: 'others-signed-in', params: {} } });
    await part.press(go());
    expect(closed).toBe(0);
    expect(part.text()).toContain('LD-6010');
    expect(part.double.orders.map(({ call }) => call)).toEqual(['signedIn', 'restartComputer', 'signedIn']);
  });

  it('shuts down where that is asked', async () => {
    await open(NOBODY, READY, 'shut-down');
    await part.press(go());
    expect(ordered()).toMatchObject([{ call: 'shutDownComputer' }]);
  });
});
