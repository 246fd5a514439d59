import { beforeEach, describe, expect, it } from 'vitest';

import type { Check } from '../../electron/contract/checklist.js';
import { message } from '../../electron/contract/message.js';
import { Stage } from '../harness/cli/stage.js';
import { checklist, NOON } from '../harness/fakes/checklists.js';
import { PoolTrial, refused } from '../harness/pool/pool-trial.js';

let stage: Stage;
let trial: PoolTrial;

beforeEach(() => {
  stage = new Stage();
  trial = new PoolTrial();
  stage.pool = trial.open();
});

function ordered(): readonly string[] {
  return stage.engine.ordered.map(({ method }) => method);
}

describe('the pool in the terminal', () => {
  it.each(['drain', 'plan', 'confirm'])('is asked before %s, which says that it waits', async (command) => {
    const { err } = await stage.run(command);
    expect(trial.asked).toContain('members');
    expect(err).toContain('Asking the pool: at most 30 seconds');
  });

  it.each(['status', 'pause', 'resume'])('holds up no %s', async (command) => {
    trial.members = 'hangs';
    const { err } = await stage.run(command);
    expect(trial.asked).not.toContain('members');
    expect(err).not.toContain('Asking the pool');
  });

  it('is asked by doctor once the data folder is there, which keeps what it tells', async () => {
    stage.probe = () => trial.asked.push('folder');
    await stage.run('doctor');
    expect(trial.asked.slice(0, 2)).toEqual(['folder', 'members']);
  });

  it('says how its servers become known to a pause, which does not ask, and to no other order', async () => {
    const unread = (trouble: string): Check => ({
      ...{ id: 'pool-members', result: 'unknown', override: null, overridden: false },
      message: message('check-pool-unknown', { trouble }),
    });
    const said = async (command: string, check: Check): Promise<string> => {
      stage.engine.events = [{ type: 'check', check, at: NOON, upMs: 1 }];
      return (await stage.run(command)).err.replace(/\s+/g, ' ');
    };
    expect(await said('pause', unread('not-read-yet'))).toContain('"lync-drain doctor" asks the Lync cmdlets which servers the pool has');
    expect(await said('pause', unread('cmdlet-denied'))).not.toContain('lync-drain doctor');
    expect(await said('drain', unread('not-read-yet'))).not.toContain('lync-drain doctor');
  });

  it.each([['status', '-v'], ['doctor'], ['plan']])('asks the other servers of the pool for %s %s', async (...typed) => {
    await stage.run(...typed);
    expect(trial.remote.asked).toEqual(['fe02', 'fe03', 'fe04']);
  });

  it('does not keep a drain waiting for a cmdlet that hangs', async () => {
    trial.members = 'hangs';
    await stage.run('drain');
    expect(ordered()).toEqual(['drain']);
  });

  it('is named with --pool, and kept by drain alone', async () => {
    await stage.run('plan', '--pool', 'pool01.contoso.com');
    expect(stage.keptPools).toEqual([]);
    await stage.run('drain', '--pool', 'pool01.contoso.com.');
    expect(stage.keptPools).toEqual(['pool01.contoso.com']);
  });

  it('is refused with a code before anything is changed, if the name is of other servers or of none', async () => {
    trial.members = refused('cmdlet-missing');
    trial.dns.set('pool09.contoso.com', { kind: 'addresses', addresses: ['10.9.0.1', '10.9.0.2'] });
    const foreign = await stage.run('drain', '--pool', 'pool09.contoso.com');
    expect([foreign.exitCode, foreign.err]).toEqual([2, expect.stringContaining('LD-5044') as string]);
    const none = await stage.run('drain', '--pool', 'nowhere.contoso.com');
    expect([none.exitCode, none.err]).toEqual([2, expect.stringContaining('LD-5043') as string]);
    expect([ordered(), stage.keptPools]).toEqual([[], []]);
  });

  it('shows its fabric state as text where doctor is asked for more', async () => {
    const { out } = await stage.run('doctor', '-v');
    expect(out).toContain('What Get-CsPoolFabricState says:\n  Replica Instances\n  Primary: FE01');
    expect(out).not.toContain('\u001b[31m');
    expect((await stage.run('doctor')).out).not.toContain('Fabric');
    trial.fabric = refused('cmdlet-denied');
    expect((await stage.run('doctor', '-v')).out).toContain('this account may not use the Lync cmdlets');
  });

  it.each(['pool01', 'pool 01.contoso.com', '-x.contoso.com', 'a..b', ''])('cannot be called %j', async (name) => {
    const { exitCode } = await stage.run('drain', '--pool', name);
    expect([exitCode, ordered()]).toEqual([2, []]);
  });
});

describe('the other servers of the pool', () => {
  const check = (server: string, result: Check['result'], text: Check['message']): Check => ({
    ...{ id: `server:${server}`, result, message: text },
    ...{ override: result === 'block' ? 'go-on' : null, overridden: false },
  });
  const CHECKS = [
    check('fe02', 'pass', message('check-server-pass', { server: 'fe02' })),
    check('fe03', 'block', message('check-server-block', { server: 'fe03', serviceName: 'RTCSRV', state: 'paused' })),
    check('fe04', 'unknown', message('check-server-unknown', { server: 'fe04', silence: 'did-not-answer' })),
    check('fe05', 'unknown', message('check-server-unknown', { server: 'fe05', silence: 'did-not-answer' })),
    check('fe06', 'unknown', message('check-server-unknown', { server: 'fe06', silence: 'access-denied' })),
  ];

  beforeEach(() => {
    stage.engine.checklist = checklist({ checks: CHECKS });
  });

  it('are each in doctor, in service, in maintenance or unknown, and keep this computer from nothing', async () => {
    const { exitCode, out } = await stage.run('doctor');
    const said = out.replace(/\s+/g, ' ');
    expect(exitCode).toBe(0);
    expect(said).toContain('ok fe02 is in service.');
    expect(said).toContain('note fe03 is in maintenance (RTCSRV: Paused). One server of a pool goes down at a time.');
    expect(said).toContain('note Whether fe04 is in service is not known: it did not answer in time.');
  });

  it('are in status, those that are silent for the same reason together, with what overrides the one in maintenance', async () => {
    const said = (await stage.run('status', '-v')).out.replace(/\s+/g, ' ');
    expect(said).toContain('fe03 is in maintenance (RTCSRV: Paused).');
    expect(said).toContain('--override server:fe03');
    expect(said).toContain(
      'Whether these servers of the pool are in service is not known: fe04, fe05. Of each: it did not answer in time.',
    );
    expect(said).toContain('Whether fe06 is in service is not known: this account may not read its services.');
  });

  it('are checks of status --json, by name', async () => {
    const [status] = (await stage.run('status', '--json')).json();
    expect(status).toMatchObject({
      checks: CHECKS.map(({ id, result, override }) => ({ id, result, override, message: expect.any(String) as string })),
    });
  });
});
