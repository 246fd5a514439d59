import { afterEach, beforeEach, describe, expect, it } from 'vitest';

import { CliProgram, type Ended } from '../harness/cli/cli-program.js';
import { TimedCli } from '../harness/cli/timed-cli.js';

/**
 * What the command line says of a restart, on simulated servers: quiet is said of services, safe of the server alone. Time is the
 * test's own, so that no machine is too busy for zeros that lie close together.
 */

const FAST = ['--speed', '300'];
const TIMEOUT_MS = 60_000;

let cli: TimedCli;

beforeEach(() => {
  cli = new TimedCli();
});
afterEach(() => cli.remove());

/** On one line, however it was wrapped. */
const told = ({ out, err }: Ended) => `${out}\n${err}`.replace(/\s+/g, ' ');

/** What these tests look into; the rest is compared as it is. */
interface Told extends Record<string, unknown> {
  readonly proof: { readonly since: string; readonly readings: number; readonly heldSeconds: number };
  readonly run: { readonly confirmed: unknown };
  readonly services: readonly { readonly sessions: Record<string, unknown> }[];
}
const lines = ({ out }: Ended) =>
  out
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as Told);
const json = async (...typed: string[]) => lines(await cli.run(...typed, '--json')).at(-1)!;
const UNCUT = /no call is cut|without cutting/;

describe('a partial drain', () => {
  it(
    'is ready, and never lets the server pass for safe',
    async () => {
      const drained = await cli.run('drain', 'RTCRGS', '--speed', '50', '--hold-time', '5s');
      expect(drained.exitCode).toBe(0);
      expect(told(drained)).toContain('Ready: the planned services are quiet.');
      expect(told(drained)).toContain('The server is not safe to restart.');
      expect(told(drained)).toMatch(
        /Not part of this maintenance, and taking calls \(with their sessions\): RTCMEDSRV \(\d+\), .*RTCSRV \(\d+\)\. Next: Add them with "lync-drain drain"\./,
      );
      expect(told(drained)).toContain('These carry sessions and are not in the plan: RTCMEDSRV, RTCCPS,');

      const refused = await cli.run('confirm');
      expect([refused.exitCode, refused.out]).toEqual([3, '']);
      expect(told(refused)).toContain('Next: Add them with "lync-drain drain".');
      expect(told(refused)).toContain('"lync-drain confirm --services-only"');

      const services = await cli.run('confirm', '--services-only');
      expect(services.exitCode).toBe(0);
      expect(told(services)).toContain('Signed off: the planned services alone.');
      expect(told(services)).toContain('Work on the planned services only.');
      const status = await cli.run('status');
      for (const ended of [drained, refused, services, status]) expect(told(ended)).not.toMatch(UNCUT);
      expect(told(status)).toMatch(/signed off\. The server is not safe to restart\..*Signed off at .*: the planned services alone/);
      expect(status.out).toMatch(/RTCSRV +Running +Automatic +\d+ +not in the plan/);
      expect(told(await cli.run('report'))).toContain('the planned services alone were signed off, not the server.');
    },
    TIMEOUT_MS,
  );

  it(
    'says so to programs, with each reason and its remedy',
    async () => {
      await cli.run('drain', 'RTCRGS', ...FAST, '--hold-time', '5s');
      const status = await json('status');
      expect(status).toMatchObject({ schema: 1, ready: true, safeToRestart: false, restart: 'not-safe', losses: [] });
      expect(status['notSafeBecause']).toHaveLength(10);
      expect(status['notSafeBecause']).toContainEqual({
        ...{ id: 'outside-plan:RTCSRV', serviceName: 'RTCSRV', code: expect.stringMatching(/^LD-\d{4}$/) as string },
        message: expect.stringContaining('RTCSRV takes calls and is not part of this maintenance') as string,
        remedy: 'Add it with "lync-drain drain RTCSRV".',
      });
      expect(await json('confirm')).toMatchObject({
        exitCode: 3,
        outcome: 'blocked',
        safeToRestart: false,
        notSafeBecause: expect.arrayContaining([expect.objectContaining({ id: 'outside-plan:RTCSRV' })]) as unknown,
      });
      expect((await json('confirm', '--services-only')).run.confirmed).toMatchObject({ scope: 'services', cut: 0 });
    },
    TIMEOUT_MS,
  );

  it(
    'names the services to add where they are few',
    async () => {
      await cli.run(
        'drain',
        'RTCMEDSRV',
        'RTCRGS',
        'RTCCPS',
        'RTCCAA',
        'RTCCAS',
        'RTCATS',
        'RTCAVMCU',
        'RTCASMCU',
        'RTCDATAMCU',
        'RTCSRV',
        '--simulate=quiet',
        ...FAST,
      );
      expect(told(await cli.run('status'))).toContain('Next: Add it with "lync-drain drain RTCIMMCU".');
    },
    TIMEOUT_MS,
  );
});

