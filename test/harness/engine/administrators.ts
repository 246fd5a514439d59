import type { EngineEvent } from '../../../electron/engine/engine.js';
import type { EngineHarness, Program } from './engine-harness.js';

/** What other people do while the engine works, and what they find afterwards. */

export function isStep(event: EngineEvent, step: string, state: string, serviceName: string): boolean {
  return event.type === 'step' && event.step === step && event.state === state && event.serviceName === serviceName;
}

/** Does something once, when the engine tells of this step. */
export function atStep(step: string, state: string, serviceName: string, act: () => void): (event: EngineEvent) => void {
  let isDone = false;
  return (event) => {
    if (isDone || !isStep(event, step, state, serviceName)) return;
    isDone = true;
    act();
  };
}

export function openRunOf({ records }: Program): unknown {
  return records.findOpen()?.runId ?? null;
}

export async function stateOf(harness: EngineHarness, serviceName: string): Promise<string | undefined> {
  return (await harness.snapshot()).get(serviceName)?.state;
}

/** Does things after so many moments of what the program does next: each of its sleeps is one. */
export function atMoments(harness: EngineHarness, actions: Readonly<Record<number, () => unknown>>): void {
  const begunAt = harness.time.sleeps;
  harness.time.onSleep = async (sleeps) => {
    await actions[sleeps - begunAt]?.();
  };
}
