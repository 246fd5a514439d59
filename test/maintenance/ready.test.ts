import { describe, expect, it } from 'vitest';

import type { Quiet } from '../../electron/contract/checklist.js';
import { drawChecklist } from '../../electron/core/maintenance/checklist.js';
import { findBlockers } from '../../electron/core/maintenance/ready.js';
import { AUTO, drainedOf, factsOf, MANUAL, runOf, type Given, proofOf } from '../harness/fakes/server-facts.js';

const QUIET: Quiet = { kind: 'quiet', heldMs: 60_000, samples: 60 };
const HELD: Given = { state: 'paused', start: MANUAL, sessions: 0 };
const NO_PLAN = { plan: { serviceNames: [], hold: null, overrides: [] }, stalledAfterMs: 600_000 } as const;

describe('ready', () => {
  it('is what every planned service paused, held and quiet makes', () => {
    expect(findBlockers(factsOf({ RTCSRV: HELD }), runOf([drainedOf('RTCSRV')]), QUIET)).toEqual([]);
  });

  it.each([
    ['no service was written down before the program was killed', []],
    ['every service was given back', [drainedOf('RTCSRV', { returned: 'restored' })]],
    ['every service was left out', [drainedOf('RTCSRV', { leftOut: true })]],
  ])('is never said where %s', (_, services) => {
    const run = runOf(services, {}, { quiet: proofOf({ at: '2026-11-23T02:00:00.000Z', upMs: 0 }, 60_000, 60) });
    expect(findBlockers(factsOf({ RTCSRV: HELD }), run, QUIET)).not.toEqual([]);
    expect(drawChecklist(factsOf({ RTCSRV: HELD }), run, NO_PLAN)).toMatchObject({ ready: false, run: { phase: 'draining' } });
  });

  it.each<[string, Given]>([
    ['runs', { ...HELD, state: 'running' }],
    ['is still pausing', { ...HELD, state: 'pause-pending' }],
    ['would start with Windows', { ...HELD, start: AUTO }],
  ])('is never said while a planned service %s', (_, given) => {
    const services = [drainedOf('RTCSRV'), drainedOf('RTCRGS')];
    expect(findBlockers(factsOf({ RTCSRV: HELD, RTCRGS: given }), runOf(services), QUIET)).toHaveLength(1);
  });

  it('is never said while a planned service is gone', () => {
    expect(findBlockers(factsOf({ RTCSRV: HELD }), runOf([drainedOf('RTCSRV'), drainedOf('RTCRGS')]), QUIET)).toMatchObject([
      { id: 'blocks-missing' },
    ]);
  });
});