describe('a whole drain', () => {
  it(
    'lets the server pass for safe, and shows a proof that grows',
    async () => {
      const drained = await cli.run('drain', '--simulate=quiet', ...FAST);
      expect(told(drained)).toContain('The server is safe to restart: no call is cut.');
      expect(told(drained)).toMatch(
        /Quiet: 12 services without a session since \d\d:\d\d:\d\d \(\d.*, \d+ readings, longest gap \d.* s; by counter, Lync cmdlet\)\./,
      );
      const { proof: first } = await json('status');
      await cli.run('watch', ...FAST);
      const { proof: second, safeToRestart } = await json('status');
      expect(safeToRestart).toBe(true);
      expect(second.since).toBe(first.since);
      expect([second.readings > first.readings, second.heldSeconds > first.heldSeconds]).toEqual([true, true]);
      expect(second).toMatchObject({
        services: 12,
        sources: expect.arrayContaining(['counter', 'cmdlet']) as unknown,
        longestGapSeconds: expect.any(Number) as number,
      });
      expect((await cli.run('confirm')).exitCode).toBe(0);
      // Counters are closed after a sign-off, but a status that is asked for counts.
      expect((await cli.run('status')).out).toMatch(/RTCSRV +Paused +Manual +0 +signed off/);
      expect(told(await cli.run('report'))).toMatch(
        /Verdict at the sign-off .*: The server is safe to restart: no call is cut\. - Quiet: 12 services without a session from/,
      );
    },
    TIMEOUT_MS,
  );
});

describe('a service that was left out', () => {
  it(
    'stays in every list with its sessions, and stands against a restart',
    async () => {
      const override = ['--override', 'pausable:RTCMEDSRV'];
      const plan = await cli.run('plan', '--simulate=not-pausable', ...override);
      expect(plan.exitCode).toBe(0);
      expect(plan.out).not.toMatch(/^RTCMEDSRV +Running -> Paused/m);
      expect(told(plan)).toContain('Left out, and still taking calls: RTCMEDSRV.');
      expect(told(plan)).toContain('Begin with: lync-drain drain --override pausable:RTCMEDSRV');
      const drained = await cli.run('drain', ...FAST, ...override);
      for (const ended of [drained, await cli.run('status')]) {
        expect(ended.out).toMatch(/RTCMEDSRV +Running .* \d+ +left out/);
        expect(told(ended)).toMatch(/RTCMEDSRV was left out and takes calls; it carries \d+ sessions\./);
        expect(told(ended)).not.toMatch(UNCUT);
      }
    },
    TIMEOUT_MS,
  );
});

