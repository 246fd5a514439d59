import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import type { Problem, ProblemId } from '../../../electron/contract/problem.js';
import type { ServiceConfiguration, ServiceState, ServiceStatus } from '../../../electron/contract/service.js';
import type { ServiceControl } from '../../../electron/ports/service-control.js';

/**
 * Services that must be there before the contract is tried, by what they are good for. Those that run start
 * automatically, the others are Manual, unless it says otherwise. No two are one service.
 */
export interface ContractServices {
  /** Runs and can be paused, at once. */
  readonly pausable: string;
  /** Its display name, which is not its service name. */
  readonly pausableDisplayName: string;
  /** Runs and cannot be paused. */
  readonly notPausable: string;
  /** Stopped. */
  readonly stopped: string;
  /** Stopped too: the contract starts it. */
  readonly startable: string;
  /** Stopped and disabled. */
  readonly disabled: string;
  /** Runs; pausing takes it a second or more, while its checkpoint moves. */
  readonly slow: string;
  /** Runs; answers the pause with this error number. */
  readonly refusing: { readonly serviceName: string; readonly win32: number };
  /** Runs; stops when it is paused, with no error. */
  readonly stopsInstead: string;
  /** Runs; its process ends when it is paused. */
  readonly crashing: string;
  /** Runs; marked for deletion. */
  readonly markedForDeletion: string;
  /** Runs, and `dependent` needs it. */
  readonly needed: string;
  readonly dependent: string;
  /** Run and can be paused; with spaces, brackets, quotes and letters of other alphabets in their names. */
  readonly oddlyNamed: readonly string[];
}

/**
 * What this service control manager cannot say; the contract then expects *unknown* instead of a value. Wine 8 also keeps
 * `dependencies` without telling them, and does not see `crashes`: nothing is expected of these then.
 */
export type LackingDetail = 'delayed' | 'failure-actions' | 'start-trigger' | 'dependencies' | 'crashes';

export interface ContractSubject {
  readonly serviceControl: ServiceControl;
  readonly services: ContractServices;
  readonly lacks: readonly LackingDetail[];
  /** Lets milliseconds of the services' time pass. */
  sleep(milliseconds: number): Promise<void>;
  /** Removes everything that was set up, after `serviceControl` was closed. */
  dispose(): Promise<void>;
}

const MISSING = 'NoSuchService';
const POLL_MS = 50;

/** The subject and what most cases do with it; its functions are fields, so that a case can take them apart. */
class Trial {
  constructor(readonly subject: ContractSubject) {}

  get control(): ServiceControl {
    return this.subject.serviceControl;
  }

  get services(): ContractServices {
    return this.subject.services;
  }

  readonly lacks = (detail: LackingDetail): boolean => this.subject.lacks.includes(detail);

  /** Looks until the service is in the state, or for a minute of its time. */
  readonly reach = async (serviceName: string, state: ServiceState): Promise<ServiceStatus> => {
    let status = await this.control.readStatus(serviceName);
    for (let waitedMs = 0; status.state !== state && waitedMs < 60_000; waitedMs += POLL_MS) {
      await this.subject.sleep(POLL_MS);
      status = await this.control.readStatus(serviceName);
    }
    expect(status.state).toBe(state);
    return status;
  };

  readonly refusal = async (order: Promise<unknown>): Promise<Problem> => {
    const failure: unknown = await order.then(
      () => expect.fail('It was not refused.'),
      (error: unknown) => error,
    );
    expect(failure).toHaveProperty('problem');
    return (failure as { readonly problem: Problem }).problem;
  };
}

/** What every service control manager does, whichever adapter speaks to it. */
export function describeServiceControl(name: string, makeSubject: () => Promise<ContractSubject>): void {
  describe(`service control: ${name}`, () => {
    let made: Trial | undefined;
    const trial = (): Trial => made ?? expect.fail('There is no subject.');

    beforeAll(async () => {
      made = new Trial(await makeSubject());
    });
    afterAll(async () => {
      await made?.control.close();
      await made?.subject.dispose();
    });

    describe('reading', () => describeReading(trial));
    describe('pausing and continuing', () => describeControls(trial));
    describe('misbehaving services', () => describeMisbehaviour(trial));
    describe('starting', () => describeStarting(trial));
    describe('start types', () => describeStartTypes(trial));
    describe('refusals', () => describeRefusals(trial));
    describe('odd names', () => describeNames(trial));
  });
}

