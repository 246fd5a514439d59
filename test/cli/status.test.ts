import { describe, expect, test } from 'vitest';

import { textWidth } from '../../electron/apps/cli/render/text-width.js';
import { problem } from '../../electron/contract/problem.js';
import { Stage } from '../harness/cli/stage.js';
import { checklist, counted, drainingRow, NOON, row, run, SAFE } from '../harness/fakes/checklists.js';

describe('status', () => {
  test('shows a proof only of services that were proved, not where each was accepted by hand', async () => {
    const stage = new Stage();
    const times = { since: NOON, heldMs: 60_000, readings: 13, longestGapMs: 5_000, lastAt: NOON };
    const proofOf = (services: number) => ({ ...times, services, sources: [] });
    stage.engine.checklist = checklist({ run: run(), services: [drainingRow('RTCSRV')], proof: proofOf(2) });
    expect((await stage.run('status')).out).toContain('Quiet: 2 services without a session');
    stage.engine.checklist = checklist({ run: run(), services: [drainingRow('RTCSRV')], proof: proofOf(0) });
    expect((await stage.run('status')).out).not.toContain('Quiet');
  });

  test('--json prints the documented object', async () => {
    const stage = new Stage();
    stage.engine.checklist = checklist({
      run: run({ reason: 'CHG-1234' }),
      services: [
        drainingRow('RTCMEDSRV', { sessions: counted(3) }),
        row('RTCRGS', {
          sessions: { kind: 'unknown', reason: 'counter-broken', raw: '-1' },
          startType: null,
          problem: problem('evidence-unreadable', { serviceName: 'RTCRGS', reason: 'counter-broken' }),
        }),
      ],
      blockers: [{ id: 'blocks-sessions', params: { count: 3 } }],
      restart: {
        ...SAFE,
        kind: 'not-safe',
        reasons: [
          { id: 'sessions:RTCMEDSRV', serviceName: 'RTCMEDSRV', problem: problem('sessions-left', { serviceName: 'RTCMEDSRV', count: 3 }) },
        ],
        caveats: [{ id: 'caveat-pool-unknown', params: {} }],
      },
      checks: [
        { id: 'pool-members', result: 'warn', message: { id: 'check-pool-unknown', params: {} }, override: null, overridden: false },
      ],
      rebootPreview: [{ serviceName: 'RTCMEDSRV', wouldRun: null, because: { id: 'reboot-may-start-by-trigger', params: {} } }],
    });
    const { json, exitCode } = await stage.run('status', '--json');
    expect(exitCode).toBe(0);
    expect(json()).toEqual([
      {
        schema: 1,
        at: NOON,
        computer: { name: 'FE01', bootedAt: '2026-11-23T11:00:00.000Z', source: 'simulated', elevated: true },
        server: { role: 'front-end', edition: 'enterprise', product: 'lync-2013', version: '5.0.8308.0', productUnknown: null },
        failedOver: false,
        run: {
          ...{
            id: '20261123T115000Z-1',
            phase: 'draining',
            openedAt: '2026-11-23T11:50:00.000Z',
            openedBy: 'CONTOSO\\ann',
            reason: 'CHG-1234',
          },
          ...{ until: null, confirmed: null, restart: null },
        },
        ...{ ready: false, safeToRestart: false, restart: 'not-safe', cut: 0, proof: null, accepted: [], losses: [] },
        caveats: [{ id: 'caveat-pool-unknown', message: 'It is not known how many other servers of the pool are in service.' }],
        notSafeBecause: [
          {
            ...{ id: 'sessions:RTCMEDSRV', serviceName: 'RTCMEDSRV', code: 'LD-5019' },
            message: 'RTCMEDSRV still carries 3 sessions.',
            remedy: 'Wait until they end. If they never do, accept the cut: "lync-drain accept RTCMEDSRV --cut 3" with a note.',
          },
        ],
        services: [
          {
            ...{ serviceName: 'RTCMEDSRV', displayName: 'Lync Server RTCMEDSRV', planned: true, state: 'paused', startType: 'demand' },
            ...{
              originalStartType: 'auto',
              firstStartType: null,
              originalState: null,
              controlsAccepted: ['stop', 'pause-continue'],
              processId: 4_312,
            },
            sessions: { count: 3, evidence: 'counter', at: NOON },
            steps: { pause: 'done', manual: 'done', wait: 'doing', confirm: 'todo' },
            wayBack: 'todo',
            returned: null,
            problem: null,
          },
          {
            ...{ serviceName: 'RTCRGS', displayName: 'Lync Server RTCRGS', planned: true, state: 'running', startType: null },
            ...{
              originalStartType: null,
              firstStartType: null,
              originalState: null,
              controlsAccepted: ['stop', 'pause-continue'],
              processId: 4_312,
            },
            sessions: { unknown: 'counter-broken' },
            steps: { pause: 'todo', manual: 'todo', wait: 'todo', confirm: 'todo' },
            wayBack: 'todo',
            returned: null,
            problem: {
              code: 'LD-3001',
              message: 'Nobody can say how many sessions RTCRGS carries: its performance counter shows an impossible number.',
              next: 'Look at it yourself, then accept it by hand (in the terminal: "lync-drain accept RTCRGS --note TEXT"). "lync-drain doctor" says what would make it known.',
            },
          },
        ],
        checks: [
          {
            ...{ id: 'pool-members', result: 'warn', override: null, overridden: false },
            message: 'It is not known how many servers of the pool are in service. Make sure that only this one goes down.',
          },
        ],
        blockers: [{ id: 'blocks-sessions', message: '3 sessions still run.' }],
        rebootPreview: [{ serviceName: 'RTCMEDSRV', wouldRun: null, because: 'may be started by Windows on an event (trigger start)' }],
        estimate: null,
        warnings: [],
      },
    ]);
  });

  test('shows a start type that another person set before this run set one, beside the first', async () => {
    const stage = new Stage();
    const moved = drainingRow('RTCRGS', { originalStartType: 'auto', firstStartType: 'auto-delayed' });
    stage.engine.checklist = checklist({ run: run(), services: [moved, drainingRow('RTCSRV')] });
    const { out } = await stage.run('status');
    expect(out.replace(/\s+/g, ' ')).toContain(
      'The start type of RTCRGS was Automatic (Delayed Start) when this maintenance found it. Another person has set it to Automatic since.',
    );
    expect(out).not.toContain('The start type of RTCSRV');
  });

  test.each(['en', 'zh-CN'])('--json in %s is plain characters alone, and gives every name back as it is', async (language) => {
    const names = ['呼叫录音服务', 'Fernsprech-Überwachung', '📞 "a\\b"'];
    const stage = new Stage();
    stage.engine.checklist = checklist({ services: names.map((name) => row(name)) });
    const { out, json } = await stage.run('status', '--json', '--lang', language);
    expect(out).toMatch(/^[\x20-\x7e]+\n$/);
    expect(json()[0]!['services']).toMatchObject(names.map((serviceName) => ({ serviceName })));
  });

  test('never shows an unknown count as a number', async () => {
    const stage = new Stage();
    stage.engine.checklist = checklist({ services: [row('RTCSRV', { sessions: { kind: 'unknown', reason: 'too-old', raw: null } })] });
    expect((await stage.run('status')).out).toMatch(/RTCSRV +Running +Automatic +unknown/);
  });

  test.each([
    ['no maintenance is open', { run: null }, 'A drain waits for it.'],
    ['one is open', { run: run() }, '"lync-drain watch" stays until it has answered.'],
  ])('says of what a source has not answered yet that it is not read, never that there is none, while %s', async (_, open, next) => {
    const stage = new Stage();
    const unread = row('RTCRGS', { sessions: { kind: 'unknown', reason: 'not-read-yet', raw: null } });
    stage.engine.checklist = checklist({
      ...open,
      services: [unread, row('RTCSRV', { sessions: { kind: 'unknown', reason: 'too-old', raw: null } })],
    });
    const { out } = await stage.run('status');
    expect(out).toMatch(/RTCRGS +Running +Automatic +-/);
    expect(out.replace(/\s+/g, ' ')).toContain(
      `Not read yet: RTCRGS. The Lync cmdlet can take minutes to answer for the first time, and this command looks only once. ${next}`,
    );
    expect((await stage.run('status', '--lang', 'zh-CN')).out).toContain('尚未读取：RTCRGS。');
  });

  test('says what would run after a restart, and what comes next', async () => {
    const stage = new Stage();
    stage.engine.checklist = checklist({
      run: run({ phase: 'ready' }),
      ready: true,
      services: [drainingRow('RTCSRV', { sessions: counted(0) })],
      rebootPreview: [
        {
          serviceName: 'RTCSRV',
          wouldRun: true,
          because: { id: 'reboot-started-by-dependent', params: { serviceName: 'RTCSRV', dependent: 'AcmeRecorder' } },
        },
      ],
    });
    const { out } = await stage.run('status');
    expect(out).toContain('RTCSRV: needed by AcmeRecorder, which starts automatically');
    expect(out).toContain('The server is not safe to restart.');
    expect(out.replace(/\s+/g, ' ')).toContain('run "lync-drain confirm --services-only"');
  });

  test('lets no escape sequence of a service name reach the terminal', async () => {
    const stage = new Stage();
    stage.engine.checklist = checklist({ services: [row('Evil\u001b[2J')] });
    expect((await stage.run('status')).out).not.toContain('\u001b[2J');
  });

  test.each([80, 100])('fits %d columns in both languages', async (columns) => {
    const stage = new Stage();
    stage.columns = columns;
    stage.engine.checklist = checklist({
      run: run({ reason: 'x'.repeat(10) }),
      services: [drainingRow('RTCSRV')],
      blockers: [{ id: 'blocks-unknown-sessions', params: { serviceName: 'RTCSRV', reason: 'counter-missing' } }],
    });
    for (const language of ['en', 'zh-CN']) {
      const { out } = await stage.run('status', '--lang', language);
      for (const line of out.split('\n')) expect(textWidth(line)).toBeLessThanOrEqual(columns);
    }
  });
});

describe('plan', () => {
  test('--json prints the steps beside the checks', async () => {
    const stage = new Stage();
    stage.engine.planned = { steps: [{ serviceName: 'RTCSRV', step: 'pause', from: 'running', to: 'paused' }] };
    expect((await stage.run('plan', '--json')).json()[0]).toMatchObject({
      schema: 1,
      plan: [{ serviceName: 'RTCSRV', step: 'pause', from: 'running', to: 'paused' }],
      checks: [],
    });
  });

  test('leaves with 3 where a check blocks and says how to override it', async () => {
    const stage = new Stage();
    stage.engine.checklist = checklist({
      checks: [
        {
          id: 'pausable:RTCATS',
          result: 'block',
          message: { id: 'check-pausable-block', params: { serviceName: 'RTCATS' } },
          override: 'leave-out',
          overridden: false,
        },
      ],
    });
    const { exitCode, out } = await stage.run('plan');
    expect(exitCode).toBe(3);
    expect(out).toContain('--override pausable:RTCATS');
  });
});
