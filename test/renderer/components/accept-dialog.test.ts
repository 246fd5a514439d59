// @vitest-environment happy-dom
import { createElement } from 'react';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';

import { problem } from '../../../electron/contract/problem.js';
import { AcceptDialog } from '../../../renderer/components/accept/accept-dialog.js';
import { drawPart, isDisabled, type DrawnPart } from '../../harness/renderer/drawn-part.js';
import { counted, paused, withRows } from '../../harness/renderer/services.js';
import { snapshotOf } from '../../harness/renderer/snapshots.js';
import { NEEDS_WORD } from '../../harness/renderer/verdicts.js';

let part: DrawnPart;
let closed: number;
beforeEach(() => {
  closed = 0;
});
afterEach(() => part.remove());

async function open(serviceNames: readonly string[], checklist = NEEDS_WORD, answers = {}): Promise<void> {
  part = await drawPart(createElement(AcceptDialog, { serviceNames, onClose: () => (closed += 1) }), snapshotOf(checklist), answers);
}

const note = (): HTMLTextAreaElement => part.find('textarea') as HTMLTextAreaElement;
const accept = (): HTMLButtonElement => part.button(/^Accept|cut/i);

describe('the dialog in which a service is accepted by hand', () => {
  it('shows what can be seen of it, with remote ends, and asks for a note before anything can be accepted', async () => {
    await open(['RTCRGS']);
    expect(part.text()).toContain('Lync Server Response Group (RTCRGS)');
    expect(part.text()).toContain('10.0.0.7');
    expect(part.text()).toContain('Concurrent Calls=3');
    expect(isDisabled(accept())).toBe(true);
    await part.type(note(), '   ');
    expect(isDisabled(accept())).toBe(true);
  });

  it('orders what is seen, with the note as it was meant, and closes', async () => {
    await open(['RTCRGS']);
    await part.type(note(), '  asked the desk ');
    await part.press(accept());
    expect(part.double.orders).toEqual([{ call: 'accept', request: { services: ['RTCRGS'], note: 'asked the desk', cut: null } }]);
    expect([part.double.refused, closed]).toEqual([[], 1]);
  });

  it('takes several with one note, but those whose tick was taken away', async () => {
    await open(['RTCRGS', 'RTCCPS']);
    await part.press(part.checkbox(/RTCCPS/));
    await part.type(note(), 'looked');
    await part.press(accept());
    expect(part.double.orders).toMatchObject([{ request: { services: ['RTCRGS'] } }]);
  });

  it('accepts nothing if every tick was taken away', async () => {
    await open(['RTCRGS', 'RTCCPS']);
    for (const name of [/RTCCPS/, /RTCRGS/]) await part.press(part.checkbox(name));
    await part.type(note(), 'looked');
    expect(isDisabled(accept())).toBe(true);
  });

  it('stays open with the reason if it was refused, and gives nothing twice', async () => {
    const refusal = problem('sessions-counted', { serviceName: 'RTCRGS', count: 2 });
    await open(['RTCRGS'], NEEDS_WORD, { accept: { ok: false, problem: refusal } });
    await part.type(note(), 'looked');
    await part.press(accept());
    expect(part.text()).toContain('It cannot be accepted as empty');
    expect([closed, part.double.orders.length, note().value]).toEqual([0, 1, 'looked']);
  });

  it('offers nothing that takes new work', async () => {
    await open(['RTCRGS'], { ...NEEDS_WORD, services: withRows(NEEDS_WORD.services!, { RTCRGS: { state: 'running' } }) });
    await part.type(note(), 'looked');
    expect(part.text()).not.toContain('Response Group');
    expect(isDisabled(accept())).toBe(true);
  });
});

describe('the dialog for a service whose sessions are counted', () => {
  const COUNTED = { ...NEEDS_WORD, services: withRows(paused(), { RTCMEDSRV: { sessions: counted(4) } }) };
  const most = (): HTMLInputElement => part.find('input[type=number]') as HTMLInputElement;

  it('cannot be accepted as empty, only as a cut of no fewer than are there', async () => {
    await open(['RTCMEDSRV'], COUNTED);
    expect((part.find('input[type=radio][value=empty]') as HTMLInputElement).disabled).toBe(true);
    await part.type(note(), 'they know');
    for (const [typed, isRefused] of [
      ['3', true],
      ['', true],
      ['1e9', true],
      ['-4', true],
      ['4', false],
      ['6', false],
    ] as const) {
      await part.type(most(), typed);
      expect([typed, isDisabled(accept())]).toEqual([typed, isRefused]);
    }
    await part.press(accept());
    expect(part.double.orders).toEqual([{ call: 'accept', request: { services: ['RTCMEDSRV'], note: 'they know', cut: 6 } }]);
  });

  it('takes no fewer than what is seen now, also when that has risen meanwhile', async () => {
    await open(['RTCMEDSRV'], COUNTED);
    await part.type(note(), 'they know');
    for (const typed of ['5', '4']) await part.type(most(), typed);
    expect(isDisabled(accept())).toBe(false);
    await part.redraw(snapshotOf({ ...COUNTED, services: withRows(paused(), { RTCMEDSRV: { sessions: counted(5) } }) }));
    expect(isDisabled(accept())).toBe(true);
  });
});
