import { describe, expect, it } from 'vitest';

import { problem } from '../../electron/contract/problem.js';
import { Stage } from '../harness/cli/stage.js';

const USUAL = 'C:\\ProgramData\\Lync Drain\\runs\\R9.jsonl';

/** A run is open in the usual folder, and another folder is named. @param isOpen whether that one has an open run too */
function beside(isOpen: boolean): Stage {
  const stage = new Stage();
  stage.isOpen = isOpen;
  stage.otherRun = problem('run-in-usual-folder', { path: USUAL, runId: 'R9' });
  return stage;
}

describe('a run that is open in the usual data folder, while another folder is named', () => {
  it.each(['resume', 'drain', 'pause', 'confirm', 'watch', 'accept RTCSRV --note x'])(
    'keeps "%s" from acting as if there were none',
    async (typed) => {
      const stage = beside(false);
      const { exitCode, err } = await stage.run(...typed.split(' '));
      expect([exitCode, stage.engine.ordered]).toEqual([10, []]);
      expect(err).toContain('LD-4014');
      expect(err).toContain(USUAL);
      expect(err.replace(/\s+/g, ' ')).toContain('Give the command without them');
    },
  );

  it('is told beside every look', async () => {
    const { exitCode, out, err } = await beside(false).run('doctor');
    expect([exitCode, out]).toEqual([0, expect.stringContaining('No program is at work')]);
    expect(err).toContain('LD-4014');
  });

  it('lets the run of the named folder be brought back', async () => {
    const stage = beside(true);
    const { err } = await stage.run('resume');
    expect(err).toContain('LD-4014');
    expect(stage.engine.ordered).not.toEqual([]);
  });
});
