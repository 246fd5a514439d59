import { describe, expect, test } from 'vitest';

import { problem } from '../../electron/contract/problem.js';
import { Stage } from '../harness/cli/stage.js';
import { checklist, drainingRow, NOON, pausedRow, row, run, SAFE, signedOff } from '../harness/fakes/checklists.js';

/** What a command says at its end must hold for what was asked and done. */

const LATER = '2026-11-23T12:15:00.000Z';
const BEFORE = '2026-11-23T11:59:00.000Z';
const said = (text: string) => text.replace(/\s+/g, ' ');

function staged(parts: Partial<Stage['engine']['result']>): Stage {
  const stage = new Stage();
  stage.engine.result = parts;
  return stage;
}

describe('a pause that was to end by itself', () => {
  const interrupted = { outcome: 'interrupted', problem: problem('interrupted') } as const;

  test('says that it does not any more when it is interrupted, and no other pause does', async () => {
    expect(said((await staged(interrupted).run('pause', '--for', '15m')).err)).toContain(
      'does not go back by itself any more, unless the tray app is open.',
    );
    for (const typed of [['pause'], ['pause', '--for', '15m', '--no-wait'], ['drain'], ['watch']]) {
      expect(said((await staged(interrupted).run(...typed)).err)).not.toContain('does not go back by itself');
    }
  });

  test('is announced once it is taken, not before it is refused', async () => {
    const refused = staged({ outcome: 'blocked', problem: problem('maintenance-open', { command: 'drain' }), checklist: null });
    expect((await refused.run('pause', '--for', '15m')).err).not.toContain('No new calls until');
    const taken = staged({ outcome: 'returned' });
    taken.engine.events = [{ type: 'run', runId: 'R1', opened: true, undoCardPath: null, at: NOON, upMs: 0 }];
    const { err } = await taken.run('pause', '--for', '15m');
    expect(err).toContain('No new calls until');
    expect(Math.max(...err.split('\n').map((line) => line.length))).toBeLessThan(80);
    expect((await taken.run('pause')).err).not.toContain('No new calls until');
  });

  test('and is not waited for needs somebody to end it', async () => {
    expect(said((await staged({ outcome: 'paused' }).run('pause', '--for', '15m', '--no-wait')).err)).toContain(
      'Otherwise go back with "lync-drain resume".',
    );
  });

  test.each([
    [LATER, true, 'Ends by itself at'],
    [LATER, false, 'but the program that waits for it is gone'],
    [BEFORE, false, 'but nothing has brought it back'],
  ])('until %s, with somebody at work %s, is shown for what it is', async (until, isAttended, sentence) => {
    const stage = new Stage();
    stage.engine.checklist = checklist({ run: run({ until }), services: [pausedRow('RTCSRV')] });
    if (isAttended) {
      stage.lockOwner = { user: 'CONTOSO\\ann', face: 'cli', processId: 700, computer: 'FE01', command: 'pause', since: NOON };
    }
    expect(said((await stage.run('status')).out)).toContain(sentence);
  });
});

describe('an order that was stopped in the middle', () => {
  test('tells how many services nobody goes on with', async () => {
    const stage = staged({ outcome: 'interrupted', problem: problem('interrupted', { left: 2 }) });
    const { err } = await stage.run('drain');
    expect(said(err)).toContain('You stopped the drain in the middle.');
    expect(said(err)).toContain('2 services are not paused and held yet. Next: Give the same command again');
    expect(said(err)).not.toContain('The drain goes on');
  });

  test('by its timeout tells the same', async () => {
    const stage = staged({ outcome: 'still-draining', problem: problem('still-draining', { left: 1 }) });
    expect(said((await stage.run('drain')).err)).toContain('1 service is not paused and held yet. Next: Give the same command again');
    const quiet = staged({ outcome: 'still-draining', problem: problem('still-draining') });
    expect(said((await quiet.run('drain')).err)).toContain('the planned services are not ready yet. The drain goes on');
  });
});

