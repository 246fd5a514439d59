import { describe, expect, it } from 'vitest';

import { APP_COMMANDS, type AppCommand } from '../../electron/contract/app-snapshot.js';
import { allowedOrders, refusalInPhase } from '../../electron/core/maintenance/allowed-orders.js';
import {
  differences,
  DRAIN_ALL,
  HOURS,
  NO_WAIT,
  PATIENT,
  QUICK_PAUSE,
  RESUME_ALL,
  type Program,
} from '../harness/engine/engine-harness.js';
import { harnessesOf } from '../harness/engine/open-harnesses.js';

const IDLE = { kind: 'idle' } as const;
const SHORT = { ...DRAIN_ALL, holdTimeMs: 5_000 };

const openHarness = harnessesOf('quiet');

/** Brings a fresh server into each phase. */
const PHASES: Readonly<Record<string, (program: Program) => Promise<unknown>>> = {
  'no run': async () => null,
  'a quick pause': ({ engine, by, listen }) => engine.pause(QUICK_PAUSE, by, listen, NO_WAIT),
  'a drain': ({ engine, by, listen }) => engine.drain(DRAIN_ALL, by, listen, NO_WAIT),
  ready: ({ engine, by, listen }) => engine.drain(SHORT, by, listen, HOURS),
  'a way back that left services behind': async ({ engine, by, listen }) => {
    await engine.drain(SHORT, by, listen, HOURS);
    await engine.resume({ ...RESUME_ALL, services: ['RTCMEDSRV'] }, by, listen, PATIENT);
  },
};

/** Orders that are about the phase alone, given to the engine as the terminal gives them. */
function give({ engine, by, listen }: Program, order: AppCommand): Promise<{ readonly problem: { readonly id: string } | null }> {
  switch (order) {
    case 'drain':
      return engine.drain(DRAIN_ALL, by, listen, NO_WAIT);
    case 'pause':
      return engine.pause(QUICK_PAUSE, by, listen, NO_WAIT);
    case 'accept':
      return engine.accept({ services: ['RTCRGS'], note: 'looked at it', cut: null }, by, listen);
    case 'confirm':
      return engine.confirm({ note: null, servicesOnly: true }, by, listen);
    case 'resume':
      return engine.resume(RESUME_ALL, by, listen, PATIENT);
  }
}

describe.each(Object.entries(PHASES))('in the phase "%s"', (_, reach) => {
  it.each(APP_COMMANDS)('the engine refuses the order to %s exactly if the window does, and for the same reason', async (order) => {
    const harness = await openHarness();
    const program = harness.begin();
    await reach(program);
    const checklist = await program.engine.observe();
    const refusal = refusalInPhase(order, checklist.run);
    if (refusal !== null) expect(allowedOrders(checklist, IDLE)[order]).toBe(false);
    const before = await harness.snapshot();
    const { problem } = await give(program, order);
    // Without a run there is nothing to bring back, and that is no failure in the terminal.
    if (refusal !== null && order !== 'resume') expect(problem?.id).toBe(refusal.id);
    if (refusal !== null) expect(differences(before, await harness.snapshot())).toEqual([]);
    if (refusal === null) expect(['already-returning', 'maintenance-open', 'no-open-run']).not.toContain(problem?.id);
  });
});

it('a drain is taken in every phase, also on the way back', () => {
  for (const phase of ['draining', 'ready', 'confirmed', 'returning'] as const) {
    expect(refusalInPhase('drain', { phase, command: 'resume' })).toBeNull();
  }
});
