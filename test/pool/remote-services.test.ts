import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';

import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { buildServer } from '../../electron/adapters/simulator/scenarios.js';
import { createSimulatedOthers } from '../../electron/adapters/simulator/simulated-others.js';
import { createRemoteServices } from '../../electron/adapters/windows/services/remote-services.js';
import type { RemoteServices } from '../../electron/contract/facts.js';
import { FakeRemoteServices } from '../harness/pool/fake-remote-services.js';
import { describeRemoteServices } from '../harness/pool/remote-services-contract.js';

/** In the place of lync-drain-remote.exe. */
const STAND_IN = resolve('test/harness/pool/stand-in-remote.mjs');
const ANSWERS = 'service RTCSRV 4\nservice RTCRGS 7\nservice RTCCAA 1\nend\n';

let folder: string;

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'lync-drain-remote-'));
});

afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** @param says what it prints after the name of the computer, or what it does instead */
function open(says: string, deadlineMs = 10_000) {
  const [log, answer] = [join(folder, 'log'), join(folder, 'answer')];
  writeFileSync(log, '');
  writeFileSync(answer, says);
  const control = createRemoteServices({ program: process.execPath, args: [STAND_IN, log, answer], deadlineMs });
  const started = (): readonly { readonly computer: string; readonly prefix: string; readonly processId: number }[] =>
    readFileSync(log, 'utf8')
      .split('\n')
      .filter((line) => line !== '')
      .map((line) => JSON.parse(line) as { computer: string; prefix: string; processId: number });
  return { control, started };
}

describeRemoteServices('the real adapter and a stand-in for its program', async () => {
  const { control, started } = open(ANSWERS);
  return { control, computer: 'fe02.contoso.com', asked: async () => started().map(({ computer }) => computer) };
});

describeRemoteServices('the fake', async () => {
  const control = new FakeRemoteServices({ RTCSRV: 'running', RTCRGS: 'paused', RTCCAA: 'stopped' });
  return { control, computer: 'fe02.contoso.com', asked: async () => control.asked };
});

describeRemoteServices('the simulated server', async () => {
  const state = buildServer('other-paused', 1, 0);
  const simulated = createSimulatedOthers(() => ({ state, nowMs: 0 }));
  const asked: string[] = [];
  const readServices = (computer: string): Promise<RemoteServices> => {
    asked.push(computer);
    return simulated.readServices(computer);
  };
  return { control: { readServices }, computer: 'fe02.contoso.com', asked: async () => asked };
});

function isAlive(processId: number): boolean {
  try {
    process.kill(processId, 0);
    return true;
  } catch {
    return false;
  }
}

describe('a computer that does not answer', () => {
  it('is unknown at the deadline, keeps no other one waiting, and the process that asks it is killed', async () => {
    // Long enough for a program to start on a busy machine.
    const { control, started } = open('hang:fe02', 4_000);
    const silent = control.readServices('fe02').then((services) => ({ computer: 'fe02', services }));
    const quick = control.readServices('fe03').then((services) => ({ computer: 'fe03', services }));
    expect(await Promise.race([silent, quick])).toMatchObject({ computer: 'fe03', services: { kind: 'read' } });
    expect(await silent).toMatchObject({ services: { kind: 'unknown', reason: 'did-not-answer' } });
    const asking = started().filter(({ computer }) => computer === 'fe02');
    expect(asking).toHaveLength(1);
    await expect.poll(() => asking.map(({ processId }) => isAlive(processId)), { timeout: 20_000 }).toEqual([false]);
  });
});

describe('what the program prints', () => {
  /** Error numbers of winerror.h. */
  it.each([
    ['failed OpenSCManagerW 5\n', 'access-denied', 'OpenSCManagerW: 5'],
    ['failed OpenSCManagerW 1326\n', 'access-denied', 'OpenSCManagerW: 1326'],
    ['failed OpenSCManagerW 1722\n', 'unreachable', 'OpenSCManagerW: 1722'],
    ['failed OpenSCManagerW 53\n', 'unreachable', 'OpenSCManagerW: 53'],
    ['service RTCSRV 4\nfailed EnumServicesStatusExW 1726\n', 'unreachable', 'EnumServicesStatusExW: 1726'],
    ['failed OpenSCManagerW 87\n', 'failed', 'OpenSCManagerW: 87'],
  ])('is why the services are unknown: %j', async (says, reason, raw) => {
    expect(await open(says).control.readServices('fe02')).toEqual({ kind: 'unknown', reason, raw });
  });

  it.each([
    ['no end', 'service RTCSRV 4\n'],
    ['nothing', ''],
    ['an unknown state', 'service RTCSRV 9\nend\n'],
    ['a state of zero', 'service RTCSRV 0\nend\n'],
    ['something else', 'service RTCSRV\nend\n'],
    ['more after its end', 'end\nservice RTCSRV 4\n'],
    ['another computer', 'other'],
    ['an exit code', 'exit'],
    ['a flood', 'flood'],
  ])('is no answer with %s', async (_, says) => {
    expect(await open(says).control.readServices('fe02')).toMatchObject({ kind: 'unknown', reason: 'failed' });
  });

  it('has line ends as Windows writes them, and every state', async () => {
    const states = ['stopped', 'start-pending', 'stop-pending', 'running', 'continue-pending', 'pause-pending', 'paused'];
    const says = `${states.map((_, index) => `service RTC ${index} ${index + 1}\r\n`).join('')}end\r\n`;
    const expected = Object.fromEntries(states.map((state, index) => [`RTC ${index}`, state]));
    expect(await open(says).control.readServices('fe02')).toEqual({ kind: 'read', states: expected });
  });

  it('is asked for services of Lync', async () => {
    const { control, started } = open(ANSWERS);
    await control.readServices('fe02');
    expect(started().map(({ prefix }) => prefix)).toEqual(['RTC']);
  });
});

it('is unknown where the program is not there', async () => {
  const control = createRemoteServices({ program: join(folder, 'none'), args: [] });
  expect(await control.readServices('fe02')).toMatchObject({ kind: 'unknown', reason: 'failed' });
});
