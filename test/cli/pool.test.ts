import { beforeEach, describe, expect, it } from 'vitest';

import { Stage } from '../harness/cli/stage.js';
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
