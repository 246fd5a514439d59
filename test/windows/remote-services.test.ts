import { readFile } from 'node:fs/promises';
import { join } from 'node:path';

import { afterAll } from 'vitest';

import { provideRemoteServices } from '../../build/native-programs.mjs';
import { createRemoteServices } from '../../electron/adapters/windows/services/remote-services.js';
import { describeWhere } from '../harness/describe-where.js';
import { describeRemoteServices, type RemoteServicesUnderTest } from '../harness/pool/remote-services-contract.js';
import { SERVICE_PAUSED } from '../harness/windows/scm-witness.js';
import { SessionService } from '../harness/windows/session-service.js';
import { WindowsServer } from '../harness/windows/windows-server.js';
import { WINDOWS } from '../harness/windows/wine.js';

/** What Wine writes of each call, to our system's standard error: the computer, and the rights that were asked for. */
const ASKED = /OpenSCManagerW L"\\\\\\\\([^"]*)" \(null\) (?:0x)?0*5\s/g;

let server: WindowsServer | null = null;

/** Wine answers every name with itself: so the name that was asked for is looked at, in what Wine writes of the call. */
async function open(): Promise<RemoteServicesUnderTest> {
  const started = await WindowsServer.start();
  server = started;
  for (const serviceName of ['RTCSRV', 'RTCRGS']) await (await SessionService.install(started, { serviceName })).start();
  await SessionService.install(started, { serviceName: 'RTCCAA' });
  await started.witness.pause('RTCRGS');
  await started.witness.waitForState('RTCRGS', SERVICE_PAUSED);
  const log = join(started.folder, 'calls');
  const surroundings = Object.entries({ ...started.wine.env, WINEDEBUG: 'trace+service' }).map(([name, value]) => `${name}=${value}`);
  const shell = `log=$1; shift; exec env -i "$@" 2>>"$log"`;
  const control = createRemoteServices({
    program: '/bin/sh',
    args: ['-c', shell, 'sh', log, ...surroundings, started.wine.command, await provideRemoteServices()],
    // Starting Wine takes longer than starting a program on Windows.
    deadlineMs: 60_000,
  });
  const asked = async (): Promise<readonly string[]> => [...(await readFile(log, 'utf8')).matchAll(ASKED)].map(([, name = '']) => name);
  return { control, computer: 'fe02.contoso.com', asked };
}

describeWhere(WINDOWS)('The program that asks another computer', () => {
  afterAll(() => server?.stop());
  describeRemoteServices('the real adapter and its program', open);
});
