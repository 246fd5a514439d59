import { beforeEach, describe, expect, it } from 'vitest';

import { Stage } from '../harness/cli/stage.js';

/** Says of RTCRGS that it is unread, so many times; then that nothing is. */
class SlowCmdlet {
  asked = 0;
  constructor(readonly answersAfter: number) {}
  readonly findUnread = async (): Promise<readonly string[]> => {
    this.asked += 1;
    return this.asked > this.answersAfter ? [] : ['RTCRGS'];
  };
}

let stage: Stage;

function ordered(): readonly string[] {
  return stage.engine.ordered.map(({ method }) => method);
}

beforeEach(() => {
  stage = new Stage();
});

describe('confirm', () => {
  it("waits for the first answer of Lync's cmdlet, and says so once", async () => {
    const cmdlet = new SlowCmdlet(5);
    stage.findUnread = cmdlet.findUnread;
    const { err } = await stage.run('confirm');
    expect([cmdlet.asked, ordered()]).toEqual([6, ['confirm']]);
    expect(err.match(/Waiting for the Lync cmdlet to say how many sessions are left: RTCRGS\./g)).toHaveLength(1);
  });

  it('says nothing where nothing has to be waited for', async () => {
    stage.findUnread = new SlowCmdlet(0).findUnread;
    expect((await stage.run('confirm')).err).not.toContain('cmdlet');
    expect(ordered()).toEqual(['confirm']);
  });

  it('signs nothing off if the user stops waiting', async () => {
    const cmdlet = new SlowCmdlet(5);
    stage.findUnread = async () => {
      if (cmdlet.asked === 2) stage.interruption.abort();
      return cmdlet.findUnread();
    };
    const { exitCode, err } = await stage.run('confirm');
    expect([exitCode, ordered()]).toEqual([130, []]);
    expect(err.replace(/\s+/g, ' ')).toContain('Nothing was signed off: what is paused stays paused.');
    expect(err.replace(/\s+/g, ' ')).toContain('Sign off again with "lync-drain confirm"');
  });

  it('goes on without a cmdlet that never answers', async () => {
    const cmdlet = new SlowCmdlet(Number.POSITIVE_INFINITY);
    stage.findUnread = cmdlet.findUnread;
    await stage.run('confirm');
    expect(ordered()).toEqual(['confirm']);
    expect(cmdlet.asked).toBeLessThan(1_000);
  });

  it('asks no cmdlet while no maintenance is open', async () => {
    const cmdlet = new SlowCmdlet(5);
    stage.findUnread = cmdlet.findUnread;
    stage.isOpen = false;
    await stage.run('confirm');
    expect([cmdlet.asked, ordered()]).toEqual([0, ['confirm']]);
  });
});

describe('every other command', () => {
  it.each([['status'], ['plan'], ['drain'], ['pause'], ['watch'], ['resume']])('does not wait for the cmdlet: %s', async (command) => {
    const cmdlet = new SlowCmdlet(Number.POSITIVE_INFINITY);
    stage.findUnread = cmdlet.findUnread;
    await stage.run(command);
    expect(cmdlet.asked).toBe(0);
  });
});
