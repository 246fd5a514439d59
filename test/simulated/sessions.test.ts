import { describe, expect, it } from 'vitest';

import { LYNC_SERVICES } from '../../electron/adapters/simulator/inventory.js';
import { evidenceOf } from '../../electron/core/evidence/evidence-table.js';
import { SimulatedTrial } from '../harness/simulated/simulated-trial.js';

const MINUTE = 60_000;
const CARRYING = LYNC_SERVICES.map((service) => service.serviceName).filter((serviceName) => serviceName !== 'RTCXMPPTGW');

async function pauseAll({ control }: SimulatedTrial): Promise<void> {
  for (const serviceName of CARRYING) await control.sendControl(serviceName, 'pause');
}

/** Counts of one service, one reading every ten seconds. */
async function countsOf(trial: SimulatedTrial, serviceName: string, minutes: number): Promise<number[]> {
  const counts: number[] = [];
  for (let passedMs = 0; passedMs < minutes * MINUTE; passedMs += 10_000) {
    counts.push(await trial.count(serviceName));
    await trial.pass(10_000);
  }
  return counts;
}

function isFalling(counts: readonly number[]): boolean {
  return counts.every((count, index) => index === 0 || count <= (counts[index - 1] ?? 0));
}

describe('simulated sessions', () => {
  it('come and go while a service runs', async () => {
    const counts = await countsOf(await SimulatedTrial.open(), 'RTCMEDSRV', 20);
    expect(isFalling(counts)).toBe(false);
    expect(Math.min(...counts)).toBeGreaterThan(0);
    expect(Math.max(...counts)).toBeLessThan(60);
  });

  it('only end once a service is paused, all within minutes', async () => {
    for (const seed of [1, 2, 3]) {
      for (const serviceName of CARRYING) {
        const trial = await SimulatedTrial.open('default', seed);
        await pauseAll(trial);
        // The Front-End takes some seconds to be paused.
        await trial.pass(10_000);
        const counts = await countsOf(trial, serviceName, 8);
        expect(isFalling(counts)).toBe(true);
        expect(counts.at(-1)).toBe(0);
      }
    }
  });

  it('are not cut by the pause itself', async () => {
    const trial = await SimulatedTrial.open();
    const before = await trial.count('RTCIMMCU');
    await trial.control.sendControl('RTCIMMCU', 'pause');
    expect(await trial.count('RTCIMMCU')).toBe(before);
  });

  it('arrive again once a service is continued', async () => {
    const trial = await SimulatedTrial.open();
    await pauseAll(trial);
    await trial.pass(10 * MINUTE);
    expect(await trial.count('RTCMEDSRV')).toBe(0);
    await trial.control.sendControl('RTCMEDSRV', 'continue');
    await trial.pass(5 * MINUTE);
    expect(await trial.count('RTCMEDSRV')).toBeGreaterThan(0);
  });

  it('end with the process', async () => {
    const trial = await SimulatedTrial.open('stalled');
    expect(await trial.count('RTCIMMCU')).toBeGreaterThan(0);
    await trial.server.console.control('RTCIMMCU', 'stop');
    await trial.pass(5000);
    expect((await trial.sessions()).get('RTCIMMCU')).toEqual({ kind: 'count', count: 0, evidence: 'stopped', arrivals: [] });
    await trial.server.console.control('RTCIMMCU', 'start');
    await trial.pass(7000);
    expect(await trial.count('RTCIMMCU')).toBeLessThan(5);
  });

  it('are counted by the source that may prove the service empty', async () => {
    const trial = await SimulatedTrial.open();
    const readings = await trial.sessions();
    for (const serviceName of CARRYING) {
      expect(readings.get(serviceName)).toMatchObject({
        kind: 'count',
        evidence: evidenceOf(serviceName, { role: 'front-end', majorVersion: 5 })?.mayProveEmpty?.kind,
      });
    }
    expect(readings.get('Spooler')).toMatchObject({ kind: 'unknown', reason: 'busy-only' });
  });

  it('are the same for the same seed and orders, and others for another seed', async () => {
    const replay = async (seed: number): Promise<unknown[]> => {
      const trial = await SimulatedTrial.open('leak', seed);
      const seen: unknown[] = [];
      for (let step = 0; step < 12; step += 1) {
        if (step === 3) await pauseAll(trial);
        if (step === 8) await trial.server.console.restart();
        seen.push([...(await trial.sessions())], await trial.control.listServices());
        await trial.pass(7000);
      }
      return seen;
    };
    expect(await replay(1)).toEqual(await replay(1));
    expect(await replay(1)).not.toEqual(await replay(2));
  });
});

describe('scenarios of sessions', () => {
  it('quiet: there are none', async () => {
    const trial = await SimulatedTrial.open('quiet');
    for (const serviceName of CARRYING) expect(Math.max(...(await countsOf(trial, serviceName, 2)))).toBe(0);
  });

  it('busy: they last long after the pause', async () => {
    const trial = await SimulatedTrial.open('busy');
    expect(await trial.count('RTCMEDSRV')).toBeGreaterThan(30);
    await pauseAll(trial);
    await trial.pass(15 * MINUTE);
    expect(await trial.count('RTCMEDSRV')).toBeGreaterThan(0);
    await trial.pass(90 * MINUTE);
    expect(await trial.count('RTCMEDSRV')).toBe(0);
  });

  it('stalled: one never ends', async () => {
    const trial = await SimulatedTrial.open('stalled');
    await pauseAll(trial);
    await trial.pass(24 * 60 * MINUTE);
    expect(await trial.count('RTCIMMCU')).toBe(1);
  });

  it('leak: new ones arrive after the pause, from one address, and end in the end', async () => {
    const trial = await SimulatedTrial.open('leak');
    await pauseAll(trial);
    await trial.pass(10_000);
    await trial.sessions();
    const arrivals: string[] = [];
    for (let passedMs = 0; passedMs < 6 * MINUTE; passedMs += 10_000) {
      await trial.pass(10_000);
      const reading = (await trial.sessions()).get('RTCDATAMCU');
      if (reading?.kind === 'count') arrivals.push(...reading.arrivals.map((end) => `${end.address} to ${end.localPort}`));
    }
    expect(arrivals.length).toBeGreaterThan(10);
    expect(new Set(arrivals)).toEqual(new Set(['10.20.0.5 to 8057']));
    await trial.pass(5 * MINUTE);
    expect(await trial.count('RTCDATAMCU')).toBe(0);
  });

  it('unknown-evidence: the sources of two services show an impossible number', async () => {
    const readings = await (await SimulatedTrial.open('unknown-evidence')).sessions();
    expect(readings.get('RTCRGS')).toMatchObject({ kind: 'unknown', reason: 'activity-unreadable', raw: 'Concurrent Calls=1073741824' });
    expect(readings.get('RTCAVMCU')).toMatchObject({ kind: 'unknown', reason: 'counter-broken', raw: '1073741824' });
  });
});

describe('arrivals', () => {
  it('are unknown at the first reading', async () => {
    const trial = await SimulatedTrial.open();
    const arrivals = async (): Promise<number> => ((await trial.sessions()).get('RTCDATAMCU')?.arrivals ?? []).length;
    expect(await arrivals()).toBe(0);
    await trial.pass(10 * MINUTE);
    expect(await arrivals()).toBeGreaterThan(0);
  });
});
