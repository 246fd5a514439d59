import { existsSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';

import { afterEach, beforeEach, describe, expect, it } from 'vitest';

import { PoolReader } from '../../electron/adapters/pool/pool-reader.js';
import { createPoolCmdlets } from '../../electron/adapters/powershell/pool-cmdlets.js';
import { createMembersFile } from '../../electron/adapters/storage/members-file.js';
import { createReadinessFile } from '../../electron/adapters/storage/readiness-file.js';
import { TimedCli } from '../harness/cli/timed-cli.js';
import { FakeRemoteServices } from '../harness/pool/fake-remote-services.js';

let cli: TimedCli;
let remote: FakeRemoteServices;

/** The real reader of the pool, with the stand-in for PowerShell and other servers that answer as they are told to. */
beforeEach(() => {
  remote = new FakeRemoteServices();
  cli = new TimedCli((dataFolder, protection, host) => {
    const files = {
      SCENARIO_FILE: join(cli.folder, 'scenario'),
      CALLS_FILE: join(cli.folder, 'calls'),
      POOL_FILE: join(cli.folder, 'pool'),
    };
    const environment = { PATH: process.env['PATH'] ?? '', HOME: cli.folder, ...files };
    return new PoolReader({
      cmdlets: createPoolCmdlets({
        place: { program: resolve('test/powershell/stand-in.mjs'), environment },
        moduleFolder: resolve('test/powershell/modules'),
      }),
      nameService: { resolve: async () => ({ kind: 'unavailable', reason: 'did-not-answer', raw: '' }) },
      memory: createReadinessFile(dataFolder, protection),
      membersMemory: createMembersFile(dataFolder, protection),
      ...{ named: null, ownAddresses: () => null, isFrontEnd: async () => true, ownName: async () => 'FE01' },
      ...{ now: () => host.now(), remote, settleMs: 5_000 },
    });
  });
});

afterEach(() => cli.remove());

async function said(...typed: string[]) {
  const { exitCode, out, err } = await cli.run(...typed);
  return { exitCode, out: out.replace(/\s+/g, ' '), err: err.replace(/\s+/g, ' ') };
}

/** From here on no cmdlet answers, as for the first minute on a busy server. */
function hang(): void {
  writeFileSync(join(cli.folder, 'pool'), 'Get-CsComputer=hangs');
  remote.asked.splice(0);
}

async function paused(): Promise<readonly string[]> {
  const { services } = JSON.parse((await cli.run('services', '--json')).out) as {
    services: readonly { serviceName: string; state: string }[];
  };
  return services.filter(({ state }) => state.startsWith('pause')).map(({ serviceName }) => serviceName);
}

describe('a pause in the terminal, which does not wait for the cmdlets', () => {
  it('looks at no other server if nothing is kept, says so, and how they become known', async () => {
    hang();
    const { exitCode, err } = await said('pause', '--simulate=quiet');
    expect(exitCode).toBe(0);
    expect(err).toContain('It is not known how many servers of the pool are in service: it has not been read yet.');
    expect(err).toContain('"lync-drain doctor" asks the Lync cmdlets which servers the pool has');
    expect(remote.asked).toEqual([]);
    expect((await said('resume')).exitCode).toBe(0);
  });

  it('looks at those that the cmdlets told to doctor before its first pause, and again after it', async () => {
    await said('doctor', '--simulate=quiet');
    expect(existsSync(join(cli.folder, 'data', 'pool-members.json'))).toBe(true);
    hang();
    remote.set('fe02.contoso.com', { RTCSRV: 'paused' });

    const blocked = await said('pause');
    expect(blocked.exitCode).toBe(3);
    expect(blocked.err).toMatch(
      /fe02\.contoso\.com is in maintenance \(RTCSRV: Paused\)\..+The Lync cmdlets told at 20\S+ \S+ that it belongs/,
    );
    expect(blocked.err).toMatch(/The 2 other servers that the Lync cmdlets told at 20\S+ \S+ are looked at/);
    expect(blocked.err).toContain('--override server:fe02.contoso.com');
    expect(blocked.err).toContain('"lync-drain doctor" asks');
    expect([remote.asked, await paused()]).toEqual([['fe02.contoso.com', 'fe03.contoso.com'], []]);

    expect((await said('pause', '--override', 'server:fe02.contoso.com')).exitCode).toBe(0);
    expect([remote.asked.length, (await paused()).length > 0]).toEqual([6, true]);
    expect((await said('resume')).exitCode).toBe(0);
    expect(await paused()).toEqual([]);
  });

  it('is as without a list if the list is broken', async () => {
    await said('doctor', '--simulate=quiet');
    writeFileSync(join(cli.folder, 'data', 'pool-members.json'), '{"schema":1,"fqdn":"pool01.contoso.com"');
    hang();
    const { exitCode, err } = await said('pause');
    expect([exitCode, remote.asked]).toEqual([0, []]);
    expect(err).toContain('"lync-drain doctor" asks');
  });
});