function describeReading(trial: () => Trial): void {
  it('lists every service once, with the name and display name Windows has', async () => {
    const { control, services } = trial();
    const listed = await control.listServices();
    const names = listed.map((service) => service.serviceName);
    expect(new Set(names).size).toBe(names.length);
    for (const serviceName of [services.pausable, services.stopped, services.disabled, ...services.oddlyNamed]) {
      expect(names).toContain(serviceName);
    }
    expect(listed.find((service) => service.serviceName === services.pausable)?.displayName).toBe(services.pausableDisplayName);
  });

  it('says the same of a service in the list and alone', async () => {
    const { control, services } = trial();
    const listed = await control.listServices();
    for (const serviceName of [services.pausable, services.notPausable, services.stopped]) {
      expect(await control.readStatus(serviceName)).toEqual(listed.find((service) => service.serviceName === serviceName));
    }
  });

  it('shows what a running service accepts, its process and no exit code', async () => {
    const { control, services } = trial();
    const status = await control.readStatus(services.pausable);
    expect(status).toMatchObject({ state: 'running', win32ExitCode: 0, serviceSpecificExitCode: 0 });
    expect(status.controlsAccepted).toEqual(expect.arrayContaining(['stop', 'pause-continue']));
    expect(status.processId).toBeGreaterThan(0);
  });

  it('shows a service that cannot be paused as one that does not accept it', async () => {
    const { control, services } = trial();
    const { controlsAccepted } = await control.readStatus(services.notPausable);
    expect(controlsAccepted).toContain('stop');
    expect(controlsAccepted).not.toContain('pause-continue');
  });

  it('shows a stopped service without process and controls', async () => {
    const { control, services } = trial();
    expect(await control.readStatus(services.stopped)).toMatchObject({ state: 'stopped', processId: 0, controlsAccepted: [] });
  });

  it('reads account, dependencies and dependents', async () => {
    const { control, services, lacks } = trial();
    const needed = await control.readConfiguration(services.needed);
    expect(needed.account).not.toBe('');
    if (lacks('dependencies')) return;
    expect(needed).toMatchObject({
      serviceName: services.needed,
      dependencies: [],
      dependents: { known: true, value: [services.dependent] },
    });
    expect((await control.readConfiguration(services.dependent)).dependencies).toEqual([services.needed]);
  });

  it('knows failure actions and triggers, or says that this Windows does not', async () => {
    const { control, services, lacks } = trial();
    const { failureActions, hasStartTrigger } = await control.readConfiguration(services.pausable);
    expect(failureActions.known).toBe(!lacks('failure-actions'));
    expect(hasStartTrigger).toEqual(lacks('start-trigger') ? { known: false, reason: 'not-supported' } : { known: true, value: false });
  });

  it('answers many questions asked at once', async () => {
    const { control, services } = trial();
    const asked = Array.from(
      { length: 10 },
      () => [control.readStatus(services.notPausable), control.readConfiguration(services.notPausable)] as const,
    );
    const answers = await Promise.all(asked.flat());
    for (const answer of answers) expect(answer.serviceName).toBe(services.notPausable);
  });
}

function describeControls(trial: () => Trial): void {
  it('pauses and continues a service in the process it has', async () => {
    const { control, services, reach } = trial();
    const { processId } = await control.readStatus(services.pausable);
    await control.sendControl(services.pausable, 'pause');
    const paused = await reach(services.pausable, 'paused');
    expect(paused.processId).toBe(processId);
    expect(paused.controlsAccepted).toContain('pause-continue');
    await control.sendControl(services.pausable, 'continue');
    expect((await reach(services.pausable, 'running')).processId).toBe(processId);
  });

  it('shows a moving checkpoint and a wait hint until a slow service is paused', async () => {
    const { control, services, reach, subject } = trial();
    await control.sendControl(services.slow, 'pause');
    const checkpoints = new Set<number>();
    let status = await control.readStatus(services.slow);
    for (; status.state === 'pause-pending'; status = await control.readStatus(services.slow)) {
      expect(status.waitHintMs).toBeGreaterThan(0);
      checkpoints.add(status.checkpoint);
      await subject.sleep(POLL_MS);
    }
    expect(checkpoints.size).toBeGreaterThan(1);
    expect([...checkpoints]).toEqual([...checkpoints].sort((one, other) => one - other));
    expect(status).toMatchObject({ state: 'paused', checkpoint: 0, waitHintMs: 0 });
    await control.sendControl(services.slow, 'continue');
    await reach(services.slow, 'running');
  });

  it('leaves a service as it is when it is interrogated', async () => {
    const { control, services } = trial();
    const before = await control.readStatus(services.pausable);
    await control.sendControl(services.pausable, 'interrogate');
    expect(await control.readStatus(services.pausable)).toEqual(before);
  });

  it('leaves every other service alone', async () => {
    const { control, services, reach } = trial();
    const before = await control.readStatus(services.notPausable);
    await control.sendControl(services.pausable, 'pause');
    await reach(services.pausable, 'paused');
    expect(await control.readStatus(services.notPausable)).toEqual(before);
    await control.sendControl(services.pausable, 'continue');
    await reach(services.pausable, 'running');
  });
}

