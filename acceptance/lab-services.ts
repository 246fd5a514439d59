import { mkdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';

import type { MachineWitness } from './machine-witness.js';
import { until } from './patience.js';
import type { Places } from './places.js';
import type { Registry } from './registry.js';
import { AUTOMATIC, RUNNING, type ServiceWitness } from './service-witness.js';
import { Session } from './session.js';

const START_MS = 20_000;
const REMOVE_MS = 20_000;

/** A service of the kit under a name of Lync's. */
export interface LabService {
  readonly serviceName: string;
  readonly displayName: string;
  /** Where it takes sessions, on 127.0.0.1. */
  readonly port: number;
  /** Switches of session-service.exe that make it misbehave. */
  readonly switches?: readonly string[];
}

export const CHAT: LabService = { serviceName: 'RTCCHAT', displayName: 'Lync Server Persistent Chat', port: 5041 };
export const MEETING: LabService = {
  serviceName: 'RTCMEETINGMCU',
  displayName: 'Lync Server Web Conferencing Compatibility',
  port: 8058,
};

/** One service as two witnesses see it: what must be the same after the way back. */
export interface Snapshot {
  readonly serviceName: string;
  readonly state: number;
  readonly startType: number;
  /** `Start` in the registry, by reg.exe. */
  readonly registryStart: number | null;
}

/** Puts services on this machine, takes them away, and looks at them. */
export class LabServices {
  readonly #places: Places;
  readonly #services: ServiceWitness;
  readonly #machine: MachineWitness;
  readonly #registry: Registry;
  /** Told before a service is installed. */
  readonly #note: (serviceName: string) => void;

  constructor(
    places: Places,
    witnesses: { readonly services: ServiceWitness; readonly machine: MachineWitness; readonly registry: Registry },
    note: (serviceName: string) => void,
  ) {
    this.#places = places;
    this.#services = witnesses.services;
    this.#machine = witnesses.machine;
    this.#registry = witnesses.registry;
    this.#note = note;
  }

  /** Installs and starts services, with an automatic start. @throws Error if one does not run or does not listen */
  async install(...services: readonly LabService[]): Promise<void> {
    mkdirSync(this.#places.logs, { recursive: true });
    for (const service of services) {
      this.#note(service.serviceName);
      rmSync(this.#logOf(service.serviceName), { force: true });
      const log = this.#logOf(service.serviceName);
      const binary = [`"${this.#places.sessionService}"`, '--log', `"${log}"`, '--port', service.port, ...(service.switches ?? [])].join(
        ' ',
      );
      await this.#services.create({ ...service, binary, startType: AUTOMATIC });
      await this.#services.start(service.serviceName);
      if (!(await this.#services.reaches(service.serviceName, RUNNING, START_MS))) throw new Error(`${service.serviceName} does not start`);
      if (!(await until(() => this.listens(service), START_MS))) throw new Error(`port ${service.port} is taken by another program`);
    }
  }

  /** Ends and deletes a service of the kit, however it misbehaves. */
  async remove(serviceName: string): Promise<void> {
    const seen = await this.#services.query(serviceName).catch(() => null);
    if (seen === null || !this.isOurs(seen.binary)) return;
    await this.#services.delete(serviceName);
    await this.#services.stop(serviceName).catch(() => undefined);
    const isGone = async (): Promise<boolean> => !(await this.#services.list()).includes(serviceName);
    if (await until(isGone, 2000)) return;
    const { processId } = await this.#services.query(serviceName).catch(() => ({ processId: 0 }));
    if (processId !== 0) await this.#machine.endIn(this.#places.stage, processId);
    if (!(await until(isGone, REMOVE_MS))) throw new Error(`${serviceName} cannot be removed`);
  }

  isOurs(binary: string): boolean {
    return binary.toLowerCase().includes(this.#places.stage.toLowerCase());
  }

  async listens({ port }: LabService): Promise<boolean> {
    return (await this.#machine.tcp(port)).listening > 0;
  }

  /** Connections of all these services, as the TCP table has them. */
  async connections(...services: readonly LabService[]): Promise<number> {
    let count = 0;
    for (const { port } of services) count += (await this.#machine.tcp(port)).established;
    return count;
  }

  async look(...services: readonly LabService[]): Promise<readonly Snapshot[]> {
    const seen: Snapshot[] = [];
    for (const { serviceName } of services) {
      const { state, startType } = await this.#services.query(serviceName);
      seen.push({ serviceName, state, startType, registryStart: await this.#registry.serviceNumber(serviceName, 'Start') });
    }
    return seen;
  }

  /** @throws Error if a service takes no session */
  async openSessions(...services: readonly LabService[]): Promise<Session[]> {
    const sessions: Session[] = [];
    for (const { port, serviceName } of services) {
      const session = await Session.open(port);
      if (session === null) throw new Error(`${serviceName} takes no session`);
      sessions.push(session);
    }
    return sessions;
  }

  /** What a service itself says it did, oldest first. */
  events(serviceName: string): readonly string[] {
    const text = readFileSync(this.#logOf(serviceName), 'utf8');
    return [...text.matchAll(/"event":"([a-z-]+)"/g)].map(([, event = '']) => event);
  }

  #logOf(serviceName: string): string {
    return join(this.#places.logs, `${serviceName}.log`);
  }
}

/** All of them in a state, with a start type that both witnesses see. */
export function areAll(seen: readonly Snapshot[], state: number, startType: number): boolean {
  return seen.every((one) => one.state === state && one.startType === startType && one.registryStart === startType);
}

export function isSame(one: readonly Snapshot[], other: readonly Snapshot[]): boolean {
  return JSON.stringify(one) === JSON.stringify(other);
}
