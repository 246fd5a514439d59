import { spawn } from 'node:child_process';
import { appendFileSync, chmodSync, existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';

import { SCENARIO_IDS } from '../../electron/adapters/simulator/scenarios.js';
import { RECORD_SCHEMA } from '../../electron/contract/run.js';
import { CliProgram, startScript, type Ended } from '../harness/cli/cli-program.js';

/** The bundled program as processes of their own, on a simulated server that is stored between them. */

const FAST = ['--speed', '200'];
const TIMEOUT_MS = 60_000;

let bundle: Awaited<ReturnType<typeof CliProgram.bundle>>;
let cli: CliProgram;

beforeAll(async () => {
  bundle = await CliProgram.bundle();
}, TIMEOUT_MS);
afterAll(() => bundle.remove());
beforeEach(() => {
  cli = bundle.program();
});
afterEach(() => cli.remove());

const lines = ({ out }: Ended) =>
  out
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as Record<string, any>);
const result = (ended: Ended) => lines(ended).at(-1)!;

async function stateOfServices() {
  const [status] = lines(await cli.run('status', '--json'));
  const services = status!['services'] as { serviceName: string; state: string; startType: string }[];
  return services.map(({ serviceName, state, startType }) => ({ serviceName, state, startType }));
}

const runsFolder = () => join(cli.dataFolder, 'runs');
const recordPath = () =>
  join(
    runsFolder(),
    readdirSync(runsFolder()).find((name) => name.endsWith('.jsonl'))!,
  );

describe('a whole maintenance', () => {
  test(
    'drains, is confirmed, and comes back exactly as it was',
    async () => {
      const before = await stateOfServices();
      const drained = await cli.run('drain', ...FAST, '--json', '--reason', 'CHG-1');
      expect([drained.exitCode, result(drained)['outcome'], result(drained)['ready']]).toEqual([0, 'ready', true]);
      for (const { state, startType } of await stateOfServices()) {
        expect(['paused', 'stopped']).toContain(state);
        expect(['demand', 'disabled']).toContain(startType);
      }
      expect((await cli.run('confirm', '--note', 'done')).exitCode).toBe(0);
      const resumed = await cli.run('resume', '--json');
      expect([resumed.exitCode, result(resumed)['outcome']]).toEqual([0, 'returned']);
      expect(await stateOfServices()).toEqual(before);
    },
    TIMEOUT_MS,
  );

  test(
    'leaves an undo card beside the record, and a report afterwards',
    async () => {
      await cli.run('drain', ...FAST, '--no-wait');
      const card = readdirSync(runsFolder()).find((name) => name.endsWith('.txt'))!;
      expect(readFileSync(join(runsFolder(), card), 'utf8')).toContain('sc.exe config RTCSRV start= auto');
      await cli.run('resume');
      const output = join(cli.folder, 'report.md');
      expect((await cli.run('report', '--output', output)).exitCode).toBe(0);
      expect(readFileSync(output, 'utf8')).toContain('# Maintenance report: FE01');
      const page = (await cli.run('report', '--format', 'html', '--lang', 'zh-CN')).out;
      expect(page).toMatch(/^<!doctype html>\n<html lang="zh-CN">[^]*<h1>.*FE01<\/h1>[^]*<td>RTCSRV[^]*<\/html>\n$/);
      expect(JSON.parse((await cli.run('report', '--format', 'json')).out)).toMatchObject({
        schema: 1,
        run: { closed: { outcome: 'returned' } },
      });
      expect((await cli.run('history')).out).toContain('closed');
    },
    TIMEOUT_MS,
  );

  test(
    'is the same in Chinese',
    async () => {
      expect((await cli.run('drain', ...FAST, '--lang', 'zh-CN')).out).toContain('就绪：计划内的服务已静止。');
      expect((await cli.run('resume', '--lang', 'zh-CN')).out).toContain('所有服务都与之前一样。');
    },
    TIMEOUT_MS,
  );

  test(
    'does nothing the second time',
    async () => {
      await cli.run('drain', ...FAST);
      const record = readFileSync(recordPath(), 'utf8');
      const again = await cli.run('drain', '--json');
      expect(again.exitCode).toBe(0);
      expect(lines(again).filter((line) => line['type'] === 'step')).toEqual([]);
      expect(readFileSync(recordPath(), 'utf8').startsWith(record)).toBe(true);
    },
    TIMEOUT_MS,
  );

  test(
    'with --no-wait returns while it drains, and is watched to its end',
    async () => {
      expect(result(await cli.run('drain', ...FAST, '--no-wait', '--json'))).toMatchObject({ exitCode: 0, outcome: 'draining' });
      expect(result(await cli.run('watch', '--json'))).toMatchObject({ exitCode: 0, outcome: 'ready' });
    },
    TIMEOUT_MS,
  );

  test(
    'tells a script whether it is going on',
    async () => {
      expect((await cli.run('history', '--open')).exitCode).toBe(0);
      await cli.run('drain', ...FAST, '--no-wait');
      const open = await cli.run('history', '--open', '--json');
      expect([open.exitCode, lines(open)[0]!['runs']]).toEqual([3, [expect.objectContaining({ closedAt: null })]]);
      await cli.run('resume');
      const closed = await cli.run('history', '--open', '--json');
      expect([closed.exitCode, lines(closed)[0]!['runs']]).toEqual([0, []]);
    },
    TIMEOUT_MS,
  );

  test(
    'gives up waiting, not draining, at the timeout',
    async () => {
      const ended = await cli.run('drain', '--speed', '20', '--timeout', '30s');
      expect(ended.exitCode).toBe(4);
      expect(ended.err).toContain('LD-5004');
      expect((await stateOfServices()).find(({ serviceName }) => serviceName === 'RTCSRV')).toMatchObject({
        state: 'paused',
        startType: 'demand',
      });
    },
    TIMEOUT_MS,
  );

  test(
    'pauses for a while and comes back by itself',
    async () => {
      const before = await stateOfServices();
      expect((await cli.run('pause', '--for', '30s', ...FAST)).exitCode).toBe(0);
      expect(await stateOfServices()).toEqual(before);
    },
    TIMEOUT_MS,
  );
});

