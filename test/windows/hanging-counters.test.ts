import { performance } from 'node:perf_hooks';

import { afterAll, beforeAll, expect, it } from 'vitest';

import { describeWhere } from '../harness/describe-where.js';
import { AV_CONFERENCING, LyncServer, MANUAL, MEDIATION } from '../harness/windows/lync-server.js';
import { jsonLines, waitForChanges } from '../harness/windows/packaged-cli.js';
import { SERVICE_PAUSED } from '../harness/windows/scm-witness.js';
import type { Session } from '../harness/windows/session-service.js';
import { WINDOWS } from '../harness/windows/wine.js';

/** Five seconds for the counters, and what a start of the program takes on a machine that does other things. */
const ANSWERED_MS = 20_000;
const DRAIN = ['drain', '--json', '--hold-time', '1s'] as const;

describeWhere(WINDOWS)('a performance library that hangs for ever', () => {
  let lync: LyncServer;
  let sessions: readonly Session[];

  beforeAll(async () => {
    lync = await LyncServer.start(MEDIATION, AV_CONFERENCING);
    sessions = await lync.openSessions();
    await lync.counters.add('hang collect');
  });
  afterAll(() => lync.stop());

  it('leaves status answering, without a number', async () => {
    const begun = performance.now();
    const { services } = await lync.cli.status();
    expect(performance.now() - begun).toBeLessThan(ANSWERED_MS);
    expect(services.map(({ sessions: counted }) => counted)).toMatchObject([{ unknown: 'did-not-answer' }, { unknown: 'did-not-answer' }]);
  });

  it('leaves drain pausing and waiting, never ready', async () => {
    const drain = await lync.cli.launch(...DRAIN, '--timeout', '25s');
    await waitForChanges(drain);
    expect(await lync.look()).toEqual(lync.all(SERVICE_PAUSED, MANUAL));
    const { exitCode, stdout } = await drain.ended;
    expect(exitCode).toBe(4);
    const result = jsonLines(stdout).at(-1);
    expect(result).toMatchObject({
      type: 'result',
      services: [{ sessions: { unknown: 'did-not-answer' } }, { sessions: { unknown: 'did-not-answer' } }],
    });
    for (const session of sessions) await session.ping();
  });

  it('leaves the way back as quick as it is', async () => {
    const begun = performance.now();
    const resume = await lync.cli.run('resume', '--json');
    expect(jsonLines(resume.stdout).at(-1)).toMatchObject({ outcome: 'returned', exitCode: 0 });
    expect(performance.now() - begun).toBeLessThan(ANSWERED_MS);
    expect(await lync.look()).toEqual(lync.asBefore);
  });

  it('leaves nothing that goes on hanging when it is over', async () => {
    await lync.counters.remove('hang collect');
    for (const session of sessions) await session.close();
    const drain = await lync.cli.run(...DRAIN, '--timeout', '1m');
    expect(jsonLines(drain.stdout).at(-1)).toMatchObject({ outcome: 'ready', exitCode: 0 });
    expect((await lync.cli.run('resume')).exitCode).toBe(0);
    expect(await lync.look()).toEqual(lync.asBefore);
  });
});
