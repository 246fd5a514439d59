import { liveSessions } from '../../../electron/adapters/simulator/session-arrivals.js';
import { findService, momentAt } from '../../../electron/adapters/simulator/simulated-state.js';
import type { Checklist } from '../../../electron/contract/checklist.js';
import { isInfrastructure } from '../../../electron/core/catalogue/catalogue.js';
import type { CommandResult } from '../../../electron/engine/engine.js';
import type { EngineHarness } from './engine-harness.js';
import { formatEverywhere } from './faces.js';

/** What a restart would cut of one service. */
interface Threatened {
  readonly serviceName: string;
  readonly count: number;
  readonly isAccepted: boolean;
}

/** When the evidence of a paused service was read last. */
interface LastReading {
  readonly atMs: number;
  readonly processId: number;
}

type Command = Parameters<typeof formatEverywhere>[1];

/**
 * Looks past the program at the sessions that really are on the simulated server, and notes whatever a face says that they
 * contradict.
 */
export class RestartTruth {
  readonly violations: string[] = [];
  /** How often a verdict other than "not safe" was met: a check that meets none says nothing. */
  readonly met = { safe: 0, accepted: 0, cuts: 0, 'not-safe': 0 };
  readonly #harness: EngineHarness;
  readonly #lastReadings = new Map<string, LastReading>();
  #lastSaid = '';

  constructor(harness: EngineHarness) {
    this.#harness = harness;
  }

  /** @param result of the command that has just ended with this checklist; null for a look */
  async judge(where: string, checklist: Checklist, command: Command, result: CommandResult | null): Promise<void> {
    this.#keepReadings(checklist);
    const threatened = this.#threatened(checklist);
    const unaccepted = threatened.filter(({ isAccepted }) => !isAccepted);
    this.met[checklist.restart.kind] += 1;
    if (checklist.restart.kind !== 'not-safe') this.#expectNone(`${where}: "${checklist.restart.kind}"`, unaccepted);
    if (result?.outcome === 'confirmed' && checklist.run?.confirmed?.scope === 'server') {
      this.#expectNone(`${where}: signed off`, unaccepted);
    }
    if (result === null && !this.#isNews(checklist)) return;
    for (const { face, promises, strictPromises, deniesLoss } of await formatEverywhere(checklist, command, result)) {
      if (promises.length > 0) this.#expectNone(`${where}: ${face} says "${promises.join('", "')}"`, unaccepted);
      if (strictPromises.length > 0) this.#expectNone(`${where}: ${face} says "${strictPromises.join('", "')}"`, threatened);
      if (checklist.losses.length > 0 && deniesLoss.length > 0) {
        this.violations.push(`${where}: ${face} says "${deniesLoss.join('", "')}" after a loss`);
      }
    }
  }

  /** The faces are asked when what they tell of has changed, not at each of a thousand readings. */
  #isNews({ restart, run, ready, quiet, losses }: Checklist): boolean {
    const now = [restart.kind, restart.cut, run?.phase, run?.confirmed?.scope, ready, quiet.kind, losses.length].join(' ');
    const isNews = now !== this.#lastSaid;
    this.#lastSaid = now;
    return isNews;
  }

  #expectNone(claim: string, threatened: readonly Threatened[]): void {
    if (threatened.length > 0) {
      this.violations.push(
        `${claim} while a restart cuts ${threatened.map(({ serviceName, count }) => `${count} of ${serviceName}`).join(', ')}`,
      );
    }
  }

  #keepReadings(checklist: Checklist): void {
    const atMs = this.#serverTime(checklist);
    for (const { serviceName, sessions, processId, state } of checklist.services) {
      if (state !== 'paused') this.#lastReadings.delete(serviceName);
      else if (sessions.kind === 'count' || sessions.reason !== 'not-read-yet') this.#lastReadings.set(serviceName, { atMs, processId });
    }
  }

  #threatened(checklist: Checklist): readonly Threatened[] {
    const { state } = this.#harness.server.simulation.look();
    const nowMs = this.#serverTime(checklist);
    return state.services.flatMap(({ serviceName }): Threatened[] => {
      const service = findService(state, serviceName, nowMs);
      // Web sessions are a caveat: no pause ends them, and the program never touches their service.
      if (service?.sessions == null || isInfrastructure(serviceName)) return [];
      const moment = momentAt(service, nowMs);
      // One that stops now loses its sessions whether Windows is restarted or not.
      if (moment.state === 'stopped' || moment.state === 'stop-pending') return [];
      const unseenSinceMs = this.#unseenSince(serviceName, moment);
      const count = liveSessions(state, service, nowMs).filter(({ beginsMs }) => beginsMs <= unseenSinceMs).length;
      return count === 0 ? [] : [{ serviceName, count, isAccepted: isAccepted(checklist, serviceName, count) }];
    });
  }

  /**
   * After a sign-off no evidence is asked. What is paused, in the process in which it was counted last, cannot be told from one
   * that was continued and paused again unseen: such sessions cannot be known.
   */
  #unseenSince(serviceName: string, { state, processId }: { readonly state: string; readonly processId: number }): number {
    const last = this.#lastReadings.get(serviceName);
    return state === 'paused' && last?.processId === processId ? last.atMs : Number.POSITIVE_INFINITY;
  }

  /** When its facts were read, on the server's own clock. */
  #serverTime({ now }: Checklist): number {
    return Date.parse(now.at) - this.#harness.clocks.wallAheadMs;
  }
}

/** An administrator's word covers what no source can count, and a cut as many as it names. */
function isAccepted({ accepted, services }: Checklist, serviceName: string, count: number): boolean {
  const word = accepted.find((one) => one.serviceName === serviceName);
  if (word === undefined) return false;
  const reading = services.find((row) => row.serviceName === serviceName)?.sessions;
  if (reading?.kind === 'count') return reading.count === 0 ? false : word.cut !== null && count <= word.cut;
  return true;
}
