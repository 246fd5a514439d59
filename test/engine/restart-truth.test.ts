import { describe, expect, it } from 'vitest';

import { LYNC_SERVICES } from '../../electron/adapters/simulator/inventory.js';
import type {
  SessionProfile,
  SimulatedService,
  SimulatedSources,
  SimulatedState,
} from '../../electron/adapters/simulator/simulated-state.js';
import type { StartSetting } from '../../electron/contract/service.js';
import type { CommandResult, DrainRequest, EngineEvent, WaitOptions } from '../../electron/engine/engine.js';
import { type KillPoint, DRAIN_ALL, EngineHarness, Killed, type Program, RESUME_ALL } from '../harness/engine/engine-harness.js';
import { RestartTruth } from '../harness/engine/restart-truth.js';
import { AUTO, DISABLED, MANUAL } from '../harness/fakes/server-facts.js';
import { draws, isUsualDraw, fc } from '../harness/properties.js';

/**
 * No face promises a safe restart while the model server, its sources honest by their table, would lose a session that no one
 * accepted. What fast-check draws decides the server, its sources, who is killed where, who sits at the Services console, and
 * which commands are given. A failure prints seed and path; `fc.assert(…, { seed, path })` replays it.
 */
const LYNC = LYNC_SERVICES.map(({ serviceName }) => serviceName);
const SECOND_MS = 1_000;
const MINUTE_MS = 60_000;

/** Those in which Windows tells the truth of states: a lie of Windows is not the program's. */
const SCENARIOS = [
  'default',
  'leak',
  'outside-participants',
  'unknown-lync-service',
  'edge',
  'shared-process',
  'automatic-dependent',
  'trigger-start',
  'crashes',
  'crashes-and-recovers',
  'not-pausable',
  'slow-to-move',
  'undone-by-itself',
  'stops-instead',
] as const;
const STARTS: Readonly<Record<string, StartSetting>> = { 'set-auto': AUTO, 'set-manual': MANUAL, 'set-disabled': DISABLED };
const OUTSIDE_ACTIONS = [
  'continue',
  'pause',
  'stop',
  'start',
  'restart',
  'set-auto',
  'set-manual',
  'set-disabled',
  'clock',
  'sleep',
  'pool',
] as const;
const COMMANDS = [
  'drain',
  'drain-some',
  'pause',
  'pause-for',
  'accept',
  'accept-needed',
  'confirm',
  'confirm-services',
  'watch',
  'status',
  'resume',
  'resume-some',
] as const;

interface OutsideAction {
  readonly what: (typeof OUTSIDE_ACTIONS)[number];
  readonly serviceName: string;
  /** Moments of the command, or minutes for clocks. */
  readonly amount: number;
}

interface Act {
  readonly command: (typeof COMMANDS)[number];
  readonly some: readonly string[];
  readonly hold: DrainRequest['hold'];
  readonly overridden: readonly string[];
  readonly note: string | null;
  readonly cut: number | null;
  readonly killAt: KillPoint;
  readonly minutes: number;
  readonly actions: readonly OutsideAction[];
  /** Time between this command and the next, without readings. */
  readonly restSeconds: number;
}

