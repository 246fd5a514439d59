import { existsSync, mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';

import { callInTime } from './call.js';
import type { LabService, LabServices } from './lab-services.js';
import type { Abilities } from './lab.js';
import { WitnessRefused } from './line-process.js';
import type { MachineWitness } from './machine-witness.js';
import { until } from './patience.js';
import type { Places } from './places.js';
import { RUNNING, type ServiceWitness } from './service-witness.js';

/** A service under a name of the kit's own, only to find out what this Windows can do. */
const PROBE: LabService = {
  serviceName: 'LyncDrainAcceptanceProbe',
  displayName: 'Lync Drain Acceptance Probe',
  port: 5198,
  switches: ['--on-pause', 'refuse:1052'],
};
const PROBE_SOURCE = 'Lync Drain Acceptance';

/** Only administrators and SYSTEM write. */
const PROBE_SDDL = 'D:P(A;OICI;FA;;;SY)(A;OICI;FA;;;BA)';
const COUNTER = '\\LS:MediationServer - Inbound Calls(_Total)\\- Current';

/** An address for documents (RFC 5737): no computer has it. A Windows that opens its service control manager has opened its own. */
export const UNUSED_ADDRESS = '192.0.2.1';
const UNUSED_ADDRESS_MS = 5000;

/** Windows notices both within a fraction of a second. */
const NOTICE_MS = 2000;
const LIST_MS = 10_000;

export interface Probed {
  readonly places: Places;
  readonly machine: MachineWitness;
  readonly services: LabServices;
  readonly serviceWitness: ServiceWitness;
}

/** Finds out by the kit's own witnesses what can be tried on this Windows; the product has no say in it. */
export async function findAbilities(probed: Probed): Promise<Abilities> {
  const { machine, places, services, serviceWitness } = probed;
  await services.install(PROBE);
  try {
    const delayedStart = await isTaken(() => machine.setDelayed(PROBE.serviceName));
    const triggers = await isTaken(() => machine.setTrigger(PROBE.serviceName));
    const refusals = !(await isTaken(() => serviceWitness.pause(PROBE.serviceName)));
    const { processId } = await serviceWitness.query(PROBE.serviceName);
    await machine.endIn(probed.places.stage, processId);
    const noticesCrashes = await until(async () => (await serviceWitness.query(PROBE.serviceName)).state !== RUNNING, NOTICE_MS);
    return {
      ...{ delayedStart, triggers, refusals, noticesCrashes },
      accessLists: await keepsAccessLists(machine, join(places.stage, 'probe')),
      eventLog: await keepsEvents(machine),
      counters: (await machine.counter(COUNTER)) !== null,
      otherComputers: !(await serviceWitness.reachesComputer(UNUSED_ADDRESS, UNUSED_ADDRESS_MS)),
      tasks: await listsTasks(),
      trayApp: existsSync(places.trayApp),
    };
  } finally {
    await services.remove(PROBE.serviceName);
  }
}

async function isTaken(ask: () => Promise<void>): Promise<boolean> {
  try {
    await ask();
    return true;
  } catch (error) {
    if (error instanceof WitnessRefused) return false;
    throw error;
  }
}

async function keepsAccessLists(machine: MachineWitness, folder: string): Promise<boolean> {
  mkdirSync(folder, { recursive: true });
  try {
    await machine.setSddl(folder, PROBE_SDDL);
    const kept = await machine.sddl(folder);
    return kept.slice(kept.indexOf('D:')).replace('D:PAI', 'D:P') === PROBE_SDDL;
  } catch (error) {
    if (error instanceof WitnessRefused) return false;
    throw error;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

async function keepsEvents(machine: MachineWitness): Promise<boolean> {
  await machine.reportEvent(PROBE_SOURCE, 'The kit looks whether events come back.');
  return until(async () => (await machine.events(PROBE_SOURCE)).length > 0, NOTICE_MS);
}

async function listsTasks(): Promise<boolean> {
  const ended = await callInTime('schtasks.exe', ['/query', '/fo', 'csv'], LIST_MS);
  return ended?.exitCode === 0 && ended.stdout.includes('","');
}
