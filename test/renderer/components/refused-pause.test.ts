// @vitest-environment happy-dom
import { createElement } from 'react';
import { expect, it } from 'vitest';

import type { LastResult } from '../../../electron/contract/app-snapshot.js';
import { problem } from '../../../electron/contract/problem.js';
import { Banners } from '../../../renderer/app/banners.js';
import { drawPart, type DrawnPart } from '../../harness/renderer/drawn-part.js';
import { SNAPSHOT } from '../../harness/renderer/snapshots.js';

const UNSAFE = problem('pause-task-unsafe', { path: 'C:\\Tools', because: 'writable', writableBy: 'BUILTIN\\Users' });
const REFUSED = { services: ['RTCRGS'], forMs: 900_000, reason: 'CHG-1', overrides: ['pool-members'] } as const;
const RESULT: LastResult = { command: 'pause', at: '2026-11-23T12:00:00.000Z', outcome: 'blocked', problem: UNSAFE };

function draw(lastResult: LastResult): Promise<DrawnPart> {
  return drawPart(createElement(Banners, { onHistory: () => undefined }), { ...SNAPSHOT, lastResult });
}

it('a quick pause that no task could end says why, and is given again without one by a button', async () => {
  const part = await draw({ ...RESULT, refusedPause: REFUSED });
  expect(part.text()).toContain('others may change it (BUILTIN\\Users)');
  await part.press(part.button('Pause without it'));
  expect(part.double.orders).toEqual([{ call: 'pause', request: { ...REFUSED, withoutEndTask: true } }]);
  await part.remove();
});

it('another refusal has no such button', async () => {
  const part = await draw(RESULT);
  expect(part.text()).not.toContain('Pause without it');
  await part.remove();
});
