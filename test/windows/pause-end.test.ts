import { afterAll, beforeAll, expect, it } from 'vitest';

import { describeWhere } from '../harness/describe-where.js';
import { AUTO, LyncServer, MEDIATION } from '../harness/windows/lync-server.js';
import { SERVICE_PAUSED, SERVICE_RUNNING } from '../harness/windows/scm-witness.js';
import { WINDOWS } from '../harness/windows/wine.js';

/** Wine's schtasks.exe makes no task, and reports success for a question that it does not answer. */
describeWhere(WINDOWS)('a quick pause on a Windows without a Task Scheduler', () => {
  let lync: LyncServer;

  beforeAll(async () => {
    lync = await LyncServer.start(MEDIATION);
  });
  afterAll(() => lync.stop());

  it('begins, says that no task ends it, and is not ended before its time by what the task would call', async () => {
    const { cli } = lync;
    const paused = await cli.run('pause', '--for', '30m', '--no-wait');
    expect([paused.exitCode, paused.stderr]).toEqual([0, expect.stringMatching(/no scheduled\s+task\s+ends\s+this\s+pause/)]);
    expect(await lync.look()).toEqual(lync.all(SERVICE_PAUSED, AUTO));
    expect((await cli.status()).run).toMatchObject({ pauseEndsBy: 'nothing' });
    expect((await cli.run('resume', '--if-pause-over', '--quiet')).exitCode).toBe(0);
    expect(await lync.look()).toEqual(lync.all(SERVICE_PAUSED, AUTO));
    expect((await cli.run('resume')).exitCode).toBe(0);
    expect(await lync.look()).toEqual(lync.all(SERVICE_RUNNING, AUTO));
  });

  it('is told by doctor as a note, and nothing needs repair', async () => {
    const { stdout, exitCode } = await lync.cli.run('doctor', '--repair', '--json');
    const { checks } = JSON.parse(stdout) as { readonly checks: readonly Record<string, unknown>[] };
    expect(checks.find(({ id }) => id === 'pause-end-task')).toMatchObject({ result: 'warn' });
    expect(checks.filter(({ id }) => String(id).startsWith('repair'))).toMatchObject([{ result: 'pass' }]);
    expect(exitCode).toBe(0);
  });
});