const action: fc.Arbitrary<OutsideAction> = fc.record({
  what: fc.constantFrom(...OUTSIDE_ACTIONS),
  serviceName: fc.constantFrom(...LYNC),
  amount: fc.nat(100),
});
const killAt: fc.Arbitrary<KillPoint> = fc.oneof(
  { weight: 6, arbitrary: fc.constant<KillPoint>({ at: 'never' }) },
  {
    weight: 1,
    arbitrary: fc.record({ at: fc.constantFrom('before-order' as const, 'after-order' as const), count: fc.integer({ min: 1, max: 24 }) }),
  },
  { weight: 1, arbitrary: fc.record({ at: fc.constant('file-operation' as const), count: fc.integer({ min: 1, max: 300 }) }) },
);
const act: fc.Arbitrary<Act> = fc.record({
  command: fc.oneof(
    { weight: 2, arbitrary: fc.constantFrom('drain' as const, 'accept-needed' as const, 'confirm' as const) },
    { weight: 3, arbitrary: fc.constantFrom(...COMMANDS) },
  ),
  some: fc.subarray(LYNC, { minLength: 1, maxLength: 3 }),
  hold: fc.constantFrom('demand' as const, 'disabled' as const, 'disabled' as const, null),
  overridden: fc.oneof({ weight: 2, arbitrary: fc.constant([]) }, { weight: 1, arbitrary: fc.subarray(LYNC, { maxLength: 12 }) }),
  note: fc.constantFrom('looked at it', null),
  cut: fc.constantFrom(null, null, 1, 5, 200),
  killAt,
  minutes: fc.constantFrom(0, 1, 4, 4),
  actions: fc.oneof({ weight: 3, arbitrary: fc.constant([]) }, { weight: 1, arbitrary: fc.array(action, { minLength: 1, maxLength: 3 }) }),
  restSeconds: fc.constantFrom(0, 1, 10, 30, 600),
});
const sources: fc.Arbitrary<Partial<SimulatedSources>> = fc.record(
  {
    counters: fc.constantFrom('answer' as const, 'answer' as const, 'answer' as const, 'missing' as const, 'denied' as const),
    cmdlet: fc.constantFrom(
      'answers' as const,
      'answers' as const,
      'answers' as const,
      'slow' as const,
      'cmdlet-missing' as const,
      'did-not-answer' as const,
    ),
    connections: fc.constantFrom('answer' as const, 'answer' as const, 'fail' as const),
    registry: fc.constantFrom('answers' as const, 'silent' as const),
    majorVersion: fc.constantFrom(5, 6, 7),
  },
  { requiredKeys: [] },
);
const play = fc.record({
  scenario: fc.oneof({ weight: 2, arbitrary: fc.constant('default') }, { weight: 1, arbitrary: fc.constantFrom(...SCENARIOS) }),
  seed: fc.integer({ min: 1, max: 1_000 }),
  sources: fc.oneof({ weight: 1, arbitrary: fc.constant({}) }, { weight: 1, arbitrary: sources }),
  /** A drain of all services first, as most maintenances begin. */
  first: fc.option(act, { freq: 4 }),
  acts: fc.array(act, { minLength: 3, maxLength: 7 }),
});

/** Calls of seconds, so that a drain is through in a minute. */
function shortCalls(profile: SessionProfile): SessionProfile {
  return { ...profile, usual: Math.min(profile.usual, 6), shortestMs: SECOND_MS, longestMs: 25 * SECOND_MS };
}

function quickServer(given: Partial<SimulatedSources>): (state: SimulatedState) => SimulatedState {
  const quick = (service: SimulatedService): SimulatedService => ({
    ...service,
    sessions: service.sessions === null ? null : shortCalls(service.sessions),
  });
  return (state) => ({ ...state, services: state.services.map(quick), sources: { ...state.sources, ...given } });
}

class Play {
  readonly truth: RestartTruth;
  readonly #harness: EngineHarness;

  constructor(harness: EngineHarness) {
    this.#harness = harness;
    this.truth = new RestartTruth(harness);
  }

  async perform(one: Act): Promise<void> {
    const program = this.#harness.begin(one.killAt);
    const begunAt = this.#harness.time.sleeps;
    this.#harness.time.onSleep = async (sleeps) => {
      if (program.isOver()) throw new Killed();
      for (const next of one.actions) if (sleeps - begunAt === next.amount) await this.#do(next, program);
    };
    const heard: Promise<void>[] = [];
    const listen = (event: EngineEvent): void => {
      if (event.type === 'sessions') heard.push(this.truth.judge(`${one.command}, a reading`, event.checklist, 'watch', null));
    };
    try {
      const result = await give(this.#harness, program, one, listen);
      if (result.checklist !== null && !program.isOver()) {
        await this.truth.judge(`${one.command}, its end`, result.checklist, commandOf(one), result);
      }
    } catch (error) {
      if (!(error instanceof Killed)) throw error;
    }
    this.#harness.time.onSleep = null;
    await Promise.all(heard);
    await this.look(`after ${one.command}`);
    this.#harness.pass(one.restSeconds * SECOND_MS);
    await this.look(`${one.restSeconds} s after ${one.command}`);
  }

  async look(where: string): Promise<void> {
    await this.truth.judge(where, await this.#harness.begin().engine.observe(), 'watch', null);
  }

  async #do({ what, serviceName, amount }: OutsideAction, program: Program): Promise<void> {
    const { server, clocks } = this.#harness;
    const start = STARTS[what];
    if (start !== undefined) await server.console.setStart(serviceName, start);
    else if (what === 'clock') clocks.wallAheadMs += (amount - 30) * MINUTE_MS;
    else if (what === 'sleep') this.#sleep(amount * MINUTE_MS);
    else if (what === 'pool') {
      this.#harness.pool = { known: true, value: { fqdn: 'pool01', members: 4, othersInService: amount % 4, addresses: 4 } };
    } else if (what === 'restart') {
      program.end();
      await server.console.restart();
    } else await server.console.control(serviceName, what as 'continue' | 'pause' | 'stop' | 'start');
  }

