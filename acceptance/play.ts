import { mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';

import { CheckBook, type CheckResult } from './checks.js';
import type { Abilities } from './lab.js';
import { Product } from './product.js';
import type { Scenario } from './scenario.js';
import type { Workshop } from './workshop.js';

/** Longer than any scenario takes: a program that hangs must not keep the services here. */
const LONGEST_SCENARIO_MS = 8 * 60_000;

export interface Stage {
  readonly workshop: Workshop;
  readonly abilities: Abilities;
  readonly leftOut: string | null;
}

/** Plays one scenario with services and a data folder of its own. */
export async function playScenario(scenario: Scenario, stage: Stage): Promise<readonly CheckResult[]> {
  const book = new CheckBook(scenario.id, scenario.claims);
  return book.results(await play(scenario, book, stage));
}

/** The checks of a scenario that fail with a call left out, up to the first; none if all hold without it. */
export async function findRedChecks(scenario: Scenario, stage: Stage): Promise<readonly string[]> {
  const book = new CheckBook(scenario.id, scenario.claims, true);
  await play(scenario, book, stage);
  return book.failed;
}

/** @returns why checks without an outcome have none */
async function play(scenario: Scenario, book: CheckBook, { workshop, abilities, leftOut }: Stage): Promise<string> {
  const product = productFor(scenario.id, { workshop, abilities, leftOut });
  const { services, serviceWitness, machine, registry, places } = workshop;
  const lab = { product, services, serviceWitness, machine, registry, places, abilities };
  const lack = scenario.lacks?.(abilities) ?? null;
  if (lack !== null) {
    book.restNotPossible(lack);
    return lack;
  }
  let unreached = 'It was not reached.';
  try {
    await services.install(...scenario.services);
    unreached = (await withLimit(scenario.play(lab, book))) ?? unreached;
  } catch (error) {
    unreached = `It was not reached: ${error instanceof Error ? error.message : String(error)}`;
  }
  await machine.endIn(places.edition);
  for (const { serviceName } of scenario.services) await services.remove(serviceName);
  rmSync(product.dataFolder, { recursive: true, force: true, maxRetries: 5 });
  return unreached;
}

/** @returns why it was given up; null if it came to its end */
async function withLimit(playing: Promise<void>): Promise<string | null> {
  let timer: NodeJS.Timeout | undefined;
  const limit = new Promise<string>((resolve) => {
    timer = setTimeout(() => resolve('It was not reached: the scenario took too long.'), LONGEST_SCENARIO_MS);
  });
  try {
    return await Promise.race([playing.then(() => null), limit]);
  } finally {
    clearTimeout(timer);
  }
}

export function productFor(id: string, { workshop, abilities, leftOut }: Stage): Product {
  const { places } = workshop;
  mkdirSync(places.logs, { recursive: true });
  return new Product({
    folder: places.edition,
    dataFolder: join(places.data, id),
    needsTrust: !abilities.accessLists,
    leftOut,
    scenario: id,
  });
}
