import { describe, expect, it } from 'vitest';

import type { Check } from '../../electron/contract/checklist.js';
import { Stage } from '../harness/cli/stage.js';
import { checklist, row } from '../harness/fakes/checklists.js';

const FAILED_OVER: Check = {
  ...{ id: 'failed-over', result: 'block', override: null, overridden: false },
  message: { id: 'check-failover-block', params: {} },
};
const NOT_FAILED_OVER: Check = { ...FAILED_OVER, result: 'pass', message: { id: 'check-failover-pass', params: {} } };
const SAID = 'All Lync services are stopped and disabled, as Invoke-CsComputerFailOver leaves them.';

function staged(check: Check): Stage {
  const stage = new Stage();
  stage.isOpen = false;
  stage.engine.checklist = checklist({ services: [row('RTCSRV', { state: 'stopped', startType: 'disabled' })], checks: [check] });
  return stage;
}

describe('a server that was failed over', () => {
  it.each(['status', 'services', 'doctor'])('is named as that by %s, and no other one is', async (command) => {
    const { exitCode, out } = await staged(FAILED_OVER).run(command);
    expect([exitCode, out.replace(/\s+/g, ' ')]).toEqual([0, expect.stringContaining(SAID)]);
    expect((await staged(NOT_FAILED_OVER).run(command)).out.replace(/\s+/g, ' ')).not.toContain('FailOver');
  });

  it('is named by doctor with what to do', async () => {
    const { out } = await staged(FAILED_OVER).run('doctor');
    expect(out.replace(/\s+/g, ' ')).toContain('Next: Run Invoke-CsComputerFailBack when the server is to serve again.');
  });

  it('is not what doctor calls services that an open maintenance may hold Disabled', async () => {
    const stage = staged(FAILED_OVER);
    stage.isOpen = true;
    expect((await stage.run('doctor')).out).not.toContain('FailOver');
  });

  it.each(['status', 'services'])('is a field of %s --json', async (command) => {
    expect((await staged(FAILED_OVER).run(command, '--json')).json()).toMatchObject([{ failedOver: true }]);
    expect((await staged(NOT_FAILED_OVER).run(command, '--json')).json()).toMatchObject([{ failedOver: false }]);
  });
});
