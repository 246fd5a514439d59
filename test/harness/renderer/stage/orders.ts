import type { AppSnapshot } from '../../../../electron/contract/app-snapshot.js';
import { STATES, type WindowState } from '../states.js';
import type { Stage } from './open-stage.js';

/** A state of the window by its name, with none of its buttons pressed. */
export function stateOf(name: string): WindowState {
  const found = STATES.find((state) => state.name === name);
  if (found === undefined) throw new Error(`no state ${name}`);
  return { ...found, press: [] };
}

/** What the window ordered, without the questions that change nothing. */
export async function changesOn(stage: Stage): Promise<readonly unknown[]> {
  const orders = await stage.page.evaluate(() => window.stage.orders);
  return orders.filter(({ call }) => !['plan', 'history', 'report', 'signedIn'].includes(call)).map(({ call, request }) => [call, request]);
}

/** Tells the window of a change, as the main process does. */
export async function pushTo(stage: Stage, snapshot: AppSnapshot): Promise<void> {
  await stage.page.evaluate((next) => window.stage.push(next), snapshot);
}
