import { afterEach, expect, it } from 'vitest';

import { describeWhere } from '../harness/describe-where.js';
import { AUTO, LyncServer } from '../harness/windows/lync-server.js';
import { jsonLines, type JsonLine } from '../harness/windows/packaged-cli.js';
import { SERVICE_PAUSED } from '../harness/windows/scm-witness.js';
import type { Session, SessionService } from '../harness/windows/session-service.js';
import { WINDOWS } from '../harness/windows/wine.js';

const SLOW_MS = 6_000;
const SLOW = `slow:${SLOW_MS}` as const;

/** When each service said that it was there, by its own log; milliseconds since 1970. */
async function timesOf(services: readonly SessionService[], what: 'paused' | 'continued'): Promise<ReadonlyMap<string, number>> {
  const times = new Map<string, number>();
  for (const service of services) times.set(service.serviceName, (await service.events()).find(({ event }) => event === what)!.at);
  return times;
}

function resultOf(lines: readonly JsonLine[]): JsonLine | undefined {
  return lines.find(({ type }) => type === 'result');
}

describeWhere(WINDOWS)('the services of one group, of which some are slow', () => {
  let lync: LyncServer | null = null;
  const sessions: Session[] = [];
  afterEach(async () => {
    for (const session of sessions.splice(0)) await session.close();
    await lync?.stop();
  });

  it('are paused side by side and brought back side by side, without cutting a session', async () => {
    lync = await LyncServer.start(
      { serviceName: 'RTCRGS', onPause: SLOW, onContinue: SLOW },
      { serviceName: 'RTCCPS', port: 5075, onPause: SLOW, onContinue: SLOW },
      { serviceName: 'RTCATS', port: 5076, onPause: 'late:1500' },
      { serviceName: 'RTCDATAMCU', port: 8057 },
      { serviceName: 'RTCSRV', port: 5061, onPause: 'slow:1000' },
    );
    const { cli, services } = lync;
    sessions.push(...(await lync.openSessions()));

    const paused = await cli.run('pause', '--json');
    const lines = jsonLines(paused.stdout);
    expect(paused.exitCode).toBe(0);
    expect(resultOf(lines)).toMatchObject({ outcome: 'paused', exitCode: 0, problem: null });
    expect(await lync.look()).toEqual(lync.all(SERVICE_PAUSED, AUTO));
    for (const session of sessions) await session.ping();

    const at = await timesOf(services, 'paused');
    const slow = [at.get('RTCRGS')!, at.get('RTCCPS')!];
    expect(Math.abs(slow[0]! - slow[1]!)).toBeLessThan(SLOW_MS / 2);
    expect(at.get('RTCDATAMCU')!).toBeGreaterThan(Math.max(...slow, at.get('RTCATS')!));
    expect(at.get('RTCSRV')!).toBeGreaterThan(at.get('RTCDATAMCU')!);
    // Those that take long are named meanwhile, and only those.
    const waiting = lines.filter(({ type }) => type === 'waiting');
    expect(new Set(waiting.map(({ serviceName }) => serviceName))).toEqual(new Set(['RTCRGS', 'RTCCPS']));
    expect(waiting[0]).toMatchObject({ step: 'pause', state: 'pause-pending', seconds: 5, answered: true });

    const back = await cli.run('resume', '--json');
    expect(back.exitCode).toBe(0);
    expect(resultOf(jsonLines(back.stdout))).toMatchObject({ outcome: 'returned', problem: null });
    expect(await lync.look()).toEqual(lync.asBefore);
    const backAt = await timesOf(services, 'continued');
    expect(backAt.get('RTCSRV')!).toBeLessThan(backAt.get('RTCDATAMCU')!);
    expect(Math.abs(backAt.get('RTCRGS')! - backAt.get('RTCCPS')!)).toBeLessThan(SLOW_MS / 2);
    for (const session of sessions) await session.ping();
  });

  it('are all paused though one does not answer Windows in time, and it is named in words', async () => {
    // Wine waits ten seconds for a handler.
    lync = await LyncServer.start({ serviceName: 'RTCRGS', onPause: 'block:40000' }, { serviceName: 'RTCATS', port: 5076 });
    const { cli } = lync;
    sessions.push(...(await lync.openSessions()));
    const paused = await cli.run('pause', '--no-color');
    expect(paused.stderr.replace(/\s+/g, ' ')).toContain(
      'RTCRGS: pause is not answered, 30 s so far; until it is, Windows passes no order on. State: Running',
    );
    expect(paused.stderr).not.toMatch(/(RTCRGS|RTCATS): .*failed|LD-\d/);
    expect(paused.exitCode).toBe(0);
    expect(await lync.look()).toEqual(lync.all(SERVICE_PAUSED, AUTO));
    for (const session of sessions) await session.ping();
    const back = await cli.run('resume');
    expect([back.exitCode, back.stdout + back.stderr]).toEqual([0, expect.anything()]);
    expect(await lync.look()).toEqual(lync.asBefore);
  });
});
