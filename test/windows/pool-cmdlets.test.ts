import { afterAll, beforeAll, expect, it } from 'vitest';

import { describeWhere } from '../harness/describe-where.js';
import { AV_CONFERENCING, LyncServer } from '../harness/windows/lync-server.js';
import { jsonLines } from '../harness/windows/packaged-cli.js';
import { POWERSHELL, PowerShellRelay } from '../harness/windows/powershell-relay.js';
import { WindowsServer } from '../harness/windows/windows-server.js';
import { WINDOWS } from '../harness/windows/wine.js';

describeWhere(WINDOWS, POWERSHELL)("Lync's pool, asked by the packaged command line", () => {
  let lync: LyncServer;
  let relay: PowerShellRelay;

  beforeAll(async () => {
    const server = await WindowsServer.start({});
    relay = await PowerShellRelay.install(server);
    await relay.say('answers');
    lync = await LyncServer.on(server, { serviceName: 'RTCSRV' }, AV_CONFERENCING);
  });
  afterAll(async () => {
    relay.stop();
    await lync.stop();
  });

  it('is read before a plan, and its readiness of just now blocks with the time at which it passes', async () => {
    const { exitCode, stdout } = await lync.cli.run('plan', '--json');
    const { checks } = JSON.parse(stdout) as { checks: readonly { id: string; result: string; message: string }[] };
    expect(exitCode).toBe(3);
    expect(checks.find(({ id }) => id === 'upgrade-readiness')).toMatchObject({
      result: 'block',
      message: expect.stringMatching(/wait 20 minutes more\. This check passes at \d/) as string,
    });
    // Two of three Front Ends are active, this one included: one other, and two are needed.
    expect(checks.find(({ id }) => id === 'pool-members')).toMatchObject({
      result: 'block',
      message: expect.stringContaining('The pool pool01.contoso.com needs 2 servers in service besides this one, but has 1.') as string,
    });
    await expect.poll(() => relay.isRunning(), { timeout: 10_000 }).toBe(false);
  });

  it('names the other servers, each of which Wine answers for', async () => {
    const { stdout } = await lync.cli.run('plan', '--json');
    const { checks } = JSON.parse(stdout) as { checks: readonly { id: string; result: string }[] };
    expect(checks.filter(({ id }) => id.startsWith('server:'))).toMatchObject([
      { id: 'server:fe02.contoso.com', result: 'pass' },
      { id: 'server:fe03.contoso.com', result: 'pass' },
    ]);
  });

  it('gives way after its first pause, because that is what Wine shows of the other servers too', async () => {
    const overrides = ['upgrade-readiness', 'pool-members'].flatMap((id) => ['--override', id]);
    const { exitCode, stdout, stderr } = await lync.cli.run('drain', '--json', '--no-wait', ...overrides);
    expect([exitCode, stderr]).toEqual([3, expect.stringContaining('LD-5045') as string]);
    expect(jsonLines(stdout).filter(({ type }) => type === 'yielded')).toMatchObject([{ problem: { code: 'LD-5045' } }]);
    const { run, services } = await lync.cli.status();
    expect(run).toBeNull();
    expect(services.filter(({ state }) => state !== 'running').map(({ serviceName }) => serviceName)).toEqual([]);
  });

  it('starts no PowerShell for a look', async () => {
    const before = relay.started.length;
    await lync.cli.status();
    expect(relay.started).toHaveLength(before);
  });
});
