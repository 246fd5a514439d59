import { describe, expect, it } from 'vitest';

import { unfinishedOrder } from '../../electron/apps/tray/unfinished-order.js';
import type { ServiceRow } from '../../electron/contract/checklist.js';
import { problem } from '../../electron/contract/problem.js';
import type { Order, Run } from '../../electron/contract/run.js';
import { checklist, drainingRow, pausedRow, row, run } from '../harness/fakes/checklists.js';

const ORDER: Order = {
  command: 'drain',
  services: ['RTCSRV', 'RTCCAS'],
  holdTimeMs: 60_000,
  hold: 'demand',
  until: null,
  stayStopped: false,
  reason: 'CHG-1',
};

function unfinished(order: Partial<Order>, ...services: readonly ServiceRow[]): ReturnType<typeof unfinishedOrder> {
  return unfinishedOrder({ order: { ...ORDER, ...order } } as Run, checklist({ run: run(), services }));
}

const half = drainingRow('RTCCAS', { steps: { pause: 'done', manual: 'todo', wait: 'todo', confirm: 'todo' } });

describe('an order that was cut short', () => {
  it('is given again as it was given', () => {
    const request = { services: ['RTCSRV', 'RTCCAS'], holdTimeMs: 60_000, hold: 'demand', reason: 'CHG-1', overrides: [] };
    expect(unfinished({}, drainingRow('RTCSRV'), half)).toEqual({ command: 'drain', request });
  });

  it('keeps the end of a quick pause where it was', () => {
    const order = { command: 'pause', hold: null, until: '2026-11-23T12:10:00.000Z' } as const;
    expect(unfinished(order, pausedRow('RTCSRV'), row('RTCCAS'))).toMatchObject({ command: 'pause', request: { forMs: 600_000 } });
  });

  it('is given again on the way back', () => {
    expect(unfinished({ command: 'resume' }, drainingRow('RTCSRV', { wayBack: 'doing' }))).toMatchObject({ command: 'resume' });
    expect(
      unfinished({ command: 'resume' }, drainingRow('RTCSRV', { wayBack: 'todo' }), row('RTCCAS', { wayBack: 'failed' })),
    ).toMatchObject({ command: 'resume' });
  });

  it('is given again where all came back and only its end was not written', () => {
    expect(unfinished({ command: 'resume' }, row('RTCSRV', { wayBack: 'done' }))).toMatchObject({ command: 'resume' });
  });

  it.each<readonly [string, Partial<Order>, readonly ServiceRow[]]>([
    ['all changes were made', {}, [drainingRow('RTCSRV')]],
    [
      'the change failed',
      {},
      [{ ...half, problem: problem('request-timeout', { win32: 1053, operation: 'ControlService', serviceName: 'RTCSRV' }) }],
    ],
    ['the service was left out', {}, [{ ...half, planned: false }]],
    ['the service was not ordered', { services: ['RTCSRV'] }, [drainingRow('RTCSRV'), half]],
    ['the way back waits for a choice', { command: 'resume' }, [drainingRow('RTCSRV', { wayBack: 'failed' })]],
  ])('is left alone where %s', (_name, order, services) => {
    expect(unfinished(order, ...services)).toBeNull();
  });
});
