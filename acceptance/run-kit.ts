/*
 * The acceptance kit: takes the packaged command line through maintenances of services that are not Lync's, and lets witnesses of its
 * own say what came of it. `run.cmd` starts it.
 */
import { writeSync } from 'node:fs';
import { dirname, join } from 'node:path';

import { findAbilities } from './abilities.js';
import type { CheckResult } from './checks.js';
import { type KitOptions, parseOptions, USAGE } from './options.js';
import { type Places, placesOf } from './places.js';
import { playScenario, type Stage } from './play.js';
import { type Proof, prove } from './prove.js';
import { findRefusal } from './refusal.js';
import { acceptanceReport, readEarlierChecks, writeAcceptanceReport } from './report.js';
import type { Scenario } from './scenario.js';
import { SCENARIOS } from './scenarios/all-scenarios.js';
import { playSecondPart, prepareSecondPart } from './second-part.js';
import { Workshop } from './workshop.js';

declare const PRODUCT_VERSION: string;

const STANDARD_OUTPUT = 1;
const SECOND_PART_WAITS =
  'The second part waits: sign out and in again, or restart. The kit goes on by itself then, or by run.cmd --continue.';
const EXIT = { fine: 0, failed: 1, usage: 2, refused: 3, notElevated: 9, stopped: 130 } as const;

/** At once: a program that is ended from outside loses what waits in a stream. */
function say(line: string): void {
  writeSync(STANDARD_OUTPUT, `${line}\n`);
}

async function main(): Promise<number> {
  const options = parseOptions(process.argv.slice(2));
  if (typeof options === 'string') {
    say(`${options}\n${USAGE}`);
    return EXIT.usage;
  }
  if (options.mode === 'list') return list();
  const workshop = await Workshop.open(placesOf(dirname(process.argv[1] ?? ''), options.output, process.env));
  try {
    return (await findReasonNotToRun(workshop)) ?? (await work(workshop, options));
  } finally {
    workshop.close();
  }
}

function list(): number {
  for (const { id, title, claims, calls } of SCENARIOS) {
    say(`${id}: ${title}`);
    for (const [name, claim] of Object.entries(claims)) say(`  check ${id}/${name}: ${claim}`);
    for (const name of calls) say(`  call ${id}/${name}`);
  }
  return EXIT.fine;
}

/** @returns the exit code; null if it may run */
async function findReasonNotToRun(workshop: Workshop): Promise<number | null> {
  const { isElevated } = await workshop.machine.machine();
  if (!isElevated) {
    say('The kit installs services. It needs the rights of an administrator.');
    return EXIT.notElevated;
  }
  const refusal = (await workshop.claim()) ? await findRefusal(workshop) : 'The kit runs on this machine already.';
  if (refusal === null) return null;
  say(`${refusal}\nThe kit is for a lab machine without Lync. Nothing was changed.`);
  return EXIT.refused;
}

async function work(workshop: Workshop, options: KitOptions): Promise<number> {
  const waits = workshop.state.firstPart !== null;
  if (waits && options.mode === 'run') {
    say('A second part waits on this machine: run.cmd --continue plays it, run.cmd --clean-up takes it away.');
    return EXIT.refused;
  }
  if (!waits && options.mode === 'continue') {
    say('No second part waits on this machine. run.cmd --second-part prepares one.');
    return EXIT.usage;
  }
  if (workshop.hasLeftovers && options.mode !== 'continue') {
    say('Taking away what an earlier run left here.');
    tellLeft(await workshop.cleanUp());
  }
  if (options.mode === 'clean-up') return EXIT.fine;
  stopOnSignals(workshop);
  return conclude(workshop, options, await tryAndCleanUp(workshop, options));
}