  /** Calls go on while the monotonic clock stands still, on a virtual machine that is frozen. */
  #sleep(milliseconds: number): void {
    this.#harness.clocks.sleptMs += milliseconds;
    this.#harness.pass(milliseconds);
  }
}

function commandOf({ command }: Act): 'drain' | 'watch' | 'confirm' | 'pause' | 'accept' {
  if (command.startsWith('drain')) return 'drain';
  if (command.startsWith('pause')) return 'pause';
  if (command.startsWith('confirm')) return 'confirm';
  return command.startsWith('accept') ? 'accept' : 'watch';
}

async function give(
  harness: EngineHarness,
  { engine, by }: Program,
  one: Act,
  listen: (event: EngineEvent) => void,
): Promise<CommandResult> {
  const wait: WaitOptions = { timeoutMs: one.minutes * MINUTE_MS, signal: new AbortController().signal };
  const overrides = [...one.overridden.map((name) => `evidence:${name}`), 'pausable:RTCMEDSRV'];
  const drain: DrainRequest = { ...DRAIN_ALL, holdTimeMs: 5 * SECOND_MS, hold: one.hold, overrides, note: one.note, reason: null };
  const pause = { services: null, forMs: null, reason: null, overrides: [] };
  switch (one.command) {
    case 'drain':
      return withKnownChecks(drain, (request) => engine.drain(request, by, listen, wait));
    case 'drain-some':
      return withKnownChecks({ ...drain, services: one.some }, (request) => engine.drain(request, by, listen, wait));
    case 'pause':
      return engine.pause(pause, by, listen, wait);
    case 'pause-for':
      return engine.pause({ ...pause, forMs: one.minutes * MINUTE_MS }, by, listen, { ...wait, timeoutMs: null });
    case 'accept':
      return engine.accept({ services: one.some, note: 'looked at it', cut: one.cut }, by, listen);
    case 'accept-needed':
      return engine.accept({ services: await neededAt(harness), note: 'looked at it', cut: one.cut }, by, listen);
    case 'confirm':
      return engine.confirm({ note: null, servicesOnly: false }, by, listen);
    case 'confirm-services':
      return engine.confirm({ note: null, servicesOnly: true }, by, listen);
    case 'watch':
      return engine.watch(by, listen, wait);
    case 'status':
      return { outcome: 'done', problem: null, checklist: await harness.begin().engine.observe(true) };
    case 'resume':
      return engine.resume(RESUME_ALL, by, listen, wait);
    case 'resume-some':
      return engine.resume({ ...RESUME_ALL, services: one.some }, by, listen, wait);
  }
}

/** What an administrator accepts who reads the reasons. */
async function neededAt(harness: EngineHarness): Promise<readonly string[]> {
  const { restart } = await harness.begin().engine.observe(true);
  return restart.reasons.flatMap(({ id, serviceName }) => (serviceName !== null && /^(unknown|sessions):/.test(id) ? [serviceName] : []));
}

/** Without what this server does not know: an override that names nothing refuses the whole order. */
async function withKnownChecks(request: DrainRequest, order: (request: DrainRequest) => Promise<CommandResult>): Promise<CommandResult> {
  const result = await order(request);
  const unknown =
    result.problem?.id === 'unknown-check' || result.problem?.id === 'check-not-overridable'
      ? String(result.problem.params['check'])
      : null;
  return unknown === null ? result : withKnownChecks({ ...request, overrides: request.overrides.filter((id) => id !== unknown) }, order);
}

describe('what is said of a restart', { timeout: 400_000 }, () => {
  it('is never more than the sessions on the server allow', async () => {
    const met = { safe: 0, accepted: 0, cuts: 0, 'not-safe': 0 };
    await fc.assert(
      fc.asyncProperty(play, async ({ scenario, seed, sources: given, first, acts }) => {
        const harness = await EngineHarness.open(scenario, seed, quickServer(given));
        try {
          const one = new Play(harness);
          for (const next of first === null ? acts : [{ ...first, command: 'drain', minutes: 4 } as const, ...acts]) {
            await one.perform(next);
          }
          for (const kind of Object.keys(met) as (keyof typeof met)[]) met[kind] += one.truth.met[kind];
          expect(one.truth.violations).toEqual([]);
        } finally {
          harness.close();
        }
      }),
      draws(80),
    );
    // A check that met no such verdict would say nothing.
    if (isUsualDraw) expect(Object.entries(met).filter(([, count]) => count < 5)).toEqual([]);
  });
});
