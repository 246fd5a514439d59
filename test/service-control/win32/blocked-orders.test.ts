import { appendFile, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { performance } from 'node:perf_hooks';

import koffi from 'koffi';
import { describe, expect, it } from 'vitest';

import type { Advapi32 } from '../../../electron/adapters/windows/koffi/advapi32.js';
import { callAsync, type NativeFunction } from '../../../electron/adapters/windows/koffi/load-koffi.js';
import { ServiceManager } from '../../../electron/adapters/windows/services/service-manager.js';
import { WindowsServiceControl } from '../../../electron/adapters/windows/services/windows-service-control.js';

const BLOCKED_MS = 400;
const DELAY_MS = 100;
const SERVICES = ['RTCMEDSRV', 'RTCAVMCU', 'RTCASMCU', 'RTCDATAMCU', 'RTCIMMCU', 'RTCSRV'];

/** A call of the C library that blocks its thread, as an order to Windows does; it comes back with 0. */
const poll: NativeFunction = koffi.load('libc.so.6').func('int poll(void *descriptors, ulong count, int milliseconds)');
const blocked = {
  async: (...parameters: readonly unknown[]) => {
    poll.async(null, 0, BLOCKED_MS, (_: unknown, result: number) => answer(parameters, result));
  },
};

function answer(parameters: readonly unknown[], result: number): void {
  (parameters.at(-1) as (failure: null, succeeded: number) => void)(null, result === 0 ? 1 : 0);
}

/**
 * Koffi's asynchronous calls and Node's files share the four threads of libuv, here as on Windows: when orders hold them all,
 * no connection is read and no file written until one comes back, up to 30 s later.
 */
describe('orders that block', () => {
  it('delay no native reading and no file by more than 100 ms, however many there are', async () => {
    const api = {
      OpenSCManagerW: () => 1,
      OpenServiceW: () => 2,
      CloseServiceHandle: () => 1,
      addressOf: () => 0,
      ControlService: blocked,
      StartServiceW: blocked,
      ChangeServiceConfigW: blocked,
    };
    const control = new WindowsServiceControl(new ServiceManager(api as unknown as Advapi32));
    const folder = await mkdtemp(join(tmpdir(), 'lync-drain-blocked-'));
    const begun = performance.now();
    const orders = SERVICES.flatMap((name) => [
      control.sendControl(name, 'pause'),
      control.startService(name),
      control.setStart(name, { startType: 'demand', delayed: null }),
    ]);
    let slowestMs = 0;
    let looks = 0;
    while (performance.now() - begun < 3 * BLOCKED_MS) {
      const looked = performance.now();
      await Promise.all([callAsync(poll, null, 0, 1), callAsync(poll, null, 0, 1), appendFile(join(folder, 'record'), 'a line\n')]);
      slowestMs = Math.max(slowestMs, performance.now() - looked);
      looks += 1;
    }
    await Promise.all(orders);
    await rm(folder, { recursive: true });
    expect(looks).toBeGreaterThan(10);
    expect(slowestMs).toBeLessThan(DELAY_MS);
  });
});