describe('a way back', () => {
  const back = { planned: true, wayBack: 'done', originalStartType: 'auto' } as const;

  test('of some services never says that all are back', async () => {
    const stage = staged({
      outcome: 'returned',
      checklist: checklist({ run: run({ phase: 'returning' }), services: [row('RTCRGS', back), drainingRow('RTCSRV')] }),
    });
    const { out, err } = await stage.run('resume', 'RTCRGS');
    expect(said(out)).toContain('1 service of this maintenance still has to come back.');
    expect(said(out)).not.toContain('every service is as it was before');
    expect(err).toContain('Finish the way back');
  });

  test('that left services stopped does not say that they serve, and says how to go on', async () => {
    const left = row('RTCSRV', { ...back, wayBack: 'todo', state: 'stopped', originalState: 'running' });
    for (const phase of ['returning', 'closed'] as const) {
      const stage = staged({ outcome: 'returned', checklist: checklist({ run: run({ phase }), services: [left] }) });
      const { out, err } = await stage.run('resume', '--stay-stopped');
      expect(said(out)).toContain('left stopped, as you asked');
      expect(said(out)).toContain('"lync-drain resume" brings 1 service back');
      expect(err).not.toContain('Finish the way back');
    }
  });

  test('says what stays paused because it was found so, and does not call that service', async () => {
    const found = row('RTCRGS', { ...back, returned: 'was-as-before', state: 'paused', originalState: 'paused', startType: 'auto' });
    const some = staged({
      outcome: 'returned',
      checklist: checklist({ run: run({ phase: 'closed' }), services: [found, row('RTCSRV', { ...back, returned: 'restored' })] }),
    });
    const { out } = await some.run('resume');
    expect(said(out)).toContain('Every service is as it was before. 1 service stays paused, as found: RTCRGS.');
    expect(said(out)).not.toContain('Back in service');
  });

  test('names a start type that another person set before this run set one', async () => {
    const moved = row('RTCRGS', { ...back, returned: 'restored', startType: 'auto', firstStartType: 'auto-delayed' });
    const stage = staged({ outcome: 'returned', checklist: checklist({ run: run({ phase: 'closed' }), services: [moved] }) });
    expect(said((await stage.run('resume')).out)).toContain('With the start type that another person set during the maintenance: RTCRGS.');
  });

  test('that was stopped half way says what is back and what is not', async () => {
    const stopped = staged({
      outcome: 'interrupted',
      problem: problem('way-back-interrupted', { back: 1, left: 2, services: 'RTCRGS, RTCMEDSRV' }),
    });
    const { err } = await stopped.run('resume');
    expect(said(err)).toContain('1 service is back, 2 services are not: RTCRGS, RTCMEDSRV.');
    expect(said(err)).toContain('Finish it with "lync-drain resume"');
    expect(said(err)).not.toContain('The drain goes on');
  });

  test('that kept a start type says so', async () => {
    const stage = staged({
      outcome: 'returned',
      checklist: checklist({ run: run({ phase: 'closed' }), services: [row('RTCSRV', { ...back, startType: 'disabled' })] }),
    });
    const { out } = await stage.run('resume', '--keep');
    expect(said(out)).toContain('was kept, as you asked: RTCSRV');
    const keptRow = row('RTCSRV', { ...back, returned: 'kept' });
    const table = await staged({ outcome: 'returned', checklist: checklist({ run: run({ phase: 'closed' }), services: [keptRow] }) }).run(
      'resume',
      '--keep',
    );
    expect(table.out).toContain('kept as it is');
    expect(table.out).not.toContain('as before\n');
  });

  test('that kept a service Disabled and stopped says that it takes no calls, also where others still have to come back', async () => {
    const off = row('RTCRGS', { ...back, returned: 'kept', state: 'stopped', startType: 'disabled' });
    const closed = staged({
      outcome: 'returned',
      checklist: checklist({ run: run({ phase: 'closed' }), services: [off, row('RTCSRV', back)] }),
    });
    const words = 'It stays Disabled and stopped, and takes no calls: RTCRGS.';
    expect(said((await closed.run('resume', '--keep')).out)).toContain(words);
    const services = [off, row('RTCSRV', { ...back, wayBack: 'todo', returned: null })];
    const open = staged({ outcome: 'returned', checklist: checklist({ run: run({ phase: 'returning' }), services }) });
    const { out } = await open.run('resume', 'RTCRGS', '--keep');
    expect(said(out)).toContain('as it was before, but for what was kept, as you asked: RTCRGS. 1 service of this maintenance still has');
    expect(said(out)).toContain(words);
  });

  test('of everything says that everything is back', async () => {
    const stage = staged({ outcome: 'returned', checklist: checklist({ run: run({ phase: 'closed' }), services: [row('RTCSRV', back)] }) });
    expect(said((await stage.run('resume')).out)).toContain('every service is as it was before');
  });

  test('where nothing is open says that, and not that all is well', async () => {
    const { exitCode, out } = await staged({ outcome: 'nothing-to-do', checklist: null }).run('resume');
    expect([exitCode, said(out)]).toEqual([0, 'No maintenance is open here, so there is nothing to bring back. ']);
  });
});

describe('what is ready', () => {
  test.each(['drain', 'watch'])('and signed off already is not to be signed off again: %s', async (command) => {
    const quiet = { ready: true, restart: SAFE, services: [drainingRow('RTCSRV')] };
    const confirmed = staged({
      outcome: 'ready',
      checklist: checklist({ ...quiet, run: run({ phase: 'confirmed', confirmed: signedOff() }) }),
    });
    expect((await confirmed.run(command)).err).not.toContain('Sign off');
    const ready = staged({ outcome: 'ready', checklist: checklist({ ...quiet, run: run({ phase: 'ready' }) }) });
    expect((await ready.run(command)).err).toContain('Sign off with "lync-drain confirm"');
  });
});