/** Whatever happens, the machine is as it was afterwards, unless a second part waits. */
async function tryAndCleanUp(workshop: Workshop, options: KitOptions): Promise<Found & { readonly notes: readonly string[] }> {
  try {
    const found = await tryAll(workshop, options);
    if (options.preparesSecondPart) return { ...found, notes: [SECOND_PART_WAITS] };
    const left = await workshop.cleanUp();
    return { ...found, notes: left.map((one) => `Could not take away: ${one}`) };
  } catch (error) {
    tellLeft(await workshop.cleanUp());
    throw error;
  }
}

interface Found {
  readonly checks: readonly CheckResult[];
  readonly proofs: readonly Proof[];
}

async function tryAll(workshop: Workshop, options: KitOptions): Promise<Found> {
  const { mode, only, leftOut } = options;
  if (mode === 'continue') {
    const stage = { workshop, abilities: await findAbilities(workshop), leftOut };
    return { checks: [...readEarlierChecks(workshop.places.output), ...(await playSecondPart(stage))], proofs: [] };
  }
  await workshop.setUp();
  const stage: Stage = { workshop, abilities: await findAbilities(workshop), leftOut };
  const scenarios = SCENARIOS.filter(({ id }) => only?.includes(id) ?? true);
  if (mode === 'prove') {
    const tell = ({ leftOut: one, red }: Proof): void => say(`without ${one}: ${red ?? 'NO CHECK SAW IT'}`);
    return { checks: [], proofs: await prove(scenarios, stage, tell) };
  }
  if (leftOut?.includes('/') === false) workshop.takeOut(leftOut);
  const checks: CheckResult[] = [];
  for (const scenario of scenarios) checks.push(...(await playAloud(scenario, stage)));
  if (options.preparesSecondPart) await prepareSecondPart(stage, continuation(workshop.places));
  return { checks, proofs: [] };
}

async function playAloud(scenario: Scenario, stage: Stage): Promise<readonly CheckResult[]> {
  say(`${scenario.id}: ${scenario.title}`);
  const begun = performance.now();
  const results = await playScenario(scenario, stage);
  for (const { id, outcome, seen } of results) if (outcome !== 'passed') say(`  ${outcome}: ${id} (${seen})`);
  say(`  ${results.length} checks, ${Math.round((performance.now() - begun) / 1000)} s`);
  return results;
}

/** What Windows runs at the next sign-in. */
function continuation({ kit, output }: Places): string {
  return `"${join(kit, 'run.cmd')}" --continue --output "${output}"`;
}

async function conclude(
  { machine, places }: Workshop,
  { leftOut }: KitOptions,
  found: Found & { readonly notes: readonly string[] },
): Promise<number> {
  const windows = await machine.machine();
  const report = acceptanceReport({ at: new Date().toISOString(), kitVersion: PRODUCT_VERSION, windows, leftOut, ...found });
  writeAcceptanceReport(report, places.output);
  const { counts, proofs, notes } = report;
  say(`${counts.passed} passed, ${counts.failed} failed, ${counts['not-possible']} not possible on this Windows`);
  say(`The report is in ${places.output}: acceptance.html, acceptance.json`);
  for (const note of notes) say(note);
  const isWhole = notes.every((note) => note === SECOND_PART_WAITS);
  return counts.failed > 0 || !isWhole || proofs.some(({ red }) => red === null) ? EXIT.failed : EXIT.fine;
}

function tellLeft(left: readonly string[]): void {
  for (const one of left) say(`Could not take away: ${one}`);
}

/** Ctrl-C, a closed window and the end of the session: everything is taken away before the kit ends. */
function stopOnSignals(workshop: Workshop): void {
  for (const signal of ['SIGINT', 'SIGBREAK', 'SIGHUP'] as const) {
    process.once(signal, () => {
      say('Stopped. Taking everything away.');
      void workshop.cleanUp().then((left) => {
        tellLeft(left);
        process.exit(EXIT.stopped);
      });
    });
  }
}

// At once: a program that outlives the one that started it may still hold a stream of ours.
void main().then(
  (exitCode) => process.exit(exitCode),
  (error: unknown) => {
    say(`The kit itself failed: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`);
    process.exit(EXIT.failed);
  },
);