describe('Ctrl-C', () => {
  test.each(['SIGINT', 'SIGTERM', 'SIGHUP'] as const)(
    'as %s leaves the drain going, says so, and leaves with 130',
    async (signal) => {
      const drain = cli.start(['drain', '--speed', '20']);
      await drain.hasSaid(/RTCSRV: start type set[^]*sessions left/);
      drain.child.kill(signal);
      const ended = await drain.ended;
      expect(ended.exitCode).toBe(130);
      expect(ended.err).toContain('The drain goes on');
      const [status] = lines(await cli.run('status', '--json'));
      expect(status!['run']).toMatchObject({ phase: 'draining' });
      expect((await cli.run('resume')).exitCode).toBe(0);
    },
    TIMEOUT_MS,
  );

  test(
    'a second time leaves at once',
    async () => {
      const drain = cli.start(['drain', '--speed', '1']);
      await drain.hasSaid(/Maintenance .* is open/);
      drain.child.kill('SIGINT');
      drain.child.kill('SIGTERM');
      expect((await drain.ended).exitCode).toBe(130);
    },
    TIMEOUT_MS,
  );
});

describe('bad input changes nothing', () => {
  test.each([
    [['drain', 'RTCMEDSVR'], 2, 'LD-1005', 'Did you mean RTCMEDSRV?'],
    [['drain', '--override', 'pool-membrs'], 2, 'LD-1006', 'Did you mean "pool-members"?'],
    [['drain', '--override', 'failed-over'], 2, 'LD-1011', 'cannot be overridden'],
    [['drain', '--timeout', 'soon'], 2, 'LD-1003', 'a time such as 60s'],
    [['drain', '--reson', 'x'], 2, 'LD-1002', 'Did you mean "--reason"?'],
    [['drian'], 2, 'LD-1001', 'Did you mean "drain"?'],
    [['status', '--simulate=leek'], 2, 'LD-1009', 'Did you mean "leak"?'],
    [['drain', '--simulate=not-elevated'], 9, 'LD-1101', 'Run as administrator'],
    [['drain', '--simulate=not-pausable'], 3, 'LD-5005', '--override'],
    [['confirm'], 3, 'LD-5002', 'lync-drain drain'],
    [['watch'], 3, 'LD-5002', 'lync-drain drain'],
    [['report', 'nothing'], 2, 'LD-1007', 'lync-drain history'],
    [['report', '--output', '/nowhere/at/all'], 3, 'LD-5002', 'lync-drain drain'],
  ] as const)(
    '%j leaves with %d and %s',
    async (typed, exitCode, code, hint) => {
      const ended = await cli.run(...typed);
      expect(ended.err.replace(/\s+/g, ' ')).toContain(hint);
      expect([ended.exitCode, ended.err.includes(code), ended.out]).toEqual([exitCode, true, '']);
      expect(existsSync(runsFolder()) ? readdirSync(runsFolder()) : []).toEqual([]);
    },
    TIMEOUT_MS,
  );

  test(
    'a service that is not one of Lync is taken only by name, and warned about',
    async () => {
      const [plan] = lines(await cli.run('plan', 'W32Time', '--json'));
      expect(plan!['checks']).toContainEqual(expect.objectContaining({ id: 'lync:W32Time', result: 'warn' }));
    },
    TIMEOUT_MS,
  );

  test(
    'damaged settings',
    async () => {
      mkdirSync(cli.dataFolder, { mode: 0o700 });
      writeFileSync(join(cli.dataFolder, 'settings.json'), '{ "schema": 1, "hold": "sometimes" }');
      expect(await cli.run('drain')).toMatchObject({ exitCode: 10, err: expect.stringContaining('LD-4006') as string });
    },
    TIMEOUT_MS,
  );

  test(
    'a damaged record',
    async () => {
      await cli.run('drain', ...FAST, '--no-wait');
      const path = recordPath();
      const text = readFileSync(path, 'utf8');
      writeFileSync(path, text.replace('"type":"ordered"', '"type":"0rdered"'));
      const damaged = readFileSync(path, 'utf8');
      for (const command of ['drain', 'resume', 'confirm']) {
        expect(await cli.run(command)).toMatchObject({ exitCode: 10, err: expect.stringContaining('LD-4003') as string });
      }
      expect(readFileSync(path, 'utf8')).toBe(damaged);
      expect((await cli.run('history', '--open')).exitCode).toBe(3);
    },
    TIMEOUT_MS,
  );

  test(
    'a record of a newer version',
    async () => {
      await cli.run('drain', ...FAST, '--no-wait');
      const path = recordPath();
      writeFileSync(path, readFileSync(path, 'utf8').replace(`"schema":${RECORD_SCHEMA}`, `"schema":${RECORD_SCHEMA + 1}`));
      expect(await cli.run('resume')).toMatchObject({ exitCode: 10, err: expect.stringContaining('LD-4004') as string });
    },
    TIMEOUT_MS,
  );

  test(
    'a cut last line is no damage',
    async () => {
      await cli.run('drain', ...FAST, '--no-wait');
      appendFileSync(recordPath(), '{"seq":9');
      expect((await cli.run('resume')).exitCode).toBe(0);
    },
    TIMEOUT_MS,
  );

  test(
    'a data folder that others could have written',
    async () => {
      mkdirSync(cli.dataFolder);
      chmodSync(cli.dataFolder, 0o777);
      expect(await cli.run('drain')).toMatchObject({ exitCode: 10, err: expect.stringContaining('LD-4002') as string });
    },
    TIMEOUT_MS,
  );

  test(
    'a data folder that is a file',
    async () => {
      writeFileSync(cli.dataFolder, '');
      const ended = await cli.run('drain');
      expect(ended.exitCode).toBe(10);
      expect(ended.err).toMatch(/LD-400[128]/);
    },
    TIMEOUT_MS,
  );

  test(
    'a second run while one is at work',
    async () => {
      const first = cli.start(['drain', '--speed', '5', '--reason', 'first']);
      await first.hasSaid(/sessions left/);
      const second = await cli.run('drain');
      expect([second.exitCode, second.err.includes('LD-5001'), second.err.includes('CONTOSO\\ann')]).toEqual([8, true, true]);
      first.child.kill('SIGINT');
      await first.ended;
    },
    TIMEOUT_MS,
  );
});

