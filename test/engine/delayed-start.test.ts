import { describe, expect, it } from 'vitest';

import type { Advapi32 } from '../../electron/adapters/windows/koffi/advapi32.js';
import { SCM_START_TYPES, type StartSetting } from '../../electron/contract/service.js';
import type { ServiceControl } from '../../electron/ports/service-control.js';
import { DRAIN_ALL, HOURS, PATIENT, RESUME_ALL, type EngineHarness } from '../harness/engine/engine-harness.js';
import { harnessesOf } from '../harness/engine/open-harnesses.js';
import { boundControl } from '../harness/fakes/bound-control.js';
import { MadeUpAdvapi32 } from '../harness/service-control/made-up-advapi32.js';
import { StructureWriter } from '../harness/service-control/made-up-memory.js';

/** The levels of `QueryServiceConfig2W` that Wine lacks in part: failure actions, the delayed flag, triggers. */
const LEVEL = { failureActions: 2, delayed: 3, triggers: 8 };
const ERROR_INVALID_LEVEL = 124;

/** The configuration of services as advapi32 stores it: start type and delayed flag are two values, each with a function of its own. */
class StoredConfigurations {
  /** What was written, in order: `RTCRGS delayed 1`. */
  readonly writes: string[] = [];
  readonly #starts: Map<string, { startType: number; delayed: number }>;
  readonly #names = new Map<number, string>();
  readonly #windows = new MadeUpAdvapi32();

  constructor(starts: ReadonlyMap<string, StartSetting>) {
    this.#starts = new Map(
      [...starts].map(([name, { startType, delayed }]) => [
        name,
        { startType: SCM_START_TYPES.indexOf(startType), delayed: Number(delayed) },
      ]),
    );
  }

  /** The simulated server, but for start settings and what stands beside them. */
  wrap(control: ServiceControl): ServiceControl {
    const stored = this.#windows.with(this.#functions());
    return {
      ...boundControl(control),
      readStart: (name) => stored.readStart(name),
      setStart: (name, start) => stored.setStart(name, start),
      readConfiguration: async (name) => {
        const { start, failureActions, hasStartTrigger } = await stored.readConfiguration(name);
        return { ...(await control.readConfiguration(name)), start, failureActions, hasStartTrigger };
      },
    };
  }

  #functions(): Partial<Advapi32> {
    return {
      OpenServiceW: (_manager, name) => {
        const handle = this.#windows.handle();
        this.#names.set(handle, name);
        return handle;
      },
      QueryServiceConfigW: (service, bytes) => {
        new StructureWriter(bytes, 64).number(4, this.#of(service).startType).text(48, 'LocalSystem');
        return 1;
      },
      QueryServiceConfig2W: (service, level, bytes) => this.#readDetail(service, level, bytes),
      EnumDependentServicesW: () => 1,
      ChangeServiceConfigW: this.#order((service, [, startType]) => this.#write(service, 'startType', startType as number)),
      ChangeServiceConfig2W: this.#order((service, [level, flag]) => {
        if (level !== LEVEL.delayed) throw new Error(`Level ${String(level)} is not ours to write.`);
        this.#write(service, 'delayed', (flag as Buffer).readUInt32LE());
      }),
    };
  }

  #readDetail(service: number, level: number, bytes: Buffer): number {
    bytes.fill(0, 0, 64);
    if (level === LEVEL.delayed) bytes.writeUInt32LE(this.#of(service).delayed);
    else if (level !== LEVEL.failureActions && level !== LEVEL.triggers) return this.#windows.fail(ERROR_INVALID_LEVEL);
    return 1;
  }

  #order(write: (service: number, parameters: readonly unknown[]) => void): Advapi32['ChangeServiceConfigW'] {
    const async = (...parameters: readonly unknown[]): void => {
      write(parameters[0] as number, parameters.slice(1));
      (parameters.at(-1) as (failure: null, succeeded: number) => void)(null, 1);
    };
    return { async } as unknown as Advapi32['ChangeServiceConfigW'];
  }

  #write(service: number, what: 'startType' | 'delayed', value: number): void {
    this.#of(service)[what] = value;
    this.writes.push(`${this.#names.get(service)} ${what} ${value}`);
  }

  #of(service: number): { startType: number; delayed: number } {
    return this.#starts.get(this.#names.get(service) ?? '')!;
  }

  /** A service as it stands now. */
  start(name: string): StartSetting {
    const { startType, delayed } = this.#starts.get(name)!;
    return { startType: SCM_START_TYPES[startType]!, delayed: delayed === 1 };
  }

  /** Another person's hand. */
  set(name: string, delayed: boolean): void {
    this.#starts.get(name)!.delayed = Number(delayed);
  }
}

const openHarness = harnessesOf('quiet');

async function openStored(harness: EngineHarness): Promise<StoredConfigurations> {
  const services = await harness.server.serviceControl.listServices();
  const starts = await Promise.all(
    services.map(async ({ serviceName }) => [serviceName, await harness.server.serviceControl.readStart(serviceName)] as const),
  );
  return new StoredConfigurations(new Map(starts));
}

describe('the delayed flag, on a Windows that has it', () => {
  it('is not written while draining, nor on the way back where it stands as before', async () => {
    const harness = await openHarness();
    const stored = await openStored(harness);
    const { engine, by, listen } = harness.begin(undefined, undefined, (control) => stored.wrap(control));
    expect((await engine.drain(DRAIN_ALL, by, listen, HOURS)).outcome).toBe('ready');
    expect(stored.start('RTCRGS')).toEqual({ startType: 'demand', delayed: true });
    expect(stored.writes.filter((write) => write.includes('delayed'))).toEqual([]);
    expect((await engine.resume(RESUME_ALL, by, listen, PATIENT)).outcome).toBe('returned');
    expect(stored.start('RTCRGS')).toEqual({ startType: 'auto', delayed: true });
    expect(stored.writes.filter((write) => write.startsWith('RTCRGS'))).toEqual(['RTCRGS startType 3', 'RTCRGS startType 2']);
    expect(stored.writes.filter((write) => write.includes('delayed'))).toEqual([]);
  });

  it.each([
    ['RTCRGS', false, 1],
    ['RTCSRV', true, 0],
  ])('of %s is written on the way back where it was changed meanwhile', async (name, changedTo, written) => {
    const harness = await openHarness();
    const stored = await openStored(harness);
    const { engine, by, listen } = harness.begin(undefined, undefined, (control) => stored.wrap(control));
    const before = stored.start(name);
    await engine.drain(DRAIN_ALL, by, listen, HOURS);
    // A tool that sets Manual may set the flag beside it; to an administrator the start type is Manual as before.
    stored.set(name, changedTo);
    expect((await engine.resume(RESUME_ALL, by, listen, PATIENT)).outcome).toBe('returned');
    expect(stored.start(name)).toEqual(before);
    expect(stored.writes.filter((write) => write.includes('delayed'))).toEqual([`${name} delayed ${written}`]);
  });
});
