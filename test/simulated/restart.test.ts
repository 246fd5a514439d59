import { describe, expect, it } from 'vitest';

import { isRestartBetween } from '../../electron/contract/computer.js';
import { SimulatedTrial } from '../harness/simulated/simulated-trial.js';

const MINUTE = 60_000;

describe('a restart of the simulated server', () => {
  it('brings a paused automatic service back running: it takes calls again', async () => {
    const trial = await SimulatedTrial.open();
    await trial.control.sendControl('RTCSRV', 'pause');
    await trial.pass(10_000);
    expect(await trial.state('RTCSRV')).toBe('paused');
    await trial.server.console.restart();
    await trial.pass(2 * MINUTE);
    expect(await trial.state('RTCSRV')).toBe('running');
    expect(await trial.count('RTCSRV')).toBeGreaterThan(0);
  });

  it('leaves Manual and Disabled services stopped', async () => {
    const trial = await SimulatedTrial.open();
    await trial.control.setStart('RTCSRV', { startType: 'demand', delayed: false });
    await trial.control.setStart('RTCMEDSRV', { startType: 'disabled', delayed: false });
    await trial.server.console.restart();
    await trial.pass(10 * MINUTE);
    expect(await trial.state('RTCSRV')).toBe('stopped');
    expect(await trial.state('RTCMEDSRV')).toBe('stopped');
  });

  it('starts delayed services two minutes after the others', async () => {
    const trial = await SimulatedTrial.open();
    await trial.server.console.restart();
    await trial.pass(MINUTE);
    expect([await trial.state('RTCSRV'), await trial.state('RTCMEDSRV')]).toEqual(['running', 'stopped']);
    await trial.pass(2 * MINUTE);
    expect(await trial.state('RTCMEDSRV')).toBe('running');
  });

  it('starts a Manual service that an automatic one depends on, before it', async () => {
    const trial = await SimulatedTrial.open('automatic-dependent');
    await trial.control.setStart('RTCMEDSRV', { startType: 'demand', delayed: false });
    await trial.server.console.restart();
    for (let waited = 0; (await trial.state('AcmeRecorder')) === 'stopped' && waited < 600; waited += 1) await trial.pass(100);
    expect(await trial.state('RTCMEDSRV')).toBe('running');
    await trial.pass(MINUTE);
    expect(await trial.state('AcmeRecorder')).toBe('running');
  });

  it('starts neither a disabled service nor what depends on it', async () => {
    const trial = await SimulatedTrial.open('automatic-dependent');
    await trial.control.setStart('RTCMEDSRV', { startType: 'disabled', delayed: false });
    await trial.server.console.restart();
    await trial.pass(10 * MINUTE);
    expect([await trial.state('RTCMEDSRV'), await trial.state('AcmeRecorder')]).toEqual(['stopped', 'stopped']);
    expect(await trial.win32(trial.control.startService('AcmeRecorder'))).toBe(1068);
  });

  it('shows as another boot time, and the monotonic clock begins anew', async () => {
    const trial = await SimulatedTrial.open();
    const { host, console } = trial.server;
    for (let nth = 0; nth < 3; nth += 1) {
      const before = [(await host.computer()).bootedAt, host.now()] as const;
      await console.restart();
      const after = [(await host.computer()).bootedAt, host.now()] as const;
      expect(isRestartBetween(before[0], after[0])).toBe(true);
      expect(after[1].upMs).toBe(0);
      expect(Date.parse(after[1].at)).toBeGreaterThan(Date.parse(before[1].at));
    }
  });

  it('gives every service a new process', async () => {
    const trial = await SimulatedTrial.open();
    const before = (await trial.control.readStatus('RTCSRV')).processId;
    await trial.server.console.restart();
    await trial.pass(5 * MINUTE);
    const running = (await trial.control.listServices()).filter((service) => service.processId !== 0);
    expect(new Set(running.map((service) => service.processId)).size).toBe(running.length);
    expect((await trial.control.readStatus('RTCSRV')).processId).not.toBe(before);
  });
});

describe('the Services console of the simulated server', () => {
  it('stops what is running, unless something needs it', async () => {
    const trial = await SimulatedTrial.open('automatic-dependent');
    const { console } = trial.server;
    expect(await console.control('RTCMEDSRV', 'stop')).toBe(1051);
    expect(await console.control('AcmeRecorder', 'stop')).toBe(0);
    await trial.pass(10_000);
    expect(await console.control('RTCMEDSRV', 'stop')).toBe(0);
    await trial.pass(10_000);
    expect(await trial.state('RTCMEDSRV')).toBe('stopped');
  });

  it('starts with a service what it depends on', async () => {
    const trial = await SimulatedTrial.open('automatic-dependent');
    for (const serviceName of ['AcmeRecorder', 'RTCMEDSRV']) {
      await trial.server.console.control(serviceName, 'stop');
      await trial.pass(10_000);
    }
    expect(await trial.server.console.control('AcmeRecorder', 'start')).toBe(0);
    await trial.pass(20_000);
    expect([await trial.state('RTCMEDSRV'), await trial.state('AcmeRecorder')]).toEqual(['running', 'running']);
  });

  it('is obeyed where the program under test is refused', async () => {
    const trial = await SimulatedTrial.open('shutdown-in-progress');
    expect(await trial.win32(trial.control.sendControl('RTCMEDSRV', 'pause'))).toBe(1115);
    expect(await trial.server.console.control('RTCMEDSRV', 'pause')).toBe(0);
    expect(await trial.server.console.setStart('RTCMEDSRV', { startType: 'disabled', delayed: false })).toBe(0);
    await trial.pass(5000);
    expect(await trial.state('RTCMEDSRV')).toBe('paused');
    expect((await trial.control.readConfiguration('RTCMEDSRV')).start.startType).toBe('disabled');
  });
});