describe('a program behind a pipe', () => {
  test(
    'survives a reader that leaves',
    async () => {
      const script = bundle.script('lync-drain.cjs');
      const child = spawn('sh', ['-c', `"${process.execPath}" "${script}" explain | head -1; exit 0`], {
        env: { PATH: process.env['PATH'], LYNC_DRAIN_DATA: cli.dataFolder },
      });
      let err = '';
      child.stderr.setEncoding('utf8').on('data', (text: string) => (err += text));
      await new Promise((resolve) => child.on('close', resolve));
      expect(err).toBe('');
    },
    TIMEOUT_MS,
  );
});

describe('doctor', () => {
  test(
    'finds nothing missing on the simulated server, and rights missing without them',
    async () => {
      expect((await cli.run('doctor')).exitCode).toBe(0);
      const without = await cli.run('doctor', '--simulate=not-elevated', '--json');
      expect([without.exitCode, lines(without)[0]!['checks']]).toEqual([
        1,
        expect.arrayContaining([expect.objectContaining({ id: 'elevated', result: 'fail' })]),
      ]);
    },
    TIMEOUT_MS,
  );

  test(
    'names the groups that would make sessions known, once for all services with the same reason',
    async () => {
      const { out, exitCode } = await cli.run('doctor', '--simulate=no-evidence');
      const told = out.replace(/\s+/g, ' ');
      expect(exitCode).toBe(0);
      expect(told).toContain(
        'RTCRGS, RTCCPS, RTCCAA, RTCCAS, RTCATS: sessions cannot be counted: this account may not use the Lync cmdlet.',
      );
      expect(told).toContain('Add your account to "RTCUniversalServerAdmins" and to the local group "Performance Monitor Users"');
      expect(told).toContain('"lync-drain accept RTCRGS RTCCPS RTCCAA RTCCAS RTCATS --note TEXT"');
      expect(told.match(/its performance counter may not be read/g)).toHaveLength(1);
      const [json] = lines(await cli.run('doctor', '--json'));
      expect(json!['checks']).toContainEqual(
        expect.objectContaining({
          id: 'evidence:RTCCAS',
          result: 'warn',
          message: 'RTCCAS: sessions cannot be counted: this account may not use the Lync cmdlet.',
        }),
      );
    },
    TIMEOUT_MS,
  );
});

