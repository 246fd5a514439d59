import { SimulatedTrial } from './simulated-trial.js';

export type Order = 'pause' | 'continue' | 'start' | 'set-held' | 'set-auto';

/** By then a healthy service is where it was told to go. */
export const SETTLED_MS = 10_000;

/** Gives one of the orders a drain or a way back gives. */
export function order({ control }: SimulatedTrial, serviceName: string, kind: Order): Promise<void> {
  switch (kind) {
    case 'pause':
    case 'continue':
      return control.sendControl(serviceName, kind);
    case 'start':
      return control.startService(serviceName);
    case 'set-held':
      return control.setStart(serviceName, { startType: 'demand', delayed: false });
    case 'set-auto':
      return control.setStart(serviceName, { startType: 'auto', delayed: true });
  }
}

/** A server on which the service is where the order finds it: running, paused, or stopped by a restart. */
export async function prepare(scenario: string, serviceName: string, kind: Order): Promise<SimulatedTrial> {
  const trial = await SimulatedTrial.open(scenario);
  if (kind === 'pause' || kind === 'set-held') return trial;
  await trial.control.sendControl(serviceName, 'pause');
  await trial.control.setStart(serviceName, { startType: 'demand', delayed: false });
  if (kind === 'start') await trial.server.console.restart();
  await trial.pass(SETTLED_MS);
  return trial;
}
