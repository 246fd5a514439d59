// @vitest-environment happy-dom
import { createElement } from 'react';
import { afterEach, describe, expect, it } from 'vitest';

import type { ServiceRow } from '../../../electron/contract/checklist.js';
import type { ServerRole } from '../../../electron/contract/installed-server.js';
import { SettingsPage } from '../../../renderer/app/pages/settings-page.js';
import { ServiceList } from '../../../renderer/components/services/service-list.js';
import { drawPart, type DrawnPart } from '../../harness/renderer/drawn-part.js';
import { IN_SERVICE } from '../../harness/renderer/services.js';
import { CHECKLIST, snapshotOf } from '../../harness/renderer/snapshots.js';

function row(serviceName: string, parts: Partial<ServiceRow> = {}): ServiceRow {
  return { ...IN_SERVICE[0]!, serviceName, processId: 4_312, ...parts };
}

let part: DrawnPart;
afterEach(() => part.remove());

async function draw(services: readonly ServiceRow[], role: ServerRole | null = 'front-end'): Promise<void> {
  const installed = { ...CHECKLIST.installed, role };
  part = await drawPart(createElement(ServiceList, { services }), snapshotOf({ services, installed }));
}

/** Short names in the order in which they are drawn, those of one process in brackets. */
function drawnNames(): string {
  return [...document.querySelectorAll('.services > ul > li')]
    .map((item) => {
      const names = [...item.querySelectorAll('.short-name')].map(({ textContent }) => textContent);
      return item.classList.contains('process-group') ? `[${names.join(' ')}]` : names.join(' ');
    })
    .join(' ');
}

describe('services in the window', () => {
  it('stand together where they share a process, in the place of the first', async () => {
    await draw([
      row('RTCRGS', { processId: 8 }),
      row('RTCCPS', { processId: 4 }),
      row('RTCCAA', { processId: 8 }),
      row('RTCSRV', { processId: 12 }),
    ]);
    expect(drawnNames()).toBe('[RTCRGS RTCCAA] RTCCPS RTCSRV');
    expect(part.find('.process-note')?.textContent).toBe('One process (8): if it ends, the sessions of all of these end.');
  });

  it('stand by themselves where each has its own process, or none', async () => {
    await draw([
      row('RTCRGS', { processId: 0, state: 'stopped' }),
      row('RTCCPS', { processId: 0, state: 'stopped' }),
      row('RTCCAA', { processId: 8 }),
    ]);
    expect(drawnNames()).toBe('RTCRGS RTCCPS RTCCAA');
    expect(part.find('.process-note')).toBeNull();
  });

  it.each([
    ['RTCSRV', 'front-end', /HoldsRegistrar, User Services, conference focus/],
    ['RTCSRV', 'edge', /HoldsAccess Edge/],
    ['RTCRGS', null, /HoldsResponse Group, Announcement/],
  ] as const)('say on demand what they hold: %s on %s', async (serviceName, role, said) => {
    await draw([row(serviceName)], role);
    await part.press(part.button(/RTC/));
    // The details are a part of their own, read when they are opened first.
    await expect.poll(() => part.text()).toMatch(said);
  });

  it('say nothing of it where they are one thing, or the role is unknown', async () => {
    await draw([row('RTCSRV')], null);
    await part.press(part.button(/RTC/));
    await expect.poll(() => part.text()).toContain('Process');
    expect(part.text()).not.toContain('Holds');
  });
});

describe('the settings of a rehearsal', () => {
  it('give its speed and what goes wrong', async () => {
    part = await drawPart(createElement(SettingsPage), snapshotOf({}), { startRehearsal: { ok: true, value: null } });
    await part.press(part.checkbox('A load balancer goes on sending'));
    await part.press(part.checkbox('A policy sets a start type back'));
    await part.press(part.checkbox('A load balancer goes on sending'));
    await part.press(part.button('Start rehearsal'));
    expect(part.double.orders).toEqual([{ call: 'startRehearsal', request: { speed: 10, mishaps: ['start-type-reverts'] } }]);
    expect(part.double.refused).toEqual([]);
  });
});
