import { describe, expect, it } from 'vitest';

import { CHAT_SERVICES, EDGE_SERVICES, LYNC_SERVICES, VIDEO_INTEROP } from '../../electron/adapters/simulator/inventory.js';
import { ODD_WHEN_PAUSED, ODD_WHEN_RETURNED, ODDITIES } from '../../electron/adapters/simulator/oddities.js';
import { SCENARIO_IDS } from '../../electron/adapters/simulator/scenarios.js';
import type { Reaction, SimulatedState } from '../../electron/adapters/simulator/simulated-state.js';
import type { ServiceState, StartSetting } from '../../electron/contract/service.js';
import type { CommandResult, DrainRequest } from '../../electron/engine/engine.js';
import {
  type KillPoint,
  differences,
  DRAIN_ALL,
  EngineHarness,
  Killed,
  type Program,
  PATIENT,
  RESUME_ALL,
  SIGN_OFF,
} from '../harness/engine/engine-harness.js';
import { InvariantChecker } from '../harness/engine/invariant-checker.js';
import { AUTO, DISABLED, MANUAL } from '../harness/fakes/server-facts.js';
import { draws, fc } from '../harness/properties.js';

/**
 * Deterministic simulation: what fast-check draws decides the server, who is killed where, who sits at the Services
 * console, and which commands are given. A failure prints seed and path; `fc.assert(…, { seed, path })` replays it.
 */
const LYNC = LYNC_SERVICES.map(({ serviceName }) => serviceName);
/** What an order for all services may touch, in any scenario. */
const ALL_LYNC = [...LYNC_SERVICES, ...EDGE_SERVICES, ...CHAT_SERVICES, VIDEO_INTEROP].map(({ serviceName }) => serviceName);
const ODD: readonly string[] = ODDITIES.map(({ id }) => id);
const MINUTE_MS = 60_000;

const COMMANDS = [
  'drain',
  'drain-some',
  'pause',
  'pause-for',
  'confirm',
  'watch',
  'resume',
  'resume-some',
  'resume-original',
  'resume-keep',
  'resume-stopped',
] as const;
type Command = (typeof COMMANDS)[number];

const STARTS: Readonly<Record<string, StartSetting>> = { 'set-auto': AUTO, 'set-manual': MANUAL, 'set-disabled': DISABLED };
const OUTSIDE_ACTIONS = ['continue', 'pause', 'stop', 'start', 'restart', 'set-auto', 'set-manual', 'set-disabled'] as const;

interface OutsideAction {
  readonly what: (typeof OUTSIDE_ACTIONS)[number];
  readonly serviceName: string;
}

/** One command of one program, and what happens around it. */
interface Act {
  readonly command: Command;
  readonly some: readonly string[];
  readonly killAt: KillPoint;
  readonly minutes: number;
  /** What another person does after so many moments of the command. */
  readonly actions: readonly (OutsideAction & { readonly afterSleeps: number })[];
  /** Ctrl-C after so many moments. */
  readonly interruptAfter: number | null;
  readonly isTwice: boolean;
}

const action = fc.record({ what: fc.constantFrom(...OUTSIDE_ACTIONS), serviceName: fc.constantFrom(...LYNC), afterSleeps: fc.nat(60) });
const killAt: fc.Arbitrary<KillPoint> = fc.oneof(
  { weight: 4, arbitrary: fc.constant<KillPoint>({ at: 'never' }) },
  {
    weight: 1,
    arbitrary: fc.record({ at: fc.constantFrom('before-order' as const, 'after-order' as const), count: fc.integer({ min: 1, max: 24 }) }),
  },
  { weight: 1, arbitrary: fc.record({ at: fc.constant('file-operation' as const), count: fc.integer({ min: 1, max: 300 }) }) },
);
const act: fc.Arbitrary<Act> = fc.record({
  command: fc.oneof({ weight: 2, arbitrary: fc.constant<Command>('drain') }, { weight: 5, arbitrary: fc.constantFrom(...COMMANDS) }),
  some: fc.subarray(LYNC, { minLength: 1, maxLength: 3 }),
  killAt,
  minutes: fc.integer({ min: 0, max: 5 }),
  actions: fc.oneof({ weight: 1, arbitrary: fc.constant([]) }, { weight: 2, arbitrary: fc.array(action, { minLength: 1, maxLength: 4 }) }),
  interruptAfter: fc.option(fc.nat(80), { freq: 5 }),
  isTwice: fc.boolean(),
});
const play = fc.record({
  scenario: fc.oneof({ weight: 1, arbitrary: fc.constant('quiet') }, { weight: 1, arbitrary: fc.constantFrom(...SCENARIO_IDS) }),
  seed: fc.integer({ min: 1, max: 1_000 }),
  late: fc.option(
    fc.record({ serviceName: fc.constantFrom(...LYNC), unmovedMs: fc.integer({ min: 0, max: 55_000 }), isUnanswered: fc.boolean() }),
    { freq: 3 },
  ),
  acts: fc.array(act, { minLength: 2, maxLength: 7 }),
});