function describeMisbehaviour(trial: () => Trial): void {
  it('hands on the error with which a service refuses', async () => {
    const { control, services, refusal } = trial();
    const { serviceName, win32 } = services.refusing;
    const { params } = await refusal(control.sendControl(serviceName, 'pause'));
    expect(params).toMatchObject({ serviceName, win32, operation: 'ControlService' });
    expect((await control.readStatus(serviceName)).state).toBe('running');
  });

  it('shows a service that stopped instead of pausing as stopped without error', async () => {
    const { control, services, reach } = trial();
    await control.sendControl(services.stopsInstead, 'pause');
    expect(await reach(services.stopsInstead, 'stopped')).toMatchObject({ processId: 0, win32ExitCode: 0 });
  });

  it('shows a service that crashed while pausing as stopped with an error', async () => {
    const { control, services, reach, lacks } = trial();
    // Whether Windows still answers the control is a matter of who is faster.
    await control.sendControl(services.crashing, 'pause').catch(() => undefined);
    if (lacks('crashes')) return;
    const { win32ExitCode, processId } = await reach(services.crashing, 'stopped');
    expect(processId).toBe(0);
    expect(win32ExitCode).not.toBe(0);
  });
}

function describeStarting(trial: () => Trial): void {
  it('starts a stopped service', async () => {
    const { control, services, reach } = trial();
    await control.startService(services.startable);
    const { processId, controlsAccepted } = await reach(services.startable, 'running');
    expect(processId).toBeGreaterThan(0);
    expect(controlsAccepted).toContain('stop');
  });

  it('refuses to start what runs or is paused', async () => {
    const { control, services, reach, refusal } = trial();
    expect(await refusal(control.startService(services.pausable))).toMatchObject({ id: 'already-running', params: { win32: 1056 } });
    await control.sendControl(services.pausable, 'pause');
    await reach(services.pausable, 'paused');
    expect(await refusal(control.startService(services.pausable))).toMatchObject({ id: 'already-running', params: { win32: 1056 } });
    expect((await control.readStatus(services.pausable)).state).toBe('paused');
    await control.sendControl(services.pausable, 'continue');
    await reach(services.pausable, 'running');
  });
}

function describeStartTypes(trial: () => Trial): void {
  it('reads back the start type that was written, alone and in the configuration', async () => {
    const { control, services } = trial();
    for (const startType of ['demand', 'disabled', 'auto'] as const) {
      await control.setStart(services.pausable, { startType, delayed: null });
      const start = await control.readStart(services.pausable);
      expect(start.startType).toBe(startType);
      expect((await control.readConfiguration(services.pausable)).start).toEqual(start);
    }
  });

  it('changes nothing but the start type, and not the state', async () => {
    const { control, services } = trial();
    const before = [await control.readConfiguration(services.notPausable), await control.readStatus(services.notPausable)] as const;
    await control.setStart(services.notPausable, { startType: 'demand', delayed: null });
    const { start, ...others }: ServiceConfiguration = await control.readConfiguration(services.notPausable);
    expect({ ...others, start: { ...start, startType: before[0].start.startType } }).toEqual(before[0]);
    expect(await control.readStatus(services.notPausable)).toEqual(before[1]);
    await control.setStart(services.notPausable, before[0].start);
    expect(await control.readConfiguration(services.notPausable)).toEqual(before[0]);
  });

  it('keeps the delayed flag apart from the start type, or says that it is unknown', async () => {
    const { control, services, lacks } = trial();
    const delayed = async (): Promise<boolean | null> => (await control.readStart(services.pausable)).delayed;
    if (lacks('delayed')) {
      expect(await delayed()).toBeNull();
      return;
    }
    for (const [written, read] of [
      [true, true],
      [null, true],
      [false, false],
    ] as const) {
      await control.setStart(services.pausable, { startType: 'auto', delayed: written });
      expect(await delayed()).toBe(read);
    }
  });
}