describe('the walk', () => {
  test(
    'takes a newcomer through the whole maintenance with the real commands, as the README shows it',
    async () => {
      const { out, err, exitCode } = await startScript(bundle.script('walk.cjs'), [], cli.dataFolder).ended;
      const commands = [...out.matchAll(/^> lync-drain (\w+)/gm)].map(([, name]) => name);
      expect([exitCode, commands]).toEqual([0, ['plan', 'drain', 'confirm', 'status', 'resume']]);
      expect(out).toContain('every planned service stayed stopped');
      expect(out).toContain('Back in service: every service is as it was before.');
      // The two streams fall together in a terminal, each in its own order.
      const recorded = skeletonOf(/```text\n([^`]*)```/.exec(readFileSync('README.md', 'utf8'))?.[1] ?? '');
      const said = skeletonOf(out + err);
      expect([...recorded].sort()).toEqual([...said].sort());
      for (const stream of [out, err]) expect(missingInOrder(skeletonOf(stream), recorded)).toEqual([]);
    },
    TIMEOUT_MS,
  );

  test(
    'takes another server, accepts by hand what nothing can count there, and goes back',
    async () => {
      const walk = startScript(bundle.script('walk.cjs'), ['--simulate=edge', '--speed=300'], cli.dataFolder);
      const { out, exitCode } = await walk.ended;
      const commands = [...out.matchAll(/^> lync-drain (\w+)/gm)].map(([, name]) => name);
      expect([exitCode, commands]).toEqual([0, ['plan', 'drain', 'accept', 'drain', 'confirm', 'status', 'resume']]);
      expect(out).toContain('The server: edge.');
      expect(out).toContain('> lync-drain accept RTCDATAPROXY --note "looked at its connections"');
      expect(out).toContain('Back in service: every service is as it was before.');
    },
    TIMEOUT_MS,
  );

  test('lists the scenarios with --help, and does nothing', async () => {
    const { out, exitCode } = await startScript(bundle.script('walk.cjs'), ['--help'], cli.dataFolder).ended;
    const told = out.replace(/\s+/g, ' ');
    expect([exitCode, SCENARIO_IDS.filter((id) => !told.includes(id)), told.includes('> lync-drain')]).toEqual([0, [], false]);
  });

  test('stops at a name that is none, with those that are', async () => {
    const { out, err, exitCode } = await startScript(bundle.script('walk.cjs'), ['--simulate=egde'], cli.dataFolder).ended;
    expect([exitCode, err]).toEqual([1, expect.stringContaining('LD-1009') as string]);
    expect([err.includes('edge-2019'), out.includes('That is all')]).toEqual([true, false]);
  });
});

/**
 * The lines that are the same in every walk: without times, numbers, names made up for one run, and how many sessions are left when.
 * Which service of a group is done first depends on the moment, so steps that follow each other are put in the order of their names.
 */
function skeletonOf(walk: string): readonly string[] {
  const lines = walk
    .replace(/Quiet: [^)]*\)\./g, 'Quiet.')
    .split('\n')
    .filter((line) => line.trim() !== '' && !/\d sessions? left|no sessions left/.test(line))
    .map((line) =>
      line
        .replace(/\S*lync-drain-walk-\w+/, '')
        .replace(/\d{8}-\d{6}-[0-9a-f]{4}/, 'RUN')
        // A walk over midnight tells the day too.
        .replace(/\d{4}-\d\d-\d\d (?=\d\d:)/g, '')
        .replace(/\d+/g, '0')
        .replace(/\s+/g, ' '),
    );
  const blocks: string[][] = [];
  for (const line of lines) {
    const block = blocks.at(-1);
    if (isStep(line) && block?.every(isStep) === true) block.push(line);
    else blocks.push([line]);
  }
  return blocks.flatMap((block) => block.sort());
}

function isStep(line: string): boolean {
  return /^\w+: (paused|start)/.test(line);
}

/** What of `lines` does not come in `all`, in this order. */
function missingInOrder(lines: readonly string[], all: readonly string[]): readonly string[] {
  let place = 0;
  return lines.filter((line) => {
    const found = all.indexOf(line, place);
    if (found >= 0) place = found + 1;
    return found < 0;
  });
}