/** A service that begins late with a pause, also one that Windows says it did not answer. */
function pausingLate(
  late: { readonly serviceName: string; readonly unmovedMs: number; readonly isUnanswered: boolean } | null,
): (state: SimulatedState) => SimulatedState {
  if (late === null) return (state) => state;
  const { serviceName, unmovedMs, isUnanswered } = late;
  const refusal = { win32: 1053, times: null, answerAfterMs: 30_000, obeysAllTheSame: true };
  const pause: Reaction = isUnanswered ? { refusal, unmovedMs: unmovedMs + 30_000 } : { unmovedMs };
  return (state) => ({
    ...state,
    services: state.services.map((service) =>
      service.serviceName === serviceName ? { ...service, reactions: { ...service.reactions, pause } } : service,
    ),
  });
}

class Play {
  readonly harness: EngineHarness;
  readonly checker: InvariantChecker;
  readonly #isOdd: boolean;

  constructor(harness: EngineHarness, scenario: string) {
    this.harness = harness;
    this.#isOdd = ODD.includes(scenario);
    this.checker = new InvariantChecker(harness, this.#isOdd ? [ODD_WHEN_PAUSED, ODD_WHEN_RETURNED] : []);
  }

  async perform(one: Act): Promise<void> {
    const result = await this.#live(one);
    if (
      !one.isTwice ||
      this.#isOdd ||
      one.actions.length > 0 ||
      result === null ||
      !['ready', 'confirmed', 'returned'].includes(result.outcome)
    ) {
      return;
    }
    if (one.command === 'pause-for') return;
    const before = await this.harness.snapshot();
    await this.#live({ ...one, killAt: { at: 'never' }, interruptAfter: null, minutes: 1 }, () =>
      this.#expectUnchanged(one.command, before),
    );
  }

  /** @returns null when the program was killed before its command */
  async #live(one: Act, afterwards: (() => Promise<void>) | null = null): Promise<CommandResult | null> {
    const program = this.harness.begin(one.killAt);
    const interrupt = new AbortController();
    const begunAt = this.harness.time.sleeps;
    this.harness.time.onSleep = async (sleeps) => {
      if (program.isOver()) throw new Killed();
      if (one.interruptAfter !== null && sleeps - begunAt === one.interruptAfter) interrupt.abort();
      for (const next of one.actions) if (sleeps - begunAt === next.afterSleeps) await this.#act(next, program);
    };
    this.#allow(one);
    let result: CommandResult | null = null;
    try {
      result = await order(program, one, (event) => this.checker.hear(event), interrupt.signal);
    } catch (error) {
      if (!(error instanceof Killed)) throw error;
    }
    this.harness.time.onSleep = null;
    if (program.isOver()) result = null;
    const mayBringBack = (one.command.startsWith('resume') && one.command !== 'resume-stopped') || one.command === 'pause-for';
    this.checker.judge(one.command, result, program.orders, mayBringBack);
    if (afterwards !== null && program.orders.length > 0) {
      this.checker.violations.push(`I7 ${one.command} given twice ordered ${program.orders.join(', ')}`);
    }
    await afterwards?.();
    return result;
  }

  /** What is done from outside, past the program. */
  async #act({ what, serviceName }: OutsideAction, program: Program): Promise<void> {
    const { console } = this.harness.server;
    if (what === 'restart') {
      program.end();
      this.checker.noteRestart();
      await console.restart();
      return;
    }
    this.checker.disturbed.add(serviceName);
    const start = STARTS[what];
    if (start !== undefined) await console.setStart(serviceName, start);
    else await console.control(serviceName, what as 'continue' | 'pause' | 'stop' | 'start');
  }

  /** Whatever happened: people put right what the server lets them, and the way back ends. */
  async heal(): Promise<CommandResult> {
    let result = await this.#wayBack('original');
    for (let round = 0; round < 3 && result.outcome !== 'returned' && result.outcome !== 'nothing-to-do'; round += 1) {
      await this.#putRight();
      result = await this.#wayBack('original');
    }
    // What was removed meanwhile can only be let go; what was found running though Disabled does not start again; and what Windows
    // itself started a while after a restart is not stopped.
    return ['service-missing', 'service-disabled', 'stop-by-hand'].includes(result.problem?.id ?? '') ? this.#wayBack('keep') : result;
  }

  async #putRight(): Promise<void> {
    const { console, serviceControl } = this.harness.server;
    for (const { serviceName, original } of this.checker.openRun?.services.values() ?? []) {
      if (!this.checker.disturbed.has(serviceName)) continue;
      const state = (await serviceControl.readStatus(serviceName).catch(() => null))?.state;
      const before = restsIn(original.state);
      if (state !== before) await this.#bringTo(serviceName, before);
      await console.setStart(serviceName, original.start);
    }
  }

  /** As a person does it at the console: what is disabled must be something else while it starts. */
  async #bringTo(serviceName: string, state: ReturnType<typeof restsIn>): Promise<void> {
    const { console } = this.harness.server;
    await console.control(serviceName, 'stop');
    await this.harness.time.sleep(MINUTE_MS);
    if (state === 'stopped') return;
    await console.setStart(serviceName, MANUAL);
    await console.control(serviceName, 'start');
    await this.harness.time.sleep(MINUTE_MS);
    if (state === 'paused') await console.control(serviceName, 'pause');
    await this.harness.time.sleep(MINUTE_MS);
  }

  async #wayBack(conflicts: 'original' | 'keep'): Promise<CommandResult> {
    const { engine, by, orders } = this.harness.begin();
    const result = await engine.resume({ ...RESUME_ALL, conflicts }, by, (event) => this.checker.hear(event), PATIENT);
    this.checker.judge('resume', result, orders, true);
    return result;
  }

  #allow(one: Act): void {
    if (one.command === 'drain' || one.command.startsWith('pause')) this.checker.allow(ALL_LYNC);
    if (one.command === 'drain-some') this.checker.allow(one.some);
  }

  async #expectUnchanged(command: Command, before: Awaited<ReturnType<EngineHarness['snapshot']>>): Promise<void> {
    const changed = differences(before, await this.harness.snapshot());
    if (changed.length > 0) this.checker.violations.push(`I7 ${command} given twice changed ${changed.join(', ')}`);
  }
}

