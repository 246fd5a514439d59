import { afterAll, afterEach, beforeAll, expect, it } from 'vitest';

import { describeWhere } from '../harness/describe-where.js';
import { LauncherFolder } from '../harness/windows/launcher.js';
import { AUTO, LyncServer, MEDIATION } from '../harness/windows/lync-server.js';
import { holdsLock } from '../harness/windows/power-cut.js';
import { SERVICE_PAUSED, SERVICE_RUNNING } from '../harness/windows/scm-witness.js';
import { WindowsServer } from '../harness/windows/windows-server.js';
import { WINDOWS, windowsPath } from '../harness/windows/wine.js';

/** The packaged command line at work while the administrator signs out; the messages come from a program of the test. */
describeWhere(WINDOWS)('the end of a session', () => {
  let lync: LyncServer;
  let folder: LauncherFolder;

  beforeAll(async () => {
    lync = await LyncServer.on(await WindowsServer.start({ registry: 'test/harness/windows/no-display.reg' }), MEDIATION);
    folder = await LauncherFolder.withEdition(lync.server, 'edition');
  });
  afterAll(() => lync.stop());
  afterEach(async () => {
    expect((await lync.cli.run('resume')).exitCode).toBe(0);
    expect(await lync.look()).toEqual(lync.all(SERVICE_RUNNING, AUTO));
  });

  it.each([
    ['a quick pause', 'pause --for 30m'],
    ['a drain without start types', 'drain --keep-start-type --reason CHG-1'],
  ])('leaves %s paused, in a phase that status tells, without a lock', async (_, line) => {
    const session = await lync.services[0]!.openSession();
    const { output, notes } = await folder.call([`${line} --data "${windowsPath(lync.cli.dataFolder)}" --lang en`], 'end-session');
    expect([output, notes]).toEqual([expect.stringContaining('RTCMEDSRV: paused'), ['asked 1', 'ended', 'exit 00000082']]);
    expect(holdsLock(lync.cli)).toBe(false);
    expect(await lync.look()).toEqual(lync.all(SERVICE_PAUSED, AUTO));
    expect((await lync.cli.status()).run).toMatchObject({ phase: 'draining' });
    await session.ping();
    await session.close();
  });
});
