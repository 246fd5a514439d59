import { afterAll, beforeAll, expect, it } from 'vitest';

import { describeWhere } from '../harness/describe-where.js';
import { AV_CONFERENCING, LyncServer, MEDIATION, WEB_CONFERENCING } from '../harness/windows/lync-server.js';
import type { Session } from '../harness/windows/session-service.js';
import { WINDOWS } from '../harness/windows/wine.js';

const FRONT_END = { serviceName: 'RTCSRV', port: 5061 } as const;

/** What the test looks at in `sessions --json`. */
interface SessionsJson {
  readonly serversKnown: boolean;
  readonly services: readonly {
    readonly serviceName: string;
    readonly connections: number | null;
    readonly connectionsUnknown: string | null;
    readonly remoteEnds: readonly { readonly port: number; readonly kind: string; readonly ageIsAtLeast: boolean }[] | null;
    readonly udp: { readonly ports: number | null } | null;
  }[];
}

describeWhere(WINDOWS)('the packaged sessions command, on Windows', () => {
  let lync: LyncServer;
  let people: readonly Session[];

  beforeAll(async () => {
    lync = await LyncServer.start(MEDIATION, AV_CONFERENCING, WEB_CONFERENCING, FRONT_END);
    const [, , web, frontEnd] = lync.services;
    people = [await web!.openSession(), await web!.openSession(), await frontEnd!.openSession()];
  });
  afterAll(() => lync.stop());

  async function read(...args: readonly string[]): Promise<SessionsJson> {
    const { exitCode, stdout, stderr } = await lync.cli.run('sessions', '--json', ...args);
    expect([exitCode, stderr]).toEqual([0, '']);
    return JSON.parse(stdout) as SessionsJson;
  }

  it('names the remote ends of real sessions, and what tells what they are', async () => {
    const { services, serversKnown } = await read();
    const of = (name: string) => services.find(({ serviceName }) => serviceName === name)!;
    expect(serversKnown).toBe(false);
    expect(of('RTCDATAMCU')).toMatchObject({ connections: 2, remoteEnds: [{ kind: 'client' }, { kind: 'client' }] });
    expect(new Set(of('RTCDATAMCU').remoteEnds?.map(({ port }) => port))).toEqual(new Set(people.slice(0, 2).map((one) => one.localPort)));
    // Neither the topology nor the port tells.
    expect(of('RTCSRV')).toMatchObject({ connections: 1, remoteEnds: [{ port: people[2]!.localPort, kind: 'unknown' }] });
    // Wine says neither when a connection began nor whose it is.
    expect(of('RTCSRV').remoteEnds?.[0]?.ageIsAtLeast).toBe(true);
    expect(of('RTCAVMCU')).toMatchObject({ connections: null, connectionsUnknown: 'no-owner', remoteEnds: null, udp: { ports: null } });
  });

  it('follows them as they end, for the services that are named, and refuses one that is not there', async () => {
    await people[0]!.close();
    await expect.poll(async () => (await read('RTCDATAMCU')).services).toMatchObject([{ serviceName: 'RTCDATAMCU', connections: 1 }]);
    const refused = await lync.cli.run('sessions', 'RTCSVR');
    expect(refused.exitCode).toBe(2);
    expect(refused.stderr).toContain('LD-1005');
  });

  it('says in words what it cannot know', async () => {
    const { stdout: printed } = await lync.cli.run('sessions', 'RTCAVMCU', 'RTCSRV', '--names');
    const stdout = printed.replace(/\s+/g, ' ');
    expect(stdout).toContain('Connections: not known, because this Windows does not say which process has which connection.');
    expect(stdout).toContain('UDP has no connections, so Windows names no remote ends of them.');
    expect(stdout).toContain('seen first now');
    expect(stdout).toContain('Not every server of Lync is known here');
  });
});