/** Where a service comes to rest that was met in this state. */
function restsIn(state: ServiceState): 'running' | 'paused' | 'stopped' {
  if (state.startsWith('stop')) return 'stopped';
  return state.startsWith('pause') ? 'paused' : 'running';
}

function order(
  { engine, by }: Pick<Program, 'engine' | 'by'>,
  one: Act,
  listen: Program['listen'],
  signal: AbortSignal,
): Promise<CommandResult> {
  const wait = { timeoutMs: one.minutes * MINUTE_MS, signal };
  const drain: DrainRequest = { ...DRAIN_ALL, holdTimeMs: 5_000 };
  const pause = { services: null, forMs: null, reason: null, overrides: [] };
  switch (one.command) {
    case 'drain':
      return engine.drain(drain, by, listen, wait);
    case 'drain-some':
      return engine.drain({ ...drain, services: one.some }, by, listen, wait);
    case 'pause':
      return engine.pause(pause, by, listen, wait);
    case 'pause-for':
      return engine.pause({ ...pause, forMs: one.minutes * MINUTE_MS }, by, listen, { ...wait, timeoutMs: null });
    case 'confirm':
      return engine.confirm({ ...SIGN_OFF, note: 'signed' }, by, listen);
    case 'watch':
      return engine.watch(by, listen, wait);
    case 'resume':
      return engine.resume(RESUME_ALL, by, listen, wait);
    case 'resume-some':
      return engine.resume({ ...RESUME_ALL, services: one.some }, by, listen, wait);
    case 'resume-original':
      return engine.resume({ ...RESUME_ALL, conflicts: 'original' }, by, listen, wait);
    case 'resume-keep':
      return engine.resume({ ...RESUME_ALL, conflicts: 'keep' }, by, listen, wait);
    case 'resume-stopped':
      return engine.resume({ ...RESUME_ALL, stayStopped: true }, by, listen, wait);
  }
}

/** A service that never leaves start-pending cannot be helped, not even by Windows itself. */
const BEYOND_HELP = ['pending-for-ever', 'checkpoint-stuck', 'checkpoint-for-ever', 'handler-hangs'];

describe('whatever happens', { timeout: 400_000 }, () => {
  it('every invariant holds', async () => {
    await fc.assert(
      fc.asyncProperty(play, async ({ scenario, seed, late, acts }) => {
        const harness = await EngineHarness.open(scenario, seed, pausingLate(late));
        try {
          const one = new Play(harness, scenario);
          for (const next of acts) await one.perform(next);
          const end = await one.heal();
          expect(one.checker.violations).toEqual([]);
          if (scenario === 'not-elevated') expect(end.outcome).toBe('no-rights');
          else if (!BEYOND_HELP.includes(scenario)) {
            expect(end).toMatchObject({ outcome: expect.stringMatching(/^(returned|nothing-to-do)$/) as string });
          }
        } finally {
          harness.close();
        }
      }),
      draws(60),
    );
  });
});
