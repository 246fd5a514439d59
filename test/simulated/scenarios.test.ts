import { describe, expect, it } from 'vitest';

import { buildServer, SCENARIO_IDS } from '../../electron/adapters/simulator/scenarios.js';
import { HISTORY_MS } from '../../electron/adapters/simulator/transition.js';
import { ProblemError } from '../../electron/contract/problem.js';
import { shownStartType } from '../../electron/contract/service.js';
import { CATALOGUE, isInfrastructure } from '../../electron/core/catalogue/catalogue.js';
import { SimulatedTrial } from '../harness/simulated/simulated-trial.js';

const MEDIATION = 'RTCMEDSRV';

describe('the default scenario', () => {
  it('is a Front End: its services carry sessions, its machinery and ordinary services are there', async () => {
    const { control } = await SimulatedTrial.open();
    const names = (await control.listServices()).map((service) => service.serviceName);
    const frontEnd = CATALOGUE.filter(({ group }) => group !== 'edge' && group !== 'chat').map(({ serviceName }) => serviceName);
    for (const serviceName of frontEnd.filter((name) => name !== 'RTCMEETINGMCU')) expect(names).toContain(serviceName);
    expect(names.filter(isInfrastructure).length).toBeGreaterThan(5);
    expect(names).toContain('Spooler');
  });

  it('mixes start types, so that the way back has something to restore', async () => {
    const { control } = await SimulatedTrial.open();
    const shown = async (serviceName: string) => shownStartType((await control.readConfiguration(serviceName)).start);
    expect(await Promise.all([MEDIATION, 'RTCSRV', 'RTCATS', 'RTCXMPPTGW'].map(shown))).toEqual([
      'auto-delayed',
      'auto',
      'demand',
      'disabled',
    ]);
  });

  it('is computer FE01, where we are elevated', async () => {
    const { server, time } = await SimulatedTrial.open();
    const computer = await server.host.computer();
    expect(computer).toMatchObject({ name: 'FE01', source: 'simulated', elevated: true, user: 'CONTOSO\\ann' });
    expect(Date.parse(computer.bootedAt) + server.host.now().upMs).toBe(time.nowMs());
  });
});

describe('scenarios', () => {
  it('each have a name of their own and open', async () => {
    expect(new Set(SCENARIO_IDS).size).toBe(SCENARIO_IDS.length);
    for (const id of SCENARIO_IDS) expect((await (await SimulatedTrial.open(id)).control.listServices()).length).toBeGreaterThan(20);
  });

  it('have no session that lasts longer than a service remembers', () => {
    for (const id of SCENARIO_IDS) {
      for (const { sessions } of buildServer(id, 1, 0).services) expect(sessions?.longestMs ?? 0).toBeLessThan(HISTORY_MS);
    }
  });

  it('are refused when they do not exist, with those that do', () => {
    const open = (): unknown => buildServer('defalt', 1, 0);
    expect(open).toThrow(ProblemError);
    expect(open).toThrow(/unknown-scenario.*defalt.*default, quiet/);
  });

  it('not-elevated: every question is answered and every order refused', async () => {
    const trial = await SimulatedTrial.open('not-elevated');
    expect((await trial.server.host.computer()).elevated).toBe(false);
    await trial.control.readConfiguration(MEDIATION);
    const orders = [
      trial.control.sendControl(MEDIATION, 'pause'),
      trial.control.startService(MEDIATION),
      trial.control.setStart(MEDIATION, { startType: 'demand', delayed: null }),
    ];
    expect(await Promise.all(orders.map((order) => trial.win32(order)))).toEqual([5, 5, 5]);
    expect(await trial.state(MEDIATION)).toBe('running');
  });

  it('three-hundred: there are 300 services', async () => {
    expect(await (await SimulatedTrial.open('three-hundred')).control.listServices()).toHaveLength(300);
  });

  it('failed-over: every Lync service is stopped and disabled', async () => {
    const { control } = await SimulatedTrial.open('failed-over');
    for (const { serviceName } of CATALOGUE) {
      const status = (await control.listServices()).find((service) => service.serviceName === serviceName);
      if (status === undefined) continue;
      expect(status).toMatchObject({ state: 'stopped', processId: 0 });
      expect((await control.readConfiguration(serviceName)).start.startType).toBe('disabled');
    }
  });

  it('odd-names: several services share a display name, and can be told apart', async () => {
    const { control } = await SimulatedTrial.open('odd-names');
    const mediation = (await control.listServices()).filter((service) => service.displayName === 'Lync Server Mediation');
    expect(mediation.length).toBeGreaterThan(2);
    for (const { serviceName, processId } of mediation) expect((await control.readStatus(serviceName)).processId).toBe(processId);
  });

  it('shared-process: two services run in one process', async () => {
    const { control } = await SimulatedTrial.open('shared-process');
    const [one, other] = [await control.readStatus('RTCCAA'), await control.readStatus('RTCCAS')];
    expect(one.processId).toBe(other.processId);
    expect([one.sharesProcess, other.sharesProcess]).toEqual([true, true]);
  });

  it('old-windows: delayed flag, failure actions and triggers are unknown', async () => {
    const { control } = await SimulatedTrial.open('old-windows');
    const unknown = { known: false, reason: 'not-supported' };
    expect(await control.readConfiguration(MEDIATION)).toMatchObject({
      start: { delayed: null },
      failureActions: unknown,
      hasStartTrigger: unknown,
    });
  });
});