function describeRefusals(trial: () => Trial): void {
  const refusals: readonly (readonly [what: string, id: ProblemId, win32: number, order: (trial: Trial) => Promise<unknown>])[] = [
    ['the status of a service that does not exist', 'service-not-found', 1060, ({ control }) => control.readStatus(MISSING)],
    ['the configuration of a service that does not exist', 'service-not-found', 1060, ({ control }) => control.readConfiguration(MISSING)],
    ['the start type of a service that does not exist, read', 'service-not-found', 1060, ({ control }) => control.readStart(MISSING)],
    ['a control for a service that does not exist', 'service-not-found', 1060, ({ control }) => control.sendControl(MISSING, 'pause')],
    ['starting a service that does not exist', 'service-not-found', 1060, ({ control }) => control.startService(MISSING)],
    [
      'the start type of a service that does not exist, written',
      'service-not-found',
      1060,
      ({ control }) => control.setStart(MISSING, { startType: 'demand', delayed: null }),
    ],
    [
      'pausing what cannot be paused',
      'control-not-accepted',
      1052,
      ({ control, services }) => control.sendControl(services.notPausable, 'pause'),
    ],
    ['pausing what is stopped', 'not-active', 1062, ({ control, services }) => control.sendControl(services.stopped, 'pause')],
    ['continuing what is stopped', 'not-active', 1062, ({ control, services }) => control.sendControl(services.stopped, 'continue')],
    ['interrogating what is stopped', 'not-active', 1062, ({ control, services }) => control.sendControl(services.stopped, 'interrogate')],
    ['starting what is disabled', 'service-disabled', 1058, ({ control, services }) => control.startService(services.disabled)],
    [
      'the start type of what is marked for deletion',
      'marked-for-delete',
      1072,
      ({ control, services }) => control.setStart(services.markedForDeletion, { startType: 'demand', delayed: null }),
    ],
  ];

  it.each(refusals)('refuses %s: %s (%i)', async (_what, id, win32, order) => {
    const { id: actual, params } = await trial().refusal(order(trial()));
    expect({ id: actual, win32: params['win32'] }).toEqual({ id, win32 });
    expect(params['serviceName']).toEqual(expect.any(String));
    expect(params['operation']).toEqual(expect.stringMatching(/^[A-Z]\w+$/));
  });

  it('refuses an empty name and one that no service can have', async () => {
    const { control, refusal } = trial();
    for (const impossible of ['', 'RTCSRV/x', 'RTCSRV\\x']) {
      const { id } = await refusal(control.readStatus(impossible));
      expect(['invalid-service-name', 'service-not-found']).toContain(id);
    }
  });
}

function describeNames(trial: () => Trial): void {
  it('reads, pauses, continues and configures services of every name', async () => {
    const { control, services, reach } = trial();
    expect(services.oddlyNamed.length).toBeGreaterThan(0);
    for (const serviceName of services.oddlyNamed) {
      await control.sendControl(serviceName, 'pause');
      expect((await reach(serviceName, 'paused')).serviceName).toBe(serviceName);
      await control.setStart(serviceName, { startType: 'demand', delayed: null });
      expect(await control.readConfiguration(serviceName)).toMatchObject({ serviceName, start: { startType: 'demand' } });
      await control.sendControl(serviceName, 'continue');
      await reach(serviceName, 'running');
    }
  });

  it('takes a name in capital letters for the same service', async () => {
    const { control, services } = trial();
    const byName = await control.readStatus(services.notPausable);
    const inCapitals = await control.readStatus(services.notPausable.toUpperCase());
    expect(inCapitals.processId).toBe(byName.processId);
    expect(inCapitals.displayName).toBe(byName.displayName);
  });
}
