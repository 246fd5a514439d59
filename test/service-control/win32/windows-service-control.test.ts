import { describe, expect, it } from 'vitest';

import type { Advapi32 } from '../../../electron/adapters/windows/koffi/advapi32.js';
import { MadeUpAdvapi32 } from '../../harness/service-control/made-up-advapi32.js';
import { StructureWriter } from '../../harness/service-control/made-up-memory.js';

const ACCESS_DENIED = 5;
const INVALID_PARAMETER = 87;
const MORE_DATA = 234;
const RPC_UNAVAILABLE = 1722;

/** A list of running services, written where Windows would write it. */
function writeList(bytes: Buffer, names: readonly string[]): void {
  const writer = new StructureWriter(bytes, names.length * 56);
  for (const [index, name] of names.entries()) {
    writer
      .text(index * 56, name)
      .text(index * 56 + 8, `${name} shown`)
      .number(index * 56 + 20, 4);
  }
}

describe('service control where Windows differs from Wine', () => {
  it('puts together a list that comes in parts, and tells a service that came twice once', async () => {
    const windows = new MadeUpAdvapi32();
    const parts = [['A', 'B'], ['b', 'C'], ['D']];
    const control = windows.with({
      EnumServicesStatusExW: (...[, , , , bytes, , , returned, resume]) => {
        const part = resume.readUInt32LE();
        writeList(bytes, parts[part]!);
        returned.writeUInt32LE(parts[part]!.length);
        resume.writeUInt32LE((part + 1) % parts.length);
        return part + 1 < parts.length ? windows.fail(MORE_DATA) : 1;
      },
    });
    expect((await control.listServices()).map(({ serviceName }) => serviceName)).toEqual(['A', 'b', 'C', 'D']);
    expect(await control.listServices()).toHaveLength(4);
  });

  it('fails rather than reading a list that never ends', async () => {
    const windows = new MadeUpAdvapi32();
    const control = windows.with({
      EnumServicesStatusExW: (...[, , , , , , , returned]) => {
        returned.writeUInt32LE(0);
        return windows.fail(MORE_DATA);
      },
    });
    await expect(control.listServices()).rejects.toMatchObject({ problem: { id: 'unknown-win32', params: { win32: MORE_DATA } } });
  });

  it('reads a configuration without dependents where only these are forbidden, and gives every handle back', async () => {
    const windows = new MadeUpAdvapi32();
    const control = windows.with({
      OpenServiceW: (_manager, _name, access) => ((access & 0x8) !== 0 ? windows.fail(ACCESS_DENIED) : windows.handle()),
      QueryServiceConfigW: (_service, bytes) => {
        new StructureWriter(bytes, 64).number(4, 2).text(48, 'LocalSystem');
        return 1;
      },
      QueryServiceConfig2W: (_service, level, bytes) => {
        if (level === 2) return windows.fail(ACCESS_DENIED);
        if (level === 8) return windows.fail(INVALID_PARAMETER);
        bytes.writeUInt32LE(1);
        return 1;
      },
    });
    expect(await control.readConfiguration('RTCSRV')).toEqual({
      serviceName: 'RTCSRV',
      start: { startType: 'auto', delayed: true },
      account: 'LocalSystem',
      dependencies: [],
      dependents: { known: false, reason: 'access-denied' },
      failureActions: { known: false, reason: 'access-denied' },
      hasStartTrigger: { known: false, reason: 'not-supported' },
    });
    await control.close();
    expect(windows.open.size).toBe(0);
  });

  it('gives every handle back when a question is refused, and opens a new way when the old one is broken', async () => {
    const windows = new MadeUpAdvapi32();
    let opened = 0;
    const control = windows.with({
      OpenSCManagerW: () => {
        opened++;
        return windows.handle();
      },
      QueryServiceStatusEx: () => windows.fail(RPC_UNAVAILABLE),
    });
    for (let attempt = 1; attempt <= 2; attempt++) {
      await expect(control.readStatus('RTCSRV')).rejects.toMatchObject({
        problem: { id: 'rpc-unavailable', params: { serviceName: 'RTCSRV' } },
      });
      expect(opened).toBe(attempt);
      expect(windows.open.size).toBe(0);
    }
  });
});

describe('orders that Windows does not answer at once', () => {
  /** An order that Windows has taken, and how it comes back. */
  interface Taken {
    readonly name: string;
    readonly answer: (succeeded: 0 | 1) => void;
  }

  const windows = new MadeUpAdvapi32();
  const taken: Taken[] = [];
  const order = (name: string) => ({
    async: (...parameters: readonly unknown[]) => {
      const done = parameters.at(-1) as (failure: Error | null, succeeded: number) => void;
      taken.push({ name, answer: (succeeded) => done(null, succeeded) });
    },
  });
  const control = windows.with({
    ControlService: order('control'),
    StartServiceW: order('start'),
    ChangeServiceConfigW: order('configuration'),
  } as unknown as Partial<Advapi32>);
  const settle = () => new Promise((done) => setTimeout(done, 0));
  const names = () => taken.map(({ name }) => name);

  it('are one control and one other at a time, so that two worker threads stay free', async () => {
    const controls = [control.sendControl('A', 'pause'), control.sendControl('B', 'pause')];
    const others = [control.setStart('A', { startType: 'demand', delayed: null }), control.startService('B')];
    await settle();
    expect(names()).toEqual(['control', 'configuration']);

    taken[1]!.answer(1);
    await others[0];
    await settle();
    expect(names()).toEqual(['control', 'configuration', 'start']);

    windows.error = 1053;
    taken[0]!.answer(0);
    await expect(controls[0]).rejects.toMatchObject({ problem: { id: 'request-timeout', params: { serviceName: 'A' } } });
    await settle();
    expect(names()).toEqual(['control', 'configuration', 'start', 'control']);
    taken[2]!.answer(1);
    await others[1];

    // Wine's word for the same, while an earlier control is still being handled.
    windows.error = 996;
    taken[3]!.answer(0);
    await expect(controls[1]).rejects.toMatchObject({ problem: { id: 'request-timeout', params: { serviceName: 'B' } } });
    expect(windows.open.size).toBe(1);
  });
});