describe('sessions that may have been cut', () => {
  it(
    'end a drain with 6, every time, and nothing says afterwards that no call is cut',
    async () => {
      const drained = await cli.run('drain', '--simulate=crashes', ...FAST);
      expect(drained.exitCode).toBe(6);
      expect(told(drained)).toMatch(/RTCMEDSRV stopped; \d+ sessions may have been cut\./);
      const again = await cli.run('drain', '-q');
      expect([again.exitCode, again.err.includes('LD-3004')]).toEqual([6, true]);
      const status = await cli.run('status');
      expect(told(status)).toMatch(
        /Sessions may have been cut in this maintenance: - \d\d:\d\d:\d\d RTCMEDSRV stopped; \d+ sessions may have been cut\./,
      );
      const confirmed = await cli.run('confirm');
      expect(confirmed.exitCode).toBe(0);
      const report = await cli.run('report');
      for (const ended of [drained, again, status, confirmed, report]) expect(told(ended)).not.toMatch(UNCUT);
      expect(report.out).toMatch(/## Summary\n\n- \*\*.*RTCMEDSRV stopped; \d+ sessions may have been cut\.\*\*\n/);
      expect(await json('status')).toMatchObject({
        safeToRestart: true,
        losses: [
          { serviceName: 'RTCMEDSRV', how: 'ended', certainty: 'exact', message: expect.stringContaining('may have been cut') as string },
        ],
      });
      expect(JSON.parse((await cli.run('report', '--json')).out)).toMatchObject({
        summary: { losses: [{ serviceName: 'RTCMEDSRV' }], signOff: { kind: 'signed', scope: 'server' } },
      });
      // The history says the same of the open run, and of the closed one from its last line.
      const listed = {
        signOff: 'server',
        losses: {
          services: 1,
          sessions: expect.any(Number) as number,
          certainty: 'exact',
          message: expect.stringMatching(/^1 service lost up to \d+ sessions?\.$/) as string,
        },
      };
      expect(await json('history')).toMatchObject({ runs: [{ closedAt: null, ...listed }] });
      expect((await cli.run('resume')).exitCode).toBe(0);
      expect(await json('history')).toMatchObject({ runs: [{ closedAt: expect.any(String) as string, ...listed }] });
      const history = await cli.run('history');
      expect(history.out).toMatch(/SIGNED OFF/);
      expect(history.out).toMatch(/closed +server /);
      expect(told(history)).toMatch(/\d{8}-\d{6}-[0-9a-f]{4}: 1 service lost up to \d+ sessions?\./);
      expect((await cli.run('history', '--lang', 'zh-CN')).out).toMatch(/1 个服务丢失了最多 \d+ 个会话。/);
    },
    TIMEOUT_MS,
  );

  it(
    "by a crash that a recovery action mended are told as that, and as nobody's resuming",
    async () => {
      expect(told(await cli.run('plan', '--simulate=crashes-and-recovers'))).toContain(
        'If a service ends unexpectedly, its recovery action starts it again, and it takes calls.',
      );
      const drained = await cli.run('drain', ...FAST);
      expect(drained.exitCode).toBe(6);
      expect(told(drained)).toMatch(/(?:The process of RTCMEDSRV was replaced|RTCMEDSRV stopped); \d+ sessions may have been cut\./);
      expect(told(drained)).not.toContain('resumed RTCMEDSRV');
      const status = told(await cli.run('status'));
      expect(status).toContain('11 of 12 services are paused or stopped. This one takes calls: RTCMEDSRV.');
    },
    TIMEOUT_MS,
  );
});

describe('a restart that would start services', () => {
  it.each([
    [
      ['--simulate=quiet', '--keep-start-type'],
      /A restart starts these, because their start type is automatic: RTCMEDSRV, .*RTCSRV\. Next: Hold them with "lync-drain drain", without --keep-start-type\./,
    ],
    [
      ['--simulate=automatic-dependent'],
      /A restart starts RTCMEDSRV: AcmeRecorder needs it and starts automatically\. Next: Hold it with "lync-drain drain RTCMEDSRV --hold disabled"/,
    ],
    [
      ['--simulate=trigger-start'],
      /A restart may start these, because .*: RTCMEDSRV, RTCRGS\. Next: Hold them with "lync-drain drain RTCMEDSRV RTCRGS --hold disabled"\./,
    ],
  ] as const)(
    '%j: the services are quiet, and the server is not safe',
    async (typed, reason) => {
      const drained = await cli.run('drain', ...FAST, ...typed);
      expect([drained.exitCode, told(drained).includes('Ready: the planned services are quiet.')]).toEqual([0, true]);
      const refused = await cli.run('confirm');
      expect(refused.exitCode).toBe(3);
      for (const ended of [drained, refused]) {
        expect(told(ended)).toMatch(reason);
        expect(told(ended)).not.toMatch(UNCUT);
      }
    },
    TIMEOUT_MS,
  );

  it(
    'are warned about before the first change',
    async () => {
      const { err } = await cli.run('drain', '--simulate=automatic-dependent', ...FAST, '--no-wait');
      expect(err.replace(/\s+/g, ' ')).toMatch(
        /warning After a restart these would run all the same and take calls, .*: RTCMEDSRV\..* Maintenance \S+ is open\./,
      );
    },
    TIMEOUT_MS,
  );
});

describe('what only an administrator can say', () => {
  it(
    'is shown with what can be seen of it, accepted with a note, and never takes the place of the ticket',
    async () => {
      const drained = await cli.run('drain', '--simulate=unknown-evidence', ...FAST, '--reason', 'CHG-1');
      expect(drained.exitCode).toBe(4);
      expect(told(drained)).toMatch(
        /What can be seen of these services: RTCRGS: .* Connections that are not the server's own: \d+ \(.*:\d+.*\) Media ports in use: .* Last known number: at least \d+/,
      );
      expect(told(drained)).toContain('Look at them, then run "lync-drain accept RTCRGS RTCAVMCU --note TEXT".');
      const refused = await cli.run('accept', 'W32Time', '--note', 'x');
      expect([refused.exitCode, told(refused).includes('W32Time carries no sessions of Lync')]).toEqual([3, true]);
      expect((await cli.run('accept', 'RTCRGS')).exitCode).toBe(2);
      const accepted = await cli.run('accept', 'RTCRGS', 'RTCAVMCU', '--note', 'looked at it');
      expect(accepted.exitCode).toBe(0);
      expect(told(accepted)).toContain('What can be seen of these services: RTCRGS:');
      const again = await cli.run('drain', ...FAST);
      expect([again.exitCode, told(again).includes('accepted by hand, or in advance, which takes --note or --reason')]).toEqual([0, true]);
      expect(told(again)).toContain('The server can be restarted. RTCRGS, RTCAVMCU were accepted by hand by CONTOSO\\ann.');
      const status = await cli.run('status');
      expect(told(status)).toContain('Reason: CHG-1');
      expect(told(status)).toMatch(/Accepted by hand: RTCRGS, RTCAVMCU, by CONTOSO\\ann at .*: "looked at it"\./);
      expect(await json('status')).toMatchObject({
        run: { reason: 'CHG-1' },
        safeToRestart: true,
        restart: 'accepted',
        accepted: [{ serviceName: 'RTCRGS', note: 'looked at it', cut: null }, { serviceName: 'RTCAVMCU' }],
      });
      expect(told(await cli.run('history'))).toContain('CHG-1');
      const report = told(await cli.run('report'));
      expect(report).toContain('Reason: CHG-1');
      expect(report).toMatch(/Accepted by hand: RTCRGS, RTCAVMCU, by .*: "looked at it"\./);
    },
    TIMEOUT_MS,
  );

  it(
    'is accepted in advance with --reason, which is the note then and leaves the ticket alone',
    async () => {
      await cli.run('drain', '--simulate=unknown-evidence', '--speed', '100', '--reason', 'CHG-1', '--no-wait');
      await cli.run('drain', '--override', 'evidence:RTCAVMCU', '--reason', 'looked at it', '--no-wait');
      expect(await json('status')).toMatchObject({ run: { reason: 'CHG-1' } });
      expect((await cli.run('history')).out).toContain('CHG-1');
      expect(told(await cli.run('report'))).toContain('Reason: CHG-1');
      expect((await cli.run('report', '--format', 'json')).out).toMatch(/"checkId": ?"evidence:RTCAVMCU",\s*"note": ?"looked at it"/);
    },
    TIMEOUT_MS,
  );

  it(
    'can be accepted in advance with --note, which reaches the record',
    async () => {
      const typed = ['--override', 'evidence:RTCAVMCU', '--note', 'no meeting tonight'];
      const plan = told(await cli.run('plan', '--simulate=unknown-evidence', ...typed.slice(0, 2)));
      expect(plan).toContain('Not accepted in advance, because there is neither --note nor --reason: RTCAVMCU.');
      const dryRun = told(await cli.run('drain', '--dry-run', 'RTCAVMCU', ...typed));
      expect(dryRun).toContain('Accepted in advance, if nothing is seen of it for as long: RTCAVMCU ("no meeting tonight").');
      expect((await cli.run('drain', 'RTCMEDSRV', 'RTCAVMCU', '--speed', '60', ...typed)).exitCode).toBe(0);
      expect(await json('status')).toMatchObject({ accepted: [{ serviceName: 'RTCAVMCU', note: 'no meeting tonight' }] });
    },
    TIMEOUT_MS,
  );
});

describe('a number that is old', () => {
  it(
    'is shown as at least so many, with its age, and never as a count',
    async () => {
      await cli.run('drain', '--simulate=slow-cmdlets', '--speed', '30', '--no-wait');
      const { services } = await json('status');
      const known = services.filter(({ sessions }) => sessions['atLeast'] !== undefined);
      expect(known.length).toBeGreaterThan(0);
      for (const { sessions } of known) {
        expect([typeof sessions['unknown'], typeof sessions['ageSeconds'], 'count' in sessions]).toEqual(['string', 'number', false]);
      }
      expect((await cli.run('status')).out).toMatch(/RTC\w+ +Paused +\w+ +at least \d+/);
      expect((await cli.run('services')).out).toMatch(/RTC\w+ +Paused +yes +at least \d+/);
    },
    TIMEOUT_MS,
  );
});

describe('-q', () => {
  it(
    'keeps the alarms and drops the progress and the table',
    async () => {
      const ended = await cli.run(
        'drain',
        '--simulate=leak',
        '--seed',
        '7',
        '--speed',
        '200',
        '--hold-time',
        '5s',
        '--timeout',
        '20m',
        '-q',
      );
      expect([ended.exitCode, ended.out]).toEqual([0, '']);
      expect(ended.err.match(/^LD-3002 /gm)!.length).toBeGreaterThan(1);
      expect(ended.err).not.toMatch(/: paused|sessions left|is open|Ready/);
    },
    TIMEOUT_MS,
  );

  it(
    'says nothing of a drain that went well but its warnings, and prints what was asked for',
    async () => {
      const { out, err } = await cli.run('drain', '--simulate=quiet', ...FAST, '-q');
      expect(out).toBe('');
      expect(err.replace(/\s+/g, ' ')).toMatch(
        /^Checks: warning Pausing does not drain web traffic .* Worth knowing: - Pausing does not drain web traffic .*\.\s*$/,
      );
      for (const command of ['status', 'report', 'services', 'plan', 'history']) {
        expect((await cli.run(command, '-q')).out).toMatch(/RTCSRV|closed|open|paused/);
      }
    },
    TIMEOUT_MS,
  );
});

describe('a refusal', () => {
  it(
    'gives the reason in words, and offers an override only where it is accepted',
    async () => {
      const failedOver = await cli.run('drain', '--simulate=failed-over');
      expect(failedOver.exitCode).toBe(3);
      expect(told(failedOver)).toContain('Only Invoke-CsComputerFailBack may undo that.');
      expect(told(failedOver)).toContain('It cannot be overridden.');
      expect(told(failedOver)).not.toContain('--override');
    },
    TIMEOUT_MS,
  );

  it(
    'of a service that cannot be paused names the override',
    async () => {
      const blocked = await cli.run('drain', '--simulate=not-pausable');
      expect([blocked.exitCode, blocked.out]).toEqual([3, '']);
      expect(told(blocked)).toMatch(/blocks RTCMEDSRV runs but cannot be paused\..*--override pausable:RTCMEDSRV/);
    },
    TIMEOUT_MS,
  );
});

describe('a dry run', () => {
  it.each([
    ['foo', 'LD-1006'],
    ['failed-over', 'LD-1011'],
  ])(
    'refuses the override %s as the run does, with %s',
    async (check, code) => {
      for (const typed of [['drain', '--dry-run'], ['plan'], ['drain']]) {
        const ended = await cli.run(...typed, '--override', check);
        expect([typed, ended.exitCode, ended.err.includes(code)]).toEqual([typed, 2, true]);
      }
    },
    TIMEOUT_MS,
  );

  it(
    'takes every option of the run and says what it changes',
    async () => {
      const dryRun = (...typed: string[]) => cli.run('drain', '--dry-run', ...typed).then(told);
      expect(await dryRun('--hold', 'disabled')).toContain('Automatic -> Disabled');
      expect(await dryRun('--keep-start-type')).not.toContain('-> Manual');
      expect(await dryRun('--no-wait')).toContain('The drain goes on without it.');
      expect(await dryRun('--hold-time', '90s', '--timeout', '2h')).toContain(
        'until no session has been seen for 1 min 30 s, at most 2 h.',
      );
      expect(await dryRun('RTCRGS', '--reason', 'CHG 1')).toContain('Begin with: lync-drain drain RTCRGS --reason "CHG 1"');
    },
    TIMEOUT_MS,
  );
});

describe('looking on at a pause that was stopped in the middle', () => {
  it(
    'says how many services are paused, and which take calls',
    async () => {
      const bundle = await CliProgram.bundle();
      const program = bundle.program();
      const drain = program.start(['drain', '--simulate=busy', '--speed', '1']);
      await drain.hasSaid(/RTCMEDSRV: paused/);
      drain.child.kill('SIGINT');
      await drain.ended;
      const status = told(await program.run('status'));
      program.remove();
      bundle.remove();
      const [, paused, all, names] =
        /(\d+) of (\d+) services are paused or stopped\. (?:These take|This one takes) calls: ([^.]*)\./.exec(status) ?? [];
      expect([Number(all), names?.split(', ').length]).toEqual([12, 12 - Number(paused)]);
    },
    TIMEOUT_MS,
  );
});

describe('the curve', () => {
  it(
    'is drawn while a service is unknown, says that it shows at least so many, and begins before the first pause ends',
    async () => {
      await cli.run('drain', '--simulate=no-cmdlets', '--speed', '60', '--timeout', '2m');
      const { out } = await cli.run('status');
      expect(out).toMatch(/^sessions \(at least\) {2}█\S{8,}/m);
    },
    TIMEOUT_MS,
  );
});

describe('web sessions that still run', () => {
  it(
    'are told in the terminal and to programs, and refuse no sign-off',
    async () => {
      const still = '3 web sessions still run: this server is still in the web load balancer.';
      const drained = await cli.run('drain', '--simulate=web-sessions', '--hold-time', '5s', '--speed', '1000');
      const signed = await cli.run('confirm');
      expect([drained.exitCode, signed.exitCode]).toEqual([0, 0]);
      for (const ended of [drained, signed, await cli.run('status')]) expect(told(ended)).toContain(still);
      expect(await json('status')).toMatchObject({ restart: 'safe', caveats: [{ id: 'caveat-web-sessions', message: still }] });
    },
    TIMEOUT_MS,
  );
});
