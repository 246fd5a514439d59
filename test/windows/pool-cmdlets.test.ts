import { afterAll, beforeAll, expect, it } from 'vitest';

import { describeWhere } from '../harness/describe-where.js';
import { AV_CONFERENCING, LyncServer } from '../harness/windows/lync-server.js';
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

  it('starts no PowerShell for a look', async () => {
    const before = relay.started.length;
    await lync.cli.status();
    expect(relay.started).toHaveLength(before);
  });
});
