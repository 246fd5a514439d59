import { afterAll, beforeAll, expect, it } from 'vitest';

import { describeWhere } from '../harness/describe-where.js';
import { LyncServer } from '../harness/windows/lync-server.js';
import { type JsonLine, jsonLines, waitForLine } from '../harness/windows/packaged-cli.js';
import { POWERSHELL, PowerShellRelay } from '../harness/windows/powershell-relay.js';
import { WindowsServer } from '../harness/windows/windows-server.js';
import { WINDOWS } from '../harness/windows/wine.js';

/** What other programs of the user could set for an elevated PowerShell to fall for. */
const PLANTED = { COR_PROFILER_PATH: 'C:\\planted.dll', PSModulePath: 'C:\\planted', PSExecutionPolicyPreference: 'Bypass' };

describeWhere(WINDOWS, POWERSHELL)("Lync's cmdlet, asked by the packaged command line", () => {
  let lync: LyncServer;
  let relay: PowerShellRelay;

  beforeAll(async () => {
    const server = await WindowsServer.start({ env: PLANTED });
    relay = await PowerShellRelay.install(server);
    lync = await LyncServer.on(server, { serviceName: 'RTCCPS' });
  });
  afterAll(async () => {
    relay.stop();
    await lync.stop();
  });

  const powerShellHasEnded = () => expect.poll(() => relay.isRunning(), { timeout: 10_000 }).toBe(false);

  it('is not asked while every service runs', async () => {
    await relay.say({ RTCCPS: 'Concurrent Calls=2' });
    expect((await lync.cli.status()).services).toMatchObject([{ serviceName: 'RTCCPS', state: 'running' }]);
    expect(relay.started).toHaveLength(0);
  });

  it('proves a paused service busy, then empty, and ends with the command', async () => {
    const drain = await lync.cli.launch('drain', '--json', '--hold-time', '3s', '--timeout', '2m', '--reason', 'CHG-1234');
    const isByCmdlet = ({ type, services }: JsonLine) => type === 'sessions' && JSON.stringify(services).includes('"cmdlet"');
    expect(await waitForLine(drain, isByCmdlet)).toMatchObject({
      services: [{ serviceName: 'RTCCPS', sessions: { count: 2, evidence: 'cmdlet' } }],
    });
    await relay.say({ RTCCPS: 'Concurrent Calls=0' });
    const ended = await drain.ended;
    expect(jsonLines(ended.stdout).at(-1)).toMatchObject({ type: 'result', exitCode: 0, outcome: 'ready' });
    await powerShellHasEnded();
    expect(relay.started).toHaveLength(1);
  });

  it('is started without a profile, with a policy that lets modules load, and with no variable that loads anything', () => {
    const [{ commandLine, variables } = { commandLine: '', variables: [] }] = relay.started;
    expect(commandLine).toMatch(
      /^"?C:\\windows\\system32\\WindowsPowerShell\\v1\.0\\powershell\.exe"? -NoLogo -NoProfile -NonInteractive -ExecutionPolicy RemoteSigned /i,
    );
    const names = variables.map((name) => name.toUpperCase());
    expect(names).toContain('SYSTEMROOT');
    for (const name of [...Object.keys(PLANTED), ...Object.keys(lync.cli.env)]) expect(names).not.toContain(name.toUpperCase());
  });

  it('does not hold up a command that only looks', async () => {
    await relay.say('hangs');
    const begun = performance.now();
    const { services } = await lync.cli.status();
    expect(performance.now() - begun).toBeLessThan(10_000);
    expect(services).toMatchObject([{ serviceName: 'RTCCPS', sessions: { unknown: 'not-read-yet' } }]);
    await powerShellHasEnded();
  });

  it('is waited for to sign off, and not for the way back', async () => {
    await relay.say({ RTCCPS: 'Concurrent Calls=0' });
    const signed = await lync.cli.run('confirm', '--note', 'all quiet');
    expect(signed).toMatchObject({
      exitCode: 0,
      stderr: expect.stringContaining('Waiting for the Lync cmdlet to say how many sessions are left: RTCCPS.') as string,
    });
    await relay.say('hangs');
    expect(await lync.cli.run('resume')).toMatchObject({ exitCode: 0 });
    expect(await lync.look()).toEqual(lync.asBefore);
    await powerShellHasEnded();
  });
});
