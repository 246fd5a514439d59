import { afterAll, beforeAll, expect, it } from 'vitest';

import { ProblemError } from '../../electron/contract/problem.js';
import type { ServiceControl } from '../../electron/ports/service-control.js';
import { describeWhere } from '../harness/describe-where.js';
import { AdapterProcess } from '../harness/windows/adapter-process.js';
import { SERVICE_PAUSED, SERVICE_RUNNING } from '../harness/windows/scm-witness.js';
import { type SessionServiceOptions, SessionService } from '../harness/windows/session-service.js';
import { WindowsServer } from '../harness/windows/windows-server.js';
import { WINDOWS } from '../harness/windows/wine.js';

const MANY = 300;

describeWhere(WINDOWS)('service control on Windows', () => {
  let server: WindowsServer;
  let control: ServiceControl;

  beforeAll(async () => {
    server = await WindowsServer.start();
    control = (await AdapterProcess.start(server)).serviceControl;
  });
  afterAll(() => server.stop());

  const install = (options: SessionServiceOptions): Promise<SessionService> => SessionService.install(server, options);
  const running = async (options: SessionServiceOptions): Promise<SessionService> => {
    const service = await install(options);
    await service.start();
    return service;
  };
  const refusal = (order: Promise<unknown>): Promise<unknown> =>
    order.then(
      () => expect.fail('It was not refused.'),
      (error: unknown) => (error instanceof ProblemError ? error.problem : error),
    );

  it('says what the witness sees of a service: process, controls, start type, exit codes', async () => {
    await running({ serviceName: 'SEEN', displayName: 'Seen from both sides', startType: 2 });
    const { processId } = await server.witness.query('SEEN');
    expect(await control.readStatus('SEEN')).toEqual({
      serviceName: 'SEEN',
      displayName: 'Seen from both sides',
      state: 'running',
      controlsAccepted: ['stop', 'pause-continue'],
      processId,
      sharesProcess: false,
      checkpoint: 0,
      waitHintMs: 0,
      win32ExitCode: 0,
      serviceSpecificExitCode: 0,
    });
    expect((await control.readConfiguration('SEEN')).start).toEqual({ startType: 'auto', delayed: null });
    await control.sendControl('SEEN', 'pause');
    await control.setStart('SEEN', { startType: 'demand', delayed: null });
    expect(await server.witness.query('SEEN')).toMatchObject({ state: SERVICE_PAUSED, startType: 3, processId });
  });

  it('changes nothing of a service but its start type', async () => {
    await install({ serviceName: 'KEEPS', displayName: 'Keeps [all] "of" it', startType: 2 });
    const before = await server.witness.query('KEEPS');
    await control.setStart('KEEPS', { startType: 'disabled', delayed: null });
    expect(await server.witness.query('KEEPS')).toEqual({ ...before, startType: 4 });
  });

  it('refuses to write a delayed flag that this Windows does not have, with its number', async () => {
    await install({ serviceName: 'DELAYED' });
    expect(await refusal(control.setStart('DELAYED', { startType: 'auto', delayed: true }))).toMatchObject({
      params: { win32: 124, operation: 'ChangeServiceConfig2W', serviceName: 'DELAYED' },
    });
  });

  it('never takes a name to the zero in it for the name of another service', async () => {
    await running({ serviceName: 'CUT' });
    expect(await refusal(control.sendControl('CUT\0x', 'pause'))).toMatchObject({ id: 'invalid-service-name', params: { win32: 123 } });
    expect((await server.witness.query('CUT')).state).toBe(SERVICE_RUNNING);
  });

  it('shows a pause that never ends as pending, with a checkpoint that stands still, and takes no control meanwhile', async () => {
    await running({ serviceName: 'NEVER', onPause: 'never' });
    await control.sendControl('NEVER', 'pause');
    const first = await control.readStatus('NEVER');
    expect(first).toMatchObject({ state: 'pause-pending', controlsAccepted: [] });
    expect(await refusal(control.sendControl('NEVER', 'pause'))).toMatchObject({ params: { serviceName: 'NEVER' } });
    expect(await control.readStatus('NEVER')).toEqual(first);
  });

  it('shows a service that accepted its pause and is still running as running', async () => {
    await running({ serviceName: 'LATE', onPause: 'late:400' });
    await control.sendControl('LATE', 'pause');
    expect((await control.readStatus('LATE')).state).toBe('running');
    await server.witness.waitForState('LATE', SERVICE_PAUSED);
    expect((await control.readStatus('LATE')).state).toBe('paused');
  });

  it('shows a service that resumed by itself as running again', async () => {
    await running({ serviceName: 'RESUMES', resumesAfterMs: 300 });
    await control.sendControl('RESUMES', 'pause');
    expect((await control.readStatus('RESUMES')).state).toBe('paused');
    await server.witness.waitForState('RESUMES', SERVICE_RUNNING);
    expect((await control.readStatus('RESUMES')).state).toBe('running');
  });

  it('shows the exit codes of a service that stopped with one of its own', async () => {
    await running({ serviceName: 'SPECIFIC', onPause: 'specific:77' });
    await control.sendControl('SPECIFIC', 'pause');
    expect(await control.readStatus('SPECIFIC')).toMatchObject({ state: 'stopped', win32ExitCode: 1066, serviceSpecificExitCode: 77 });
  });

  it('shows a slow start as pending until it runs', async () => {
    await install({ serviceName: 'SLOWSTART', onStart: 'slow:600' });
    await control.startService('SLOWSTART');
    expect((await control.readStatus('SLOWSTART')).state).toBe('start-pending');
    await server.witness.waitForState('SLOWSTART', SERVICE_RUNNING);
    expect((await control.readStatus('SLOWSTART')).state).toBe('running');
  });

  it('shows a hung start as pending', async () => {
    await install({ serviceName: 'HUNG', onStart: 'never' });
    await control.startService('HUNG');
    expect((await control.readStatus('HUNG')).state).toBe('start-pending');
  });

  it('answers questions while a service blocks in its handler', async () => {
    await running({ serviceName: 'BLOCKS', onPause: 'block:1500' });
    let isDelivered = false;
    const pausing = control.sendControl('BLOCKS', 'pause').then(() => (isDelivered = true));
    expect((await control.readStatus('SEEN')).state).toBe('paused');
    expect(isDelivered).toBe(false);
    await pausing;
    expect((await control.readStatus('BLOCKS')).state).toBe('paused');
  });

  it('lists and configures every service of 300, also when every buffer begins too small', async () => {
    for (let index = 0; index < MANY; index++) await install({ serviceName: `MANY-${index}`, displayName: `One of many [${index}]` });
    const small = (await AdapterProcess.start(server, '--small-buffers')).serviceControl;
    const [listed, listedSmall, names] = await Promise.all([control.listServices(), small.listServices(), server.witness.list()]);
    expect(listed.map(({ serviceName }) => serviceName)).toEqual(names);
    expect(listedSmall).toEqual(listed);
    expect(listed.filter(({ displayName }) => displayName.startsWith('One of many ['))).toHaveLength(MANY);
    expect(await small.readConfiguration('MANY-7')).toEqual(await control.readConfiguration('MANY-7'));
    expect((await control.readConfiguration('MANY-7')).start.startType).toBe('demand');
  });

  it('sees a service that was added between two readings of a list that had just fitted', async () => {
    const small = (await AdapterProcess.start(server, '--small-buffers')).serviceControl;
    await small.listServices();
    await install({ serviceName: `ADDED-${'x'.repeat(200)}`, displayName: 'y'.repeat(250) });
    expect((await small.listServices()).map(({ serviceName }) => serviceName)).toEqual(await server.witness.list());
  });

  it('keeps its word when two processes give orders at once', async () => {
    await running({ serviceName: 'SHARED' });
    const other = (await AdapterProcess.start(server)).serviceControl;
    const orders = [control, other].flatMap((side) => [
      side.sendControl('SHARED', 'pause'),
      side.setStart('SHARED', { startType: 'demand', delayed: null }),
    ]);
    await Promise.all(orders);
    expect(await server.witness.query('SHARED')).toMatchObject({ state: SERVICE_PAUSED, startType: 3 });
    expect(await control.readStatus('SHARED')).toEqual(await other.readStatus('SHARED'));
  });

  it('opens a new way to the service control manager after it was closed', async () => {
    await control.close();
    expect((await control.readStatus('SHARED')).state).toBe('paused');
  });
});
