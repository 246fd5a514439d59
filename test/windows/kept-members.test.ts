import { chmod, writeFile } from 'node:fs/promises';
import { hostname } from 'node:os';
import { join } from 'node:path';

import { afterAll, beforeAll, expect, it } from 'vitest';

import { describeWhere } from '../harness/describe-where.js';
import { AV_CONFERENCING, LyncServer } from '../harness/windows/lync-server.js';
import { WINDOWS } from '../harness/windows/wine.js';

const OTHERS = ['fe92.contoso.com', 'fe93.contoso.com'];

interface Printed {
  readonly type?: string;
  readonly id?: string;
  readonly result?: string;
  readonly message?: string;
}

/** Lync's cmdlets are not there: all that is known of the pool is what an earlier command was told. */
describeWhere(WINDOWS)('the members of the pool that are kept in the data folder of the Windows edition', () => {
  let lync: LyncServer;

  beforeAll(async () => {
    lync = await LyncServer.start({ serviceName: 'RTCSRV' }, AV_CONFERENCING);
    // Makes the data folder.
    await lync.cli.run('doctor');
  }, 300_000);
  afterAll(() => lync.stop());

  /** @param mode of the file: Wine makes its access list of it */
  async function keep(own: string, mode: number): Promise<void> {
    const path = join(lync.cli.dataFolder, 'pool-members.json');
    const toldAt = new Date(Date.now() - 1_000).toISOString();
    await writeFile(path, JSON.stringify({ schema: 1, fqdn: 'pool01.contoso.com', members: [own, ...OTHERS], own, toldAt }));
    await chmod(path, mode);
  }

  async function pause() {
    const { exitCode, stdout, stderr } = await lync.cli.run('pause', '--json');
    const checks = stdout.split('\n').flatMap((line) => (line.includes('"check"') ? [JSON.parse(line) as Printed] : []));
    return { exitCode, stderr, checks: (id: string) => checks.filter((check) => JSON.stringify(check).includes(id)) };
  }

  it('are looked at by a pause, which gives way because Wine answers for every computer with its own services', async () => {
    await keep(`${hostname()}.contoso.com`, 0o600);
    const { exitCode, stderr, checks } = await pause();
    expect(JSON.stringify(checks('pool-members'))).toContain('The 2 other servers that the Lync cmdlets told at');
    for (const name of OTHERS) expect(checks(`server:${name}`)).toHaveLength(1);
    expect([exitCode, stderr]).toEqual([3, expect.stringContaining('LD-5045') as string]);
    expect((await lync.cli.status()).services.filter(({ state }) => state !== 'running')).toEqual([]);
  });

  // What the first of them pauses stays so: the way back of an RTCSRV without clients takes a minute.
  it.each<readonly [string, string, number]>([
    ['are none if others could have written them', `${hostname()}.contoso.com`, 0o666],
    ['are none if they were told to another computer', 'fe91.contoso.com', 0o600],
  ])('%s', async (_, own, mode) => {
    await keep(own, mode);
    const { exitCode, checks } = await pause();
    expect([exitCode, checks('server:')]).toEqual([0, []]);
  });
});
